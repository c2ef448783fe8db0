// Mixed practice: ten questions from everywhere, of which no two neighbors need the same idea.

import { h } from "../core/index.js";
import { drawFrom } from "./draw.js";
import { notice } from "./notice.js";
import { ask, button, roundResult } from "./run.js";
import { isDue } from "./schedule.js";
import { t } from "./words.js";

/** @import { Practice } from "./practice.js" */

const COUNT = 10;

/** @param {HTMLElement} place @param {Practice} practice */
export function mixed(place, practice) {
  const { review } = practice;
  const { line, update } = notice(review);
  const room = h("div");
  place.replaceChildren(line, room);
  let all = false;

  const begin = () => {
    ask(room, drawFrom(practice.open, COUNT, practice.reader(), all), {
      sure: practice.asksSure,
      answer: (outcome) => {
        practice.note(outcome);
        update();
      },
      end: (outcomes) => {
        offer(...(outcomes.length ? roundResult(outcomes) : []));
        /** @type {HTMLElement | null} */
        const first = room.querySelector(".practice-result, button");
        first?.focus();
      },
    });
  };

  /** What one chooses before the first question. @param {import("../core/types.js").Child[]} above */
  const offer = (...above) => {
    const reader = practice.reader();
    const questions = practice.open;
    const begun = [...new Set(Object.values(questions).map(({ chapter }) => chapter))].filter(reader.begun);
    const due = Object.keys(questions).filter((id) => reader.asked[id] && isDue(reader.asked[id], reader.now)).length;
    if (!begun.length) all = true;
    /** @param {boolean} value @param {string} text */
    const option = (value, text) =>
      h(
        "label",
        {},
        h("input", {
          type: "radio",
          name: "mixed-from",
          value: value ? "all" : "begun",
          checked: all === value,
          change: () => {
            all = value;
          },
        }),
        " ",
        text,
      );
    const choice =
      begun.length > 0 &&
      h(
        "fieldset",
        {},
        h("legend", { text: t("mixed_from") }),
        option(false, t("mixed_begun", { count: begun.length })),
        option(true, t("mixed_all")),
      );
    const box = h("input", {
      type: "checkbox",
      name: "ask-sure",
      checked: practice.asksSure,
      change: () => {
        practice.asksSure = box.checked;
      },
    });
    const sure = h("label", {}, box, " ", t("ask_sure"));
    room.replaceChildren(
      h(
        "div",
        {},
        ...above,
        due ? h("p", { text: t("due", { count: due }) }) : null,
        choice || null,
        h("p", {}, sure),
        button("start", begin, t(above.length ? "mixed_again" : "mixed_start")),
      ),
    );
  };

  offer();
  update();
}
