// Stochastic gradient descent of a straight line, w x + b with the MSE, as nnlib.fit does it.

import { batchAt, batchCount } from "../../../../js/src/math/batches.js";

/** Orders of samples, each a string of bytes in base64, one after the other. @param {string} text @param {number} n */
export function decodeOrders(text, n) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return Array.from({ length: bytes.length / n }, (_, epoch) => bytes.subarray(epoch * n, (epoch + 1) * n));
}

/** @import { Point } from "../../../../js/src/math/types.js" */

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean 0, standard deviation 1. @param {number[]} x */
export function standardize(x) {
  const center = mean(x);
  const deviation = Math.sqrt(mean(x.map((value) => (value - center) ** 2)));
  return x.map((value) => (value - center) / deviation);
}

/**
 * The MSE as the bowl that it is: its minimum, its lowest value, the excess over it and the slope
 * anywhere, its contours, and the curvature in the steepest and the flattest direction.
 * @param {number[]} x @param {number[]} y
 */
export function bowl(x, y) {
  const [mx, my] = [mean(x), mean(y)];
  const xx = mean(x.map((value) => value ** 2));
  const w = mean(x.map((value, i) => (value - mx) * (y[i] - my))) / (xx - mx ** 2);
  const b = my - w * mx;
  const lowest = mean(x.map((value, i) => (y[i] - w * value - b) ** 2));
  const excess = (/** @type {Point} */ [u, v]) => {
    const [dw, db] = [u - w, v - b];
    return xx * dw ** 2 + 2 * mx * dw * db + db ** 2;
  };
  /** @param {Point} theta @returns {Point} */
  const slope = ([u, v]) => [2 * (xx * (u - w) + mx * (v - b)), 2 * (mx * (u - w) + (v - b))];
  const middle = 1 + xx;
  const spread = Math.sqrt((xx - 1) ** 2 + 4 * mx ** 2);
  const [steepest, flattest] = [middle + spread, middle - spread];
  const turn = Math.atan2(2 * mx, xx - 1) / 2; // of the steepest direction
  /** The ellipse on which the excess has one value. @param {number} level @returns {Point[]} */
  const ring = (level, parts = 90) =>
    Array.from({ length: parts + 1 }, (_, i) => {
      const angle = (2 * Math.PI * i) / parts;
      const [p, q] = [
        Math.cos(angle) * Math.sqrt((2 * level) / steepest),
        Math.sin(angle) * Math.sqrt((2 * level) / flattest),
      ];
      return [w + p * Math.cos(turn) - q * Math.sin(turn), b + p * Math.sin(turn) + q * Math.cos(turn)];
    });
  return { minimum: /** @type {Point} */ ([w, b]), lowest, excess, slope, ring, steepest, flattest };
}

/** The gradient of one sample's squared residual. @param {Point} theta @param {number} x @param {number} y */
export function sampleGradient([w, b], x, y) {
  const loss = 2 * (w * x + b - y);
  return [loss * x, loss];
}

/**
 * Which samples the update after `step` updates looks at: shuffled once an epoch, cut into batches.
 * @param {number} step @param {{n: number, orders: Uint8Array[], batchSize: number}} run
 */
export function batchOf(step, { n, orders, batchSize }) {
  const { from, rows } = batchAt(step, n, batchSize);
  const members = Array.from({ length: rows }, (_, i) => from + i);
  if (batchSize >= n) return members;
  const epoch = Math.floor(step / batchCount(n, batchSize));
  return members.map((place) => orders[epoch][place]);
}

/**
 * The mean of a batch's gradients, and its MSE.
 * @param {Point} theta @param {number[]} x @param {number[]} y @param {number[]} batch which samples
 */
export function batchGradient(theta, x, y, batch) {
  let [gw, gb, loss] = [0, 0, 0];
  for (const i of batch) {
    const [dw, db] = sampleGradient(theta, x[i], y[i]);
    gw += dw;
    gb += db;
    loss += (db / 2) ** 2;
  }
  return [gw / batch.length, gb / batch.length, loss / batch.length];
}

/**
 * The path of (w, b) from (0, 0) through one pass over each order.
 * @param {{x: number[], y: number[], orders: Uint8Array[], batchSize: number, rate: number}} run
 * @returns {{path: Point[], diverged: boolean}} ends where a loss is not finite
 */
export function train({ x, y, orders, batchSize, rate }) {
  const n = x.length;
  /** @type {Point[]} */
  const path = [[0, 0]];
  const updates = batchCount(n, batchSize) * orders.length;
  for (let step = 0; step < updates; step += 1) {
    const batch = batchOf(step, { n, orders, batchSize });
    const [gw, gb, loss] = batchGradient(path[step], x, y, batch);
    /** @type {Point} */
    const next = [path[step][0] - rate * gw, path[step][1] - rate * gb];
    if (![loss, ...next].every(Number.isFinite)) return { path, diverged: true };
    path.push(next);
  }
  return { path, diverged: false };
}

/**
 * How a whole path ends: the mean of its last quarter, and whether it stays around that or still falls.
 * @param {number[]} height of the loss above its lowest value, at the start and after each update
 */
export function endOf(height) {
  const part = (/** @type {number} */ from, /** @type {number} */ to) =>
    mean(height.slice(Math.floor(from * height.length), Math.floor(to * height.length)));
  const level = part(0.75, 1);
  return { level, isSettled: part(0.5, 0.75) < 2 * level };
}
