// A field for a number, as people write numbers; Enter commits, like the button. What is kept elsewhere is what was answered.

import { h, math, plain, set, significant } from "../core/index.js";
import { read } from "../questions/read.js";

/** @import { Translate } from "../core/types.js" */
/** @import { Interval } from "../questions/judge.js" */

/**
 * @typedef {{symbol: string, unit?: string, limits: Interval, mistakes: Record<string, Interval>}} Asked
 * @typedef {{answer: number | string, verdict: string}} Judged
 */

/**
 * @param {Translate} t
 * @param {Asked} asked
 * @param {(answer: number) => void} commit
 * @param {(typed: string) => void} refuse gets what cannot be read
 */
export function numberEntry(t, { symbol, unit = "", limits, mistakes }, commit, refuse) {
  // The number pads of some phones lack a minus.
  const signed = [limits, ...Object.values(mistakes)].flat().some((limit) => limit < 0);
  const enter = () => {
    if (input.readOnly) return;
    const answer = read(input.value, unit);
    if (answer === null) refuse(input.value);
    else commit(answer);
    if (document.activeElement === input && !input.readOnly) input.select(); // the next try replaces it
  };
  const input = h("input", {
    type: "text",
    inputmode: signed ? "text" : "decimal",
    enterkeyhint: "done",
    autocomplete: "off",
    spellcheck: "false",
    "data-name": "answer",
    "aria-label": t("your_answer", { symbol: plain(symbol) }),
    // No form: JupyterLab keeps forms from being sent by Enter. An input method ends a word with it.
    keydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault(); // else it would press a button that gets the focus now
      enter();
    },
  });
  const check = h("button", {
    type: "button",
    class: "nn-button nn-main",
    "data-name": "check",
    text: t("check"),
    click: enter,
  });
  const tried = h("ul", { class: "nn-tried", "data-name": "tried", "aria-label": t("tried") });
  const node = h(
    "div",
    { class: "nn-entry" },
    h("span", { class: "nn-asked", "aria-hidden": "true" }, math(`${symbol} =`)),
    input,
    unit ? math(`\\text{${unit}}`) : null,
    check,
    tried,
  );
  return {
    node,
    focus: () => input.focus({ preventScroll: true }),
    clear: () => {
      input.value = "";
    },
    /** @param {Judged[]} judged @param {boolean} over */
    draw: (judged, over) => {
      input.readOnly = over;
      if (over && document.activeElement === check) input.focus({ preventScroll: true }); // it goes
      set(check, { "aria-disabled": over && "true" });
      if (over && !input.value && judged.length) input.value = String(judged[judged.length - 1].answer);
      const before = over ? [] : judged.slice(0, -1); // the sentence tells of the last
      tried.replaceChildren(...before.map(({ answer }) => h("li", {}, "✗ ", math(significant(Number(answer), 6)))));
    },
  };
}

/** The message about a text that is no number. @param {string} typed */
export function unreadable(typed) {
  const text = typed.trim().slice(0, 40).replaceAll("$", "");
  return typed.trim() ? { key: "unread", values: { typed: text } } : { key: "empty", values: {} };
}
