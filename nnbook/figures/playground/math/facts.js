// What can be said about a network in training: how large its gradients are, and which of its units
// have fallen silent.

import { ACTIVATIONS } from "../../../../js/src/math/activations.js";

/** @import { Judgement, Run } from "./run.js" */

/**
 * @typedef {"alive" | "dead" | "saturated" | "lost"} Status lost: its sums are no numbers any more
 * @typedef {{lit: number, slope: number, status: Status}} Unit
 * @typedef {{train: Judgement, validation: Judgement, gradients: number[], units: Unit[][]}} Seen
 * @typedef {ReturnType<typeof factsOf>} Facts
 */

const LASTING = 50; // steps
const FLAT = 0.05; // of the steepest slope of its activation: a unit below it on average is saturated

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
    if (!Number.isFinite(value)) return { lit: 0, slope: 0, status: "lost" };
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
  const validation = run.judge("validation");
  if (train.n === 0)
    return {
      train: validation,
      validation,
      gradients: net.places.map(() => 0),
      units: settings.hidden.map((width) => Array(width).fill({ lit: 0, slope: 0, status: "alive" })),
    };
  const judged = run.judge("train");
  net.backward(train.n, run.rooms.train);
  const gradients = net.places.map((_, l) => net.gradientSize(l));
  const units = settings.hidden.map((width, l) =>
    Array.from({ length: width }, (_, j) => unitOf(run.rooms.train.z[l], train.n, width, j, settings.activation)),
  );
  return { train: judged, validation, gradients, units };
}

/** @param {Unit[][]} units @param {Status} status */
const layersOf = (units, status) =>
  units.flatMap((layer, l) => (layer.every((unit) => unit.status === status) ? [l + 1] : []));
/** @param {Unit[][]} units @param {Status} status */
const countOf = (units, status) => units.flat().filter((unit) => unit.status === status).length;

/**
 * The gradient of the first layer measured by that of the last, both as means over the last steps: the last layer's alone passes
 * through zero now and then. Infinity before there were so many steps.
 * @param {Run} run @param {number} until
 */
function lastingRatio({ history, step }, until) {
  if (step < LASTING) return Infinity;
  const from = history.steps.findIndex((at) => at > step - LASTING);
  const sum = (/** @type {number[]} */ sizes) => sizes.slice(from, until).reduce((total, size) => total + size, 0);
  return sum(history.first) / sum(history.last);
}

/** The same in numbers that sentences and challenges use. @param {Run} run @param {Seen} seen */
export function factsOf(run, seen) {
  const { history, diverged, step, settings } = run;
  const losses = [seen.train.loss, seen.validation.loss];
  const until = history.steps.findLastIndex((at) => at <= step) + 1;
  const lowest = Math.min(...history.validation.slice(0, until).filter(Number.isFinite), Infinity);
  /** The training loss when the validation loss was lowest. */
  const lossThen = history.train[history.validation.indexOf(lowest)] ?? Infinity;
  return {
    step,
    /** Whether a loss has left the range of numbers: there is nothing to go on from. */
    diverged:
      diverged !== null || [run.train, run.validation].some(({ n }, which) => n > 0 && !Number.isFinite(losses[which])),
    settings,
    classes: run.classes,
    n: run.train.n,
    loss: seen.train.loss,
    accuracy: seen.train.accuracy,
    validation: run.validation.n,
    validationLoss: seen.validation.loss,
    validationAccuracy: seen.validation.accuracy,
    lowest,
    /** Not where steps are so long that both losses have risen. */
    overfits:
      seen.validation.loss > 1.5 * lowest && seen.validation.loss > seen.train.loss + 0.1 && seen.train.loss < lossThen,
    firstLoss: history.train[0] ?? NaN,
    hiddenUnits: settings.hidden.reduce((sum, width) => sum + width, 0),
    dead: countOf(seen.units, "dead"),
    deadLayers: layersOf(seen.units, "dead"),
    saturatedLayers: layersOf(seen.units, "saturated"),
    lastingRatio: lastingRatio(run, until),
    ratio: seen.gradients[0] / seen.gradients[seen.gradients.length - 1],
    slopeSize: Math.max(...seen.gradients),
  };
}
