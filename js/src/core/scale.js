// Scales of a plot: from numbers of the data to pixels and back. d3-scale can do it, too, but brings colors and formats with
// it: two fifths of what each page would load for all figures.

import { ticks } from "d3-array";

/** @import { Scale } from "./types.js" */

/**
 * @typedef {object} Kind how numbers become lengths, and back
 * @property {(value: number) => number} length
 * @property {(length: number) => number} value
 * @property {(from: number, to: number, count: number) => number[]} ticks round numbers between two
 */

/** @type {Kind} */
const STRAIGHT = { length: (x) => x, value: (x) => x, ticks };

const NEARLY = 1e-9; // by so much may a logarithm miss a whole number

/** Its round numbers are whole powers of ten, about ten of them at most. @type {Kind} */
const POWERS = {
  length: Math.log10,
  value: (x) => 10 ** x,
  ticks: (from, to) => {
    const [low, high] = [Math.log10(from), Math.log10(to)];
    return ticks(low - NEARLY, high + NEARLY, Math.min(high - low, 10))
      .filter(Number.isInteger)
      .map((power) => Number(`1e${power}`));
  },
};

/** @param {Kind} kind @param {Iterable<number>} limits @returns {Scale} */
function scale(kind, limits) {
  let domain = [...limits];
  let [a, b] = domain.map(kind.length);
  let [p, q] = [0, 1]; // the pixels of both limits
  const toPixels = (/** @type {number} */ value) => p + ((kind.length(value) - a) / (b - a)) * (q - p);
  return Object.assign(toPixels, {
    invert: (/** @type {number} */ place) => kind.value(a + ((place - p) / (q - p)) * (b - a)),
    ticks: (count = 10) => kind.ticks(domain[0], domain[1], count),
    domain: (/** @type {Iterable<number>} */ wish = domain) => {
      domain = [...wish];
      [a, b] = domain.map(kind.length);
      return domain;
    },
    range: (/** @type {Iterable<number>} */ wish = [p, q]) => {
      [p, q] = wish;
      return [p, q];
    },
  });
}

/** @param {Iterable<number>} limits */
export const straight = (limits) => scale(STRAIGHT, limits);

/** By powers of ten. @param {Iterable<number>} limits both positive */
export const logarithmic = (limits) => scale(POWERS, limits);
