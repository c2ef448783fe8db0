// The line at the foot of the page: what Python is doing while it starts, why it cannot, and questions about the whole page.

import { h } from "../core/dom.js";
import { button, say } from "./words.js";

const SHOWN = 4000; // ms for which a remark stays
const BYTES = 1e6;
const PARTS = ["python", "numpy", "book", "drawing"];
const REASONS = ["missing", "network", "blocked", "crashed"];

export class Status {
  #line = h("div", { class: "live-line notice", hidden: true });
  #aloud = h("p", { class: "unseen live-aloud", role: "status" });
  #stage = h("p", { class: "unseen", role: "status" }); // Python's, which cuts nobody short
  #part = null;
  #timer = 0;

  constructor() {
    document.querySelector("main").append(this.#line, this.#aloud, this.#stage);
  }

  announce(words) {
    this.#aloud.textContent = words;
  }

  #put(...content) {
    clearTimeout(this.#timer);
    this.#line.replaceChildren(...content);
    this.#line.hidden = false;
  }

  #close() {
    this.#line.hidden = true;
    this.#part = null;
  }

  /** @param {"off"|"starting"|"ready"|"failed"} state of Python */
  show(state, { part, loaded, total, reason, message }) {
    if (state === "starting" || (state === "ready" && part)) this.#starting(part, loaded, total);
    else if (state === "failed") this.#failed(reason, message);
    else if (this.#part !== null) this.#close();
  }

  /** What is happening, how much of it is here, how long it takes. Aloud only when something new begins. */
  #starting(part, loaded, total) {
    const words = say("starting", { part: PARTS.includes(part) ? say(`part_${part}`) : "…" });
    if (this.#part !== words) this.#stage.textContent = words;
    this.#part = words;
    const megabytes = total ? ` ${(loaded / BYTES).toFixed(1)} / ${(total / BYTES).toFixed(1)} MB` : "";
    const bar = h("progress", { max: total || 1, value: total ? loaded : null, "aria-label": words });
    this.#put(`${words} `, bar, h("span", { class: "live-amount", text: megabytes }), ` ${say("starting_time")}`);
  }

  #failed(reason, message) {
    const why = REASONS.includes(reason) ? say(`failed_${reason}`) : message;
    const words = say("failed", { reason: why });
    this.announce(words);
    this.#put(h("span", { text: words }), " ", this.#otherWays(), " ", this.#closer());
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

  /** A remark. */
  warn(words) {
    this.announce(words);
    this.#put(words, " ", this.#closer());
    this.#timer = setTimeout(() => this.#close(), SHOWN + 60 * words.length);
  }

  /** A question; nothing happens unless it is answered. */
  ask(words, yes, act) {
    this.announce(words);
    const sure = button("sure", yes, () => {
      this.#close();
      act();
    });
    this.#put(words, " ", sure, " ", this.#closer());
    sure.focus();
  }
}
