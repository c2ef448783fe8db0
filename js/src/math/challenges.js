// The challenges of the playground: where each begins, and when its goal is reached.
// A goal looks at the facts of playground_facts.js and never at how one got there.

/** @import { LabeledPoint, Settings } from "./plane_data.js" */
/** @import { Facts } from "./playground_facts.js" */

/** What a challenge begins with where it says nothing else, beside the settings of the figure's first preset. */
const SMALL = { hidden: [4], activation: "relu" };
/** @type {LabeledPoint[]} */
const CORNERS = [
  [-1, -1, 0],
  [1, 1, 0],
  [-1, 1, 1],
  [1, -1, 1],
];
/** @param {Facts} facts */
const isDeep = ({ settings }) => settings.hidden.length === 6;
/**
 * Whether data and start of a challenge are still those that it set.
 * @param {Facts} facts @param {Settings} setup @param {(keyof Settings)[]} names
 */
const kept = ({ settings }, setup, names) =>
  names.every((name) => JSON.stringify(settings[name]) === JSON.stringify(setup[name]));

/** @type {(keyof Settings)[]} */
const DATA = ["dataset", "count", "classes", "noise", "points"];

/** @type {{setup: Partial<Settings>, goal: (facts: Facts) => boolean, keep: (keyof Settings)[]}[]} */
const LIST = [
  {
    // a network without hidden layers draws straight borders, which is enough here
    setup: { dataset: "blobs", noise: 0.3, hidden: [4, 4] },
    goal: (facts) => facts.hiddenUnits === 0 && facts.heldOutAccuracy >= 0.95,
    keep: DATA,
  },
  {
    // the exclusive or needs a bend
    setup: { dataset: "none", points: CORNERS, hidden: [], batch_size: 4 },
    goal: (facts) => facts.hiddenUnits <= 3 && facts.accuracy === 1,
    keep: DATA,
  },
  {
    // few units for the moons
    setup: { noise: 0.1, hidden: [8, 8] },
    goal: (facts) => facts.hiddenUnits <= 4 && facts.heldOutAccuracy >= 0.96,
    keep: DATA,
  },
  {
    // the spirals with few units
    setup: { dataset: "spirals", classes: 2, noise: 0.02, hidden: [4], activation: "tanh" },
    goal: (facts) => facts.hiddenUnits <= 16 && facts.heldOutAccuracy >= 0.95,
    keep: DATA,
  },
  {
    // kill a network
    setup: { hidden: [4, 4] },
    goal: (facts) =>
      facts.settings.activation === "relu" &&
      facts.deadLayers.length > 0 &&
      facts.step > 0 &&
      facts.settings.start === 1,
    keep: DATA,
  },
  {
    // revive it
    setup: { hidden: [3, 3, 3], rate: 1, seed: 1 },
    goal: (facts) => facts.dead === 0 && facts.heldOutAccuracy >= 0.85,
    keep: [...DATA, "rate", "hidden", "seed"],
  },
  {
    // make the gradient vanish
    setup: { hidden: [4], activation: "sigmoid", rate: 0.3 },
    goal: (facts) => !facts.diverged && facts.ratio > 0 && facts.ratio < 1e-4 && facts.settings.start >= 1,
    keep: DATA,
  },
  {
    // bring it back in a deep network
    setup: { hidden: [6, 6, 6, 6, 6, 6], activation: "sigmoid", rate: 0.3 },
    goal: (facts) => isDeep(facts) && facts.heldOutAccuracy >= 0.9,
    keep: DATA,
  },
  {
    // not a number
    setup: { hidden: [6], loss: "ssr", rate: 0.003 },
    goal: (facts) => facts.diverged !== null,
    keep: DATA,
  },
  {
    // a start of zeros
    setup: { hidden: [6], activation: "tanh", start: 0 },
    goal: (facts) => facts.settings.start > 0 && facts.settings.start <= 0.1 && facts.heldOutAccuracy >= 0.9,
    keep: DATA,
  },
  {
    // overfit
    setup: { count: 80, noise: 0.35, hidden: [2], rate: 0.1 },
    goal: (facts) => facts.accuracy === 1 && facts.heldOutLoss > 2 * facts.lowest,
    keep: DATA,
  },
  {
    // and hold it back
    setup: { count: 80, noise: 0.35, hidden: [8, 8], rate: 0.1 },
    goal: (facts) => facts.step >= 1000 && facts.heldOutLoss <= 1.1 * facts.lowest && facts.accuracy >= 0.8,
    keep: [...DATA, "hidden"],
  },
];

/** The challenges, from the settings that a playground has. @param {Settings} plain */
export const challengesFrom = (plain) =>
  LIST.map(({ setup, goal, keep }) => {
    const full = { ...plain, ...SMALL, ...setup };
    return { setup: full, reached: (/** @type {Facts} */ facts) => kept(facts, full, keep) && goal(facts) };
  });
