// Between an answer and its verdict: how sure one is, and why. Asked where questions return (js/src/practice), if the reader wishes.

import { h } from "../../../js/src/core/index.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */

/** @typedef {"sure" | "rather" | "guess"} Sure */
/** @typedef {{sure?: Sure, because?: string}} Said what a reader says of the first answer */
/** @typedef {{commitment?: {because: boolean}}} Asking `because`: whether a reason is asked for, which nobody judges */

/** @type {Sure[]} */
const LEVELS = ["sure", "rather", "guess"];

/**
 * @template Answer
 * @param {Figure<Said, Asking>} figure @param {(answer: Answer, said: Said) => void} take the answer, with what was said of it
 */
export function commitment(figure, take) {
  const { t, data } = figure;
  /** @type {{answer: Answer} | null} */
  let held = null;
  const give = (/** @type {Sure} */ sure) => {
    if (!held) return;
    const { answer } = held;
    held = null;
    take(answer, { sure, because: reason?.value.trim() ?? "" });
  };
  const reason = data.commitment?.because
    ? h("input", {
        type: "text",
        maxlength: 200,
        autocomplete: "off",
        "data-name": "because",
        keydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault(); // else it would press the button that gets the focus
          buttons[0].focus();
        },
      })
    : null;
  const buttons = LEVELS.map((sure, at) =>
    h(
      "button",
      { type: "button", class: "nn-button", "data-name": sure, "aria-keyshortcuts": at + 1, click: () => give(sure) },
      h("kbd", { "aria-hidden": "true", text: String(at + 1) }),
      ` ${t(sure)}`,
    ),
  );
  const pressKey = (/** @type {KeyboardEvent} */ event) => {
    const sure = LEVELS[Number(event.key) - 1];
    if (!sure || event.target === reason || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    give(sure);
  };
  const node = h(
    "div",
    { class: "nn-commitment", keydown: pressKey },
    reason && h("label", {}, h("span", { text: t("because") }), reason),
    h("div", { class: "nn-presets", role: "group", "aria-label": t("how_sure") }, buttons),
  );
  const given = h("p", { class: "nn-given", "data-name": "given" });
  return {
    node,
    given,
    /** Hold an answer back. @param {Answer} answer */
    ask: (answer) => {
      held = { answer };
      figure.refresh();
      (reason ?? buttons[0]).focus({ preventScroll: true });
    },
    held: () => held?.answer,
    /** @param {boolean} over */
    draw: (over) => {
      if (over) held = null;
      node.hidden = held === null;
      const { because = "" } = figure.state;
      given.hidden = because === "";
      given.textContent = `${t("because")} ${because}`;
    },
  };
}
