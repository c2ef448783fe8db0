// What happens in the network, in one sentence, and where the book explains it.

import { fixed, inWords, significant } from "../../../js/src/core/index.js";

/** @import { Facts } from "./math/facts.js" */

const number = (/** @type {number} */ x) => inWords(significant(x, 3));
const loss = (/** @type {number} */ x) => (x >= 0.001 ? fixed(x, 3) : number(x));
const VANISHED = 1e-3; // the first layer's gradient, measured by the last one's
const SMALL = 1e-7; // a gradient that moves nothing

/**
 * Each kind: when it holds, and which section explains it; the first that holds is said.
 * @type {[kind: string, holds: (facts: Facts) => boolean, place?: string][]}
 */
export const KINDS = [
  ["empty", (f) => f.n === 0],
  ["diverged", (f) => f.diverged, "gradient_descent#sec-gd-rate"],
  ["start", (f) => f.step === 0 && f.settings.start > 0],
  ["explodes", (f) => f.loss > 3 * Math.max(f.firstLoss, 0.7), "gradient_descent#sec-gd-rate"],
  ["dead_layer", (f) => f.deadLayers.length > 0 && f.settings.start > 0, "activations#sec-dead"],
  ["zero", (f) => f.settings.start === 0 && f.hiddenUnits > 0, "backpropagation#sec-backprop-start"],
  ["saturated", (f) => f.saturatedLayers.length > 0, "activations#sec-sigmoid"],
  ["vanishing", (f) => f.ratio < VANISHED && f.accuracy < 0.95, "activations#sec-vanishing"],
  ["overfit", (f) => f.overfits, "generalization#sec-ce-overfitting"],
  ["dead_units", (f) => f.dead > 0, "activations#sec-dead"],
  ["linear", (f) => f.hiddenUnits === 0 && f.accuracy < 0.97 && f.step > 100, "networks#sec-network-collapse"],
  ["solved", (f) => f.accuracy >= 0.99, "generalization#sec-ce-held-out"],
  ["still", (f) => f.slopeSize < SMALL, "gradient_descent#sec-five-steps"],
  ["learning", () => true],
];

/** What speaks of validation points, and says it otherwise where there are none. */
const ALONE = ["solved", "learning"];

/** The key of the sentence, its values, and the place in the book ("" if there is none). @param {Facts} facts */
export function diagnose(facts) {
  const [kind, , place = ""] = KINDS.find(([, holds]) => holds(facts)) ?? ["learning", () => true];
  const share = (/** @type {number} */ accuracy) => (Number.isNaN(accuracy) ? "–" : String(Math.round(100 * accuracy)));
  const values = {
    t: facts.step,
    rate: number(facts.settings.rate),
    first: loss(facts.firstLoss),
    loss: loss(facts.loss),
    fresh: loss(facts.validationLoss),
    low: loss(facts.lowest),
    right: share(facts.accuracy),
    freshRight: share(facts.validationAccuracy),
    layer: facts.deadLayers[0] ?? facts.saturatedLayers[0] ?? "",
    dead: facts.dead,
    units: facts.hiddenUnits,
    ratio: number(facts.ratio),
  };
  const alone = facts.validation === 0 && ALONE.includes(kind) ? "_alone" : "";
  return { key: `say_${kind}${alone}`, kind, values, place };
}
