// Twelve numbered buttons; the chosen challenge says its goal and notices when it is reached.

import { h, room, roomy, set, setAside } from "../../../js/src/core/index.js";
import { joined } from "./comparison_words.js";
import { challengesFrom } from "./math/challenges.js";

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

/** @param {Playground} figure */
export function makeChallenges(figure) {
  const { t } = figure;
  const done = recall();
  const challenges = challengesFrom(/** @type {Settings} */ (figure.presets.moons));
  const setUp = (/** @type {number} */ number) =>
    figure.set({ ...challenges[number - 1].setup, challenge: number, step: 0 });
  const buttons = challenges.map((_, index) =>
    h("button", {
      type: "button",
      class: "nn-button nn-pg-challenge",
      "data-name": `challenge-${index + 1}`,
      text: String(index + 1),
      click: () => (figure.state.challenge === index + 1 ? figure.set({ challenge: 0 }) : setUp(index + 1)),
    }),
  );
  const goal = h("p", { class: "nn-pg-goal", "data-name": "goal" });
  const again = h("button", {
    type: "button",
    class: "nn-button",
    "data-name": "challenge-again",
    text: t("challenge_again"),
    click: () => setUp(figure.state.challenge),
  });
  const goals = challenges.map((_, index) => t(`challenge_${index + 1}`));
  const card = h("div", { class: "nn-pg-card" }, roomy(goal, goals), room(again));
  const nodes = [
    h(
      "div",
      { class: "nn-presets nn-pg-challenges", role: "group", "aria-label": t("challenges") },
      h("span", { class: "nn-choice-name", "aria-hidden": "true", text: t("challenges") }),
      buttons,
    ),
    card,
  ];
  /** Which challenge this run has solved, and at which step; 0 for none. */
  let solved = { challenge: 0, step: 0 };
  return {
    nodes,
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
      buttons.forEach((button, index) => {
        const isDone = done.has(index + 1);
        set(button, {
          "aria-pressed": String(challenge === index + 1),
          "data-done": isDone ? "true" : null,
          "aria-label": joined(t, [
            t("challenge_of", { number: index + 1 }),
            ...(isDone ? [t("challenge_solved")] : []),
          ]),
        });
      });
      again.hidden = challenge === 0;
      const text = challenge === 0 ? t("challenge_none") : goals[challenge - 1];
      set(goal, { text });
      set(card, { "data-reached": String(isReached) });
      return isReached ? solved.step : null;
    },
  };
}
