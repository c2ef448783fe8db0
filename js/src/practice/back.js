// Five minutes back: before a chapter's first section what is due of the chapters before it, at most three questions.

import { h } from "../core/index.js";
import { draw } from "./draw.js";
import { ask, roundResult } from "./run.js";
import { isDue, LEFT_KEY } from "./schedule.js";

/** @import { Practice } from "./practice.js" */

const COUNT = 3;

/** @param {HTMLElement} place @param {Practice} practice */
export function back(place, practice) {
  const { dataset } = document.documentElement;
  const earlier = dataset.before?.split(" ") ?? [];
  const reader = practice.reader();
  const due = Object.entries(practice.open).filter(
    ([id, { chapter }]) => earlier.includes(chapter) && reader.asked[id] && isDue(reader.asked[id], reader.now),
  );
  ask(place, draw(Object.fromEntries(due), COUNT, reader, { once: true }), {
    title: "back",
    sure: practice.asksSure,
    answer: (outcome) => practice.note(outcome),
    skip: () => {
      delete dataset.back; // its place closes
      sessionStorage.setItem(LEFT_KEY, location.pathname);
    },
    end: (outcomes) => {
      if (!outcomes.length) return void delete dataset.back;
      place.replaceChildren(h("div", {}, roundResult(outcomes)));
      /** @type {HTMLElement | null} */ (place.querySelector(".practice-result"))?.focus();
    },
  });
}
