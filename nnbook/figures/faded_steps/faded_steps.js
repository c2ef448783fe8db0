// A calculation that fades: a worked example, then the same with other numbers and ever more of its last lines left out.
// Lines are filled in one after the other, since each needs those above it; what is done stays.

import { h, math, phrase, plain, set, significant } from "../../../js/src/core/index.js";
import { numberEntry, unreadable } from "../../../js/src/parts/number_entry.js";
import { tutorButton } from "../../../js/src/parts/tutor_button.js";
import { isLeftOut, judgeLine, lineState, openLine, writtenOut } from "../../../js/src/questions/calculation.js";
import { forTutor } from "./tutor.js";

/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Calculation, Line, Step, Try } from "../../../js/src/questions/calculation.js" */

/** @typedef {{round: number, tries: Try[]}} Traits */
/** @typedef {Figure<Traits, Calculation>} Faded */
/** @typedef {{key: string, values: Record<string, unknown>, round: number}} Problem */
/** @typedef {(answer: number) => void} Add */
/** @typedef {(typed: string) => void} Refuse */
/** @typedef {ReturnType<typeof lineState>} State */

const TRIES = 2; // so many wrong ones, and the value can be shown

/** @type {Build<Traits, Calculation>} */
export default function build(figure) {
  const { data } = figure;
  /** What is wrong with what was typed. @type {Problem | null} */
  let problem = null;
  const add = (/** @type {number | null} */ answer) => {
    const { round, tries } = figure.state;
    const at = openLine(data, tries, round);
    problem = null;
    const again = lineState(data, tries, round, at).wrong.some((one) => one.answer === answer);
    if (again)
      figure.refresh(); // no second try
    else figure.set({ tries: [...tries, [round, at, answer]] });
    const next = openLine(data, figure.state.tries, round);
    if (next < 0) talk.next.focus({ preventScroll: true });
    else if (next !== at) rounds[round].focus(next);
  };
  const refuse = (/** @type {string} */ typed) => {
    problem = { ...unreadable(typed), round: figure.state.round };
    figure.refresh();
  };
  const goOn = () => {
    const { round } = figure.state;
    figure.set({ round: round + 1 });
    rounds[round + 1].begin();
  };
  const rounds = data.rounds.map((_, round) => roundOf(figure, round, add, refuse));
  const talk = talkOf(figure, () => add(null), goOn);
  const choice = roundChoice(figure);
  figure.onReset(() => {
    problem = null;
    for (const round of rounds) round.clear();
    if (figure.root.contains(document.activeElement)) choice.querySelector("input")?.focus({ preventScroll: true });
  });
  const end = h("div", { class: "nn-faded-end" });
  figure.show(
    choice,
    h(
      "div",
      {},
      rounds.map(({ node }) => node),
    ),
    end,
    results(figure),
  );

  return ({ round, tries }) => {
    for (const [turn, at] of tries)
      if (!isLeftOut(data.rounds[turn].lines[at])) throw new Error(`Line ${at} of round ${turn} is not left out`);
    const open = openLine(data, tries, round);
    if (open < 0 || problem?.round !== round) problem = null;
    rounds.forEach((one, turn) => one.draw(turn === round, openLine(data, tries, turn)));
    talk.move(open < 0 ? end : rounds[round].place(open), open);
    set(figure.root, { "data-progress": say(figure, open, problem), "data-untouched": tries.length === 0 });
  };
}

/**
 * Say what the last try of this round is worth; return how things stand.
 * @param {Faded} figure @param {number} open @param {Problem | null} problem
 */
function say(figure, open, problem) {
  const { t, data } = figure;
  const { round, tries } = figure.state;
  const last = tries.filter(([turn]) => turn === round).at(-1);
  if (problem) figure.say(problem.key, problem.values);
  else if (round === 0) figure.say("read");
  else if (!last) figure.say(data.rounds[round].lines.every(isLeftOut) ? "start_alone" : "start");
  if (!last || problem) return last ? "wrong" : "open";
  const [, at, answer] = last;
  const { name } = data.steps[at];
  const line = data.rounds[round].lines[at];
  const judged = answer === null ? null : judgeLine(line, answer);
  if (answer !== null && judged && judged.verdict !== "right") {
    const given = `$${significant(answer, 6)}$`;
    if (judged.verdict === "mistake") figure.say("mistake", { given, why: t(`mistakes.${name}.${judged.name}`) });
    else figure.say("hint", { given, hint: t(`hints.${name}`) });
    return "wrong";
  }
  if (open >= 0) figure.say(judged ? "right" : "shown");
  else if (!judged) figure.say("done_shown");
  else figure.say(isAlone(figure) ? "done_alone" : "done");
  return judged ? "right" : "shown";
}

/** Whether the whole calculation was done without a value that was shown. @param {Faded} figure */
function isAlone({ data, state: { round, tries } }) {
  return (
    data.rounds[round].lines.every(isLeftOut) && !tries.some(([turn, , answer]) => turn === round && answer === null)
  );
}

/** A formula, heard as a whole. @param {string} source */
const formula = (source) => set(math(source), { role: "img", "aria-label": plain(source) });

/** What each round is called. @param {Faded} figure @param {number} round */
function nameOf({ t, data }, round) {
  const { lines } = data.rounds[round];
  const count = lines.filter(isLeftOut).length;
  if (count === 0) return t("example");
  if (count === lines.length) return t("alone");
  return count === 1 ? t("blank") : t("blanks", { count });
}

/** Buttons for the rounds; those that are complete have a tick. @param {Faded} figure */
function roundChoice(figure) {
  const { data } = figure;
  const node = figure.choice("round", { name: figure.t("rounds"), labels: (round) => nameOf(figure, round) });
  const labels = [...node.querySelectorAll("label")];
  return figure.control(node, () =>
    labels.forEach((label, round) => {
      const done = round > 0 && openLine(data, figure.state.tries, round) < 0;
      set(label, { "data-done": done });
    }),
  );
}

