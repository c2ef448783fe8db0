// The activation functions, as nnlib computes them: no exponential of a positive number is taken,
// and no two numbers that are nearly equal are subtracted.

/** @param {number} z */
export const relu = (z) => Math.max(z, 0);
/** @param {number} z */
export const reluDerivative = (z) => (Number.isNaN(z) ? z : z > 0 ? 1 : 0);

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
export function tanhDerivative(z) {
  const e = Math.exp(-2 * Math.abs(z));
  return (4 * e) / (1 + e) ** 2;
}

/**
 * A function of a number; a second one is its parameter, if it has one (the slope of leaky ReLU, softplus's beta).
 * @typedef {(z: number, extra?: number) => number} Elementwise
 * @typedef {{f: Elementwise, derivative: Elementwise, label: string, formula: string}} Activation
 */

/**
 * Name in nnlib -> the function, its derivative, its name in text and its formula in mini-TeX.
 * @type {Record<string, Activation>}
 */
export const ACTIVATIONS = {
  relu: { f: relu, derivative: reluDerivative, label: "ReLU", formula: "\\max(0, z)" },
  leaky_relu: { f: leakyRelu, derivative: leakyReluDerivative, label: "leaky ReLU", formula: "\\max(z, \\alpha z)" },
  softplus: { f: softplus, derivative: softplusDerivative, label: "softplus", formula: "\\ln(1 + e^z)" },
  sigmoid: { f: sigmoid, derivative: sigmoidDerivative, label: "sigmoid", formula: "\\frac{1}{1 + e^{-z}}" },
  tanh: { f: tanh, derivative: tanhDerivative, label: "tanh", formula: "\\tanh z" },
};
