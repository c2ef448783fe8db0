// One head of attention over three letters in the plane, as nnlib.Attention computes it from its keys on.

import { softmax } from "../../../js/src/math/softmax.js";

/** @import { Point } from "../../../js/src/math/types.js" */

/** @param {Point} a @param {Point} b */
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1];

/**
 * The scores of the letters, their weights, and the mean of the values with these weights.
 * @param {Point} q @param {Point[]} k @param {Point[]} v
 */
export function attend(q, k, v) {
  const scores = k.map((key) => dot(key, q) / Math.SQRT2);
  const weights = softmax(scores);
  const along = (/** @type {0 | 1} */ axis) => weights.reduce((sum, weight, t) => sum + weight * v[t][axis], 0);
  /** @type {Point} */
  const output = [along(0), along(1)];
  return { scores, weights, output };
}

/** The point of the line through 0 and q that is nearest to k; null where there is no line. @param {Point} k @param {Point} q */
export function foot(k, q) {
  const size = dot(q, q);
  if (size === 0) return null;
  const part = dot(k, q) / size;
  return /** @type {Point} */ ([part * q[0], part * q[1]]);
}
