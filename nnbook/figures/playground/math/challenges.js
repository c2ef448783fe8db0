// The challenges of the playground: where each begins, and when its goal is reached.
// A goal looks at the facts of playground_facts.js and never at how one got there.

/** @import { LabeledPoint, Settings } from "./plane_data.js" */
/** @import { Facts as Alone } from "./facts.js" */
/** @import { Moment } from "./starts.js" */

/**
 * Facts of the run that is shown, of five starts where they have come as far, and of a pinned run.
 * @typedef {Alone & {starts?: Moment[] | null, pinned?: {settings: Settings, facts: Alone} | null}} Facts
 */

/** What a challenge begins with where it says nothing else, beside the settings of the figure's first preset. */
const SMALL = { hidden: [4], activation: "relu" };
/** @type {LabeledPoint[]} */
const CORNERS = [
  [-1, -1, 0],
  [1, 1, 0],
  [-1, 1, 1],
  [1, -1, 1],
];
/** Three round clouds side by side, each a class of its own. @type {LabeledPoint[]} */
const ROW = [0, 1, 2].flatMap((k) =>
  Array.from({ length: 15 }, (_, i) => {
    const [angle, radius] = [2.4 * i, 0.22 * Math.sqrt((i + 0.5) / 15)];
    const at = 0.8 * (k - 1);
    const place = [at + radius * Math.cos(angle), 0.6 * at + radius * Math.sin(angle)];
    return /** @type {LabeledPoint} */ ([...place.map((x) => Number(x.toFixed(2))), k]);
  }),
);
/** @param {Facts} facts */
const isDeep = ({ settings }) => settings.hidden.length === 6;
/**
 * Whether data and start of a challenge are still those that it set.
 * @param {Facts} facts @param {Settings} setup @param {(keyof Settings)[]} names
 */
const kept = ({ settings }, setup, names) =>
  names.every((name) => JSON.stringify(settings[name]) === JSON.stringify(setup[name]));
/** @param {Facts} facts @param {(start: Moment) => boolean} holds */
const everyStart = ({ starts }, holds) => Boolean(starts?.every(holds));
/** Whether the pinned run is the same with a rate at most a tenth larger, and its loss has grown tenfold. @param {Facts} facts */
function isBelowEdge({ settings, pinned }) {
  if (!pinned) return false;
  const { facts: beyond, settings: its } = pinned;
  const grew = beyond.diverged || beyond.loss > 10 * beyond.firstLoss;
  const others = /** @type {(keyof Settings)[]} */ (Object.keys(settings)).filter(
    (name) => !["rate", "seed", "start"].includes(name),
  );
  return (
    grew &&
    kept(/** @type {Facts} */ ({ settings }), its, others) &&
    settings.rate < its.rate &&
    settings.rate >= 0.9 * its.rate
  );
}

/** @type {(keyof Settings)[]} */
const DATA = ["dataset", "count", "classes", "noise", "points"];

/**
 * @type {{setup: Partial<Settings>, goal: (facts: Facts) => boolean, keep: (keyof Settings)[],
 *   isStraight?: boolean}[]} where it is straight, a hidden layer is no way to the goal */
const LIST = [
  {
    // straight borders are enough, but squared residuals mask the cloud in the middle
    setup: { dataset: "none", points: ROW, hidden: [], loss: "mse" },
    goal: (facts) => facts.hiddenUnits === 0 && facts.accuracy === 1 && facts.validationAccuracy === 1,
    keep: DATA,
    isStraight: true,
  },
  {
    // the exclusive or needs a bend
    setup: { dataset: "none", points: CORNERS, hidden: [], batch_size: 4, activation: "tanh" },
    goal: (facts) => facts.hiddenUnits <= 3 && facts.accuracy === 1,
    keep: DATA,
  },
  {
    // few units for the moons, and no luck
    setup: { noise: 0.1, hidden: [3], activation: "tanh" },
    goal: (facts) => facts.hiddenUnits <= 5 && everyStart(facts, (start) => start.validationAccuracy >= 0.96),
    keep: DATA,
  },
  {
    // the spirals with few units
    setup: { dataset: "spirals", classes: 2, noise: 0.02, hidden: [4], activation: "tanh" },
    goal: (facts) => facts.hiddenUnits <= 16 && facts.validationAccuracy >= 0.95,
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
    setup: { hidden: [3, 3, 3], rate: 2, seed: 1 },
    goal: (facts) => facts.dead === 0 && facts.validationAccuracy >= 0.85,
    keep: [...DATA, "rate", "hidden", "seed"],
  },
  {
    // make the gradient vanish
    setup: { hidden: [4], activation: "sigmoid", rate: 0.3 },
    goal: (facts) =>
      !facts.diverged && facts.lastingRatio > 0 && facts.lastingRatio < 1 / 200 && facts.settings.start >= 1,
    keep: DATA,
  },
  {
    // bring it back in a deep network
    setup: { hidden: [6, 6, 6, 6, 6, 6], activation: "sigmoid", rate: 0.3 },
    goal: (facts) => isDeep(facts) && facts.validationAccuracy >= 0.9,
    keep: DATA,
  },
  {
    // the largest rate: between one that diverges, pinned, and one that does not
    setup: { hidden: [], loss: "mse", batch_size: 500 },
    goal: (facts) => isBelowEdge(facts) && facts.step >= 300 && facts.loss < facts.firstLoss,
    keep: [...DATA, "hidden", "loss", "batch_size", "momentum", "decay"],
    isStraight: true,
  },
  {
    // a start of zeros
    setup: { hidden: [6], activation: "tanh", start: 0 },
    goal: (facts) => facts.settings.start <= 0.05 && facts.step <= 500 && facts.validationAccuracy >= 0.9,
    keep: DATA,
  },
  {
    // overfit
    setup: { count: 80, noise: 0.35, hidden: [2], rate: 0.1 },
    goal: (facts) => facts.accuracy === 1 && facts.validationLoss > 2 * facts.lowest,
    keep: DATA,
  },
  {
    // and hold it back
    setup: { count: 80, noise: 0.35, hidden: [8, 8], rate: 0.1 },
    goal: (facts) => facts.step >= 3000 && facts.loss <= 0.3 && facts.validationLoss <= 1.1 * facts.lowest,
    keep: [...DATA, "standardized", "hidden", "activation", "loss", "rate", "batch_size", "momentum", "seed", "start"],
  },
];

/** The challenges, from the settings that a playground has. @param {Settings} plain */
export const challengesFrom = (plain) =>
  LIST.map(({ setup, goal, keep, isStraight = false }) => {
    const full = { ...plain, ...SMALL, ...setup };
    const reached = (/** @type {Facts} */ facts) => kept(facts, full, keep) && goal(facts);
    return { setup: full, reached, isStraight };
  });
