// One figure on one page: its state, its language, its drawing, its end.
//
// A figure is `build(figure)`: it makes the elements once and returns `draw(state)`, which brings
// them up to date. All that a figure shows follows from its state, the synced traits of its Python
// class; so it can be stored, reset, tested and moved from either side.

import { button, choice, player, presets, readout, slider, toggle } from "./controls.js";
import { Diagram } from "./diagram.js";
import { h, set, uniqueId } from "./dom.js";
import { LANGUAGES, languageOf, translator } from "./messages.js";
import { Plot } from "./plot.js";
import { roomy, sentences } from "./room.js";
import { phrase, spoken } from "./typeset.js";
import shared from "messages/shared";

const QUIET = 500; // ms without change before the sentence is read aloud

const registry = new Map();

/**
 * Make a figure known by its name.
 * @param {string} name of the Python class
 * @param {Record<string, Record<string, string>>} catalogue its messages: language -> key -> text
 * @param {(figure: Figure) => (state: object) => void} build
 * @param {Record<string, string[]>} forms its formulas where they are longest: name -> mini-TeX
 */
export function define(name, catalogue, build, forms = {}) {
  const both = Object.fromEntries(
    Object.keys(LANGUAGES).map((language) => [language, { ...shared[language], ...catalogue[language] }]),
  );
  registry.set(name, { catalogue: both, build, forms });
}

/**
 * Where the state lives: on a page in an object, in Jupyter in the widget's model.
 * @typedef {{get: () => object, put: (patch: object) => void, listen: (callback: () => void, signal: AbortSignal) => void}} Store
 */

/** A store in memory. @returns {Store} */
export function memory(state) {
  let current = { ...state };
  const listeners = new Set();
  return {
    get: () => current,
    put: (patch) => {
      current = { ...current, ...patch };
      listeners.forEach((listener) => listener());
    },
    listen: (listener, signal) => {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener));
    },
  };
}

export class Figure {
  #draw = () => {};
  #controls = [];
  #plots = [];
  #resets = [];
  #said = "";
  #timer = 0;
  #end = new AbortController();
  number = "0.0000"; // as long as most numbers in its sentences

  /**
   * @param {HTMLElement} root gets the figure
   * @param {{name: string, spec: object, store: Store, initial?: object, language?: string, switchable?: (language: string) => void}} options
   *   `spec.messages`: words of this one figure, beside those of its kind; `initial`: the state that
   *   a reset brings back, if it is not the present one
   */
  constructor(root, { name, spec, store, initial, language, switchable }) {
    this.root = root;
    root.figure = this; // for tests, and for whoever looks at the page's console
    this.id = uniqueId("figure");
    this.name = name;
    this.store = store;
    this.controls = spec.controls ?? {};
    this.presets = Object.fromEntries((spec.presets ?? []).map((preset) => [preset.name, preset.traits]));
    this.data = spec.data ?? {};
    this.messages = spec.messages ?? {};
    this.initial = { ...(initial ?? store.get()) };
    this.language = language ?? languageOf(root);
    this.switchable = switchable;
    this.attempt(() => this.mount());
  }

  /** The state as it is now. Change it with `set`. */
  get state() {
    return this.store.get();
  }

  /** Ends when the figure is taken away: pass it to listeners outside the figure. */
  get signal() {
    return this.#end.signal;
  }

  mount() {
    const known = registry.get(this.name);
    if (!known) throw new Error(`Unknown figure ${this.name}`);
    const { [this.language]: words } = known.catalogue;
    this.t = translator({ [this.language]: { ...words, ...this.messages[this.language] } }, this.language);
    this.body = h("div", { class: "nn-body" });
    this.sentence = h("p", { class: "nn-sentence", id: uniqueId("sentence") });
    this.aloud = h("p", { class: "nn-aloud", "aria-live": "polite" });
    set(this.root, {
      "data-figure": this.name,
      role: "group",
      "aria-label": this.t("title"),
      lang: LANGUAGES[this.language].tag,
    });
    this.root.classList.add("nn-figure");
    const again = h("button", {
      type: "button",
      class: "nn-button nn-reset",
      "data-name": "reset",
      text: this.t("reset"),
      click: () => this.reset(),
    });
    this.foot = h("div", { class: "nn-foot" }, this.sentence, this.languageSwitch(), again);
    this.root.replaceChildren(this.body, this.foot, this.aloud);
    this.words = words;
    this.forms = known.forms;
    this.#draw = known.build(this);
    this.reserve();
    this.store.listen(() => this.refresh(), this.signal);
    const observer = new ResizeObserver(() => this.measure() && this.refresh());
    observer.observe(this.root);
    this.signal.addEventListener("abort", () => observer.disconnect());
    this.refresh();
    const laidOut = this.root.checkVisibility({ contentVisibilityAuto: true });
    if (laidOut && this.measure()) this.refresh(); // at once, so that the reader does not see it move
  }

