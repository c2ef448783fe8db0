// A training on the page, step by step, as nnlib.fit makes it: SGD with momentum and weight decay
// on batches that are shuffled once an epoch. Moments are kept, so that one can go back.

import { batchAt, batchCount } from "../../../../js/src/math/batches.js";
import { CLASS_LOSSES, countRight } from "../../../../js/src/math/class_losses.js";
import { PageRandom } from "../../../../js/src/math/random.js";
import { Dense } from "./dense.js";

/** @import { Sets, Settings } from "./plane_data.js" */

/**
 * @typedef {{loss: number, accuracy: number}} Judgement
 * @typedef {{steps: number[], train: number[], validation: number[], right: number[], validationRight: number[],
 *   first: number[], last: number[]}} History at the steps that are kept: the losses, the accuracies, and how large the gradients
 *   of the first and of the last layer's weights are
 * @typedef {{step: number, parameters: Float64Array, velocity: Float64Array, random: number,
 *   order: Uint16Array | null}} Kept
 */

const EVERY_STEP = 128; // so long each step is kept; then fewer, about 64 each time the steps double

/** Whether a step's losses and parameters are kept. @param {number} step */
export const isKept = (step) => step <= EVERY_STEP || step % 2 ** (Math.floor(Math.log2(step)) - 6) === 0;

export class Run {
  /**
   * @param {Settings} settings the figure's state
   * @param {Sets} sets of setsOf
   */
  constructor(settings, sets) {
    const { train, validation, classes } = sets;
    this.settings = settings;
    this.train = train;
    this.validation = validation;
    this.classes = classes;
    this.net = new Dense([2, ...settings.hidden, classes], settings.activation).initialize(
      new PageRandom(2 * settings.seed + 2),
      settings.start,
    );
    this.random = new PageRandom(2 * settings.seed + 3);
    this.velocity = new Float64Array(this.net.parameters.length);
    this.loss = CLASS_LOSSES[settings.loss];
    this.batch = Math.max(1, Math.min(settings.batch_size, train.n));
    this.perEpoch = Math.max(1, batchCount(train.n, this.batch));
    this.rooms = {
      batch: this.net.room(this.batch),
      train: this.net.room(train.n),
      validation: this.net.room(validation.n),
    };
    this.inputs = new Float64Array(2 * this.batch);
    this.labels = new Uint8Array(this.batch);
    /** @type {Uint16Array | null} */
    this.order = null;
    this.step = 0;
    /** Where a loss was not finite. @type {{step: number, value: number} | null} */
    this.diverged = null;
    /** @type {History} */
    this.history = { steps: [], train: [], validation: [], right: [], validationRight: [], first: [], last: [] };
    /** @type {Kept[]} */
    this.kept = [];
    if (train.n > 0) this.keep();
  }

  /** Train up to a step, for at most so many ms; a diverged run goes no further. @param {number} to */
  advance(to, ms = Infinity) {
    const end = ms === Infinity ? Infinity : performance.now() + ms;
    while (this.step < to && !this.diverged && this.train.n > 0) {
      this.makeStep();
      if (performance.now() > end) break;
    }
  }

  makeStep() {
    const rows = this.nextBatch();
    const {
      net,
      velocity,
      rooms: { batch: room },
      settings: { rate, momentum, decay },
    } = this;
    const z = net.forward(this.inputs, rows, room);
    const value = this.loss.of(z, this.labels, rows, this.classes, room.slope[net.depth]);
    if (!Number.isFinite(value)) {
      this.diverged = { step: this.step, value };
      return;
    }
    net.backward(rows, room);
    const { parameters, gradient } = net;
    for (let i = 0; i < parameters.length; i += 1) {
      velocity[i] = momentum * velocity[i] + (gradient[i] + decay * parameters[i]);
      parameters[i] -= velocity[i] * rate;
    }
    this.step += 1;
    if (isKept(this.step)) this.keep();
  }

  /** Gather the rows of the next step; the number of them. */
  nextBatch() {
    const { train, batch, perEpoch } = this;
    if (this.step % perEpoch === 0) this.order = batch < train.n ? this.random.permutation(train.n) : null;
    const { from, rows } = batchAt(this.step, train.n, batch);
    for (let row = 0; row < rows; row += 1) {
      const sample = this.order ? this.order[from + row] : from + row;
      this.inputs[2 * row] = train.inputs[2 * sample];
      this.inputs[2 * row + 1] = train.inputs[2 * sample + 1];
      this.labels[row] = train.y[sample];
    }
    return rows;
  }

  keep() {
    if (this.kept.length && this.kept[this.kept.length - 1].step >= this.step) return; // it came here before
    this.kept.push({
      step: this.step,
      parameters: this.net.parameters.slice(),
      velocity: this.velocity.slice(),
      random: this.random.state,
      order: this.order,
    });
    const [train, validation] = [this.judge("train"), this.judge("validation")];
    this.net.backward(this.train.n, this.rooms.train);
    const { history } = this;
    history.steps.push(this.step);
    history.train.push(train.loss);
    history.validation.push(validation.loss);
    history.right.push(train.accuracy);
    history.validationRight.push(validation.accuracy);
    history.first.push(this.net.gradientSize(0));
    history.last.push(this.net.gradientSize(this.net.depth - 1));
  }

  /** Go back to an earlier step. @param {number} to */
  rewind(to) {
    const kept = this.kept.findLast(({ step }) => step <= to);
    if (!kept) return; // without points there is no step
    this.step = kept.step;
    this.net.parameters.set(kept.parameters);
    this.velocity.set(kept.velocity);
    this.random.state = kept.random;
    this.order = kept.order;
    if (this.diverged && to < this.diverged.step) this.diverged = null;
    this.advance(to);
  }

  /**
   * Loss (a mean over the points, also for a sum) and share of right answers.
   * @param {"train" | "validation"} which
   * @returns {Judgement}
   */
  judge(which) {
    const [set, room] = [this[which], this.rooms[which]];
    if (set.n === 0) return { loss: NaN, accuracy: NaN };
    const z = this.net.forward(set.inputs, set.n, room);
    const value = this.loss.of(z, set.y, set.n, this.classes, room.slope[this.net.depth]);
    const loss = this.loss.reduction === "sum" ? value / set.n : value;
    return { loss, accuracy: Number.isFinite(loss) ? countRight(z, set.y, set.n, this.classes) / set.n : NaN };
  }
}
