// Points of the plane with their classes, as nnlib.datasets draws them with the page's random
// numbers; parted and scaled as nnlib.split and nnlib.standardize do it.

import { PageRandom } from "../../../../js/src/math/random.js";

/** @import { Point } from "../../../../js/src/math/types.js" */

/**
 * @typedef {[number, number, number]} LabeledPoint x1, x2 and the class
 * @typedef {[number[], number[]]} Scale means and deviations of the two columns
 * @typedef {{x: Float64Array, y: Uint8Array, n: number, inputs: Float64Array}} Points x and inputs row by row: x1, x2, x1, ...
 * @typedef {{train: Points, validation: Points, classes: number, window: [Point, Point], scale: Scale}} Sets
 */

/**
 * What the reader can set.
 * @typedef {{dataset: string, count: number, classes: number, noise: number, points: LabeledPoint[], standardized: boolean}} Data
 * @typedef {{hidden: number[], activation: string, loss: string, rate: number, batch_size: number, momentum: number,
 *   decay: number, seed: number, start: number}} Training
 * @typedef {Data & Training} Settings
 */

export const MAX_POINTS = 500;
const SPLIT_FROM = 20; // fewer points are all needed for training
const VALIDATION = 0.25;
/** @type {Scale} */
const UNSCALED = [
  [0, 0],
  [1, 1],
];

/**
 * Share n points out over the classes, and give each its place in the class, from 0 to 1.
 * @param {number} n @param {number} classes
 */
function places(n, classes) {
  return Array.from({ length: classes }, (_, k) => {
    const size = Math.ceil((n - k) / classes);
    return Array.from({ length: size }, (_, i) => [k, size === 1 ? 0 : i / (size - 1)]);
  }).flat();
}

/**
 * Where a point of class k is without noise, t being its place in the class.
 * @type {Record<string, (k: number, t: number, classes: number) => Point>}
 */
const SHAPES = {
  moons: (k, t) =>
    k === 0 ? [Math.cos(Math.PI * t), Math.sin(Math.PI * t)] : [1 - Math.cos(Math.PI * t), 0.5 - Math.sin(Math.PI * t)],
  spirals: (k, t, classes) => {
    const radius = 0.1 + 0.9 * t;
    const angle = 2 * Math.PI * (1.25 * radius + k / classes);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  blobs: (k, _, classes) => [Math.cos((2 * Math.PI * k) / classes), Math.sin((2 * Math.PI * k) / classes)],
};

/** @param {LabeledPoint[]} rows */
const flat = (rows) => Float64Array.from(rows.flatMap((row) => row.slice(0, 2)));

/** @param {LabeledPoint[]} rows @param {Scale} scale @returns {Points} */
function pointsOf(rows, scale) {
  const x = flat(rows);
  return { n: rows.length, x, y: Uint8Array.from(rows, (row) => row[2]), inputs: scaled(x, scale) };
}

/** @param {string} shape @param {{count: number, classes: number, noise: number}} data @returns {LabeledPoint[]} */
function generated(shape, { count, classes, noise }) {
  const random = new PageRandom(0);
  const all = places(count, classes);
  const order = random.permutation(count);
  const noisy = all.map(([k, t]) => {
    const [x1, x2] = SHAPES[shape](k, t, classes);
    return /** @type {LabeledPoint} */ ([x1 + noise * random.normal(), x2 + noise * random.normal(), k]);
  });
  return Array.from(order, (index) => noisy[index]);
}

/**
 * The data set of a state, without the reader's own points.
 * @param {Data} data @param {LabeledPoint[]} iris
 */
function given({ dataset, count, classes, noise }, iris) {
  if (dataset === "none") return [];
  if (dataset === "iris") return iris;
  return generated(dataset, { count, classes: dataset === "moons" ? 2 : classes, noise });
}

/** @param {LabeledPoint[]} rows @param {Uint16Array} order */
const select = (rows, order) => Array.from(order, (index) => rows[index]);

/**
 * What a network is trained on and judged by.
 * Points that the reader adds to a data set are for training. `train.inputs` is what the network
 * gets: x, or x standardized; `scale` brings any point there.
 * @param {Data} state @param {LabeledPoint[]} iris
 * @returns {Sets}
 */
export function setsOf(state, iris) {
  const base = given(state, iris);
  const own = state.points;
  const rows = base.length ? base : own;
  let train = rows;
  /** @type {LabeledPoint[]} */
  let validation = [];
  if (rows.length >= SPLIT_FROM) {
    const order = new PageRandom(1).permutation(rows.length);
    const count = roundHalfEven(rows.length * VALIDATION);
    [train, validation] = [select(rows, order.subarray(count)), select(rows, order.subarray(0, count))];
  }
  if (base.length) train = [...train, ...own];
  const everything = [...train, ...validation];
  const classes = Math.max(2, ...everything.map((row) => row[2] + 1));
  const scale = state.standardized && train.length > 1 ? standardizer(flat(train)) : UNSCALED;
  return {
    train: pointsOf(train, scale),
    validation: pointsOf(validation, scale),
    classes,
    window: windowOf(everything, base.length === 0),
    scale,
  };
}

/** As Python rounds. @param {number} value */
function roundHalfEven(value) {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** Mean and standard deviation of both columns; 1 for a constant one. @param {Float64Array} x @returns {Scale} */
function standardizer(x) {
  const columns = [0, 1].map((c) => x.filter((_, index) => index % 2 === c));
  const constant = columns.map((column) => column.every((value) => value === column[0]));
  const means = columns.map((column, c) =>
    constant[c] ? column[0] : column.reduce((sum, value) => sum + value, 0) / column.length,
  );
  const deviations = columns.map((column, c) =>
    constant[c] ? 1 : Math.sqrt(column.reduce((sum, value) => sum + (value - means[c]) ** 2, 0) / column.length),
  );
  return [means, deviations];
}

/** (x - mean) / deviation, column by column. @param {Float64Array} x @param {Scale} scale */
export function scaled(x, [means, deviations]) {
  return x.map((value, index) => (value - means[index % 2]) / deviations[index % 2]);
}

/**
 * From where to where the picture goes; a plane that waits for points has room for them.
 * @param {LabeledPoint[]} rows @param {boolean} empty
 * @returns {[Point, Point]}
 */
function windowOf(rows, empty) {
  const limit = 1.2;
  if (empty && rows.every(([a, b]) => Math.abs(a) <= limit && Math.abs(b) <= limit))
    return [
      [-limit, limit],
      [-limit, limit],
    ];
  /** @param {0 | 1} c @returns {Point} */
  const across = (c) => {
    const values = rows.map((row) => row[c]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = 0.08 * (high - low) || 0.5;
    return [low - margin, high + margin];
  };
  return [across(0), across(1)];
}