/**
 * One round: what is given, and its lines.
 * @param {Faded} figure @param {number} round @param {Add} add @param {Refuse} refuse
 */
function roundOf(figure, round, add, refuse) {
  const { data, t } = figure;
  const drawn = data.rounds[round];
  const given = h(
    "ul",
    { class: "nn-faded-given", "aria-label": t("given") },
    drawn.given.map((source) => h("li", {}, formula(source))),
  );
  const lines = drawn.lines.map((line, at) => lineOf(figure, data.steps[at], line, add, refuse));
  const node = h(
    "div", // no section: the rounds of two calculations on a page have the same names
    { class: "nn-faded-round", role: "group", "aria-label": nameOf(figure, round) },
    h("p", { class: "nn-faded-name", "aria-hidden": "true", text: nameOf(figure, round) }),
    given,
    h(
      "ol",
      { class: "nn-faded-lines" },
      lines.map((line) => line.node),
    ),
  );
  return {
    node,
    clear: () => lines.forEach((line) => line.entry?.clear()),
    focus: (/** @type {number} */ at) => lines[at].entry?.focus(),
    place: (/** @type {number} */ at) => lines[at].node,
    begin: () => {
      const open = openLine(data, figure.state.tries, round);
      if (open >= 0) lines[open].entry?.focus();
      given.scrollIntoView({ block: "nearest" });
    },
    /** @param {boolean} now @param {number} open */
    draw: (now, open) => {
      set(node, { "data-now": now });
      lines.forEach((line, at) => line.draw(lineState(data, figure.state.tries, round, at), at === open));
    },
  };
}

/**
 * One line: as it is written out, or as it waits for a number.
 * @param {Faded} figure @param {Step} step @param {Line} line @param {Add} add @param {Refuse} refuse
 */
function lineOf(figure, step, line, add, refuse) {
  const { t } = figure;
  const { limits, mistakes } = line;
  const left = isLeftOut(line);
  const entry = limits && mistakes ? numberEntry(t, { symbol: step.symbol, limits, mistakes }, add, refuse) : null;
  const gap = h(
    "span",
    { class: "nn-faded-gap" },
    formula(`${step.symbol} =`),
    h("span", { role: "img", "aria-label": t("left_out") }),
  );
  const written = h("span", { class: "nn-faded-written" });
  const node = h(
    "li",
    { "data-line": step.name, "data-left-out": left },
    h("span", { class: "nn-faded-what" }, phrase(t(`steps.${step.name}`))),
    h("div", { class: "nn-faded-line" }, written, left ? [gap, entry?.node] : null),
  );
  return {
    node,
    entry,
    /** @param {State} state @param {boolean} open */
    draw: ({ done, shown, wrong }, open) => {
      set(node, { "data-progress": done ? (left ? (shown ? "shown" : "right") : null) : open ? "now" : "wait" });
      if (done && !written.firstChild) written.append(formula(writtenOut(step, line)));
      written.hidden = !done;
      gap.hidden = done || open;
      if (!entry) return;
      if (!done) written.replaceChildren();
      entry.node.hidden = !open;
      entry.draw(wrong, false);
    },
  };
}

/**
 * The sentence, the example's line and the button that helps or goes on: they stand where the reader is.
 * @param {Faded} figure @param {() => void} show @param {() => void} goOn
 */
function talkOf(figure, show, goOn) {
  const { t, data } = figure;
  const [{ lines }] = data.rounds;
  const sources = lines.map((line, at) => writtenOut(data.steps[at], line));
  const example = h("p", { class: "nn-faded-example" }, h("span", { text: t("in_example") }), " ", h("span", {}));
  const button = (/** @type {string} */ name, /** @type {() => void} */ click) =>
    h("button", { type: "button", class: "nn-button", "data-name": name, text: t(name), click });
  const buttons = { show: button("show_value", show), next: button("next", goOn) };
  const tutor = tutorButton(figure, () => forTutor(figure));
  const node = h(
    "div",
    { class: "nn-faded-talk" },
    figure.sentence,
    example,
    h("div", { class: "nn-buttons" }, buttons.show, buttons.next, tutor.button),
    tutor.status,
  );
  return {
    next: buttons.next,
    /** @param {Element} place @param {number} open */
    move: (place, open) => {
      const { round, tries } = figure.state;
      if (node.parentNode !== place) place.append(node);
      const wrong = open < 0 ? [] : lineState(data, tries, round, open).wrong;
      // Alone one has no example, until one is lost.
      example.hidden = open < 0 || (openLine(data, [], round) === 0 && wrong.length === 0);
      if (open >= 0) example.lastElementChild?.replaceChildren(formula(sources[open]));
      buttons.show.hidden = wrong.length < TRIES;
      if (tutor.button) tutor.button.hidden = buttons.show.hidden;
      buttons.next.hidden = open >= 0 || round === data.rounds.length - 1;
    },
  };
}

/** On paper, the values of the lines that are left out. @param {Faded} figure */
function results(figure) {
  const { data, t } = figure;
  const rows = data.rounds.slice(1).map(({ lines }, at) => {
    const found = lines.flatMap((line, index) =>
      isLeftOut(line) ? [`$${data.steps[index].symbol} = ${line.answer}$`] : [],
    );
    return t("row", {
      name: nameOf(figure, at + 1),
      values: found.reduce((first, next) => t("joined", { first, next })),
    });
  });
  return h("p", { class: "nn-faded-results" }, phrase([t("results"), ...rows].join(rows[0].endsWith("。") ? "" : " ")));
}
