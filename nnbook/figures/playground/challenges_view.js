// What one can begin with: an example, or a challenge, which says its goal and notices when it is reached.

import { h, set, setAside } from "../../../js/src/core/index.js";
import { joined } from "./comparison_words.js";
import { challengesFrom } from "./math/challenges.js";
import { differences } from "./math/starts.js";
import { pick } from "./pick.js";

/** @import { Facts } from "./math/challenges.js" */
/** @import { Settings } from "./math/plane_data.js" */
/** @import { Playground } from "./types.js" */

const KEY = "nnlib.playground.challenges";

/** @param {string | null} text @returns {number[] | null} a list of numbers; null for anything else */
function listIn(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}

/** @returns {Set<number>} the numbers of those that are solved */
function recall() {
  try {
    return new Set(listIn(localStorage.getItem(KEY)));
  } catch {
    return new Set();
  }
}

/** @param {Set<number>} done */
function keep(done) {
  try {
    setAside(KEY, (text) => listIn(text) !== null);
    localStorage.setItem(KEY, JSON.stringify([...done]));
  } catch {
    // Private windows and full disks: remembered for this visit.
  }
}

/** @param {Playground} figure @param {() => void} rest what to do before another training begins */
export function makeChallenges(figure, rest) {
  const { t } = figure;
  const done = recall();
  const challenges = challengesFrom(/** @type {Settings} */ (figure.presets.moons));
  const setUp = (/** @type {number} */ number) => {
    rest();
    figure.set({ ...challenges[number - 1].setup, challenge: number, step: 0 });
  };
  const examples = Object.keys(figure.presets);
  /** The example whose settings these are, or the challenge that is on; "" for neither. */
  const chosen = () =>
    figure.state.challenge > 0
      ? String(figure.state.challenge)
      : (examples.find((name) => differences(settingsOf(name), figure.state).length === 0) ?? "");
  const settingsOf = (/** @type {string} */ name) => /** @type {Settings} */ (figure.presets[name]);
  const begin = pick(figure, {
    name: "begin",
    label: t("begin"),
    groups: { "": [""], [t("presets")]: examples, [t("challenges")]: challenges.map((_, index) => String(index + 1)) },
    words: (value) => {
      if (value === "") return t("begin_own");
      if (examples.includes(value)) return t(`preset_${value}`);
      const number = Number(value);
      return joined(t, [t("challenge_of", { number }), ...(done.has(number) ? [t("challenge_solved")] : [])]);
    },
    get: chosen,
    put: (value) => {
      if (!examples.includes(value)) return setUp(Number(value));
      rest();
      figure.set({ ...figure.presets[value], challenge: 0 });
    },
  });
  const goal = h("p", { "data-name": "goal" });
  const card = h(
    "div",
    { class: "nn-pg-card", hidden: true },
    goal,
    h("button", {
      type: "button",
      class: "nn-button",
      "data-name": "challenge-again",
      text: t("challenge_again"),
      click: () => setUp(figure.state.challenge),
    }),
  );
  /** Which challenge this run has solved, and at which step; 0 for none. */
  let solved = { challenge: 0, step: 0 };
  return {
    begin,
    card,
    /** What the example or challenge that is on has set. */
    settings: () => {
      const name = chosen();
      return challenges[Number(name) - 1]?.setup ?? figure.presets[name] ?? figure.initial;
    },
    /** Whether a hidden layer is no way to the goal of the chosen challenge. */
    isStraight: () => figure.state.challenge > 0 && challenges[figure.state.challenge - 1].isStraight,
    /** The step at which the goal was reached, as long as it is; null before. @param {Facts} facts */
    judge(facts) {
      const { challenge } = figure.state;
      const isReached = challenge > 0 && challenges[challenge - 1].reached(facts);
      const isNew = solved.challenge !== challenge || facts.step < solved.step;
      if (isReached && isNew) solved = { challenge, step: facts.step };
      else if (isNew) solved = { challenge: 0, step: 0 };
      if (isReached && !done.has(challenge)) {
        done.add(challenge);
        keep(done);
      }
      card.hidden = challenge === 0;
      if (challenge > 0) set(goal, { text: t(`challenge_${challenge}`) });
      set(card, { "data-reached": String(isReached) });
      return isReached ? solved.step : null;
    },
  };
}
