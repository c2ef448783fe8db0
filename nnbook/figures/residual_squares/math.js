// Points, a curve, and what lies between: residuals, their squares as areas, the best fit.

/** @import { Point } from "../../../js/src/math/types.js" */

/**
 * @typedef {(x: number) => number} Predict
 * @typedef {{left: number, right: number, bottom: number, top: number}} Square
 */

/** Target minus prediction at each point. @param {Point[]} points @param {Predict} predict */
export const residualsOf = (points, predict) => points.map(([x, y]) => y - predict(x));

/** @param {number[]} residuals */
export const ssr = (residuals) => residuals.reduce((sum, r) => sum + r * r, 0);
/** @param {number[]} residuals */
export const mse = (residuals) => ssr(residuals) / residuals.length;

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Slope and intercept of the line with the smallest SSR; null where every x is the same. @param {Point[]} points */
export function leastSquaresLine(points) {
  const xs = points.map(([x]) => x);
  if (Math.max(...xs) - Math.min(...xs) < 1e-9) return null;
  const [xMean, yMean] = [mean(xs), mean(points.map(([, y]) => y))];
  const sum = (/** @type {(dx: number, dy: number) => number} */ term) =>
    points.reduce((total, [x, y]) => total + term(x - xMean, y - yMean), 0);
  const w = sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
  return { w, b: yMean - w * xMean };
}

/**
 * How far to lift a curve so that its SSR is smallest: the mean of the residuals.
 * @param {Point[]} points @param {Predict} predict
 */
export const bestShift = (points, predict) => mean(residualsOf(points, predict));

/**
 * The square on each residual. The leftmost goes to the left, the
 * rightmost to the right, out of each other's way; one between goes where it covers less of them.
 * @param {Point[]} points @param {Predict} predict
 */
export function squaresOf(points, predict) {
  const order = points.map((_, index) => index).sort((i, j) => points[i][0] - points[j][0]);
  const [first, last] = [order[0], order[order.length - 1]];
  /** @type {Square[]} */
  const drawn = [];
  const place = (/** @type {number} */ index, /** @type {boolean} */ toTheRight) => {
    const [x, y] = points[index];
    const predicted = predict(x);
    const side = Math.abs(y - predicted);
    const bottom = Math.min(y, predicted);
    return { left: toTheRight ? x : x - side, right: toTheRight ? x + side : x, bottom, top: bottom + side };
  };
  const covered = (/** @type {Square} */ square) =>
    drawn.filter(Boolean).reduce((sum, other) => sum + overlap(square, other), 0);
  drawn[first] = place(first, false);
  drawn[last] = place(last, true);
  for (const index of order.slice(1, -1)) {
    const [left, right] = [place(index, false), place(index, true)];
    drawn[index] = covered(left) < covered(right) - 1e-9 ? left : right;
  }
  return drawn;
}

/** @param {Square} a @param {Square} b */
function overlap(a, b) {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const up = Math.min(a.top, b.top) - Math.max(a.bottom, b.bottom);
  return Math.max(0, across) * Math.max(0, up);
}
