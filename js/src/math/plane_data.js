// Points of the plane with their classes, as nnlib.datasets draws them with the page's random
// numbers; parted and scaled as nnlib.split and nnlib.standardize do it.

import { PageRandom } from "./random.js";

/** @typedef {{x: Float64Array, y: Uint8Array, n: number}} Points x row by row: x1, x2, x1, x2, ... */

export const MAX_POINTS = 500;
export const MAX_CLASSES = 5;
const SPLIT_FROM = 20; // fewer points are all needed for training
const HELD_OUT = 0.25;

/** Share n points out over the classes, and give each its place in the class, from 0 to 1. */
function places(n, classes) {
  return Array.from({ length: classes }, (_, k) => {
    const size = Math.ceil((n - k) / classes);
    return Array.from({ length: size }, (_, i) => [k, size === 1 ? 0 : i / (size - 1)]);
  }).flat();
}

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

/** @returns {Points} */
function pointsOf(rows) {
  return {
    n: rows.length,
    x: Float64Array.from(rows.flatMap((row) => row.slice(0, 2))),
    y: Uint8Array.from(rows, (row) => row[2]),
  };
}

function generated(shape, { count, classes, noise }) {
  const random = new PageRandom(0);
  const all = places(count, classes);
  const order = random.permutation(count);
  const noisy = all.map(([k, t]) => [
    ...SHAPES[shape](k, t, classes).map((value) => value + noise * random.normal()),
    k,
  ]);
  return Array.from(order, (index) => noisy[index]);
}

/** The data set of a state, without the reader's own points, as rows [x1, x2, class]. */
function given({ dataset, count, classes, noise }, iris) {
  if (dataset === "none") return [];
  if (dataset === "iris") return iris;
  return generated(dataset, { count, classes: dataset === "moons" ? 2 : classes, noise });
}

const select = (rows, order) => Array.from(order, (index) => rows[index]);

/**
 * What a network is trained on and judged by: {train, heldOut, classes, window, scale}.
 * Points that the reader adds to a data set are for training. `train.inputs` is what the network
 * gets: x, or x standardized; `scale` brings any point there.
 */
export function setsOf(state, iris) {
  const base = given(state, iris);
  const own = state.points;
  const rows = base.length ? base : own;
  let [train, heldOut] = [rows, []];
  if (rows.length >= SPLIT_FROM) {
    const order = new PageRandom(1).permutation(rows.length);
    const count = roundHalfEven(rows.length * HELD_OUT);
    [train, heldOut] = [select(rows, order.subarray(count)), select(rows, order.subarray(0, count))];
  }
  if (base.length) train = [...train, ...own];
  const everything = [...train, ...heldOut];
  const classes = Math.max(2, ...everything.map((row) => row[2] + 1));
  const sets = {
    train: pointsOf(train),
    heldOut: pointsOf(heldOut),
    classes,
    window: windowOf(everything, base.length === 0),
  };
  sets.scale =
    state.standardized && train.length > 1
      ? standardizer(sets.train.x)
      : [
          [0, 0],
          [1, 1],
        ];
  for (const set of [sets.train, sets.heldOut]) set.inputs = scaled(set.x, sets.scale);
  return sets;
}

/** As Python rounds. */
function roundHalfEven(value) {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** Mean and standard deviation of both columns; 1 for a constant one. */
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

/** (x - mean) / deviation, column by column. @returns {Float64Array} */
export function scaled(x, [means, deviations]) {
  return x.map((value, index) => (value - means[index % 2]) / deviations[index % 2]);
}

/** From where to where the picture goes; a plane that waits for points has room for them. */
function windowOf(rows, empty) {
  const limit = 1.2;
  if (empty && rows.every(([a, b]) => Math.abs(a) <= limit && Math.abs(b) <= limit))
    return [
      [-limit, limit],
      [-limit, limit],
    ];
  return [0, 1].map((c) => {
    const values = rows.map((row) => row[c]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = 0.08 * (high - low) || 0.5;
    return [low - margin, high + margin];
  });
}
