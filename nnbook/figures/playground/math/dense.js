// A fully connected network on flat arrays, batch first, as nnlib's Linear and activations compute
// it: z = x W + b. All parameters lie in one array, layer after layer, W row by row, then b.

import { ACTIVATION_LAYERS } from "../../../../js/src/math/activation_layers.js";
import { ACTIVATIONS } from "../../../../js/src/math/activations.js";

/** @import { PageRandom } from "../../../../js/src/math/random.js" */

/**
 * @typedef {{fanIn: number, fanOut: number, w: number, b: number, end: number}} Place
 * @typedef {{n: number, x: Float64Array, z: Float64Array[], a: Float64Array[], slope: Float64Array[]}} Room
 */

const EMPTY = new Float64Array();

export class Dense {
  /** @param {number[]} sizes from input to output @param {string} activation */
  constructor(sizes, activation) {
    this.sizes = sizes;
    this.activation = activation;
    this.depth = sizes.length - 1;
    /** Of each layer: its widths, and where its W and its b begin. @type {Place[]} */
    this.places = [];
    let end = 0;
    for (let l = 0; l < this.depth; l += 1) {
      const [fanIn, fanOut, w] = [sizes[l], sizes[l + 1], end];
      const b = w + fanIn * fanOut;
      end = b + fanOut;
      this.places.push({ fanIn, fanOut, w, b, end });
    }
    this.parameters = new Float64Array(end);
    this.gradient = new Float64Array(end);
  }

  /**
   * As nnlib.mlp: He's or Glorot's variance, as suits the activation; biases 0. `start` scales the weights.
   * @param {PageRandom} random
   */
  initialize(random, start = 1) {
    const { init } = ACTIVATIONS[this.activation];
    this.parameters.fill(0);
    for (const { fanIn, fanOut, w, b } of this.places) {
      const deviation = Math.sqrt(2 / (init === "glorot" ? fanIn + fanOut : fanIn));
      for (let i = w; i < b; i += 1) this.parameters[i] = start * (deviation * random.normal());
    }
    return this;
  }

  /**
   * Room for what n samples leave: each layer's z and a, and the slope of the loss in its input and, last, in the outputs.
   * @param {number} n
   * @returns {Room}
   */
  room(n) {
    const make = (/** @type {number[]} */ sizes) => sizes.map((width) => new Float64Array(n * width));
    const widths = this.sizes.slice(1);
    return { n, x: EMPTY, z: make(widths), a: make(widths), slope: make(this.sizes) };
  }

  /**
   * Send n samples through; the raw outputs are `room.z.at(-1)`.
   * @param {Float64Array} x @param {number} n @param {Room} room
   */
  forward(x, n, room) {
    const layer = ACTIVATION_LAYERS[this.activation];
    room.x = x;
    for (let l = 0; l < this.depth; l += 1) {
      this.linear(l, l === 0 ? x : room.a[l - 1], n, room.z[l]);
      if (l < this.depth - 1) layer.forward(room.z[l], room.a[l], n * this.sizes[l + 1]);
    }
    return room.z[this.depth - 1];
  }

  /** @param {number} l @param {Float64Array} input @param {number} n @param {Float64Array} z */
  linear(l, input, n, z) {
    const p = this.parameters;
    const { fanIn, fanOut, w, b } = this.places[l];
    for (let row = 0; row < n; row += 1) {
      const from = row * fanIn;
      const to = row * fanOut;
      for (let j = 0; j < fanOut; j += 1) {
        let sum = 0;
        for (let i = 0; i < fanIn; i += 1) sum += input[from + i] * p[w + i * fanOut + j];
        z[to + j] = sum + p[b + j];
      }
    }
  }

  /**
   * From the slope in the raw outputs, in `room.slope.at(-1)`, to the gradient of every parameter.
   * @param {number} n @param {Room} room
   */
  backward(n, room) {
    const layer = ACTIVATION_LAYERS[this.activation];
    for (let l = this.depth - 1; l >= 0; l -= 1) {
      const input = l === 0 ? room.x : room.a[l - 1];
      this.linearBack(l, input, n, room.slope[l + 1], room.slope[l]);
      if (l > 0) layer.backward(input, room.slope[l], n * this.sizes[l], room.z[l - 1]);
    }
  }

  /**
   * The gradient of one layer's W, input^T slope, and of its b, the slopes' sum; `back` is slope W^T.
   * @param {number} l @param {Float64Array} input @param {number} n @param {Float64Array} slope @param {Float64Array} back
   */
  linearBack(l, input, n, slope, back) {
    const { parameters: p, gradient } = this;
    const { fanIn, fanOut, w, b, end } = this.places[l];
    gradient.fill(0, w, end);
    for (let row = 0; row < n; row += 1) {
      const from = row * fanIn;
      const to = row * fanOut;
      for (let i = 0; i < fanIn; i += 1) {
        const value = input[from + i];
        const at = w + i * fanOut;
        let sum = 0;
        for (let j = 0; j < fanOut; j += 1) {
          const delta = slope[to + j];
          gradient[at + j] += value * delta;
          sum += delta * p[at + j];
        }
        back[from + i] = sum;
      }
      for (let j = 0; j < fanOut; j += 1) gradient[b + j] += slope[to + j];
    }
  }
  /** How large the gradient of a layer's weights is: the root of the mean of its squares. @param {number} l */
  gradientSize(l) {
    const { w, b } = this.places[l];
    let sum = 0;
    for (let i = w; i < b; i += 1) sum += this.gradient[i] ** 2;
    return Math.sqrt(sum / (b - w));
  }
}
