// A network of any size: layers of W (in, out) and b (out), as nnlib's Linear has them.

import { ACTIVATIONS } from "./activations.js";

/** @import { Layer } from "./types.js" */

/** z = x W + b @param {number[]} x @param {number[][]} W @param {number[]} b */
export function linear(x, W, b) {
  return b.map((bias, j) => x.reduce((total, value, i) => total + value * W[i][j], 0) + bias);
}

/**
 * Every z and every a, layer by layer; the last layer has no activation.
 * @param {Layer[]} layers @param {number[]} x
 */
export function forward(layers, x, activation = "relu") {
  const { f } = ACTIVATIONS[activation];
  /** @type {number[][]} */
  const zs = [];
  const as = [x];
  layers.forEach(({ W, b }, index) => {
    zs.push(linear(as[index], W, b));
    as.push(index === layers.length - 1 ? zs[index] : zs[index].map((value) => f(value)));
  });
  return { zs, as, output: as[layers.length] };
}
