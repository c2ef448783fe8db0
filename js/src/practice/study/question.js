// A question of a study: options, how sure one is, and on. By keys too: a letter for each option, 1 to 3, Enter. Nothing is judged.

import { shownAbove } from "../../../../nnbook/figures/predict/picture.js";
import { define, h, phrase, present, uniqueId } from "../../core/index.js";
import { language, t } from "./words.js";

/** @import { Given, Item, ItemWords } from "./types.js" */

/** @type {Given["sure"][]} */
const SURE = ["sure", "rather", "guess"];
const LETTERS = "ABCD";
const FIGURE = "StudyQuestion";

define(FIGURE, {}, (figure) => {
  const above = shownAbove(figure);
  figure.show(...above.nodes);
  return above.draw;
});

/** How long the page was visible since this was called. @returns {() => number} in ms */
function stopwatch(/** @type {AbortSignal} */ signal) {
  let before = 0;
  let since = document.hidden ? null : performance.now();
  const passed = () => before + (since === null ? 0 : performance.now() - since);
  const turn = () => {
    before = passed();
    since = document.hidden ? null : performance.now();
  };
  document.addEventListener("visibilitychange", turn, { signal });
  return () => Math.round(passed());
}

/** Code or a picture of the question, drawn as the questions of the book are. @param {Item} item @param {ItemWords} words */
function shown({ code, picture }, { alt = "" }) {
  const root = h("div");
  if (!code && !picture) return { root: null, destroy: () => {} };
  const figure = present(root, {
    figure: FIGURE,
    state: {},
    data: { code, picture, values: {} },
    messages: { [language]: { title: t("shown"), alt } },
  });
  return { root, destroy: () => figure.destroy() };
}

/**
 * Radio buttons with a key for each.
 * @param {string} name @param {string} legend @param {string} keys
 * @param {{value: string, text: (Node | string)[]}[]} options
 */
function choice(name, legend, keys, options) {
  const inputs = options.map(({ value }, at) =>
    h("input", { type: "radio", name: `study-${name}`, value, "aria-keyshortcuts": keys[at] }),
  );
  const node = h(
    "fieldset",
    { "data-name": name },
    h("legend", { text: legend }),
    options.map(({ text }, at) =>
      h("label", {}, inputs[at], h("kbd", { "aria-hidden": "true", text: keys[at] }), h("span", {}, text)),
    ),
  );
  return { node, inputs, chosen: () => inputs.findIndex(({ checked }) => checked) };
}

/** Options that are no more than names of the panels above. @param {Item} item @param {string} option */
const textOf = ({ picture = [] }, option) =>
  picture.some(({ name }) => name === option) ? t("panel", { name: option }) : option;

/**
 * @param {Item} item @param {{at: number, of: number}} place
 * @param {(given: Given) => void} done
 */
export function pose(item, { at, of }, done) {
  const words = /** @type {ItemWords} */ (item[language]);
  const end = new AbortController();
  const passed = stopwatch(end.signal);
  const above = shown(item, words);
  const paragraphs = words.stem.split(/\n+/).filter(Boolean);
  const heading = h("h2", { id: uniqueId("asked"), text: t("question", { at: at + 1, of }) });
  const stem = h(
    "div",
    { id: uniqueId("asked"), class: "practice-text" },
    paragraphs.map((text) => h("p", {}, phrase(text))),
  );
  const options = words.options.map((option, place) => ({
    value: String(place),
    text: phrase(textOf(item, option)),
  }));
  const answers = choice("answer", t("answer"), LETTERS, options);
  const sure = choice(
    "sure",
    t("how_sure"),
    "123",
    SURE.map((one) => ({ value: one, text: [t(one)] })),
  );
  const missing = h("p", { class: "study-missing", role: "status" });
  // The second click of two would fall on the next question.
  const once = (/** @type {MouseEvent} */ event) => event.detail > 1 && event.preventDefault();
  const next = h("button", {
    class: "nn-button",
    "data-name": "next",
    text: t(at + 1 < of ? "next" : "finish"),
    click: once,
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const open = [answers, sure].find(({ chosen }) => chosen() < 0);
    if (open) {
      missing.textContent = t(open === answers ? "choose_answer" : "choose_sure");
      open.inputs[0].focus();
      return;
    }
    const given = { id: item.id, answer: answers.chosen(), right: null, ms: passed(), sure: SURE[sure.chosen()] };
    end.abort();
    above.destroy();
    done(given);
  };
  const form = h("form", { submit }, answers.node, sure.node, h("div", { class: "practice-foot" }, next), missing);
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || event.isComposing) return;
    const [of, place] = [answers.inputs[LETTERS.indexOf(key.toUpperCase())], sure.inputs["123".indexOf(key)]];
    const input = key.length === 1 ? (of ?? place) : undefined;
    if (input) {
      event.preventDefault();
      input.checked = true;
      input.focus();
    } else if (key === "Enter" && event.target === box) form.requestSubmit();
  };
  const box = h(
    "div",
    {
      class: "study-question practice-question",
      role: "group",
      tabindex: "-1",
      "aria-labelledby": `${heading.id} ${stem.id}`,
      "data-item": item.id,
      keydown: pressed,
    },
    heading,
    stem,
    above.root,
    form,
  );
  return box;
}