  measure() {
    return this.#plots.map((plot) => plot.measure()).some(Boolean);
  }

  /** The foot is as high as the tallest sentence, unless the figure has put its sentence elsewhere. */
  reserve() {
    if (this.sentence.parentNode !== this.foot) return;
    this.foot.prepend(roomy(this.sentence, sentences(this)));
  }

  languageSwitch() {
    if (!this.switchable) return null;
    const languages = Object.keys(LANGUAGES);
    const other = languages[(languages.indexOf(this.language) + 1) % languages.length];
    return h("button", {
      type: "button",
      class: "nn-button nn-language",
      "data-name": "language",
      lang: LANGUAGES[other].tag,
      text: LANGUAGES[other].name,
      click: () => this.switchable(other),
    });
  }

  /** Change some of the state; everything that shows it follows at once. */
  set(patch) {
    this.attempt(() => this.store.put(patch));
  }

  /** Back to the state that the figure came with. */
  reset() {
    this.#resets.forEach((callback) => callback());
    this.set(this.initial);
    this.refresh(); // even where the state was the initial one: the callbacks forgot something
  }

  /** Call when the reader starts anew. */
  onReset(callback) {
    this.#resets.push(callback);
  }

  /** Bring everything up to date. */
  refresh() {
    this.attempt(() => {
      this.#draw(this.state);
      for (const update of this.#controls) update();
    });
  }

  /** The one sentence that says what the figure now shows; read aloud when things come to rest. */
  say(key, values) {
    const text = this.t(key, values);
    if (text === this.#said) return;
    const first = this.#said === "";
    this.#said = text;
    this.sentence.replaceChildren(...phrase(text));
    clearTimeout(this.#timer);
    if (!first)
      this.#timer = setTimeout(() => {
        this.aloud.textContent = spoken(text);
      }, QUIET);
  }

  /** Keep a control's element current. */
  control(node, update) {
    this.#controls.push(update);
    return node;
  }

  /**
   * A plot that takes part in the layout of the figure; the sentence describes it.
   * @param {import("./plot.js").PlotOptions} options
   */
  plot(options) {
    const plot = new Plot(options);
    set(plot.svg, { "aria-describedby": this.sentence.id });
    this.#plots.push(plot);
    return plot;
  }

  /** A network diagram: see diagram.js. */
  diagram(options) {
    return new Diagram(this, options);
  }

  slider(name, options) {
    return slider(this, name, options);
  }
  choice(name, options) {
    return choice(this, name, options);
  }
  toggle(name, options) {
    return toggle(this, name, options);
  }
  button(options) {
    return button(this, options);
  }
  presetButtons(names) {
    return presets(this, names);
  }
  player(name, options) {
    return player(this, name, options);
  }
  readout(name, options) {
    return readout(name, { forms: this.forms[name], ...options });
  }

  /** Put rows into the body: plots side by side, controls side by side, formulas. */
  show(...rows) {
    this.body.append(...rows.filter(Boolean));
  }

  /** Plots, or other elements, side by side where the page is wide enough. */
  row(...items) {
    return h(
      "div",
      { class: "nn-row" },
      items.map((item) => item.node ?? item),
    );
  }

  /** Controls side by side. */
  panel(...items) {
    return h("div", { class: "nn-panel" }, items);
  }

  /** A figure that cannot go on says so in its place. */
  attempt(action) {
    if (this.broken) return;
    try {
      action();
    } catch (error) {
      this.broken = error;
      this.#end.abort();
      complain(this.root, this.language, error);
    }
  }

  /** Take the figure away: no listener, timer or animation stays. */
  destroy() {
    this.#end.abort();
    clearTimeout(this.#timer);
    this.root.replaceChildren();
  }
}

/** Say in a figure's place why it is not there. */
export function complain(root, language, error) {
  root.classList.add("nn-figure");
  root.replaceChildren(
    h(
      "p",
      { class: "nn-broken", role: "alert" },
      translator(shared, language)("broken"),
      " ",
      h("code", { text: error.message }),
    ),
  );
}
