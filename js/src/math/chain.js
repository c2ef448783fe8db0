// Three quantities in a row: z, a = softplus(z), L = (1 - a)^2; and what becomes of a change of z.

import { sigmoid, softplus } from "./activations.js";

export const f = softplus;
/** @param {number} a */
export const g = (a) => (1 - a) ** 2;

/**
 * The changes that `dz` causes: along the straight lines of the chain rule, and in truth.
 * @param {number} z @param {number} dz
 * @returns {{a: number, L: number, fSlope: number, gSlope: number, lineA: number, lineL: number,
 *   trueA: number, trueL: number, error: number}}
 */
export function change(z, dz) {
  const a = f(z);
  const [fSlope, gSlope] = [sigmoid(z), -2 * (1 - a)];
  const lineA = fSlope * dz;
  const lineL = gSlope * fSlope * dz;
  const end = f(z + dz);
  const trueL = g(end) - g(a);
  return { a, L: g(a), fSlope, gSlope, lineA, lineL, trueA: end - a, trueL, error: trueL - lineL };
}

/** The second derivative of L in z: half of it is the limit of error / dz^2. @param {number} z */
export function curvature(z) {
  const slope = sigmoid(z);
  return 2 * slope ** 2 - 2 * (1 - f(z)) * slope * sigmoid(-z);
}
