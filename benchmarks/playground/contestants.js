// Who trains a network 2-8-8-2 on squared residuals: the page, synaptic, TensorFlow Playground.
// The rate is that of the mean, over the batch, of half the sum of squared residuals.

import synaptic from "synaptic";
import { Run } from "../../nnbook/figures/playground/math/run.js";

export const BATCH = 10;
const SIZES = [2, 8, 8, 2];
const POINTS = 200;

/** The inside of a circle and the outside. */
function points() {
  const inputs = new Float64Array(2 * POINTS);
  const y = new Uint8Array(POINTS);
  for (let i = 0; i < POINTS; i += 1) {
    const radius = 2 * Math.sqrt((i + 0.5) / POINTS);
    inputs.set([radius * Math.cos(2.4 * i), radius * Math.sin(2.4 * i)], 2 * i);
    y[i] = radius > 1.4 ? 1 : 0;
  }
  return { n: POINTS, inputs, y };
}

/** The page's own training. */
export class Page {
  constructor(activation, rate, batch = BATCH) {
    const settings = {
      hidden: SIZES.slice(1, -1),
      activation,
      loss: "ssr",
      rate: rate / (2 * batch),
      momentum: 0,
      decay: 0,
      batch_size: batch,
      seed: 0,
      start: 1,
    };
    const none = { n: 0, inputs: new Float64Array(0), y: new Uint8Array(0) };
    this.run = new Run(settings, { train: points(), validation: none, classes: 2 });
  }

  step() {
    this.run.makeStep();
  }

  get weights() {
    return this.run.net.parameters.slice();
  }

  /** The batch of the last step, as the others take it. */
  get samples() {
    const { batch, inputs, labels } = this.run;
    return Array.from({ length: batch }, (_, row) => ({
      x: [...inputs.subarray(2 * row, 2 * row + 2)],
      y: [0, 1].map((k) => (k === labels[row] ? 1 : 0)),
    }));
  }
}

/** Of each layer: where the weight from unit i to unit j is in the page's array; with i = the fan-in, j's bias. */
const PLACES = SIZES.slice(1).map((fanOut, l) => {
  const begin = SIZES.slice(0, l).reduce((sum, fanIn, k) => sum + (fanIn + 1) * SIZES[k + 1], 0);
  return (i, j) => begin + i * fanOut + j;
});

/** A network of objects whose weights and biases can be visited: visit(place, object, its property). */
class Objects {
  constructor(rate) {
    this.rate = rate;
  }

  set weights(values) {
    this.visit((place, owner, name) => {
      owner[name] = values[place];
    });
  }

  get weights() {
    const values = [];
    this.visit((place, owner, name) => {
      values[place] = owner[name];
    });
    return values;
  }
}

/** It updates after every sample, and passes back through the weights that it has just updated. */
export class Synaptic extends Objects {
  constructor(activation, rate, weights) {
    super(rate);
    const { squash } = synaptic.Neuron;
    this.net = new synaptic.Architect.Perceptron(...SIZES);
    const { hidden, output } = this.net.layers;
    for (const layer of hidden)
      layer.set({ squash: squash[{ sigmoid: "LOGISTIC", tanh: "TANH", relu: "RELU" }[activation]] });
    output.set({ squash: squash.IDENTITY });
    this.weights = weights;
  }

  visit(visit) {
    this.net.restore(); // from the program as which it runs
    const { input, hidden, output } = this.net.layers;
    const layers = [input, ...hidden, output].map(({ list }) => list);
    PLACES.forEach((place, l) =>
      layers[l + 1].forEach((neuron, j) => {
        visit(place(SIZES[l], j), neuron, "bias");
        for (const connection of Object.values(neuron.connections.inputs))
          visit(place(layers[l].indexOf(connection.from), j), connection, "weight");
      }),
    );
  }

  step(samples) {
    for (const { x, y } of samples) {
      this.net.activate(x);
      this.net.propagate(this.rate, y);
    }
  }
}

/** Its page has one output; for a second one, the slope is set by hand. @param {object} nn the module nn.ts */
export const tensorflowPlayground = (nn) =>
  class extends Objects {
    constructor(activation, rate, weights) {
      super(rate);
      const { Activations } = nn;
      this.net = nn.buildNetwork(SIZES, Activations[activation.toUpperCase()], Activations.LINEAR, null, ["x1", "x2"]);
      this.weights = weights;
    }

    visit(visit) {
      PLACES.forEach((place, l) =>
        this.net[l + 1].forEach((node, j) => {
          visit(place(SIZES[l], j), node, "bias");
          node.inputLinks.forEach((link, i) => visit(place(i, j), link, "weight"));
        }),
      );
    }

    step(samples) {
      const { SQUARE } = nn.Errors;
      const second = this.net.at(-1)[1];
      for (const { x, y } of samples) {
        nn.forwardProp(this.net, x);
        second.outputDer = SQUARE.der(second.output, y[1]);
        nn.backProp(this.net, y[0], SQUARE);
      }
      nn.updateWeights(this.net, this.rate, 0);
    }
  };
