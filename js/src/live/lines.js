// The step between hint and solution: the lines of the solution, to be put in order. What is arranged here lasts as long as the
// page: it is done again in half a minute, and what was put into the editor is kept with the reader's other work.

import { h, uniqueId } from "../core/dom.js";
import { codeOf, easier, faultIn, mixed } from "../questions/line_order.js";
import { Movable } from "./movable.js";
import { button, phrase, say } from "./words.js";

/** @import { Line, Task } from "../questions/line_order.js" */
/** @import { Exercise } from "./exercise.js" */

const ALOUD = { lifted: "lines_lifted_aloud", at: "lines_at", dropped: "lines_dropped", back: "lines_back" };

/** A line as it looks on the page. @param {string} code */
const shown = (code) =>
  h(
    "code",
    { class: "highlight" },
    globalThis.nnlibEditor.colored(code).map(([text, name]) => (name ? h("span", { class: name, text }) : text)),
  );

const FAILED = 2; // orders, after which it can be made easier

export class Lines {
  /** Line -> whether the right one of its two was chosen; those without a choice are not there. @type {Map<number, boolean>} */
  #chosen = new Map();
  /** Lines whose wrong twin has left. @type {Set<number>} */
  #sure = new Set();
  /** Lines that go together, each piece by its first line. @type {Map<number, number[]>} */
  #pieces = new Map();
  /** What was checked and was wrong. @type {Set<string>} */
  #failed = new Set();
  #help = h("p", { class: "unseen", id: uniqueId("lines"), text: say("lines_keys") });
  #verdict = h("div", { role: "status" });
  #list = h("ol", { class: "lines", role: "list" });

  /** @param {Exercise} exercise @param {Task} task */
  constructor(exercise, task) {
    this.exercise = exercise;
    this.task = task;
    this.element = h(
      "div",
      { class: "live-lines", role: "group", "aria-label": say("lines") },
      // One in the place of the other, so that the lines stay where they are.
      h(
        "p",
        { class: "lines-about" },
        h("span", { text: say("lines_about") }),
        h("span", { "aria-hidden": "true", text: say("lines_lifted") }),
      ),
      h("p", { class: "lines-head" }, shown(task.head)),
      this.#list,
      h(
        "p",
        { class: "lines-foot" },
        button("order", say("lines_check"), () => this.#check()),
        button("again", say("lines_again"), () => this.#begin()),
      ),
      this.#verdict,
      this.#help,
    );
    for (const index of task.lines.keys()) this.#pieces.set(index, [index]);
    this.movable = new Movable(this.#list, (what, place) => this.#told(what, place));
    this.#begin();
  }

  /** The lines of each piece, in the order that the pieces have now. */
  get #order() {
    return this.movable.items.map(({ dataset }) => this.#pieces.get(Number(dataset.line)) ?? []);
  }

  /** The lines of the solution in the order that they have now. */
  get order() {
    return this.#order.flat();
  }

  /** The piece in which a line is. @param {number} place of the line */
  #itemAt(place) {
    const line = this.order[place];
    return this.movable.items[this.#order.findIndex((piece) => piece.includes(line))];
  }

  #begin() {
    this.movable.drop();
    this.#chosen.clear();
    const first = mixed(this.task.lines.length).filter((index) => this.#pieces.has(index));
    this.#list.replaceChildren(...first.map((index) => this.#item(index)));
    this.#changed();
  }

  focus() {
    this.#list.querySelector("button")?.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} first line of a piece */
  #item(first) {
    const { lines } = this.task;
    const grip = h("button", {
      type: "button",
      class: "line-grip",
      "aria-pressed": "false",
      "aria-describedby": this.#help.id,
    });
    const contents = (this.#pieces.get(first) ?? []).map((index) => {
      const { code, depth } = lines[index];
      const wrong = this.#wrongOf(index);
      const content = wrong ? this.#pair(index, [code, wrong.code].sort()) : shown(code);
      if (index === first) return content;
      return h("div", { style: { "--deeper": depth - lines[first].depth } }, content);
    });
    const content = contents.length > 1 ? h("div", { class: "line-piece" }, contents) : contents;
    return h("li", { "data-line": first, style: { "--depth": lines[first].depth } }, grip, content);
  }

  /** The wrong line that is offered beside a line. @param {number} index */
  #wrongOf(index) {
    return this.#sure.has(index) ? undefined : this.task.lines[index].wrong;
  }

  /** Two lines to choose from. @param {number} index @param {string[]} codes */
  #pair(index, codes) {
    const name = uniqueId("pair");
    const choice = (/** @type {string} */ code) => {
      const choose = () => {
        this.#chosen.set(index, code === this.task.lines[index].code);
        this.#changed();
      };
      return h("label", {}, h("input", { type: "radio", name, change: choose }), shown(code));
    };
    return h("div", { class: "line-pair", role: "radiogroup", "aria-label": say("lines_pair") }, codes.map(choice));
  }

