// One cell of the page: its editor, its buttons, its state, its outputs.

import { h, unfoldAround } from "../core/dom.js";
import { lineSeen, withCheck, withoutCheck } from "./check.js";
import { Exercise } from "./exercise.js";
import { errorIn, helpFor } from "./help.js";
import { errorBox, Outputs } from "./outputs.js";
import { button, phrase, say } from "./words.js";

/** @import { Child } from "../core/types.js" */
/** @import { Page } from "./page.js" */
/** @import { Names, PythonError, Result } from "./protocol.js" */
/** @import { AnyCell, CellData, CellState, FigureElement, Output, Ran, Verdict } from "./types.js" */
/** @typedef {ReturnType<typeof import("./editor.js").createEditor>} Editor */
/** @typedef {{quiet: boolean}} RunOptions quiet: the cell is the book's, and so is the output that stands there */

const SPOKEN = 300; // letters of an output that are read aloud
/** @type {{[state in CellState]?: string}} */
const WORDS = { idle: "idle", stale: "stale", queued: "queued", starting: "waiting", running: "running", done: "ran" };
const FIGURE = "application/vnd.nnlib.figure+json";

export class Cell {
  /** @type {Editor | null} */
  #editor = null;
  /** The reader's code, null while it is the book's. @type {string | null} */
  #written = null;
  /** What Python says of the names in the reader's code, and which code that was. @type {{code: string, names: Names} | null} */
  #read = null;
  /** The last run that came to an end. @type {Ran | null} */
  ran = null;
  /** @type {number | null} */
  count = null;
  /** Where the editor is. @type {HTMLElement | null} */
  host = null;
  /** @type {Exercise | undefined} */
  exercise = undefined;

  /** @param {Page} page @param {HTMLElement} element @param {CellData} data @param {number} number */
  constructor(page, element, data, number) {
    this.page = page;
    this.element = element;
    this.data = data;
    this.number = number;
    this.input = /** @type {HTMLElement} */ (element.querySelector(".cell_input"));
    this.static = /** @type {HTMLElement} */ (this.input.querySelector("[class*='highlight-']"));
    this.bar = /** @type {HTMLElement} */ (element.querySelector(".live-bar"));
    this.atRest = /** @type {HTMLElement[]} */ ([...this.bar.children]);
    this.status = h("span", { class: "live-status" });
    this.message = h("div", { class: "live-message", role: "status" });
    this.outputs = new Outputs(this);
    if (data.role === "answer") this.exercise = new Exercise(this);
    // An answer is a chapter of its own, and so is a solution.
    this.space = data.exercise ?? "";
    this.asks = this.exercise !== undefined;
    this.buttons = {
      go: button(this.asks ? "check" : "run", say(this.asks ? "check" : "run"), () => this.run()),
      stop: button("stop", say("stop"), () => page.stop(this)),
      reset: button("reset", say("reset"), () => this.reset()),
    };
    this.buttons.stop.hidden = true;
    this.bar.prepend(this.status);
    this.bar.after(this.message);
  }

  /** The code as it would run now. */
  get code() {
    return this.#written ?? this.data.code;
  }

  /** The names in the code; where Python has not read it yet, those that it found last. */
  get names() {
    return this.#written === null ? this.data : (this.#read?.names ?? this.data);
  }

  /** Whether Python has not read the reader's code. */
  get unread() {
    return this.#written !== null && this.#read?.code !== this.#written;
  }

  /** Python has read code of this cell. @param {string} code @param {Names} names */
  read(code, names) {
    this.#read = { code, names };
  }

  /** The reader's code, if it is not the book's. */
  get written() {
    return this.#written;
  }

  get state() {
    return /** @type {CellState} */ (this.element.dataset.state);
  }

  /** Whether it waits for its turn, or it is its turn. */
  get busy() {
    return ["queued", "starting", "running"].includes(this.state);
  }

  /** @param {CellState} state */
  set state(state) {
    this.element.dataset.state = state;
    if (!this.busy && this.buttons.stop.matches(":focus")) this.buttons.go.focus();
    this.buttons.stop.hidden = !this.busy;
    const silent = this.asks ? ["idle", "done"].includes(state) : state === "idle" && !this.#editor;
    const words = silent ? undefined : WORDS[state];
    this.tell(words ? say(words) : "");
  }

  /** A few words beside the buttons. @param {string} words */
  tell(words) {
    this.status.textContent = words;
  }

  // ---- The editor ----

  /** Let the cell be edited, in its place. @param {{x: number, y: number}} [at] where the cursor goes */
  open(at) {
    const opening = !this.#editor;
    const editor = this.#editor ?? this.#makeEditor();
    if (at) editor.goTo(at);
    editor.focus();
    if (opening) this.page.warmUp();
  }

  /** A link leads to this exercise: its answer gets the keyboard. Python waits for the first letter. */
  arrive() {
    unfoldAround(this.element);
    if (this.exercise?.field) this.exercise.field.focus();
    else (this.#editor ?? this.#makeEditor()).focus();
  }

  #makeEditor() {
    const host = h("div", { class: "live-editor" });
    this.static.classList.add("live-behind");
    this.static.after(host);
    const editor = globalThis.nnlibEditor.createEditor(host, {
      code: withoutCheck(this.code, this.data),
      label: this.exercise
        ? say("editor_exercise", { title: this.exercise.title })
        : say("editor", { number: this.number }),
      changed: (code) => this.#change(code),
      run: () => this.run(),
      leaves: () => this.page.announce(say("leaves")),
    });
    this.#editor = editor;
    this.host = host;
    const focused = this.bar.contains(document.activeElement);
    this.bar.replaceChildren(this.status, ...Object.values(this.buttons));
    this.element.dataset.open = "";
    if (focused) this.buttons.go.focus();
    if (this.state === "idle") this.state = "idle"; // it can be run now, and has not been
    return editor;
  }

