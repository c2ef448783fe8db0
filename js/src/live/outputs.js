// What a cell shows: the output of the book until the reader's is there.

import { h } from "../core/dom.js";
import { columnsOf } from "./columns.js";
import { asTerminal, endOf } from "./printed.js";
import { phrase, say } from "./words.js";

/** @import { Cell } from "./cell.js" */
/** @import { PythonError } from "./protocol.js" */
/** @import { Bundle, Counted, Display, Kept, Metadata, Output, Stream, Update, Verdict } from "./types.js" */

const FIGURE = "application/vnd.nnlib.figure+json";
const VERDICT = "application/vnd.nnlib.verdict+json";
const PROGRESS = "application/vnd.nnlib.progress+json";
const TABLE = "application/vnd.nnlib.table+json";
const PIXELS_PER_POINT = 96 / 72;
const MOST = 500; // outputs of one run; of more, the last are shown

export class Outputs {
  #cell;
  /** @type {HTMLElement | null} */
  #host;
  /** The nodes that the book came with. @type {ChildNode[] | null} */
  #stored = null;
  /** The element with the reader's outputs. @type {HTMLElement | null} */
  #shown = null;
  /** The one that the present run fills. */
  #coming = h("div", { class: "live-output" });
  #clearing = false;
  /** displayId -> how to draw it anew. @type {Map<string, (newer: Bundle) => void>} */
  #views = new Map();
  /** How many of the run are shown no more. */
  #gone = 0;
  /** The outputs as they came, for the notebook. @type {Kept[]} */
  records = [];

  /** @param {Cell} cell */
  constructor(cell) {
    this.#cell = cell;
    const { element } = cell;
    this.#host = element.querySelector(".cell_output > figure") ?? element.querySelector(".cell_output");
  }

