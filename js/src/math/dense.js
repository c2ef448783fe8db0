// A fully connected network on flat arrays, batch first, as nnlib's Linear and activations compute
// it: z = x W + b. All parameters lie in one array, layer after layer, W row by row, then b.

import { ACTIVATIONS } from "./activations.js";

export class Dense {
  /** @param {number[]} sizes from input to output */
  constructor(sizes, activation) {
    this.sizes = sizes;
    this.activation = activation;
    this.depth = sizes.length - 1;
    this.places = []; // of each layer: where its W and its b begin
    let end = 0;
    for (let l = 0; l < this.depth; l += 1) {
      const w = end;
      const b = w + sizes[l] * sizes[l + 1];
      end = b + sizes[l + 1];
      this.places.push({ w, b, end });
    }
    this.parameters = new Float64Array(end);
    this.gradient = new Float64Array(end);
  }

  /** As nnlib.mlp: He's variance, Glorot's for sigmoid and tanh; biases 0. `start` scales the weights. */
  initialize(random, start = 1) {
    const glorot = ["sigmoid", "tanh"].includes(this.activation);
    this.parameters.fill(0);
    this.places.forEach(({ w, b }, l) => {
      const deviation = Math.sqrt(2 / (glorot ? this.sizes[l] + this.sizes[l + 1] : this.sizes[l]));
      for (let i = w; i < b; i += 1) this.parameters[i] = start * (deviation * random.normal());
    });
    return this;
  }

  /** Room for what n samples leave in each layer: z, a, and the slope of the loss in z. */
  room(n) {
    const make = () => this.sizes.slice(1).map((width) => new Float64Array(n * width));
    return { n, x: null, z: make(), a: make(), slope: make() };
  }

  /** Send n samples through; the raw outputs are `room.z.at(-1)`. */
  forward(x, n, room) {
    const { f } = ACTIVATIONS[this.activation];
    room.x = x;
    for (let l = 0; l < this.depth; l += 1) {
      const z = room.z[l];
      this.linear(l, l === 0 ? x : room.a[l - 1], n, z);
      if (l === this.depth - 1) break;
      const a = room.a[l];
      const count = n * this.sizes[l + 1];
      for (let i = 0; i < count; i += 1) a[i] = f(z[i]);
    }
    return room.z[this.depth - 1];
  }

  linear(l, input, n, z) {
    const { parameters: p, sizes, places } = this;
    const [fanIn, fanOut, { w, b }] = [sizes[l], sizes[l + 1], places[l]];
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

  /** From the slope in the raw outputs, in `room.slope.at(-1)`, to the gradient of every parameter. */
  backward(n, room) {
    const { derivative } = ACTIVATIONS[this.activation];
    for (let l = this.depth - 1; l >= 0; l -= 1) {
      this.collect(l, l === 0 ? room.x : room.a[l - 1], n, room.slope[l]);
      if (l === 0) return;
      this.passBack(l, n, room.slope[l], room.slope[l - 1]);
      const z = room.z[l - 1];
      const slope = room.slope[l - 1];
      const count = n * this.sizes[l];
      for (let i = 0; i < count; i += 1) slope[i] *= derivative(z[i]);
    }
  }

  /** The gradient of one layer's W, input^T slope, and of its b, the slopes' sum. */
  collect(l, input, n, slope) {
    const { gradient, sizes, places } = this;
    const [fanIn, fanOut, { w, b, end }] = [sizes[l], sizes[l + 1], places[l]];
    gradient.fill(0, w, end);
    for (let row = 0; row < n; row += 1) {
      const from = row * fanIn;
      const to = row * fanOut;
      for (let i = 0; i < fanIn; i += 1) {
        const value = input[from + i];
        const at = w + i * fanOut;
        for (let j = 0; j < fanOut; j += 1) gradient[at + j] += value * slope[to + j];
      }
      for (let j = 0; j < fanOut; j += 1) gradient[b + j] += slope[to + j];
    }
  }

  /** slope W^T */
  passBack(l, n, slope, back) {
    const { parameters: p, sizes, places } = this;
    const [fanIn, fanOut, { w }] = [sizes[l], sizes[l + 1], places[l]];
    for (let row = 0; row < n; row += 1) {
      for (let i = 0; i < fanIn; i += 1) {
        let sum = 0;
        for (let j = 0; j < fanOut; j += 1) sum += slope[row * fanOut + j] * p[w + i * fanOut + j];
        back[row * fanIn + i] = sum;
      }
    }
  }
}
