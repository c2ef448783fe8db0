// Embedding(27, 2), a hidden layer with tanh, 27 raw outputs: trained as nnlib trains it, with the page's random numbers.

import { PageRandom } from "../../../js/src/math/random.js";

export const LETTERS = ".abcdefghijklmnopqrstuvwxyz";
const K = LETTERS.length;
const SIZE = 2; // coordinates of a letter

/**
 * How it trains: nnbook/figures/embedding_trainer.
 * @typedef {{window: number, hidden: number, rate: number, batch: number, spread: number, every: number, aside: number}} How
 * @typedef {{X: Uint8Array, labels: Uint8Array, count: number}} Windows
 * @typedef {{train: Windows, aside: Windows}} Sets
 */

/** Each letter of each name, and its end, with the letters before it. @param {string[]} names @param {number} length @returns {Windows} */
export function windows(names, length) {
  const count = names.reduce((sum, name) => sum + name.length + 1, 0);
  const [X, labels] = [new Uint8Array(count * length), new Uint8Array(count)];
  let at = 0;
  for (const name of names) {
    const row = [...Array(length).fill(0), ...[...name].map((letter) => LETTERS.indexOf(letter)), 0];
    for (let i = 0; i + length < row.length; i += 1) {
      X.set(row.slice(i, i + length), at * length);
      labels[at] = row[i + length];
      at += 1;
    }
  }
  return { X, labels, count };
}

/** One name of so many is kept aside. @param {string[]} names @param {How} how @returns {Sets} */
export function setsOf(names, { window, aside }) {
  const kept = (/** @type {number} */ i) => i % aside === aside - 1;
  return {
    train: windows(
      names.filter((_, i) => !kept(i)),
      window,
    ),
    aside: windows(
      names.filter((_, i) => kept(i)),
      window,
    ),
  };
}

/** The network: parameters, and room for what a pass computes. */
class Network {
  /** @param {PageRandom} random @param {How} how */
  constructor(random, { window, hidden, spread }) {
    this.window = window;
    this.hidden = hidden;
    const width = SIZE * window;
    const drawn = (/** @type {number} */ count, /** @type {number} */ scale) =>
      Float64Array.from({ length: count }, () => scale * random.normal());
    this.E = drawn(K * SIZE, spread);
    this.W = drawn(width * hidden, Math.sqrt(2 / (width + hidden)));
    this.b = new Float64Array(hidden);
    this.V = drawn(hidden * K, Math.sqrt(2 / (hidden + K)));
    this.c = new Float64Array(K);
    this.x = new Float64Array(width);
    this.a = new Float64Array(hidden);
    this.p = new Float64Array(K);
    this.gradients = [this.E, this.W, this.b, this.V, this.c].map(({ length }) => new Float64Array(length));
    this.da = new Float64Array(hidden);
    this.dx = new Float64Array(width);
  }

  /** The probabilities for a window; returns the loss. @param {Windows} set @param {number} n */
  forward({ X, labels }, n) {
    const { window, hidden, E, W, b, V, c, x, a, p } = this;
    for (let t = 0; t < window; t += 1)
      for (let i = 0; i < SIZE; i += 1) x[SIZE * t + i] = E[SIZE * X[n * window + t] + i];
    for (let j = 0; j < hidden; j += 1) {
      let z = 0;
      for (let i = 0; i < x.length; i += 1) z += x[i] * W[i * hidden + j];
      a[j] = Math.tanh(z + b[j]);
    }
    p.fill(0);
    for (let j = 0; j < hidden; j += 1) for (let k = 0; k < K; k += 1) p[k] += a[j] * V[j * K + k];
    let largest = -Infinity;
    for (let k = 0; k < K; k += 1) {
      p[k] += c[k];
      if (p[k] > largest) largest = p[k];
    }
    let total = 0;
    const gap = largest - p[labels[n]];
    for (let k = 0; k < K; k += 1) {
      p[k] = Math.exp(p[k] - largest);
      total += p[k];
    }
    for (let k = 0; k < K; k += 1) p[k] /= total;
    return Math.log(total) + gap;
  }