  /** Where outputs are; a cell that had none gets the place with its first. */
  get host() {
    if (!this.#host) {
      this.#host = h("div", { class: "cell_output docutils container" });
      /** @type {HTMLElement} */ (this.#cell.input.parentElement).append(this.#host);
    }
    return this.#host;
  }

  /** A run begins: what is there stays until something new comes. */
  begin() {
    this.#coming = h("div", { class: "live-output" });
    this.#clearing = false;
    this.#views.clear();
    this.records = [];
    this.#gone = 0;
  }

  /** Put what the run has made so far in the place of what was there. */
  show() {
    if (this.#shown === this.#coming) return;
    if (this.#stored === null) {
      this.#stored = [...this.host.childNodes].filter((node) => node.nodeName !== "FIGCAPTION");
      for (const node of this.#stored) node.remove();
    }
    this.#shown?.remove();
    this.#shown = this.#coming;
    this.host.prepend(this.#shown);
  }

  /** What came out, to be read aloud. */
  get text() {
    return this.#shown?.textContent ?? "";
  }

  /** Back to what the book came with. */
  restore() {
    this.#shown?.remove();
    if (this.#stored) this.host.prepend(...this.#stored);
    this.#shown = this.#stored = null;
    this.records = [];
  }

  /** @param {Output} output */
  add(output) {
    if (output.type === "clear" && output.wait) {
      this.#clearing = true;
      return;
    }
    if (output.type === "clear" || this.#clearing) {
      this.#coming.replaceChildren();
      this.records = [];
      this.#gone = 0;
      this.#clearing = false;
      if (output.type === "clear") return;
    }
    if (output.type === "stream") this.#stream(output);
    else if (output.type === "update") this.#update(output);
    else if (output.type === "state") this.#cell.page.figures.follow(output);
    else this.#display(output);
  }

  /** @param {Stream} output */
  #stream({ name, text }) {
    const last = this.records.at(-1);
    if (last?.type === "stream" && last.name === name) last.text += text;
    else {
      this.records.push({ type: "stream", name, text });
      this.#append(textBox(`stream${name === "stderr" ? " stderr" : ""}`));
    }
    const record = /** @type {Stream} */ (this.records.at(-1));
    const whole = record.text;
    record.text = endOf(whole);
    record.left = (record.left ?? 0) + whole.length - record.text.length;
    const stream = /** @type {Element} */ (this.#coming.lastElementChild);
    const box = preIn(stream);
    box.textContent = asTerminal(record.text);
    reachable(box);
    if (record.left) {
      const note = stream.querySelector(".live-left") ?? h("p", { class: "live-left" });
      note.textContent = say("left_out", { count: record.left.toLocaleString(document.documentElement.lang) });
      stream.prepend(note);
    }
    this.show();
  }

  /** @param {Display} output */
  #display({ type, data, metadata = {}, displayId }) {
    const own = data[VERDICT] && this.#cell.exercise?.verdict(data[VERDICT]); // it shows the verdict itself
    if (data[VERDICT]?.correct === null) return; // nothing was answered, and Jupyter says nothing
    if (own) {
      this.records.push({ type, data, metadata });
      return;
    }
    /** @type {Display} */
    const record = { type, data, metadata, displayId };
    this.records.push(record);
    const drawn = h("div", { class: "live-item" }, this.#draw(data, metadata));
    if (displayId)
      this.#views.set(displayId, (newer) => {
        record.data = newer;
        drawn.replaceChildren(...[this.#draw(newer, {})].flat());
      });
    this.#append(drawn);
    this.show();
  }

  /** Add an output; of too many the first goes. @param {HTMLElement} output */
  #append(output) {
    this.#coming.append(output);
    if (this.#coming.childElementCount - Math.sign(this.#gone) <= MOST) return;
    const note = this.#gone ? this.#coming.firstElementChild : h("p", { class: "live-left" });
    if (!this.#gone) this.#coming.prepend(/** @type {Element} */ (note));
    this.#gone += 1;
    note?.nextElementSibling?.remove();
    this.records.shift();
    const count = this.#gone.toLocaleString(document.documentElement.lang);
    if (note) note.textContent = say("outputs_left_out", { count });
  }

  /** @param {Update} output */
  #update({ displayId, data }) {
    this.#views.get(displayId)?.(data);
  }

  /** @param {Bundle} data @param {Metadata} metadata @returns {HTMLElement | HTMLElement[]} */
  #draw(data, metadata) {
    if (data[FIGURE]) return this.#cell.page.figures.draw(data[FIGURE]);
    if (data[VERDICT]) return verdictBox(data[VERDICT]);
    if (data[PROGRESS]) return progressBar(data[PROGRESS], data["text/plain"]);
    if (data[TABLE]) return columnsOf(data[TABLE]);
    if (data["image/svg+xml"]) return picture(data["image/svg+xml"], metadata["image/svg+xml"]?.dark, this.#alt());
    if (data["image/png"])
      return h("img", { class: "only-png", src: `data:image/png;base64,${data["image/png"]}`, alt: this.#alt() });
    const box = textBox("text_plain");
    preIn(box).textContent = data["text/plain"] ?? "";
    return box;
  }

  /** While the code is the book's, so is the description of its picture. */
  #alt() {
    const stored = /** @type {Partial<HTMLImageElement>[]} */ (this.#stored ?? [...(this.#host?.childNodes ?? [])]);
    const described = stored.map((node) => node.querySelector?.("img")?.alt ?? node.alt).find(Boolean);
    return (this.#cell.code === this.#cell.data.code && described) || say("picture", { number: this.#cell.number });
  }
}

/** What scrolls, and only that, can be reached and scrolled by the keyboard. */
const scrollers = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const text = /** @type {HTMLElement} */ (target);
    if (text.scrollHeight > text.clientHeight || text.scrollWidth > text.clientWidth) text.tabIndex = 0;
    else text.removeAttribute("tabindex");
  }
});

/**
 * Look at a text (again): what it holds may be more than what shows.
 * @template {Element} T
 * @param {T} text
 */
export function reachable(text) {
  scrollers.unobserve(text);
  scrollers.observe(text);
  return text;
}

const preIn = (/** @type {Element} */ box) => /** @type {HTMLPreElement} */ (box.querySelector("pre"));

const textBox = (/** @type {string} */ kind) =>
  h(
    "div",
    { class: `output ${kind} highlight-none notranslate` },
    h("div", { class: "highlight" }, reachable(h("pre"))),
  );

/** A verdict as Jupyter shows it: the mark, then the sentences. @param {Verdict} verdict */
export function verdictBox({ correct, text, more }) {
  const lines = (/** @type {string} */ said) =>
    said.split("\n").flatMap((line, index) => [index ? h("br") : null, ...phrase(line)]);
  return h(
    "div",
    { class: `live-verdict ${correct ? "right" : "wrong"}`, "data-correct": String(correct) },
    h("strong", { text: correct ? "✓ " : "✗ " }),
    lines(text),
    more ? h("details", {}, h("summary", { text: say("more") }), lines(more)) : null,
  );
}

/** An error, with its sentence of help. @param {PythonError} error @param {HTMLElement | null} help */
export function errorBox({ line, name, message, traceback }, help) {
  const trace = () => [h("summary", { text: say("traceback") }), reachable(h("pre", { text: traceback }))];
  return h(
    "div",
    { class: "live-error" },
    h("p", {}, h("strong", { text: line ? say("line", { line, name }) : name }), message ? `: ${message}` : ""),
    help,
    traceback && h("details", { class: "live-trace" }, trace()),
  );
}

/** @param {Counted} counted @param {string} [text] */
function progressBar({ done, total, unit }, text) {
  const known = total ? { max: total, value: done } : {};
  const counted = total ? `${done} / ${total} ${unit ?? ""}` : `${done} ${unit ?? ""}`;
  return h("p", { class: "live-progress" }, h("progress", { ...known, "aria-label": text ?? counted }), ` ${counted}`);
}

/**
 * The picture for each color scheme; as images, in which nothing runs.
 * @param {string} light @param {string | undefined} dark @param {string} alt
 */
function picture(light, dark, alt) {
  /** @type {Record<string, number>} */
  const size = {};
  for (const side of ["width", "height"]) {
    const points = new RegExp(`<svg\\b[^>]*?\\s${side}="([\\d.]+)pt"`).exec(light)?.[1];
    if (points) size[side] = Math.round(Number(points) * PIXELS_PER_POINT);
  }
  const image = (/** @type {string} */ svg, /** @type {string} */ kind) =>
    h("img", { class: kind, src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt, ...size });
  return dark ? [image(light, "only-light"), image(dark, "only-dark")] : [image(light, "only-given")];
}
