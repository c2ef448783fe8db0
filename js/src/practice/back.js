// Five minutes back: at a chapter's start three questions of the chapters before it.

import { h } from "../core/index.js";
import { draw } from "./draw.js";
import { notice } from "./notice.js";
import { ask, button, roundResult } from "./run.js";
import { address, t } from "./words.js";

/** @import { Practice } from "./practice.js" */

const COUNT = 3;

/** @param {HTMLDetailsElement} fold @param {Practice} practice */
export function back(fold, practice) {
  const order = [...practice.names.keys()];
  const own = order.indexOf(fold.dataset.chapter ?? "");
  const earlier = Object.entries(practice.open).filter(([, { chapter }]) => order.indexOf(chapter) < own);
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
    sure: practice.asksSure,
    answer: (outcome) => {
      practice.note(outcome);
      update();
    },
    end: (outcomes) => {
      const close = button("close", () => {
        fold.open = false;
        fold.querySelector("summary")?.focus();
      });
      const page = address("chapters/practice.html");
      const more = h(
        "p",
        {},
        h("a", { href: page, text: practice.names.get("practice") }),
        " · ",
        h("a", { href: `${page}?test=${fold.dataset.chapter}&when=before#sec-self-test`, text: t("test_link_before") }),
      );
      place.replaceChildren(h("div", {}, outcomes.length ? roundResult(outcomes) : null, more, close));
      /** @type {HTMLElement | null} */
      const line = place.querySelector(".practice-result");
      (line ?? close).focus();
    },
  });
}
