// Two convolutions, each with ReLU and pooling, and a dense layer, as nnlib computes them; and what each pixel gives to the lead.

import { linear } from "../../../../js/src/math/mlp.js";
import { answerOf, FULL, THOUSAND } from "./reader.js";

/** @typedef {{side: number, count: number, numbers: Float64Array}} Maps a square, at each place so many numbers */
/** @typedef {{W: Float64Array, b: number[], count: number, kernels: number}} Kernels W row by row, number by number, kernel by kernel */
/** @typedef {{W: any[], b: number[]}} Stored whole numbers of thousandths */

const REACH = [-1, 0, 1];
const SIDE = 8;

/** @param {Stored[]} stored two convolutions and a dense layer */
export function kernelsOf(stored) {
  const parts = stored.map(({ W, b }) => ({
    W: Float64Array.from(W.flat(3), (w) => w / THOUSAND),
    b: b.map((w) => w / THOUSAND),
  }));
  const last = parts[2].b.length;
  const dense = Array.from({ length: parts[2].W.length / last }, (_, i) => [
    ...parts[2].W.slice(i * last, (i + 1) * last),
  ]);
  return {
    convolutions: parts.slice(0, 2).map(({ W, b }) => ({ W, b, kernels: b.length, count: W.length / 9 / b.length })),
    dense: { W: dense, b: parts[2].b },
  };
}

/**
 * Go through all places, what their windows see there, and the weights for it.
 * @param {number} side @param {Kernels} kernels
 * @param {(into: number, from: number, weight: number) => void} each indices of the numbers, and of the first weight
 */
function visit(side, { count, kernels }, each) {
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1)
      for (const i of REACH)
        for (const j of REACH) {
          const [y, x] = [row + i, column + j];
          if (x < 0 || y < 0 || x >= side || y >= side) continue; // beyond the rim is 0
          for (let k = 0; k < count; k += 1)
            each(
              (row * side + column) * kernels,
              (y * side + x) * count + k,
              (((i + 1) * 3 + j + 1) * count + k) * kernels,
            );
        }
}

/** @param {Maps} maps @param {Kernels} layer @returns {Maps} */
function convolved({ side, numbers }, layer) {
  const { W, b, kernels } = layer;
  const sums = Float64Array.from({ length: side * side * kernels }, (_, at) => b[at % kernels]);
  visit(side, layer, (into, from, weight) => {
    for (let f = 0; f < kernels; f += 1) sums[into + f] += numbers[from] * W[weight + f];
  });
  return { side, count: kernels, numbers: sums };
}

/** The slopes of what came in. @param {Maps} slopes @param {Kernels} layer @returns {Maps} */
function convolvedBack({ side, numbers }, layer) {
  const { W, kernels, count } = layer;
  const into = new Float64Array(side * side * count);
  visit(side, layer, (at, from, weight) => {
    for (let f = 0; f < kernels; f += 1) into[from] += numbers[at + f] * W[weight + f];
  });
  return { side, count, numbers: into };
}

/** The four numbers that a block of a map is made of. @param {Maps} maps @param {number} at */
function blockOf({ side, count }, at) {
  const half = side / 2;
  const [place, k] = [Math.floor(at / count), at % count];
  const [row, column] = [2 * Math.floor(place / half), 2 * (place % half)];
  return [0, 1, side, side + 1].map((step) => (row * side + column + step) * count + k);
}

/** ReLU, and the largest of each block. @param {Maps} maps @returns {Maps} */
function pooled(maps) {
  const { side, count, numbers } = maps;
  const largest = Float64Array.from({ length: numbers.length / 4 }, (_, at) =>
    Math.max(0, ...blockOf(maps, at).map((from) => numbers[from])),
  );
  return { side: side / 2, count, numbers: largest };
}

/** Only the largest of a block passes a slope on, and only above 0. @param {Maps} maps @param {Maps} slopes @returns {Maps} */
function pooledBack(maps, slopes) {
  const into = new Float64Array(maps.numbers.length);
  slopes.numbers.forEach((slope, at) => {
    const block = blockOf(maps, at);
    const most = Math.max(...block.map((from) => maps.numbers[from]));
    const first = block.filter((from) => maps.numbers[from] === most);
    if (most > 0) for (const from of first) into[from] = slope / first.length;
  });
  return { ...maps, numbers: into };
}

/** @param {ReturnType<typeof kernelsOf>} network @param {number[]} counts */
export function readByConvolution({ convolutions, dense }, counts) {
  const x = counts.map((count) => count / FULL);
  /** @type {Maps} */
  let maps = { side: SIDE, count: 1, numbers: Float64Array.from(x) };
  const sums = convolutions.map((layer) => {
    const made = convolved(maps, layer);
    maps = pooled(made);
    return made;
  });
  const last = [...maps.numbers];
  const z = linear(last, dense.W, dense.b);
  return answerOf(x, z, last, (first, second) => {
    /** @type {Maps} */
    let slopes = { ...maps, numbers: Float64Array.from(dense.W, (row) => row[first] - row[second]) };
    for (const index of [1, 0]) slopes = convolvedBack(pooledBack(sums[index], slopes), convolutions[index]);
    return [...slopes.numbers];
  });
}
