// The same training from several random starts: the run that is shown, and others with the next seeds. And a run as it was when
// it was pinned, to compare others with it.

import { Run } from "./run.js";

/** @import { Sets, Settings } from "./plane_data.js" */
/** @import { Facts } from "./facts.js" */
/** @import { History, Kept } from "./run.js" */

export const STARTS = 5;
const SEEDS = 100; // the seeds are 0 to 99
const PIECE = 20; // steps of one run, before another has its turn

/** @typedef {{step: number, loss: number, accuracy: number, validationLoss: number, validationAccuracy: number}} Moment */
/** @typedef {{history: History, kept: Kept[], diverged: Run["diverged"]}} Past what is left of a run, to look back at it */
/** @typedef {Past & {settings: Settings, step: number, facts: Facts}} Pin */

export class Starts {
  /** @param {Settings} settings of the run that is shown @param {Sets} sets */
  constructor(settings, sets) {
    this.runs = Array.from(
      { length: STARTS - 1 },
      (_, index) => new Run({ ...settings, seed: (settings.seed + index + 1) % SEEDS }, sets),
    );
  }

  /** @param {number} to @returns {Run | undefined} the run that is furthest from this step, if any has not reached it */
  behind(to) {
    const open = this.runs.filter((run) => run.step < to && !run.diverged && run.train.n > 0);
    return open.sort((a, b) => a.step - b.step)[0];
  }

  /** Train the others up to a step, for at most so many ms; tell whether they are there. @param {number} to */
  advance(to, ms = Infinity) {
    const end = performance.now() + ms;
    for (let run = this.behind(to); run; run = this.behind(to)) {
      if (performance.now() >= end) return false;
      run.advance(Math.min(to, run.step + PIECE), end - performance.now());
    }
    return true;
  }
}

/** @type {Moment} */
const NOTHING = { step: NaN, loss: Infinity, accuracy: NaN, validationLoss: Infinity, validationAccuracy: NaN };

/**
 * What a run had reached at a step, or at the last one before it that was kept; nothing where it had diverged.
 * @param {Past & {step: number, judge?: Run["judge"]}} run @param {number} step
 * @returns {Moment}
 */
export function momentOf(run, step) {
  const { history, diverged } = run;
  if (diverged && diverged.step <= step) return NOTHING;
  if (run.judge && run.step === step) {
    const [train, validation] = [run.judge("train"), run.judge("validation")];
    const { loss, accuracy } = train;
    return { step, loss, accuracy, validationLoss: validation.loss, validationAccuracy: validation.accuracy };
  }
  const at = history.steps.findLastIndex((kept) => kept <= step);
  if (at < 0) return NOTHING;
  return {
    step: history.steps[at],
    loss: history.train[at],
    accuracy: history.right[at],
    validationLoss: history.validation[at],
    validationAccuracy: history.validationRight[at],
  };
}

/** A run as it is now, which nothing changes any more. @param {Run} run @param {Facts} facts @returns {Pin} */
export function pinOf(run, facts) {
  const { settings, step, diverged } = run;
  const until = run.history.steps.findLastIndex((at) => at < step) + 1;
  const last = momentOf(run, step);
  /** @param {keyof History} name @param {number} end */
  const upTo = (name, end) => [...run.history[name].slice(0, until), end];
  const history = {
    ...run.history,
    steps: upTo("steps", step),
    train: upTo("train", last.loss),
    validation: upTo("validation", last.validationLoss),
    right: upTo("right", last.accuracy),
    validationRight: upTo("validationRight", last.validationAccuracy),
  };
  return { settings, step, diverged, facts, history, kept: run.kept.slice(0, 1) };
}

/** Whether two runs began with the same weights. @param {Past} a @param {Past} b */
export const beganAlike = ({ kept: [a] }, { kept: [b] }) =>
  a !== undefined && b !== undefined && String(a.parameters) === String(b.parameters);

/** The settings in which two trainings differ. @param {Settings} a @param {Settings} b */
export const differences = (a, b) =>
  /** @type {(keyof Settings)[]} */ (Object.keys(a)).filter(
    (name) => !["step", "challenge"].includes(name) && JSON.stringify(a[name]) !== JSON.stringify(b[name]),
  );
