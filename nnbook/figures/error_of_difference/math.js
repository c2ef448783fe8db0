// The mean of some differences, and how far to trust it.

/** @typedef {{mean: number, sd: number, error: number, low: number, high: number}} Estimate */

/** @param {number[]} differences at least two @returns {Estimate} */
export function estimate(differences) {
  const n = differences.length;
  const mean = average(differences);
  const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1));
  const error = sd / Math.sqrt(n);
  return { mean, sd, error, low: mean - 2 * error, high: mean + 2 * error };
}

/** @param {number[]} values */
export const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How often n splits can be drawn so that none comes twice. @param {number} all @param {number} n @param {number} most */
export const possible = (all, n, most) => Math.min(most, Math.floor(all / n));

/** The n splits of one time, counted from 1. @template T @param {T[]} all @param {number} n @param {number} time */
export const taken = (all, n, time) => all.slice((time - 1) * n, time * n);

/**
 * Equal numbers stand on each other: the place of each, and the height of the tallest pile.
 * @param {number[]} values @returns {{places: [number, number][], tallest: number}}
 */
export function piled(values) {
  /** @type {Map<number, number>} */
  const heights = new Map();
  const places = values.map((value) => {
    const height = (heights.get(value) ?? 0) + 1;
    heights.set(value, height);
    return /** @type {[number, number]} */ ([value, height]);
  });
  return { places, tallest: Math.max(...heights.values()) };
}
