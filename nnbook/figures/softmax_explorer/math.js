// Probabilities as a point: their mean of K corners on a circle. For two and three classes the
// point tells the probabilities; for more it is a shadow of them.

/** @import { Point } from "../../../js/src/math/types.js" */

/** The first at the lower left, then counterclockwise. @param {number} K @returns {Point[]} */
export function corners(K) {
  return Array.from({ length: K }, (_, i) => {
    const angle = ((-90 - 180 / K + (360 / K) * i) * Math.PI) / 180;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

/** The place of p in the plane. @param {number[]} p @returns {Point} */
export function place(p, at = corners(p.length)) {
  const along = (/** @type {0 | 1} */ axis) => p.reduce((sum, value, i) => sum + value * at[i][axis], 0);
  return [along(0), along(1)];
}

/**
 * The probabilities of a place, for two and three classes; outside of the simplex the nearest with none below `least`.
 * @param {Point} point @param {number} K
 */
export function probabilities([x, y], K, least = 0) {
  const raw = corners(K).map(([a, b]) => Math.max(least, (1 + (K - 1) * (a * x + b * y)) / K));
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}

/**
 * Logits with a given mean whose softmax at temperature T is p.
 * @param {number[]} p @param {number} T @param {number} mean
 */
export function logits(p, T, mean) {
  const z = p.map((value) => T * Math.log(value));
  const shift = mean - z.reduce((sum, value) => sum + value, 0) / z.length;
  return z.map((value) => value + shift);
}
