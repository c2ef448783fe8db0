// Neurons in a row, each reading the one before: z = w a + b, a = f(z). What a small change of the
// input has become after l of them is the product of l factors w f'(z).

import { ACTIVATIONS } from "../../../js/src/math/activations.js";

/** Smallest and largest positive number of two common formats. @type {Record<string, [number, number]>} */
export const FORMATS = { float16: [2 ** -24, 65504], float32: [2 ** -149, (2 - 2 ** -23) * 2 ** 127] };

/**
 * What a number becomes in a format: 0 below half of the smallest, infinite above the largest, else itself.
 * @param {number} x @param {string} format
 */
export function stored(x, format) {
  const [smallest, largest] = FORMATS[format];
  if (Math.abs(x) <= smallest / 2) return 0;
  return Math.abs(x) > largest ? Math.sign(x) * Infinity : x;
}

/**
 * @param {{function: string, depth: number, w: number, b: number, x: number}} state
 * @returns {{z: number, a: number, slope: number, factor: number, product: number}[]} one for each neuron
 */
export function row({ function: name, depth, w, b, x }) {
  const { f, derivative } = ACTIVATIONS[name];
  const neurons = [];
  let a = x;
  let product = 1;
  for (let l = 0; l < depth; l += 1) {
    const z = w * a + b;
    const slope = derivative(z);
    const factor = w * slope;
    a = f(z);
    product *= factor;
    neurons.push({ z, a, slope, factor, product });
  }
  return neurons;
}
