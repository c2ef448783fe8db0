// The line at the foot of the page: what Python is doing while it starts, why it cannot, and questions about the whole page.

import { h } from "../core/dom.js";
import { button, say } from "./words.js";

const SHOWN = 4000; // ms for which a remark stays
const BYTES = 1e6;
/** @import { Detail, PythonState } from "./types.js" */

/** @type {unknown[]} */
const PARTS = ["python", "numpy", "book", "drawing", "letters"];
/** @type {unknown[]} */
const REASONS = ["missing", "network", "blocked", "crashed"]; // why it does not start

export class Status {
  #line = h("div", { class: "live-line notice", hidden: true });
  #aloud = h("p", { class: "unseen live-aloud", role: "status" });
  #stage = h("p", { class: "unseen", role: "status" }); // Python's, which cuts nobody short
  /** @type {string | null} */
  #part = null;
  /** Whether a remark or a question is there, which no progress pushes away. */
  #held = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    main.append(this.#line, this.#aloud, this.#stage);
  }

  /** @param {string} words */
  announce(words) {
    this.#aloud.textContent = words;
  }

  /** @param {(Node | string)[]} content */
  #put(...content) {
    clearTimeout(this.#timer);
    this.#line.replaceChildren(...content);
    this.#line.hidden = false;
    this.#held = false;
  }

  #close() {
    this.#line.hidden = true;
    this.#part = null;
    this.#held = false;
  }

  /** @param {PythonState} state @param {Detail} detail */
  show(state, detail) {
    if (state === "starting" || (state === "ready" && detail.part)) this.#starting(detail);
    else if (state === "failed") this.#failed(detail);
    else if (this.#held) this.#part = null;
    else if (this.#part !== null) this.#close();
  }

  /**
   * What is happening, how much of it is here, how long it takes. Aloud only when something new begins.
   * @param {Detail} detail
   */
  #starting({ part, loaded = 0, total = 0 }) {
    const words = say("starting", { part: PARTS.includes(part) ? say(`part_${part}`) : "…" });
    if (this.#part !== words) this.#stage.textContent = words;
    this.#part = words;
    if (this.#held) return;
    const megabytes = total ? ` ${(loaded / BYTES).toFixed(1)} / ${(total / BYTES).toFixed(1)} MB ·` : "";
    const bar = h("progress", { max: total || 1, value: total ? loaded : null, "aria-label": words });
    this.#put(`${words} `, bar, h("span", { class: "live-amount", text: megabytes }), ` ${say("starting_time")}`);
  }

  /** @param {Detail} detail */
  #failed({ reason, message = "" }) {
    const why = REASONS.includes(reason) ? say(`failed_${reason}`) : message;
    const ended = reason === "ended";
    const words = ended ? say("ended") : say("failed", { reason: why });
    this.announce(words);
    this.#put(h("span", { text: words }), " ", ...(ended ? [] : [this.#otherWays(), " "]), this.#closer());
  }

  /** JupyterLite, Binder, Colab and the notebook itself, as the menu has them. */
  #otherWays() {
    const ways = [...document.querySelectorAll(".menu li:not([hidden]) a")].map((link) => link.cloneNode(true));
    return h(
      "span",
      { class: "live-ways" },
      ways.flatMap((link) => [link, " "]),
    );
  }

  #closer() {
    return button("close", say("close"), () => this.#close());
  }

  /** A remark. @param {string} words */
  warn(words) {
    this.announce(words);
    this.#put(words, " ", this.#closer());
    this.#held = true;
    this.#timer = setTimeout(() => this.#close(), SHOWN + 60 * words.length);
  }

  /**
   * A question; nothing happens unless it is answered.
   * @param {string} words @param {string} yes @param {() => void} act
   * @param {[string, () => void] | []} [other] another answer
   */
  ask(words, yes, act, [less, actLess] = []) {
    this.announce(words);
    const answer = (/** @type {string} */ name, /** @type {string} */ text, /** @type {() => void} */ does) =>
      button(name, text, () => {
        this.#close();
        does();
      });
    const sure = answer("sure", yes, act);
    this.#put(words, " ", sure, " ", ...(less && actLess ? [answer("less", less, actLess), " "] : []), this.#closer());
    this.#held = true;
    sure.focus();
  }
}