  #closeEditor() {
    if (!this.#editor || !this.host) return;
    const focused = this.host.contains(document.activeElement) || this.bar.contains(document.activeElement);
    this.#editor.view.destroy();
    this.host.remove();
    this.#editor = null;
    this.static.classList.remove("live-behind");
    this.bar.replaceChildren(this.status, ...this.atRest);
    delete this.element.dataset.open;
    if (focused) this.atRest[0].focus();
  }

  /** @param {string} text */
  #change(text) {
    const code = withCheck(text, this.data);
    this.#written = code === this.data.code ? null : code;
    this.page.work.put(this.data.id, this.#written);
    this.page.marksChanged();
    this.page.warmUp();
  }

  /** Code that comes from elsewhere: the last visit, another tab, a notebook. @param {string} code */
  write(code) {
    if (this.#editor?.focused && document.hasFocus()) return; // being written here, and newer with the next letter
    const whole = withCheck(withoutCheck(code, this.data), this.data);
    this.#written = whole === this.data.code ? null : whole;
    const folded = getComputedStyle(this.input).display === "none"; // it stays so: nothing moves while a page loads
    if (this.#written !== null && !this.#editor && !folded) this.#makeEditor();
    this.#editor?.put(withoutCheck(whole, this.data));
  }

  /** The book's code and output again. */
  reset() {
    if (this.busy) this.page.stop(this);
    if (this.#written !== null) {
      this.#written = null;
      this.page.work.put(this.data.id, null);
    }
    this.ran = null;
    this.outputs.restore();
    this.message.replaceChildren();
    this.exercise?.form?.reset();
    if (this.asks) this.#editor?.put(withoutCheck(this.code, this.data));
    else this.#closeEditor();
    this.#editor?.mark(null);
    this.state = "idle";
    this.page.marksChanged();
  }

  // ---- Running ----

  run() {
    if (!this.#editor) this.#makeEditor();
    return this.page.run(this);
  }

  /** A run begins, perhaps on the way to another cell's. */
  begin() {
    this.outputs.begin();
    this.message.replaceChildren();
    this.#editor?.mark(null);
    this.state = this.page.ready ? "running" : "starting";
  }

  /**
   * Take in an output. What a cell of the book shows on the way to another one is there already.
   * @param {Output} output @param {RunOptions} options
   */
  take(output, { quiet }) {
    const figure = output.data?.[FIGURE];
    /** @type {FigureElement | null} */
    const stored = quiet && figure ? this.element.querySelector(".nn-figure") : null;
    if (figure && stored) this.page.figures.adopt(figure, stored);
    if (!quiet || output.type === "state") this.outputs.add(output);
  }

  /** The run came to an end. @param {Result} result @param {RunOptions} options */
  end({ status, error, count }, { quiet }) {
    if (status === "stopped") {
      if (!this.busy) return; // it is the book's again
      this.state = "idle";
      if (!quiet) this.message.replaceChildren(h("p", { text: say("stopped") }));
      return;
    }
    this.count = count;
    if (!quiet || error) this.outputs.show();
    if (error) this.#fail(error);
    else this.state = "done";
    if (quiet) return;
    this.#reveal();
    this.page.announce(`${say("cell", { number: this.number })}: ${this.outputs.text.slice(0, SPOKEN)}`);
  }

  /** @param {PythonError} error */
  #fail(error) {
    this.state = "error";
    if (error.line && !this.#editor) this.#makeEditor();
    const line = lineSeen(error.line, withoutCheck(this.code, this.data));
    this.#editor?.mark(line ?? null);
    this.message.replaceChildren(errorBox({ ...error, line }, this.#helpWith(error)));
  }

  /** @param {PythonError} error */
  #helpWith(error) {
    const help = helpFor(error, this.code, this.page.namesOutside(this));
    return help && h("p", { class: "live-help" }, phrase(say(help.key, help.values)));
  }
  /** The help for an error that a verdict tells of. @param {Verdict} verdict */
  helpInside(verdict) {
    const error = errorIn(verdict);
    return error && this.#helpWith(error);
  }

  /** A cell above stopped, so this one has not run. @param {AnyCell} other */
  failAbove(other) {
    this.state = "error";
    const link = h("a", { href: "#", text: say("cell", { number: other.number }) });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      other.show();
    });
    this.message.replaceChildren(h("p", {}, say("above_failed"), " ", link));
    this.#reveal();
  }

  /** A verdict or an error may be below the screen: it comes into view, if the code is still there. */
  #reveal() {
    const { top, bottom } = this.input.getBoundingClientRect();
    if (this.message.firstChild && top < innerHeight && bottom > 0) this.message.scrollIntoView({ block: "nearest" });
  }

  /** Ask a question about this run; returns what takes it away. @param {string} words @param {Child[]} answers */
  ask(words, answers) {
    const question = h("p", { class: "live-question" }, words, " ", answers);
    this.message.append(question);
    return () => question.remove();
  }

  /** Bring the cell into view, and the keyboard to it. */
  show() {
    unfoldAround(this.element);
    this.element.querySelector(":scope > details")?.setAttribute("open", "");
    this.open();
    this.element.scrollIntoView({ block: "center" });
  }
}
