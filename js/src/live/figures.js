// Figures that Python made on this page. The page's own front end draws them, and Python learns what a reader moves in them.

import { h } from "../core/dom.js";

/** @import { State } from "../core/types.js" */
/** @import { FigureElement, FigureSpec, Follow } from "./types.js" */

const fileOf = (/** @type {string} */ name) => `${name.replace(/(?<!^)(?=[A-Z])/g, "_").toLowerCase()}.js`;

export class Figures {
  #load;
  /** By file. @type {Map<string, Promise<void>>} */
  #coming = new Map();
  /** By figureId; the state as Python knows it. @type {Map<string, {element: FigureElement, state: State}>} */
  #known = new Map();

  /** @param {(address: string) => Promise<void>} load brings a script of the site */
  constructor(load) {
    this.#load = load;
  }

  /** The element of a new figure; it is drawn as soon as its script is here. @param {FigureSpec} stored */
  draw({ figureId, ...spec }) {
    const element = h("div", { class: "nn-figure" });
    this.#known.set(figureId, { element, state: { ...spec.state } });
    this.#script("core.js")
      .then(() => this.#script(fileOf(spec.figure)))
      .then(() => globalThis.nnlibFigures.present(element, spec))
      .catch((error) => {
        element.textContent = error.message;
      });
    return element;
  }

  /** A figure of the book whose object now exists in Python, too. @param {FigureSpec} spec @param {FigureElement} element */
  adopt({ figureId, state }, element) {
    this.#known.set(figureId, { element, state: { ...state } });
  }

  /** @param {string} file */
  #script(file) {
    const there = document.querySelector(`script[src*="/figures/${file}"]`);
    let coming = this.#coming.get(file);
    if (!coming) {
      const address = `${document.documentElement.dataset.content_root}_static/figures/${file}`;
      coming = there ? Promise.resolve() : this.#load(address);
      this.#coming.set(file, coming);
    }
    return coming;
  }

  /** What Python does not know yet of what readers moved. @returns {[string, object][]} */
  moved() {
    /** @type {[string, object][]} */
    const found = [];
    for (const [id, known] of this.#known) {
      const now = known.element.isConnected ? known.element.figure?.state : null;
      if (!now) continue;
      const changed = Object.entries(now).filter(([name, value]) => !same(value, known.state[name]));
      if (!changed.length) continue;
      known.state = { ...now };
      found.push([id, Object.fromEntries(changed)]);
    }
    return found;
  }

  /** A later cell changed the object of a figure: its view follows. @param {Follow} output */
  follow({ figureId, state }) {
    const known = this.#known.get(figureId);
    if (!known) return;
    known.state = { ...known.state, ...state };
    known.element.figure?.set(state);
  }

  /** A new Python knows none of them. */
  forget() {
    this.#known.clear();
  }
}

/** @param {unknown} one @param {unknown} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
