// Five minutes back: at a chapter's start three questions of the chapters before it.

import { h } from "../core/index.js";
import { draw } from "./draw.js";
import { notice } from "./notice.js";
import { ask, button, toReadAgain } from "./run.js";
import { t } from "./words.js";

/** @import { Practice } from "./practice.js" */

const COUNT = 3;

/** @param {HTMLDetailsElement} fold @param {Practice} practice */
export function back(fold, practice) {
  const order = [...practice.names.keys()];
  const own = order.indexOf(fold.dataset.chapter ?? "");
  const earlier = Object.entries(practice.questions).filter(([, { chapter }]) => order.indexOf(chapter) < own);
  const items = draw(Object.fromEntries(earlier), COUNT, practice.reader(), { once: true });
  const place = h("div");
  const { line, update } = notice(practice.review);
  update();
  fold.querySelector("summary")?.after(line, place);
  if (!items.length) {
    place.append(h("p", { text: t("back_none") }));
    return;
  }
  ask(place, items, {
    answer: (outcome) => {
      practice.note(outcome);
      update();
    },
    end: (outcomes) => {
      const close = button("close", () => {
        fold.open = false;
        fold.querySelector("summary")?.focus();
      });
      const right = outcomes.filter((outcome) => outcome.right).length;
      const text = outcomes.length ? t("back_done", { right, of: outcomes.length }) : null;
      const result = h("p", { class: "practice-result", tabindex: "-1", text: text ?? "" });
      place.replaceChildren(h("div", {}, text && result, toReadAgain(outcomes), close));
      (text ? result : close).focus();
    },
  });
}
