// A network of any size: layers of W (in, out) and b (out), as nnlib's Linear has them.

import { ACTIVATIONS } from "./activations.js";

/** z = x W + b */
export function linear(x, W, b) {
  return b.map((bias, j) => x.reduce((total, value, i) => total + value * W[i][j], 0) + bias);
}

/**
 * Every z and every a, layer by layer; the last layer has no activation.
 * @param {{W: number[][], b: number[]}[]} layers
 */
export function forward(layers, x, activation = "relu") {
  const { f } = ACTIVATIONS[activation];
  const zs = [];
  const as = [x];
  layers.forEach(({ W, b }, index) => {
    zs.push(linear(as[index], W, b));
    as.push(index === layers.length - 1 ? zs[index] : zs[index].map((value) => f(value)));
  });
  return { zs, as, output: as.at(-1) };
}
