// Three quantities in a row: z, a = softplus(z), L = (1 - a)^2; and what becomes of a change of z.

import { sigmoid, softplus } from "../../../js/src/math/activations.js";

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

/**
 * What the error shows, as the key of a sentence. Where the curve bends one way only, half of the change has at most half of the
 * error.
 * @param {number} z @param {ReturnType<typeof change>} now @param {ReturnType<typeof change>} half that of half the change of z
 */
export function judge(z, now, half) {
  const [error, less] = [now.error, half.error].map(Math.abs);
  const share = error / Math.abs(now.trueL);
  if (less > 0.95 * error) return "cancels";
  const isFlat = Math.abs(now.gSlope * now.fSlope) < 0.005 && Math.abs(now.lineL) < 0.1 * Math.abs(now.trueL);
  if (isFlat) return "flat";
  if (share > 0.4) return "too_far";
  return error / less > 5 && Math.abs(curvature(z)) < 0.1 && share < 0.02 ? "straight" : "close";
}
