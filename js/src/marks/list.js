// At the end of a page, under a fold: its highlights and notes. On paper it is there, too.

import { h } from "../core/dom.js";
import { button, t } from "./words.js";

/** @import { Mark } from "./kept.js" */

/**
 * What a mark says, for the list: a copy of what is marked, formulas and all, or else what was.
 * @typedef {{name: string, mark: Mark, number: number, copy: (Node | string)[] | null}} Listed
 */

const title = h("summary");
const marks = h("ul");
const fold = h("details", { class: "kept-marks" }, title, marks); // the same one always: a click may be on its way

/**
 * @param {Listed[]} listed in the order of the page
 * @param {{go: (name: string) => void, open: (name: string, at: Element) => void, remove: (name: string) => void}} actions
 */
export function list(listed, { go, open, remove }) {
  const focused = fold.contains(document.activeElement);
  if (!listed.length) return fold.remove();
  const items = listed.map(({ name, mark, number, copy }) => {
    const words = mark.exact.replace(/\s+/g, " ").slice(0, 60);
    const quote = h("blockquote", {}, copy ?? mark.exact);
    return h(
      "li",
      { "data-mark": name },
      copy ? null : h("p", { class: "kept-changed", text: t("changed") }),
      quote,
      mark.note
        ? h(
            "p",
            { class: "kept-note" },
            number ? h("span", { class: "kept-number", text: `${number} ` }) : null,
            mark.note,
          )
        : null,
      h(
        "p",
        { class: "kept-actions" },
        copy ? button("show", () => go(name), words) : null,
        button(mark.note ? "edit" : "note", () => open(name, quote), words),
        button("delete", () => remove(name), words),
      ),
    );
  });
  title.textContent = t("yours", { count: listed.length });
  marks.replaceChildren(...items);
  if (!fold.isConnected) document.querySelector("article")?.append(fold);
  if (focused) title.focus();
}
