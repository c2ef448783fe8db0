// The squared residual and the cross-entropy of one probability p = sigmoid(z) whose target is 0 or
// 1, and their slopes. All of it is computed from z: p is never subtracted from 1, and the logarithm
// is a softplus, so no digit is lost and nothing is clipped.

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
