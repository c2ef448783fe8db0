// The activation functions, as nnlib computes them: no exponential of a positive number is taken,
// and no two numbers that are nearly equal are subtracted.

import { density, probability } from "./normal.js";

/** @param {number} z */
export const relu = (z) => Math.max(z, 0);
/** @param {number} z */
const reluDerivative = (z) => (Number.isNaN(z) ? z : z > 0 ? 1 : 0);

/** @param {number} z */
export const leakyRelu = (z, slope = 0.01) => Math.max(z, slope * z);
/** @param {number} z */
export const leakyReluDerivative = (z, slope = 0.01) => (Number.isNaN(z) ? z : z > 0 ? 1 : slope);

/** ln(1 + exp(beta z)) / beta, which turns into ReLU as beta grows. @param {number} z */
export const softplus = (z, beta = 1) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(beta * z))) / beta;
/** @param {number} z */
export const softplusDerivative = (z, beta = 1) => sigmoid(beta * z);

/** @param {number} z */
export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
}

/** @param {number} z */
export function sigmoidDerivative(z) {
  const e = Math.exp(-Math.abs(z));
  return e / (1 + e) ** 2;
}

/** @param {number} z */
export const tanh = (z) => Math.tanh(z);

/** @param {number} z */
function tanhDerivative(z) {
  const e = Math.exp(-2 * Math.abs(z));
  return (4 * e) / (1 + e) ** 2;
}

/** @param {number} z */
export const gelu = (z) => Math.max(z, -40) * probability(z);
/** @param {number} z */
export const geluDerivative = (z) => probability(z) + Math.max(-40, Math.min(40, z)) * density(z);

/**
 * A function of a number; a second one is its parameter, if it has one (the slope of leaky ReLU, softplus's beta).
 * @typedef {(z: number, extra?: number) => number} Elementwise
 *
 * Beside it its derivative, its name in text, its layer in nnlib, its formula in mini-TeX and the first
 * weights that suit it; how steep it gets, and what a unit is called that hardly reacts ("alive" where
 * that does not happen).
 * @typedef {{f: Elementwise, derivative: Elementwise, label: string, layer: string, formula: string,
 *   init: "he" | "glorot", steepest: number, idle: "alive" | "dead" | "saturated"}} Activation
 */

/**
 * Name in nnlib -> the activation.
 * @type {Record<string, Activation>}
 */
export const ACTIVATIONS = {
  relu: {
    f: relu,
    derivative: reluDerivative,
    label: "ReLU",
    layer: "ReLU",
    formula: "\\max(0, z)",
    init: "he",
    steepest: 1,
    idle: "dead",
  },
  leaky_relu: {
    f: leakyRelu,
    derivative: leakyReluDerivative,
    label: "leaky ReLU",
    layer: "LeakyReLU",
    formula: "\\max(z, \\alpha z)",
    init: "he",
    steepest: 1,
    idle: "alive",
  },
  softplus: {
    f: softplus,
    derivative: softplusDerivative,
    label: "softplus",
    layer: "Softplus",
    formula: "\\ln(1 + e^z)",
    init: "he",
    steepest: 1,
    idle: "saturated",
  },
  sigmoid: {
    f: sigmoid,
    derivative: sigmoidDerivative,
    label: "sigmoid",
    layer: "Sigmoid",
    formula: "\\frac{1}{1 + e^{-z}}",
    init: "glorot",
    steepest: 0.25,
    idle: "saturated",
  },
  tanh: {
    f: tanh,
    derivative: tanhDerivative,
    label: "tanh",
    layer: "Tanh",
    formula: "\\tanh z",
    init: "glorot",
    steepest: 1,
    idle: "saturated",
  },
  gelu: {
    f: gelu,
    derivative: geluDerivative,
    label: "GELU",
    layer: "GELU",
    formula: "z\\,\\Phi(z)",
    init: "he",
    steepest: 1.129,
    idle: "saturated",
  },
};
