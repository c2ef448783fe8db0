// The squared residual and the cross-entropy of one probability p = sigmoid(z) whose target is 0 or
// 1, and their slopes; a neuron that descends them. All of it is computed from z: p is never
// subtracted from 1, and the logarithm is a softplus, so no digit is lost and nothing is clipped.

import { sigmoid, sigmoidDerivative, softplus } from "./activations.js";

/**
 * Values and slopes: {L, inP, inZ} of each loss, where inZ = inP * p(1 - p).
 * @param {number} z @param {0 | 1} y
 */
export function lossesAt(z, y) {
  const sign = y === 1 ? -1 : 1;
  const wrong = sigmoid(sign * z); // probability of what is not true: |p - y|
  const squeeze = sigmoidDerivative(z);
  return {
    square: { L: wrong ** 2, inP: 2 * sign * wrong, inZ: 2 * sign * wrong * squeeze },
    crossEntropy: { L: softplus(sign * z), inP: sign * (1 + Math.exp(sign * z)), inZ: sign * wrong },
  };
}

/** Slope in z of the losses that can race. @type {Record<string, (z: number, y: 0 | 1) => number>} */
export const SLOPES = {
  square: (z, y) => lossesAt(z, y).square.inZ,
  half_square: (z, y) => lossesAt(z, y).square.inZ / 2,
  cross_entropy: (z, y) => lossesAt(z, y).crossEntropy.inZ,
};

/**
 * Gradient descent of the neuron p = sigmoid(w x + b) on one sample.
 * @param {string} loss one of `SLOPES`
 * @param {{w: number, b: number, rate: number, steps: number, x?: number, y?: 0 | 1}} run
 * @returns {{w: number, b: number, z: number, slope: number}[]} after 0, 1, ..., `steps` steps
 */
export function race(loss, { w, b, rate, steps, x = 1, y = 0 }) {
  const path = [];
  for (let step = 0; step <= steps; step += 1) {
    const z = w * x + b;
    const slope = SLOPES[loss](z, y);
    path.push({ w, b, z, slope });
    w -= rate * slope * x;
    b -= rate * slope;
  }
  return path;
}
