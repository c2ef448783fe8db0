// Points, a curve, and what lies between: residuals, their squares as areas, the best fit.

/** Target minus prediction at each point. @param {[number, number][]} points */
export const residualsOf = (points, predict) => points.map(([x, y]) => y - predict(x));

export const ssr = (residuals) => residuals.reduce((sum, r) => sum + r * r, 0);
export const mse = (residuals) => ssr(residuals) / residuals.length;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Slope and intercept of the line with the smallest SSR; null where every x is the same. */
export function leastSquaresLine(points) {
  const xs = points.map(([x]) => x);
  if (Math.max(...xs) - Math.min(...xs) < 1e-9) return null;
  const [xMean, yMean] = [mean(xs), mean(points.map(([, y]) => y))];
  const sum = (term) => points.reduce((total, [x, y]) => total + term(x - xMean, y - yMean), 0);
  const w = sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
  return { w, b: yMean - w * xMean };
}

/** How far to lift a curve so that its SSR is smallest: the mean of the residuals. */
export const bestShift = (points, predict) => mean(residualsOf(points, predict));

/**
 * The square on each residual: {left, right, bottom, top}. The leftmost goes to the left, the
 * rightmost to the right, out of each other's way; one between goes where it covers less of them.
 */
export function squaresOf(points, predict) {
  const order = points.map((_, index) => index).sort((i, j) => points[i][0] - points[j][0]);
  const [first, last] = [order[0], order.at(-1)];
  const drawn = [];
  const place = (index, toTheRight) => {
    const [x, y] = points[index];
    const predicted = predict(x);
    const side = Math.abs(y - predicted);
    const bottom = Math.min(y, predicted);
    return { left: toTheRight ? x : x - side, right: toTheRight ? x + side : x, bottom, top: bottom + side };
  };
  const covered = (square) => drawn.filter(Boolean).reduce((sum, other) => sum + overlap(square, other), 0);
  drawn[first] = place(first, false);
  drawn[last] = place(last, true);
  for (const index of order.slice(1, -1)) {
    const [left, right] = [place(index, false), place(index, true)];
    drawn[index] = covered(left) < covered(right) - 1e-9 ? left : right;
  }
  return drawn;
}

function overlap(a, b) {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const up = Math.min(a.top, b.top) - Math.max(a.bottom, b.bottom);
  return Math.max(0, across) * Math.max(0, up);
}
