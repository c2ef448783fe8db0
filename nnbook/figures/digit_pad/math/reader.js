// A network that reads counts, and what each pixel gives to the lead of the largest output.

import { forward } from "../../../../js/src/math/mlp.js";
import { softmax } from "../../../../js/src/math/softmax.js";

/** @import { Layer } from "../../../../js/src/math/types.js" */

export const FULL = 16;
export const THOUSAND = 1000;

/** The stored network: whole numbers of thousandths. @param {Layer[]} stored */
export const layersOf = (stored) =>
  stored.map(({ W, b }) => ({ W: W.map((row) => row.map((w) => w / THOUSAND)), b: b.map((w) => w / THOUSAND) }));

/** @typedef {ReturnType<typeof answerOf>} Answer */

/** @param {Layer[]} layers two of them @param {number[]} counts */
export function read(layers, counts) {
  const x = counts.map((count) => count / FULL);
  const {
    zs: [sums, z],
    as: [, hidden],
  } = forward(layers, x);
  const [{ W: into }, { W: out }] = layers;
  return answerOf(x, z, hidden, (first, second) => {
    // Neurons that are off pass nothing on: the slope goes only through the others.
    const toLead = sums.map((sum, j) => (sum > 0 ? out[j][first] - out[j][second] : 0));
    return into.map((row) => row.reduce((slope, weight, j) => slope + weight * toLead[j], 0));
  });
}

/**
 * What a network answers, and what each pixel gives to the lead of the largest output.
 * @param {number[]} x @param {number[]} z @param {number[]} hidden the numbers that the last layer reads
 * @param {(first: number, second: number) => number[]} slopesOf the slopes of the lead in the pixels
 */
export function answerOf(x, z, hidden, slopesOf) {
  const [first, second] = z.map((_, k) => k).sort((k, l) => z[l] - z[k] || k - l);
  const slopes = slopesOf(first, second);
  const each = x.map((value, i) => value * slopes[i]);
  const lead = z[first] - z[second];
  return {
    hidden,
    z,
    p: softmax(z),
    first,
    second,
    each,
    lead,
    constant: lead - each.reduce((sum, part) => sum + part, 0),
  };
}
