// An exercise: its verdicts, its numbers without Python, its solution, and whether it is solved.

import { h } from "../core/dom.js";
import { keepParts } from "../own/parts.js";
import { copyForTutor, words as pageWords } from "../parts/tutor_copy.js";
import { judgeNumbers } from "../questions/numbers.js";
import { read } from "../questions/read.js";
import { Lines } from "./lines.js";
import { verdictBox } from "./outputs.js";
import { button, phrase, say } from "./words.js";

/** @import { Cell } from "./cell.js" */
/** @import { Verdict } from "./types.js" */

const TRIES = 3; // different ones, after which the solution opens without a question

export class Exercise {
  /** What is said before the solution opens. @type {HTMLElement | null} */
  #note = null;
  /** Its solution's lines, to be put in order. @type {Lines | null} */
  #lines = null;
  /** About the numbers. */
  said = h("div", { class: "live-message", role: "status" });

  /** @param {Cell} cell of an answer */
  constructor(cell) {
    this.cell = cell;
    this.name = cell.data.exercise ?? "";
    this.form = /** @type {HTMLFormElement | null} */ (cell.element.querySelector(".live-numbers"));
    this.form?.after(this.said);
    const kept = this.work.cells[this.kept]?.split("\n") ?? [];
    for (const [index, field] of this.fields.entries()) field.value ||= kept[index] ?? "";
  }

  /** What its numbers are kept by. */
  get kept() {
    return `${this.cell.data.id}.numbers`;
  }

  get fields() {
    return [...(this.form?.querySelectorAll("input") ?? [])];
  }

  /** Of what asks for it. */
  get id() {
    return `ex-${this.name}`.replaceAll("_", "-");
  }

  get title() {
    return document.querySelector(`#${this.id} > .admonition-title`)?.firstChild?.textContent ?? "";
  }

  /** Where its first number goes. */
  get field() {
    return this.fields[0];
  }

  get work() {
    return this.cell.page.work;
  }

  get tried() {
    return this.work.triesOf(this.name);
  }

  get solution() {
    return /** @type {HTMLDetailsElement} */ (document.querySelector(`details[data-solves="${this.name}"]`));
  }

  /** What `exercises.check` found in the reader's code; whether it was about this exercise. @param {Verdict} verdict */
  verdict(verdict) {
    if (verdict.exercise && verdict.exercise !== this.name) return false;
    if (verdict.correct === null) this.cell.message.replaceChildren(h("p", {}, phrase(say("no_answer"))));
    else this.#judged(this.cell.message, verdict, this.cell.code, this.cell.helpInside(verdict));
    return true;
  }

