// What can be said about a network in training: how large its gradients are, and which of its units
// have fallen silent.

import { ACTIVATIONS } from "./activations.js";

/** @import { Judgement, Run } from "./playground_run.js" */

/**
 * @typedef {"alive" | "dead" | "saturated"} Status
 * @typedef {{lit: number, slope: number, status: Status}} Unit
 * @typedef {{train: Judgement, heldOut: Judgement, gradients: number[], units: Unit[][]}} Seen
 * @typedef {ReturnType<typeof factsOf>} Facts
 */

const FLAT = 0.05; // of the steepest slope of its activation: a unit below it on average is saturated

/** The root of the mean of the squares. @param {Float64Array} values @param {number} from @param {number} to */
function size(values, from, to) {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] ** 2;
  return Math.sqrt(sum / (to - from));
}

/**
 * A unit over all training points: on which share of them its sum is positive, how steep its
 * activation is on average (1 is as steep as it gets), and what it is called.
 * @param {Float64Array} z @param {number} n @param {number} width @param {number} j @param {string} activation
 * @returns {Unit}
 */
function unitOf(z, n, width, j, activation) {
  const { derivative, steepest, idle } = ACTIVATIONS[activation];
  let [positive, steep] = [0, 0];
  for (let row = 0; row < n; row += 1) {
    const value = z[row * width + j];
    if (value > 0) positive += 1;
    steep += Math.abs(derivative(value));
  }
  const slope = steep / (n * steepest);
  const isIdle = idle === "dead" ? positive === 0 : !(slope >= FLAT);
  return { lit: positive / n, slope, status: isIdle ? idle : "alive" };
}

/**
 * Look at the current state of a run: losses, accuracies, the gradient of the training loss in every
 * parameter (left in run.net.gradient) and its size in each layer's weights, and every hidden unit.
 * @param {Run} run
 * @returns {Seen}
 */
export function look(run) {
  const { net, train, settings } = run;
  const heldOut = run.judge("heldOut");
  if (train.n === 0)
    return {
      train: heldOut,
      heldOut,
      gradients: net.places.map(() => 0),
      units: settings.hidden.map((width) => Array(width).fill({ lit: 0, slope: 0, status: "alive" })),
    };
  const judged = run.judge("train");
  net.backward(train.n, run.rooms.train);
  const gradients = net.places.map(({ w, b }) => size(net.gradient, w, b));
  const units = settings.hidden.map((width, l) =>
    Array.from({ length: width }, (_, j) => unitOf(run.rooms.train.z[l], train.n, width, j, settings.activation)),
  );
  return { train: judged, heldOut, gradients, units };
}

/** @param {Unit[][]} units @param {Status} status */
const layersOf = (units, status) =>
  units.flatMap((layer, l) => (layer.every((unit) => unit.status === status) ? [l + 1] : []));
/** @param {Unit[][]} units @param {Status} status */
const countOf = (units, status) => units.flat().filter((unit) => unit.status === status).length;

/** The same in numbers that sentences and challenges use. @param {Run} run @param {Seen} seen */
export function factsOf(run, seen) {
  const { history, diverged, step, settings } = run;
  const until = history.steps.findLastIndex((at) => at <= step) + 1;
  const lowest = Math.min(...history.heldOut.slice(0, until).filter(Number.isFinite), Infinity);
  return {
    step,
    diverged,
    settings,
    classes: run.classes,
    n: run.train.n,
    loss: seen.train.loss,
    accuracy: seen.train.accuracy,
    heldOut: run.heldOut.n,
    heldOutLoss: seen.heldOut.loss,
    heldOutAccuracy: seen.heldOut.accuracy,
    lowest,
    firstLoss: history.train[0] ?? NaN,
    hiddenUnits: settings.hidden.reduce((sum, width) => sum + width, 0),
    dead: countOf(seen.units, "dead"),
    deadLayers: layersOf(seen.units, "dead"),
    saturatedLayers: layersOf(seen.units, "saturated"),
    ratio: seen.gradients[0] / seen.gradients[seen.gradients.length - 1],
    slopeSize: Math.max(...seen.gradients),
  };
}
