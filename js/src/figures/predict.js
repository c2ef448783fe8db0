// A question of the text, answered before one reads on. The words of the question are above it;
// here one commits to a number or to one of several options, and learns what a wrong answer overlooks.

import { h, phrase, set, significant } from "../core/index.js";
import { judge } from "../math/predictions.js";
import { numberEntry, unreadable } from "../parts/number_entry.js";

/** @import { Figure } from "../core/figure.js" */
/** @import { Build, Translate } from "../core/types.js" */
/** @import { Choice, Quantity } from "../math/predictions.js" */

/** @typedef {number | string} Answer a number or the name of an option */
/** @typedef {{tries: Answer[], shown: boolean}} Traits */
/** @typedef {{values: Record<string, unknown>}} Quoted by the texts */
/** @typedef {Quantity & Quoted & {answer: string, symbol: string, unit: string}} NumberData */
/** @typedef {Choice & Quoted} ChoiceData */
/** @typedef {NumberData | ChoiceData} Data */
/** @typedef {ReturnType<typeof judge> & {answer: Answer}} Judged */

/** @type {Build<Traits, Data>} */
export default function build(figure) {
  const { t, data } = figure;
  const number = data.kind === "number";
  /** What is wrong with what was typed. @type {{key: string, values: Record<string, unknown>} | null} */
  let problem = null; // a typed text that is no number: the key of the message and the text
  let hinted = false;

  const finished = () =>
    figure.state.shown || figure.state.tries.some((answer) => judge(data, answer).verdict === "right");
  const commit = (/** @type {Answer} */ answer) => {
    problem = null;
    if (finished() || figure.state.tries.includes(answer)) figure.refresh();
    else figure.set({ tries: [...figure.state.tries, answer] });
  };
  const refuse = (/** @type {string} */ typed) => {
    problem = unreadable(typed);
    figure.refresh();
  };
  const entry = number ? numberEntry(t, data, commit, refuse) : choiceEntry(t, data, commit);

  const hint = h("p", { class: "nn-hint", "data-name": "hint-text" }, phrase(t("hint", data.values)));
  const helps = [
    h("button", {
      type: "button",
      class: "nn-button",
      "data-name": "hint",
      text: t("show_hint"),
      click: () => {
        hinted = !hinted;
        figure.refresh();
      },
    }),
    h("button", {
      type: "button",
      class: "nn-button",
      "data-name": "show",
      text: t("show_answer"),
      click: () => {
        figure.set({ shown: true });
        entry.focus(); // this button is gone
      },
    }),
  ];
  figure.onReset(() => {
    problem = null;
    hinted = false;
    entry.clear();
    if (figure.root.contains(document.activeElement)) entry.focus(); // so is the button that starts again
  });
  figure.show(entry.node, figure.sentence, hint);
  figure.foot.prepend(...helps);

  return ({ tries, shown }) => {
    const judged = tries.map((answer) => ({ answer, ...judge(data, answer) }));
    const solved = judged.some(({ verdict }) => verdict === "right");
    const last = judged.at(-1);
    let progress = last ? "wrong" : "open";
    if (shown) progress = "shown";
    if (solved) progress = "right";
    const over = solved || shown;
    if (over) problem = null;
    set(figure.root, { "data-progress": progress });
    entry.draw(judged, over);
    helps.forEach((button) => {
      button.hidden = !last || over;
    });
    set(helps[0], { "aria-expanded": String(hinted) });
    hint.hidden = !hinted || helps[0].hidden;

    const reason = t("reason", data.values);
    if (problem) figure.say(problem.key, problem.values);
    else if (solved) figure.say(number ? "right_number" : "right", { answer: `$${data.answer}$`, reason });
    else if (shown)
      figure.say("shown", { answer: number ? `$${data.answer}$` : t(`options.${data.answer}`, data.values), reason });
    else if (!last) figure.say("start");
    else if (!number) figure.say(`mistakes.${last.name}`, data.values);
    else sayNumber(figure, data, last);
  };
}

/** @param {Figure<Traits, Data>} figure @param {NumberData} data @param {Judged} judged */
function sayNumber(figure, data, { answer, verdict, name, far }) {
  const { t } = figure;
  const given = `$${data.symbol} = ${significant(Number(answer), 6)}$`;
  if (verdict === "mistake") figure.say("mistake", { given, why: t(`mistakes.${name}`, data.values) });
  else if (far && Number(answer) < 0)
    figure.say("far_off", { given }); // −20 is smaller than −2, and ten times its size
  else figure.say(far ? `far_${verdict}` : verdict, { given });
}

/**
 * A button for each option; a click commits. Buttons that have been tried can still be reached.
 * @param {Translate} t @param {ChoiceData} data @param {(name: string) => void} commit
 */
function choiceEntry(t, data, commit) {
  const buttons = data.options.map((name) =>
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
    node: h("div", { class: "nn-options", role: "group", "aria-label": t("options") }, buttons),
    focus: () =>
      (buttons.find((button) => button.dataset.verdict === "right") ?? buttons[0]).focus({ preventScroll: true }),
    clear: () => {},
    /** @param {Judged[]} judged @param {boolean} over */
    draw: (judged, over) =>
      buttons.forEach((button) => {
        const tried = judged.some(({ answer }) => answer === button.value);
        const right = button.value === data.answer;
        const verdict = over && right ? "right" : tried && "mistake";
        set(button, {
          "aria-pressed": String(tried),
          "aria-disabled": (over || tried) && "true",
          "data-verdict": verdict,
        });
      }),
  };
}
