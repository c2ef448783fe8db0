// A convolution of one channel and one filter: the map, one of its numbers in parts, and the slopes of one.

/** @typedef {number[][]} Grid rows of numbers */

/** The number at a place; beyond the rim it is 0. @param {Grid} grid @param {number} row @param {number} column */
const at = (grid, row, column) => grid[row]?.[column] ?? 0;

/** A grid as large as another. @param {Grid} grid @param {(row: number, column: number) => number} number */
const like = (grid, number) => grid.map((line, row) => line.map((_, column) => number(row, column)));

/** A picture moved: what left it is lost, what came in is 0. @param {Grid} picture @param {number} right @param {number} down */
export const moved = (picture, right, down) => like(picture, (row, column) => at(picture, row - down, column - right));

/** The 3 x 3 numbers around a place. @param {Grid} picture @param {number} row @param {number} column @returns {Grid} */
export const windowAt = (picture, row, column) =>
  [-1, 0, 1].map((i) => [-1, 0, 1].map((j) => at(picture, row + i, column + j)));

/** The products of a window and a kernel. @param {Grid} kernel @param {Grid} window */
export const products = (kernel, window) => like(kernel, (i, j) => kernel[i][j] * window[i][j]);

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** The largest absolute value, to compare the others with; never 0. @param {Grid} grid */
export const largest = (grid) => Math.max(...grid.flat().map(Math.abs)) || 1;

/** Ten decimals: what is 0.3 to a reader is not 0.30000000000000004. @param {number} number */
const clean = (number) => Number(number.toFixed(10)) || 0;

/** The sums at all places. @param {Grid} picture @param {{kernel: Grid, bias: number}} filter @returns {Grid} */
export const sums = (picture, { kernel, bias }) =>
  like(picture, (row, column) => clean(bias + sum(products(kernel, windowAt(picture, row, column)).flat())));

/** What follows the sums. @param {Grid} z @param {boolean} relu */
export const bent = (z, relu) => (relu ? like(z, (row, column) => Math.max(0, z[row][column])) : z);

/**
 * The slopes of the number at a place, if the slope that arrives there is `slope`: of the pixels, and of the weights.
 * @param {Grid} picture @param {Grid} kernel @param {number} row @param {number} column @param {number} slope
 */
export const slopes = (picture, kernel, row, column, slope) => ({
  pixels: like(picture, (r, c) => slope * at(kernel, r - row + 1, c - column + 1)),
  weights: windowAt(picture, row, column).map((line) => line.map((x) => slope * x)),
});

/**
 * How many numbers of a map are not those of another one, moved; numbers that left it, or came in, do not count.
 * @param {Grid} before @param {Grid} after @param {number} right @param {number} down
 */
export const misfits = (before, after, right, down) =>
  sum(
    after.flatMap((line, row) =>
      line.map((number, column) => {
        const old = before[row - down]?.[column - right];
        return Number(old !== undefined && Math.abs(old - number) > 1e-9);
      }),
    ),
  );

/**
 * The places on the way from one to another: a quick hand skips some.
 * @param {[number, number]} from @param {[number, number]} to @returns {[number, number][]}
 */
export function between(from, to) {
  const steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  const on = (/** @type {0 | 1} */ axis, /** @type {number} */ k) =>
    Math.round(from[axis] + ((to[axis] - from[axis]) * k) / steps);
  return Array.from({ length: steps }, (_, k) => [on(0, k + 1), on(1, k + 1)]);
}