  /**
   * Add the slopes of a window's loss, times `share`, to the gradients; after `forward`. @param {Windows} set
   * @param {number} n @param {number} share
   */
  backward({ X, labels }, n, share) {
    const { window, hidden, W, V, x, a, p, da, dx } = this;
    const [dE, dW, db, dV, dc] = this.gradients;
    p[labels[n]] -= 1;
    for (let k = 0; k < K; k += 1) {
      p[k] *= share;
      dc[k] += p[k];
    }
    for (let j = 0; j < hidden; j += 1) {
      let sum = 0;
      for (let k = 0; k < K; k += 1) {
        dV[j * K + k] += a[j] * p[k];
        sum += V[j * K + k] * p[k];
      }
      da[j] = sum * (1 - a[j] * a[j]);
      db[j] += da[j];
    }
    for (let i = 0; i < dx.length; i += 1) {
      let sum = 0;
      for (let j = 0; j < hidden; j += 1) {
        dW[i * hidden + j] += x[i] * da[j];
        sum += W[i * hidden + j] * da[j];
      }
      dx[i] = sum;
    }
    for (let t = 0; t < window; t += 1)
      for (let i = 0; i < SIZE; i += 1) dE[SIZE * X[n * window + t] + i] += dx[SIZE * t + i];
  }

  /** One step downhill. @param {number} rate */
  step(rate) {
    [this.E, this.W, this.b, this.V, this.c].forEach((values, part) => {
      const gradient = this.gradients[part];
      for (let i = 0; i < values.length; i += 1) values[i] -= rate * gradient[i];
      gradient.fill(0);
    });
  }
}

/**
 * A training that goes on as far as one looks: `points(step)` are the coordinates of the letters, x and y in turn; `losses(step)`
 * those on the names kept aside, one for each `every` steps up to it.
 * @param {number} seed @param {Sets} sets @param {How} how
 */
export function training(seed, { train, aside }, how) {
  const random = new PageRandom(seed);
  const network = new Network(random, how);
  /** @type {Float64Array[]} */
  const points = [];
  /** @type {number[]} */
  const losses = [];
  const note = () => {
    if (points.length % how.every === 0) {
      let sum = 0;
      for (let n = 0; n < aside.count; n += 1) sum += network.forward(aside, n);
      losses.push(sum / aside.count);
    }
    points.push(network.E.slice());
  };
  const reach = (/** @type {number} */ step) => {
    if (points.length === 0) note();
    while (points.length <= step) {
      const batch = Array.from({ length: how.batch }, () => Math.floor(random.uniform() * train.count));
      for (const n of batch) {
        network.forward(train, n);
        network.backward(train, n, 1 / how.batch);
      }
      network.step(how.rate);
      note();
    }
  };
  return {
    /** @param {number} step */
    points: (step) => {
      reach(step);
      return points[step];
    },
    /** @param {number} step */
    losses: (step) => {
      reach(step);
      return losses.slice(0, Math.floor(step / how.every) + 1);
    },
  };
}

/** The other letters, nearest first, with their distances. @param {Float64Array} points @param {number} letter */
export function neighbors(points, letter) {
  const away = (/** @type {number} */ k) =>
    Math.hypot(points[2 * k] - points[2 * letter], points[2 * k + 1] - points[2 * letter + 1]);
  return Array.from({ length: K }, (_, k) => ({ letter: k, distance: away(k) }))
    .filter(({ letter: k }) => k !== letter)
    .sort((one, other) => one.distance - other.distance);
}

const VOWELS = [..."aeiou"].map((letter) => LETTERS.indexOf(letter));

/** @param {number} letter */
export const isVowel = (letter) => VOWELS.includes(letter);

/** Of how many vowels the nearest letter is a vowel. @param {Float64Array} points */
export const vowelPairs = (points) => VOWELS.filter((vowel) => isVowel(neighbors(points, vowel)[0].letter)).length;
