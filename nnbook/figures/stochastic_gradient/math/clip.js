// Lines cut off where a picture ends.

/** @import { Point } from "../../../../js/src/math/types.js" */

/**
 * The part of a segment from p to q inside the box, or null.
 * @param {Point} p @param {Point} q @param {Point} xs from where to where @param {Point} ys
 * @returns {[Point, Point] | null}
 */
function inside([px, py], [qx, qy], xs, ys) {
  let [from, to] = [0, 1];
  for (const [start, change, low, high] of [
    [px, qx - px, ...xs],
    [py, qy - py, ...ys],
  ]) {
    if (change === 0) {
      if (start < low || start > high) return null;
      continue;
    }
    const [first, second] = [(low - start) / change, (high - start) / change];
    from = Math.max(from, Math.min(first, second));
    to = Math.min(to, Math.max(first, second));
  }
  /** @param {number} part @returns {Point} */
  const at = (part) => [px + (qx - px) * part, py + (qy - py) * part];
  return from <= to ? [from === 0 ? [px, py] : at(from), to === 1 ? [qx, qy] : at(to)] : null;
}

/**
 * What of a line through points lies in a box; pieces are separated by [NaN, NaN].
 * @param {Point[]} points @param {Point} xs @param {Point} ys
 */
export function clipped(points, xs, ys) {
  /** @type {Point[]} */
  const found = [];
  points.slice(1).forEach((q, i) => {
    const piece = inside(points[i], q, xs, ys);
    if (!piece) return;
    const last = found.at(-1);
    if (!last || last[0] !== piece[0][0] || last[1] !== piece[0][1]) found.push([NaN, NaN], piece[0]);
    found.push(piece[1]);
  });
  return found;
}
