// The activations over whole arrays, for training. Each has loops of its own: a browser compiles a
// loop well if it always calls the same function. Slopes come from the stored outputs a = f(z), where
// these say what z was.

import { gelu, geluDerivative, leakyRelu, leakyReluDerivative, relu, sigmoid, softplus, tanh } from "./activations.js";

/**
 * @typedef {object} ActivationLayer
 * @property {(z: Float64Array, a: Float64Array, n: number) => void} forward fills a from z
 * @property {(a: Float64Array, slope: Float64Array, n: number, z: Float64Array) => void} backward turns the slope in a into
 *   the slope in z
 */

/** Name in nnlib -> its loops. @type {Record<string, ActivationLayer>} */
export const ACTIVATION_LAYERS = {
  relu: {
    forward(z, a, n) {
      for (let i = 0; i < n; i += 1) a[i] = relu(z[i]);
    },
    backward(a, slope, n) {
      for (let i = 0; i < n; i += 1) slope[i] *= Number(a[i] > 0);
    },
  },
  leaky_relu: {
    forward(z, a, n) {
      for (let i = 0; i < n; i += 1) a[i] = leakyRelu(z[i]);
    },
    backward(a, slope, n) {
      for (let i = 0; i < n; i += 1) slope[i] *= leakyReluDerivative(a[i]);
    },
  },
  softplus: {
    forward(z, a, n) {
      for (let i = 0; i < n; i += 1) a[i] = softplus(z[i]);
    },
    backward(a, slope, n) {
      for (let i = 0; i < n; i += 1) slope[i] *= -Math.expm1(-a[i]);
    },
  },
  sigmoid: {
    forward(z, a, n) {
      for (let i = 0; i < n; i += 1) a[i] = sigmoid(z[i]);
    },
    backward(a, slope, n) {
      for (let i = 0; i < n; i += 1) slope[i] *= a[i] * (1 - a[i]);
    },
  },
  tanh: {
    forward(z, a, n) {
      for (let i = 0; i < n; i += 1) a[i] = tanh(z[i]);
    },
    backward(a, slope, n) {
      for (let i = 0; i < n; i += 1) slope[i] *= 1 - a[i] * a[i];
    },
  },
  gelu: {
    forward(z, a, n) {
      for (let i = 0; i < n; i += 1) a[i] = gelu(z[i]);
    },
    backward(_, slope, n, z) {
      for (let i = 0; i < n; i += 1) slope[i] *= geluDerivative(z[i]);
    },
  },
};