  /** The numbers in the fields, without Python. */
  judge() {
    const { fields } = this;
    const typed = fields.map(({ value }) => value);
    this.work.put(this.kept, typed.join("\n"));
    const given = typed.map((text) => (text.trim() ? read(text) : null));
    const unread = typed.findIndex((text, index) => text.trim() && given[index] === null);
    fields.forEach((field, index) => {
      if (index === unread) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
    if (unread >= 0) {
      this.said.replaceChildren(h("p", { text: say("unread", { typed: typed[unread].trim().slice(0, 40) }) }));
      fields[unread].focus();
      return;
    }
    const attempt = given.includes(null) ? "" : typed.join(" ");
    const again = this.work.triesOf(this.name, attempt) > 0;
    const judged = judgeNumbers(globalThis.nnlibPage.numbers[this.name], given, typed, again);
    this.#judged(this.said, judged, attempt, null);
  }

  /** @param {HTMLElement} place @param {Verdict} verdict @param {string} attempt @param {HTMLElement | null} help */
  #judged(place, verdict, attempt, help) {
    if (verdict.correct) this.work.solve(this.name);
    else if (attempt) this.work.tried(this.name, attempt);
    const enough = !verdict.correct && this.tried >= TRIES;
    const look = button("solution", say("solution_show"), () => this.unfold());
    const offered = enough ? h("p", { class: "live-question" }, say("solution_now"), " ", look) : null;
    if (verdict.correct && verdict.own) this.#keep(verdict.own.code);
    const box = verdictBox(verdict);
    if (verdict.correct && verdict.own) box.append(" ", this.#toNetwork());
    // At the first miss there is its reason, and the hint below; the rest comes with the second.
    if (!verdict.correct && attempt && this.tried > 1) box.append(...this.#tutor(verdict));
    place.replaceChildren(box, ...[help, offered].flatMap((part) => part || []));
  }

  /** A right answer is a part of the reader's own network. @param {unknown} code */
  #keep(code) {
    const trouble = typeof code === "string" ? keepParts({ [this.name]: code }) : null;
    if (trouble) this.cell.page.status.warn(say(trouble));
  }

  #toNetwork() {
    const root = document.documentElement.dataset.content_root;
    return h("a", { href: `${root}chapters/my_network.html`, text: say("own_page") });
  }

  /** The reader asks for the solution. @param {HTMLDetailsElement} fold */
  offer(fold) {
    if (this.tried >= TRIES || this.work.isSolved(this.name)) return this.unfold();
    if (this.#note) return;
    this.#note = h(
      "p",
      { class: "live-question", role: "status" },
      say("solution_soon", { count: this.tried, most: TRIES }),
      h("br"),
      button("open-solution", say("solution_open"), () => this.unfold()),
    );
    fold.after(this.#note);
    this.#note.querySelector("button")?.focus();
  }

  /** Open the solution, and from now on leave it to the reader. */
  unfold() {
    const { solution } = this;
    solution.dataset.asked = "";
    this.#note?.remove();
    solution.open = true;
    solution.querySelector("summary")?.focus();
  }

  /** The link below a wrong answer, by which the exercise is copied for a tutor. @param {Verdict} verdict */
  #tutor({ text, more = "" }) {
    const { cell, name } = this;
    const { numbers, mistakes, cells } = globalThis.nnlibPage;
    const fenced = (/** @type {string} */ code) => `\`\`\`python\n${code.trimEnd()}\n\`\`\``;
    const status = h("span", { class: "tutor-status", role: "status" });
    const link = button("tutor", pageWords().tutor ?? "", () => {
      const typed = this.fields.map(({ value }) => value.trim());
      const tries = [typed.some(Boolean) ? typed.join(", ") : "", cell.written === null ? "" : fenced(cell.code)];
      const secret = {
        limits: numbers[name]?.limits,
        code: cells.find(({ role, exercise }) => role === "solution" && exercise === name)?.code,
      };
      const asked = {
        task: fenced(cell.data.code),
        tries: tries.filter(Boolean),
        verdict: `${text} ${more}`.trim(),
        mistakes: mistakes[name] ?? [],
        secret,
      };
      copyForTutor(document.getElementById(this.id), asked, status);
    });
    return [" ", link, status];
  }

  /** Show the lines of the solution, to be put in order. @param {HTMLDetailsElement} fold */
  arrange(fold) {
    this.#lines ??= new Lines(this, globalThis.nnlibPage.lines[this.name]);
    fold.append(this.#lines.element);
    this.#lines.focus();
  }

  /** Lines that are in order become the answer. What the reader had written can come back. @param {string} code */
  take(code) {
    const { cell } = this;
    const before = cell.code;
    const put = (/** @type {string} */ text) => {
      cell.write(text);
      this.work.put(cell.data.id, cell.written);
      cell.page.marksChanged();
    };
    const back = button("mine", say("lines_mine"), () => {
      put(before);
      cell.message.replaceChildren();
      cell.buttons.go.focus();
    });
    const own = cell.written !== null;
    const fold = this.#lines?.element.closest("details");
    if (fold) fold.open = false;
    put(`${code}${cell.data.check}`);
    cell.message.replaceChildren(h("p", {}, say("lines_taken"), own ? [" ", back] : null));
    cell.buttons.go.focus();
  }
}
