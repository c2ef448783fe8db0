// Questions one after the other, at the end once more those that were missed. Each is the figure that asks in the text
// (figures/predict.js): it reads, judges, hints and announces. What counts is the first answer.

import { h, phrase, present, uniqueId } from "../core/index.js";
import { judge } from "../questions/judge.js";
import { textsOf } from "../questions/texts.js";
import { onceMore } from "./draw.js";
import { address, chapterNames, language, t } from "./words.js";

/** @import { Item, Outcome, Question, Variant } from "./types.js" */

const SHORT = 3; // so many questions can be skipped one by one

/**
 * @typedef {object} Listeners
 * @property {boolean} [sure] whether to ask how sure one is, and why, before the verdict
 * @property {string} [title] the word above each question
 * @property {boolean} [silent] as in a test: the next question comes at once, and nothing is said about the answer
 * @property {(outcome: Outcome) => void} [answer] hears of each answer that counts
 * @property {(outcomes: Outcome[]) => void} end
 * @property {() => void} [stop] the reader gives up; without it, a question can be skipped
 * @property {() => void} [skip] the reader skips all; then the page, not the reader, began, and the first question takes no focus
 */

/** @param {string} name @param {() => void} click */
export const button = (name, click, text = t(name)) =>
  h("button", { type: "button", class: "nn-button", "data-name": name, text, click });

let inPractice = false; // the first of several clicks

/**
 * One click, one step: the second of a double click falls on what has come there meanwhile, the next question or a link below.
 * @param {MouseEvent} event
 */
