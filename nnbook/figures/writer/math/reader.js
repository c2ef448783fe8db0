// A network that reads the last letters, as nnlib computes it, and the names that it writes.

import { ACTIVATIONS } from "../../../../js/src/math/activations.js";
import { linear } from "../../../../js/src/math/mlp.js";
import { PageRandom } from "../../../../js/src/math/random.js";
import { softmax } from "../../../../js/src/math/softmax.js";

export const LETTERS = ".abcdefghijklmnopqrstuvwxyz";

/**
 * A layer as Python describes it: nnbook/figures/writer/reading.py. All numbers are thousandths.
 * @typedef {{kind: "embedding", W: number[][]} | {kind: "places", b: number[]} | {kind: "linear", W: number[][], b: number[]}
 *   | {kind: "attention", length: number, Q: number[][], K: number[][], V: number[][]}
 *   | {kind: "elementwise", activation: string}} Described
 * @typedef {(row: number[]) => number[]} Layer
 * @typedef {{length: number, logits: Layer, looks: Layer | null}} Reader `length`: how many letters it reads; `looks`: the
 *   weights of its attention on them
 * @typedef {{before: string, p: number[], letter: number}} Draw what stood before, the probabilities, what was drawn
 */

/** @param {number[][]} matrix */
const whole = (matrix) => matrix.map((row) => row.map((value) => value / 1000));

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/**
 * One head, whose query comes from the last place: the weights of the places, and the mean of their values.
 * @param {Extract<Described, {kind: "attention"}>} layer
 */
function attention({ length, Q, K, V }) {
  const [query, key, value] = [Q, K, V].map(whole);
  const none = query[0].map(() => 0);
  /** @param {number[]} row */
  const places = (row) => {
    const width = row.length / length;
    return Array.from({ length }, (_, t) => row.slice(t * width, (t + 1) * width));
  };
  /** @type {Layer} */
  const weights = (row) => {
    const all = places(row);
    const q = linear(all[length - 1], query, none);
    return softmax(all.map((place) => dot(linear(place, key, none), q) / Math.sqrt(none.length)));
  };
  /** @type {Layer} */
  const mean = (row) => {
    const values = places(row).map((place) => linear(place, value, none));
    const all = weights(row);
    return none.map((_, i) => all.reduce((sum, weight, t) => sum + weight * values[t][i], 0));
  };
  return { weights, mean };
}

/** @param {Described} layer @returns {Layer} */
function layerOf(layer) {
  switch (layer.kind) {
    case "embedding": {
      const vectors = whole(layer.W);
      return (row) => row.flatMap((number) => vectors[number]);
    }
    case "places": {
      const b = layer.b.map((value) => value / 1000);
      return (row) => row.map((value, i) => value + b[i]);
    }
    case "linear": {
      const [W, [b]] = [whole(layer.W), whole([layer.b])];
      return (row) => linear(row, W, b);
    }
    case "attention":
      return attention(layer).mean;
    case "elementwise": {
      const { f } = ACTIVATIONS[layer.activation];
      return (row) => row.map((value) => f(value));
    }
  }
}

/** @param {Described[]} layers @param {number} length @returns {Reader} */
export function readerOf(layers, length) {
  const all = layers.map(layerOf);
  const at = layers.findIndex(({ kind }) => kind === "attention");
  const head = layers[at];
  /** @param {Layer[]} some @param {number[]} row */
  const through = (some, row) => some.reduce((values, layer) => layer(values), row);
  return {
    length,
    logits: (row) => through(all, row),
    looks: head?.kind === "attention" ? (row) => attention(head).weights(through(all.slice(0, at), row)) : null,
  };
}

/** The numbers of the last letters; 0 where there is none. @param {Reader} reader @param {string} word */
export const windowOf = ({ length }, word) =>
  [...Array(length).fill(0), ...[...word].map((letter) => LETTERS.indexOf(letter))].slice(-length);

/** The probabilities of what follows a word. @param {Reader} reader @param {string} word @param {number} T */
export const following = (reader, word, T) => softmax(reader.logits(windowOf(reader, word)).map((value) => value / T));

/**
 * All draws of a name, to its end.
 * @param {Reader} reader @param {{start: string, temperature: number, seed: number}} how @param {number} longest
 */
export function write(reader, { start, temperature, seed }, longest) {
  const random = new PageRandom(seed);
  /** @type {Draw[]} */
  const draws = [];
  let word = start;
  while (word.length < longest) {
    const p = following(reader, word, temperature);
    const u = random.uniform();
    let [letter, sum] = [0, p[0]];
    while (sum <= u && letter < p.length - 1) {
      letter += 1;
      sum += p[letter];
    }
    draws.push({ before: word, p, letter });
    if (letter === 0) break;
    word += LETTERS[letter];
  }
  return draws;
}

/** How many equally likely letters are as uncertain: e to the entropy. @param {number[]} p */
export const hesitation = (p) =>
  Math.exp(-p.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value) : 0), 0));
