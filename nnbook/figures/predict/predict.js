// A question of the text, answered before one reads on. The words of the question are above it;
// here one commits to a number or to one of several options, and learns what a wrong answer overlooks.
// What only an experiment can tell is an estimate: one guess, then how far off it was, and no verdict.

import { INFINITE } from "../../../js/src/core/format.js";
import { h, phrase, set, significant, spoken } from "../../../js/src/core/index.js";
import { numberEntry, unreadable } from "../../../js/src/parts/number_entry.js";
import { tutorButton } from "../../../js/src/parts/tutor_button.js";
import { judge } from "../../../js/src/questions/judge.js";
import { orderOf } from "../../../js/src/questions/option_order.js";
import { commitment } from "./commitment.js";
import { shownAbove } from "./picture.js";
import { forTutor } from "./tutor.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Choice, Quantity } from "../../../js/src/questions/judge.js" */
/** @import { Asking, Said } from "./commitment.js" */
/** @import { Shown } from "./picture.js" */

/** @typedef {number | string} Answer a number or the name of an option */
/** @typedef {{name: string, tries: Answer[], shown: boolean} & Said} Traits */
/** @typedef {Quantity & Shown & {answer: string, symbol: string, unit: string, right?: number}} NumberData */
/** @typedef {Choice & Shown} ChoiceData */
/** @typedef {(NumberData | ChoiceData) & Asking} Data */
/** @typedef {ReturnType<typeof judge> & {answer: Answer}} Judged */

const SHORT = 26; // letters that an option may have where two stand side by side
const WIDE = /[\u3000-\uffff]/g; // each as wide as two letters

/** @type {Build<Traits, Data>} */
export default function build(figure) {
  const { t, data } = figure;
  const number = data.kind === "number";
  /** What is wrong with what was typed. @type {{key: string, values: Record<string, unknown>} | null} */
  let problem = null;
  let hinted = /** @type {boolean | null} */ (null); // what the reader chose

  const finished = () =>
    figure.state.shown || figure.state.tries.some((answer) => data.estimate || judge(data, answer).verdict === "right");
  const commit = (/** @type {Answer} */ answer) => {
    problem = null;
    if (finished() || figure.state.tries.includes(answer)) figure.refresh();
    else if (step && !figure.state.tries.length) step.ask(answer);
    else take(answer);
  };
  const take = (/** @type {Answer} */ answer, /** @type {Said} */ said = {}) => {
    figure.set({ tries: [...figure.state.tries, answer], ...said });
    dispatchEvent(new Event("nnlib-answered")); // the ring of the chapter
  };
  const step = data.commitment ? commitment(figure, take) : null;
  const refuse = (/** @type {string} */ typed) => {
    problem = unreadable(typed);
    figure.refresh();
  };
  const entry = number ? numberEntry(t, data, commit, refuse) : choiceEntry(figure, data, commit);
  /** A number that is no known mistake says little about the thought behind it: after the second the hint shows by itself. */
  const unnamed = () =>
    figure.state.tries.filter((answer) => ["large", "small"].includes(judge(data, answer).verdict)).length;
  const isHinted = () => hinted ?? unnamed() > 1;

  const hint = h("p", { class: "nn-hint", "data-name": "hint-text" }, phrase(t("hint", data.values)));
  const toggle = () => {
    hinted = !isHinted();
    figure.refresh();
  };
  const help = action("hint", "nn-button", t("show_hint"), toggle);
  const reveal = () => {
    figure.set({ shown: true });
    dispatchEvent(new Event("nnlib-answered"));
    entry.focus(); // the button is gone
  };
  const show = action("show", "nn-link", t("show_answer"), reveal);
  figure.onReset(() => {
    problem = null;
    hinted = null;
    entry.clear();
    if (figure.root.contains(document.activeElement)) entry.focus(); // so is the button that starts again
  });
  const above = shownAbove(figure);
  const tutor = tutorButton(figure, () => forTutor(figure));
  const verdict = h("div", { class: "nn-verdict" }, figure.sentence, " ", tutor.button, tutor.status);
  figure.show(...above.nodes, entry.node, step?.given ?? null, verdict, step?.node ?? null, hint);
  figure.foot.prepend(help);
  figure.root.append(show); // the last line of all

  return ({ tries, shown }) => {
    const judged = tries.map((answer) => ({ answer, ...judge(data, answer) }));
    const guess = data.estimate ? judged[0] : null;
    const solved = !guess && judged.some(({ verdict }) => verdict === "right");
    const last = judged.at(-1);
    const over = finished();
    if (over) problem = null;
    const again = tries.length > 1; // the first miss has its reason and one way on, the hint; the second the rest
    set(figure.root, { "data-progress": progress(guess, solved, shown, last), "data-first": !over && !again });
    above.draw();
    step?.draw(over);
    const held = step?.held();
    entry.draw(judged, over);
    show.hidden = over;
    help.hidden = !last || over;
    if (tutor.button) tutor.button.hidden = help.hidden || !again;
    set(help, { "aria-expanded": String(isHinted()) });
    hint.hidden = !isHinted() || help.hidden;

    const reason = t("reason", data.values);
    if (problem) figure.say(problem.key, problem.values);
    else if (held !== undefined) figure.say("held", { given: written(figure, held) });
    else if (guess) sayGuess(figure, data, guess, reason);
    else if (solved) figure.say(number ? "right_number" : "right", { answer: `$${data.answer}$`, reason });
    else if (shown)
      figure.say("shown", { answer: number ? `$${data.answer}$` : t(`options.${data.answer}`, data.values), reason });
    else if (!last && data.estimate) figure.say("start_estimate");
    else if (!last)
      figure.say(figure.root.closest("[data-question]") ? "start" : ""); // else it has a word
    else if (!number) figure.say(`mistakes.${last.name}`, data.values);
    else sayNumber(figure, data, last, unnamed() > 2 ? firstSentence(reason) : "");
    verdict.hidden = !figure.said;
  };
}