  /** What stands in a line, to be read aloud. @param {number} index */
  #words(index) {
    const { code } = this.task.lines[index];
    const wrong = this.#wrongOf(index);
    const right = this.#chosen.get(index);
    if (!wrong || right) return code;
    const [one, other] = [code, wrong.code].sort();
    return right === false ? wrong.code : say("lines_or", { one, other });
  }

  /** Something is other than it was: the numbers are right again, and what was said is past. */
  #changed() {
    const count = this.task.lines.length;
    let line = 1;
    for (const [place, piece] of this.#order.entries()) {
      const item = this.movable.items[place];
      const grip = /** @type {HTMLElement} */ (item.querySelector(".line-grip"));
      const code = piece.map((index) => this.#words(index)).join("; ");
      grip.textContent = piece.length > 1 ? `${line}–${line + piece.length - 1}` : String(line);
      grip.setAttribute("aria-label", say("lines_line", { line: grip.textContent, count, code }));
      delete item.dataset.wrong;
      line += piece.length;
    }
    this.#verdict.replaceChildren();
  }

  /** @param {import("./movable.js").Move} what @param {number} place */
  #told(what, place) {
    this.#changed();
    this.element.toggleAttribute(
      "data-lifted",
      what === "lifted" || (what === "at" && this.element.dataset.lifted === ""),
    );
    this.exercise.cell.page.announce(say(ALOUD[what], { line: place + 1, count: this.movable.items.length }));
  }

  #check() {
    this.movable.drop();
    this.#changed();
    const { order, task } = this;
    const undecided = order.findIndex((index) => this.#wrongOf(index) && !this.#chosen.has(index));
    const mistaken = order.findIndex((index) => this.#chosen.get(index) === false);
    const fault = faultIn(task, order);
    if (undecided < 0 && (mistaken >= 0 || fault)) this.#failed.add(JSON.stringify([order, [...this.#chosen]]));
    if (undecided >= 0) this.#wrong(undecided, say("lines_choose", { line: undecided + 1 }));
    else if (mistaken >= 0)
      this.#wrong(mistaken, say("lines_wrong", { line: mistaken + 1 }), task.lines[order[mistaken]].wrong?.says ?? "");
    else if (fault) this.#wrong(Number(fault.values.line) - 1, say(fault.key, fault.values));
    else {
      this.exercise.work.order(this.exercise.name);
      const take = button("take", say("lines_take"), () =>
        this.exercise.take(
          codeOf(
            task,
            order.map((index) => task.lines[index]),
          ),
        ),
      );
      this.#verdict.append(h("div", { class: "live-verdict right" }, h("p", {}, `✓ ${say("lines_right")} `, take)));
    }
    this.#verdict.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} place @param {string[]} sentences */
  #wrong(place, ...sentences) {
    this.#itemAt(place).dataset.wrong = "";
    const words = sentences.filter(Boolean).map((text) => h("p", {}, phrase(text)));
    const help = this.#failed.size >= FAILED && easier(this.task.lines, this.#order, this.#sure);
    const ease = help
      ? h(
          "p",
          {},
          button("easier", say("lines_easier"), () => this.#ease(help)),
        )
      : null;
    this.#verdict.append(h("div", { class: "live-verdict wrong" }, words, ease));
  }

  /** A wrong line leaves, or two pieces join. @param {NonNullable<ReturnType<typeof easier>>} help */
  #ease(help) {
    let first;
    if ("leaves" in help) {
      this.#sure.add(help.leaves);
      this.#chosen.delete(help.leaves);
      first = [...this.#pieces].find(([, piece]) => piece.includes(help.leaves))?.[0] ?? help.leaves;
    } else {
      const [one, next] = help.joins;
      this.#list.querySelector(`[data-line="${next}"]`)?.remove();
      this.#pieces.set(one, [...(this.#pieces.get(one) ?? []), ...(this.#pieces.get(next) ?? [])]);
      this.#pieces.delete(next);
      first = one;
    }
    const item = this.#item(first);
    this.#list.querySelector(`[data-line="${first}"]`)?.replaceWith(item);
    this.#changed();
    const line = item.querySelector(".line-grip")?.textContent ?? "";
    const key = "leaves" in help ? "lines_left" : "lines_joined";
    this.#verdict.append(h("div", { class: "live-verdict" }, h("p", { text: say(key, { line }) })));
    /** @type {HTMLElement | null} */ (item.querySelector(".line-grip"))?.focus({ preventScroll: true });
  }
}
