// Self-test: ten questions of a chapter, before and after reading it. The same ideas with other numbers, so that the difference is
// what was learned; the answers come after the second.

import { saveFile } from "../core/files.js";
import { h, set } from "../core/index.js";
import { drawTest, reserved } from "./draw.js";
import { notice } from "./notice.js";
import { among, compared, exported, lastNumbers, mayBeChance, taken } from "./results.js";
import { ask, button, pose, result, toReadAgain } from "./run.js";
import { address, day, language, t } from "./words.js";

/** @import { Practice } from "./practice.js" */
/** @import { Outcome, Taken } from "./types.js" */

const COUNT = 10;

/** @param {HTMLElement} place @param {Practice} practice */
export function tests(place, practice) {
  const asked = new URLSearchParams(location.search);
  new SelfTests(place, practice).list(asked.get("test"), asked.get("when"));
}

const score = (/** @type {{right: number, of: number}} */ { right, of }) => t("of", { right, of });

class SelfTests {
  #room = h("div");

  /** @param {HTMLElement} place @param {Practice} practice */
  constructor(place, practice) {
    this.practice = practice;
    this.notice = notice(practice.results, practice.review);
    place.replaceChildren(this.notice.line, this.#room);
  }

  /** @param {string} chapter */
  #title(chapter) {
    return this.practice.names.get(chapter) ?? chapter;
  }

  #heading(/** @type {string} */ chapter) {
    return h("p", { class: "practice-chapter", text: this.#title(chapter) });
  }

  /**
   * Every chapter with its results and what can be taken; one test stands out: that of the chapter asked for, or else the
   * first that was not taken.
   * @param {string | null} chapter whose line gets the focus @param {string | null} [when] which of its buttons
   */
  list(chapter, when) {
    const { names, questions, results } = this.practice;
    const past = results.get().tests;
    const asking = new Set(Object.values(questions).map((question) => question.chapter));
    const lines = [...names.keys()].filter((name) => asking.has(name)).map((name) => this.#line(name, past));
    this.#room.replaceChildren(
      h("ul", { class: "practice-tests", "aria-label": t("tests") }, lines),
      ...(past.length ? [button("export", () => this.#download())] : []),
    );
    this.notice.update();
    const own = lines.find(({ dataset }) => dataset.chapter === chapter);
    const buttons = [...(own?.querySelectorAll("button") ?? [])];
    const asked = buttons.find(({ dataset }) => dataset.name === when) ?? buttons[0];
    const taken = (/** @type {HTMLElement} */ { dataset }) => past.some((test) => test.chapter === dataset.chapter);
    const next = asked ?? lines.find((line) => !taken(line))?.querySelector("button");
    if (next) next.dataset.next = "";
    asked?.focus();
  }

  /** @param {string} chapter @param {Taken[]} past */
  #line(chapter, past) {
    const { before, after } = compared(past, chapter);
    const told = (/** @type {Taken | undefined} */ test) =>
      test && h("span", {}, t(`${test.when}_result`, { right: test.right, of: test.of, date: day(test.date) }));
    const start = (/** @type {Taken["when"]} */ when) =>
      set(
        button(when, () => this.#begin(chapter, when)),
        { "aria-label": `${this.#title(chapter)}: ${t(when)}` },
      );
    // Who has read the chapter cannot take the first test any more.
    const buttons = h("span", { class: "practice-buttons" }, before || after ? null : start("before"), start("after"));
    const title = h("span", { class: "practice-chapter", text: this.#title(chapter) });
    return h("li", { "data-chapter": chapter }, title, buttons, told(before), told(after));
  }

  /** @param {string} chapter @param {Taken["when"]} when */
  #begin(chapter, when) {
    const { questions, results, review } = this.practice;
    const past = results.get().tests;
    const { asked: known } = review.get();
    const met = (/** @type {string} */ id) => [...lastNumbers(past, id), ...(known[id] ? [known[id].variant] : [])];
    const before = compared(past, chapter).before?.answers.map(({ id }) => id);
    const asked = h("div");
    this.#room.replaceChildren(this.#heading(chapter), asked);
    ask(asked, drawTest(questions, chapter, COUNT, met, Math.random, before), {
      silent: true,
      stop: () => this.list(chapter),
      end: (outcomes) => {
        const test = taken(chapter, when, outcomes, Date.now());
        results.change((data) => ({ ...data, tests: [...data.tests, test] }));
        if (when === "after") for (const outcome of outcomes) this.practice.note(outcome);
        this.#finish(test, outcomes);
      },
    });
  }

  /** @param {Taken} test @param {Outcome[]} outcomes */
  #finish(test, outcomes) {
    const { chapter, when, right, of } = test;
    const { before } = compared(this.practice.results.get().tests, chapter);
    const both = when === "after" && before;
    const line = result(
      both ? t("both_done", { before: score(before), after: score(test) }) : t("score", { right, of }),
    );
    const link = h("a", { href: address(`chapters/${chapter}.html`), text: this.#title(chapter) });
    const told =
      when === "before"
        ? h("p", {}, t("answers_later"), " ", link)
        : [
            both ? this.#meaning(both, test) : null,
            toReadAgain(outcomes, true),
            h("p", { text: t("test_mistakes") }),
            outcomes.map(answerOf),
          ];
    const back = button("list", () => this.list(chapter));
    this.#room.replaceChildren(h("div", {}, this.#heading(chapter), line, told, back));
    this.notice.update();
    line.focus();
  }

  /** What the difference of two tests says. @param {Taken} before @param {Taken} after */
  #meaning(before, after) {
    const ids = reserved(this.practice.questions, after.chapter);
    const [first, second] = [before, after].map((test) => among(test, ids));
    const values = { count: second.of, before: first.right, after: second.right };
    return [
      h("p", { text: t(mayBeChance(before, after) ? "change_small" : "change_large") }),
      first.of && first.of === second.of ? h("p", { text: t("reserved", values) }) : null,
    ];
  }

  #download() {
    const title = document.querySelector(".brand span")?.textContent ?? "";
    const text = exported(this.practice.results.get(), { title, language, now: Date.now() });
    saveFile(text, "application/json", "nnlib-book-tests.json");
  }
}

/** A question of the test with the first answer to it. @param {Outcome} outcome @param {number} index @param {Outcome[]} all */
function answerOf(outcome, index, { length }) {
  const title = t("question", { at: index + 1, of: length });
  const tries = outcome.given === null ? [] : [outcome.given];
  return pose(outcome, title, { tries, shown: !tries.length }).box;
}