/** @param {unknown} guess @param {boolean} solved @param {boolean} shown @param {unknown} last */
function progress(guess, solved, shown, last) {
  if (guess) return "guessed";
  if (solved) return "right";
  if (shown) return "shown";
  return last ? "wrong" : "open";
}

/** @param {string} name @param {string} look @param {string} text @param {() => void} click */
const action = (name, look, text, click) =>
  h("button", { type: "button", class: look, "data-name": name, text, click });

/** An answer as a sentence quotes it. @param {Figure<Traits, Data>} figure @param {Answer} answer */
const written = ({ t, data }, answer) =>
  data.kind === "number" ? `$${data.symbol} = ${significant(Number(answer), 6)}$` : t(`options.${answer}`, data.values);

/** The first sentence, and no point inside a formula or a number ends it. @param {string} text */
const firstSentence = (text) => /^(?:\$[^$]*\$|\.(?=\d)|[^$.?!。？！])*[.?!。？！]/u.exec(text)?.[0] ?? text;

/**
 * How far off a guess was, and what the thought behind it overlooks.
 * @param {Figure<Traits, Data>} figure @param {Data} data @param {Judged} judged @param {string} reason
 */
function sayGuess(figure, data, { answer, verdict, name }, reason) {
  const { t } = figure;
  const why = verdict === "mistake" ? t(`mistakes.${name}`, data.values) : "";
  if (data.kind === "choice") {
    const option = (/** @type {string} */ one) => t(`options.${one}`, data.values);
    const key = verdict === "right" ? "guess_same" : "guess_other";
    return figure.say(key, { given: option(String(answer)), answer: option(data.answer), why, reason });
  }
  const off = Number(answer) - (data.right ?? 0);
  let key = off > 0 ? "guess_high" : "guess_low";
  if (Math.abs(off) < 1e-9) key = "guess_same";
  const unit = data.unit && `\\,\\text{${data.unit}}`;
  return figure.say(key, {
    given: `$${data.symbol} = ${significant(Number(answer), 6)}${unit}$`,
    answer: `$${data.answer}$`,
    off: `$${significant(Math.abs(off), 2)}${unit}$`,
    why,
    reason,
  });
}

/**
 * @param {Figure<Traits, Data>} figure @param {NumberData} data @param {Judged} judged
 * @param {string} step the first of the reason, when it is needed
 */
function sayNumber(figure, data, { answer, verdict, name, far }, step) {
  const { t } = figure;
  const given = `$${data.symbol} = ${significant(Number(answer), 6)}$`;
  if (verdict === "mistake") figure.say("mistake", { given, why: t(`mistakes.${name}`, data.values) });
  else if (Math.abs(Number(answer)) >= INFINITE) figure.say("infinite", { given });
  else {
    const how = far && Number(answer) < 0 ? "far_off" : far ? `far_${verdict}` : verdict; // −20 is ten times −2, and smaller
    if (step) figure.say("with_step", { verdict: t(how, { given }), step });
    else figure.say(how, { given });
  }
}

/**
 * A button for each option; a click commits. Buttons that have been tried can still be reached.
 * @param {Figure<Traits, Data>} figure @param {ChoiceData} data @param {(name: string) => void} commit
 */
function choiceEntry({ t, state }, data, commit) {
  const texts = data.options.map((name) => spoken(t(`options.${name}`, data.values)));
  const short = texts.every((text) => text.length + (text.match(WIDE) ?? []).length <= SHORT);
  const buttons = orderOf(state.name, data).map((name) =>
    h(
      "button",
      {
        type: "button",
        class: "nn-button nn-option",
        "data-name": "option",
        value: name,
        click: () => commit(name),
      },
      h("span", {}, phrase(t(`options.${name}`, data.values))),
    ),
  );
  return {
    node: h(
      "div",
      { class: "nn-options", role: "group", "aria-label": t("options"), "data-short": short && buttons.length },
      buttons,
    ),
    focus: () =>
      (buttons.find((button) => button.value === data.answer && button.dataset.verdict) ?? buttons[0]).focus({
        preventScroll: true,
      }),
    clear: () => {},
    /** @param {Judged[]} judged @param {boolean} over */
    draw: (judged, over) =>
      buttons.forEach((button) => {
        const tried = judged.some(({ answer }) => answer === button.value);
        const right = button.value === data.answer;
        let verdict = tried && !data.estimate && "mistake";
        if (over && right) verdict = data.estimate ? "found" : "right";
        set(button, {
          "aria-pressed": String(tried),
          "aria-disabled": (over || tried) && "true",
          "data-verdict": verdict,
        });
      }),
  };
}