function takeOnce(event) {
  if (event.detail < 2) inPractice = /** @type {Element} */ (event.target).closest("[data-practice]") !== null;
  else if (inPractice) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** The words of a question, as the figure takes them. @param {Record<string, string>} texts @param {boolean} silent */
function messages(texts, silent) {
  const own = { title: t("title"), start: t(silent ? "start_test" : "start"), empty: t("empty_field") };
  return { [language]: { ...texts, ...own, ...(silent ? { check: t("answer") } : {}) } };
}

const REASONED = ["relate", "diagnose"]; // at these levels a reason says more than an answer

/**
 * A question with its figure.
 * @param {Item} item @param {string} title
 * @param {{tries?: (number | string)[], shown?: boolean, silent?: boolean, sure?: boolean}} [options]
 */
export function pose(
  { id, question, variant },
  title,
  { tries = [], shown = false, silent = false, sure = false } = {},
) {
  const at = variant % question.variants.length;
  const data = question.variants[at];
  const text = h("p", { id: uniqueId("asked"), class: "practice-text" });
  const heading = h("p", { id: uniqueId("asked"), class: "admonition-title", text: title });
  const root = h("div");
  const box = h(
    "div",
    {
      class: "admonition predict practice-question",
      role: "group",
      tabindex: "-1",
      "aria-labelledby": `${heading.id} ${text.id}`,
      "data-question": id,
      "data-variant": variant,
    },
    heading,
    text,
    h("div", { class: "interactive" }, root),
  );
  const figure = present(root, {
    figure: "Predict",
    state: { name: id, tries, shown },
    data: sure ? { ...data, commitment: { because: REASONED.includes(question.level ?? "") } } : data,
    messages: messages(textsOf(question.words, at), silent),
  });
  if (figure.broken) text.textContent = t("not_here");
  else text.append(...phrase(figure.t("question", data.values)));
  return { box, figure, data };
}

/** The section that a question is about, as a link, and its chapter. @param {Question} question @param {boolean} [alone] */
const sectionLink = ({ section, title, chapter }, alone = false) => {
  const name = chapterNames().get(chapter) ?? chapter;
  const link = h("a", { href: address(section), text: title ?? name });
  return title && !alone ? [link, " ", h("span", { class: "practice-soft", text: name })] : link;
};

/** A line that gets the focus, so that it is read aloud. @param {string} text */
export const result = (text) => h("p", { class: "practice-result", tabindex: "-1", text });

/** How a round went, and when its questions come back. @param {Outcome[]} outcomes */
export function roundResult(outcomes) {
  const right = outcomes.filter((outcome) => outcome.right).length;
  return [
    result(t("first_try", { right, of: outcomes.length })),
    ...sureResult(outcomes),
    right < outcomes.length ? h("p", { text: t("comes_back") }) : null,
    toReadAgain(outcomes),
  ];
}

/** What one was sure of, and wrong: nothing is worth more to know. @param {Outcome[]} outcomes */
function sureResult(outcomes) {
  const sure = outcomes.filter((outcome) => outcome.sure === "sure");
  const wrong = sure.filter(({ right }) => !right).length;
  return sure.length ? [h("p", { text: t("sure_result", { count: sure.length, wrong }) })] : [];
}

/** Links to the sections of what was missed, each once. @param {Outcome[]} outcomes @param {boolean} [alone] of one chapter */
export function toReadAgain(outcomes, alone) {
  const missed = outcomes.filter(({ right }) => !right).map(({ question }) => question);
  if (!missed.length) return h("p", { text: t("all_right") });
  const sections = new Map(missed.map((question) => [question.section, question]));
  return [
    h("p", { text: t("read_again") }),
    h(
      "ul",
      {},
      [...sections.values()].map((question) => h("li", {}, sectionLink(question, alone))),
    ),
  ];
}

/** @param {Item} item @param {Variant} data @param {number | string | null} given @returns {Outcome} */
const outcomeOf = (item, data, given) => ({
  ...item,
  given,
  right: given !== null && judge(data, given).verdict === "right",
});

/** Ask. @param {HTMLElement} place @param {Item[]} items @param {Listeners} listeners */
export function ask(place, items, { title: word = "question", silent = false, sure = false, answer, end, stop, skip }) {
  document.addEventListener("click", takeOnce, true); // the same one each time
  /** @type {Outcome[]} */
  const outcomes = [];
  /** What is missed while it is asked once more waits for the next day. */
  const queue = () => [...items, ...(silent ? [] : onceMore(outcomes))];
  /** @param {number} at */
  const show = (at) => {
    const item = queue()[at];
    if (!item) {
      end(outcomes);
      return;
    }
    const title = item.again
      ? t("once_more", { at: at + 1 - items.length, of: queue().length - items.length })
      : t(word, { at: at + 1, of: items.length });
    const { box, figure, data } = pose(item, title, { silent, sure: sure && !item.again });
    /** @param {() => void} then */
    const leave = (then) => {
      figure.destroy();
      then();
    };
    const go = () => leave(() => show(at + 1));
    let first = true;
    /** @param {number | string | null} given */
    const note = (given) => {
      if (!first) return;
      first = false;
      const { sure: said } = figure.state;
      const outcome = { ...outcomeOf(item, data, given), ...(said ? { sure: said } : {}) };
      if (!item.again) {
        outcomes.push(outcome);
        answer?.(outcome);
      }
      if (silent) return go();
      const next = button("next", go, t(nextName(at)));
      const inFoot = foot.contains(document.activeElement);
      foot.replaceChildren(next, ...ending(), from);
      if (inFoot) next.focus({ preventScroll: true }); // the button that was pressed is gone
    };
    const from = h("span", { class: "practice-soft" }, t("from"), " ", sectionLink(item.question));
    const unknown = button("unknown", () => {
      if (silent) note(null);
      else figure.set({ shown: true });
    });
    const away = stop ? button("stop", stop) : button("skip", skip ?? go);
    const ending = () => {
      const long = !stop && (item.again || items.length > SHORT) && at + 1 < queue().length;
      return long ? [button("finish", () => leave(() => end(outcomes)))] : [];
    };
    const foot = h("div", { class: "practice-foot" }, figure.broken ? null : unknown, away, ending());
    figure.store.listen(() => {
      const { tries, shown } = figure.state;
      if (tries.length || shown) note(tries[0] ?? null);
    }, figure.signal);
    box.append(foot);
    place.replaceChildren(box);
    if (document.activeElement === document.body && (at || !skip)) box.focus(); // so is what led here
  };
  /** What the button says that leads on. @param {number} at */
  const nextName = (at) => {
    if (at + 1 >= queue().length) return "results";
    return at + 1 === items.length ? "next_missed" : "next";
  };
  show(0);
}
