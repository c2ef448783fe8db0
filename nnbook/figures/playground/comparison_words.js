// How the present run compares with five starts of its own, and with a pinned run, in words.

import { fixed, inWords, significant } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { beganAlike, differences, momentOf, STARTS } from "./math/starts.js";

/** @import { Translate } from "../../../js/src/core/types.js" */
/** @import { Settings } from "./math/plane_data.js" */
/** @import { Run } from "./math/run.js" */
/** @import { Moment, Pin } from "./math/starts.js" */

const NAMED = 3; // differences that are named one by one
const OTHER_LOSS = ["dataset", "count", "classes", "noise", "points", "loss"]; // in these, losses are not comparable
const number = (/** @type {number} */ x) => inWords(significant(x, 3));
const percent = (/** @type {number} */ x) => (Number.isFinite(x) ? fixed(100 * x, 0) : "–");

/**
 * What runs are compared by: the validation points, or those for training where there are no others.
 * @param {Run} run @param {Translate} t
 */
export function measureOf({ validation }, t) {
  const isJudged = validation.n > 0;
  return {
    /** @type {"validation" | "train"} */
    which: isJudged ? "validation" : "train",
    what: t(isJudged ? "of_validation" : "of_training"),
    loss: (/** @type {Moment} */ moment) => (isJudged ? moment.validationLoss : moment.loss),
    share: (/** @type {Moment} */ moment) => (isJudged ? moment.validationAccuracy : moment.accuracy),
  };
}

/** @typedef {ReturnType<typeof measureOf>} Measure */

/**
 * Median and range of five starts; null: they are not all there yet. @param {Translate} t
 * @param {Moment[] | null} moments @param {number} step @param {Measure} by
 */
export function spreadInWords(t, moments, step, by) {
  if (!moments) return t("starts_training", { t: step });
  const losses = moments.map(by.loss).sort((a, b) => a - b);
  const broken = losses.filter((loss) => !Number.isFinite(loss)).length;
  if (broken > 0) return t("starts_diverged", { t: step, broken, starts: STARTS });
  const right = moments.map(by.share).sort((a, b) => a - b);
  return t("starts_said", {
    t: step,
    what: by.what,
    median: number(losses[(STARTS - 1) / 2]),
    low: number(losses[0]),
    high: number(losses[STARTS - 1]),
    lowRight: percent(right[0]),
    highRight: percent(right[STARTS - 1]),
  });
}

/**
 * What differs from the pinned run, and what came of it at the same step. @param {Translate} t
 * @param {Run} run @param {Pin} pin @param {Measure} by
 */
export function pinInWords(t, run, pin, by) {
  const names = differences(run.settings, pin.settings);
  if (names.length === 0) return t("pin_same");
  const changes = names.slice(0, NAMED).map((name) => change(t, name, run.settings, pin.settings));
  if (names.length > NAMED) changes.push("…");
  const step = Math.min(run.step, pin.step);
  const [now, before] = [momentOf(run, step), momentOf(pin, step)].map(by.loss);
  const outcome = () => {
    if (names.some((name) => OTHER_LOSS.includes(name))) return t("pin_other_data");
    if (![now, before].every(Number.isFinite))
      return t(run.diverged && pin.diverged ? "pin_both_diverged" : "pin_diverged");
    return t("pin_said", { t: step, what: by.what, now: number(now), before: number(before) });
  };
  const parts = [
    t("pin_differs", { changes: joined(t, changes) }),
    t(beganAlike(run, pin) ? "pin_same_start" : "pin_other_start"),
    outcome(),
  ];
  return parts.join(parts[0].endsWith("。") ? "" : " ");
}

/** Words one after another, with the commas of the language. @param {Translate} t @param {string[]} words */
export const joined = (t, words) => words.reduce((first, next) => t("joined", { first, next }));

/**
 * One setting as it is now and, in parentheses, as it was. @param {Translate} t @param {string} name
 * @param {Settings} now @param {Settings} before
 */
function change(t, name, now, before) {
  /** @type {Record<string, (settings: Settings) => string>} */
  const words = {
    dataset: ({ dataset }) => t(`dataset_${dataset}`),
    loss: ({ loss }) => t(`loss_${loss}`),
    activation: ({ activation }) => ACTIVATIONS[activation].label,
    hidden: ({ hidden }) => hidden.join("-") || "0",
    points: ({ points }) => String(points.length),
    standardized: ({ standardized }) => (standardized ? "✓" : "✗"),
  };
  const shown = words[name] ?? ((settings) => number(settings[/** @type {"rate"} */ (name)]));
  /** @type {Record<string, string>} */
  const labels = { hidden: "hidden_layers", start: "start_scale", points: "own_points" };
  return t("changed", { setting: t(labels[name] ?? name), now: shown(now), before: shown(before) });
}

/** Sentences as long as these become, so that there is room for them. @param {Translate} t */
export function longestWords(t) {
  const sample = {
    t: 20000,
    what: t("of_validation"),
    median: 0.255,
    low: 0.255,
    high: 0.255,
    now: 0.255,
    before: 0.255,
  };
  const changes = t("changed", { setting: t("activation"), now: "leaky ReLU", before: "softplus" });
  return {
    spread: t("starts_said", { ...sample, lowRight: 100, highRight: 100 }),
    pin: `${t("pin_differs", { changes })} ${t("pin_other_start")} ${t("pin_said", sample)}`,
  };
}
