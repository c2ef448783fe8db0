// One figure on one page: its state, its language, its drawing, its end.
//
// A figure is `build(figure)`: it makes the elements once and returns `draw(state)`, which brings them up to date. All that it
// shows follows from its state, the synced traits of its Python class; so it can be stored, reset, tested and moved from either side.
// A page wakes it in pieces, so that a slow phone answers in between: each `yield` of a build or a first drawing ends one.

import shared from "words:messages/shared";
import { button, choice, presets, readout, slider, toggle } from "./controls.js";
import { Diagram } from "./diagram.js";
import { h, set, uniqueId } from "./dom.js";
import { showError } from "./error.js";
import { footButtons, reserve } from "./foot.js";
import { LANGUAGES, languageOf, translator } from "./messages.js";
import { player } from "./player.js";
import { Plot } from "./plot.js";
import { inItsPlace } from "./room.js";
import { showPhrase, spoken } from "./typeset.js";

/** @import { Build, Child, Draw, PlotOptions, Spec, State, Store, Translate, Words } from "./types.js" */

const QUIET = 500; // ms without change before the sentence is read aloud

/** @type {Map<string, {catalogue: Record<string, Words>, build: Build, forms: Record<string, string[]>}>} */
const registry = new Map();

/**
 * Make a figure known by its name.
 * @param {string} name of the Python class
 * @param {import("./types.js").Catalogue} catalogue its messages
 * @param {Build} build
 * @param {Record<string, string[]>} forms its formulas where they are longest: name -> mini-TeX
 */
export function define(name, catalogue, build, forms = {}) {
  const both = Object.fromEntries(
    Object.keys(LANGUAGES).map((language) => [language, { ...shared[language], ...catalogue[language] }]),
  );
  registry.set(name, { catalogue: both, build, forms });
}

/**
 * @template {State} [S=State] its traits
 * @template [D=any] what Python says in `data`
 */
export class Figure {
  /** @type {Draw} */ #draw = () => {};
  /** @type {Node[]} */ #rows = []; // of the body, those to come
  /** @type {(() => void)[]} */ #controls = [];
  /** @type {Plot[]} */ #plots = [];
  /** @type {(() => void)[]} */ #resets = [];
  said = ""; // as a message: its formulas between dollars
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #end = new AbortController();
  #making = inItsPlace(this, this.make());
  number = "0.0000"; // as long as most numbers in its sentences
  /** Look up a message of this figure. @type {Translate} */
  t;
  /** Why the figure cannot go on. @type {unknown} */
  broken = null;
  body = h("div", { class: "nn-body" });
  sentence = h("p", { class: "nn-sentence", id: uniqueId("sentence") });
  aloud = h("p", { class: "nn-aloud", "aria-live": "polite" });
  foot = h("div", { class: "nn-foot" });

  /**
   * @typedef {object} FigureOptions
   * @property {string} name of the Python class
   * @property {Spec} spec
   * @property {Store} store
   * @property {State} [initial] the state that a reset brings back, if it is not the present one
   * @property {string} [language]
   * @property {(language: string) => void} [switchable]
   * @property {boolean} [slowly] in pieces: see `advance`
   *
   * @param {HTMLElement & {figure?: Figure}} root gets the figure
   * @param {FigureOptions} options
   */
  constructor(root, { name, spec, store, initial, language, switchable, slowly }) {
    this.root = root;
    this.id = uniqueId("figure");
    this.name = name;
    this.store = store;
    this.controls = spec.controls ?? {};
    this.presets = Object.fromEntries((spec.presets ?? []).map((preset) => [preset.name, preset.traits]));
    this.data = /** @type {D} */ (spec.data ?? {});
    this.messages = spec.messages ?? {};
    this.initial = /** @type {S} */ ({ ...(initial ?? store.get()) });
    this.language = language ?? languageOf(root);
    this.switchable = switchable;
    const { catalogue, forms = {} } = registry.get(name) ?? {};
    this.words = catalogue?.[this.language] ?? shared[this.language];
    this.forms = forms;
    this.t = translator({ [this.language]: { ...this.words, ...this.messages[this.language] } }, this.language);
    while (!slowly && this.advance());
  }

  /** The state as it is now. Change it with `set`. */
  get state() {
    return /** @type {S} */ (this.store.get());
  }

  /** Ends when the figure is taken away: pass it to listeners outside the figure. */
  get signal() {
    return this.#end.signal;
  }

  /** Make the next piece of the figure, so that the page can answer in between; tell whether there are more. */
  advance() {
    let more = false;
    this.attempt(() => {
      more = !this.#making.next().done;
    });
    return more;
  }

  *make() {
    const known = registry.get(this.name);
    if (!known) throw new Error(`Unknown figure ${this.name}`);
    set(this.root, {
      "data-figure": this.name,
      role: "group",
      "aria-label": this.t("title"),
      lang: LANGUAGES[this.language].tag,
    });
    this.root.classList.add("nn-figure");
    this.foot.append(this.sentence, ...footButtons(this));
    this.root.replaceChildren(this.body, this.foot, this.aloud);
    yield;
    const made = known.build(this);
    this.#draw = typeof made === "function" ? made : yield* made;
    for (const row of this.#rows) {
      this.body.getBoundingClientRect(); // each row is laid out by itself
      yield;
      this.body.append(row);
    }
    yield;
    yield* reserve(this);
    yield;
    const laidOut = () => this.root.checkVisibility({ contentVisibilityAuto: true });
    for (const plot of laidOut() ? this.#plots : []) {
      plot.measure();
      yield;
    }
    yield* this.drawing();
    if (laidOut() && this.measure()) this.refresh(); // at once, so that the reader does not see it move
    this.root.figure = this; // for tests and for the page's console
    this.store.listen(() => this.refresh(), this.signal);
    const observer = new ResizeObserver(() => this.measure() && this.refresh());
    observer.observe(this.root);
    this.signal.addEventListener("abort", () => observer.disconnect());
  }

  measure() {
    return this.#plots.map((plot) => plot.measure()).some(Boolean);
  }

  /** Change some of the state; everything that shows it follows at once. @param {Partial<S>} patch */
  set(patch) {
    this.attempt(() => this.store.put(patch));
  }

  /** Back to the state that the figure came with. */
  reset() {
    for (const callback of this.#resets) callback();
    this.set(this.initial);
    this.refresh(); // even where the state was the initial one: the callbacks forgot something
  }

  /** Call when the reader starts over. @param {() => void} callback */
  onReset(callback) {
    this.#resets.push(callback);
  }

  /** Bring everything up to date. */
  refresh() {
    this.attempt(() => {
      for (const _ of this.drawing());
    });
  }

  *drawing() {
    yield* this.#draw(this.state) ?? [];
    yield;
    for (const update of this.#controls) update();
  }

  /**
   * The one sentence that says what the figure now shows; read aloud when things come to rest.
   * @param {string} key "" for nothing @param {Record<string, unknown>} [values]
   */
  say(key, values) {
    const text = key && this.t(key, values);
    if (text === this.said) return;
    const first = this.root.figure !== this; // what it comes with is no news
    this.said = text;
    showPhrase(this.sentence, text);
    clearTimeout(this.#timer);
    if (!first)
      this.#timer = setTimeout(() => {
        this.aloud.textContent = spoken(text);
      }, QUIET);
  }

  /**
   * Keep a control's element current.
   * @template {Element} Control
   * @param {Control} node @param {() => void} update
   */
  control(node, update) {
    this.#controls.push(update);
    return node;
  }

  /**
   * A plot that takes part in the layout of the figure; the sentence describes it.
   * @param {PlotOptions} options
   */
  plot(options) {
    const plot = new Plot(options);
    set(plot.svg, { "aria-describedby": this.sentence.id });
    this.#plots.push(plot);
    return plot;
  }

  /** A network diagram: see diagram.js. @param {import("./diagram.js").DiagramOptions} options */
  diagram(options) {
    return new Diagram(this, options);
  }

  // The controls: see controls.js and player.js.
  /** @param {string} name @param {import("./controls.js").SliderOptions} options */
  slider(name, options) {
    return slider(this, name, options);
  }
  /** @param {string} name @param {import("./controls.js").ChoiceOptions} options */
  choice(name, options) {
    return choice(this, name, options);
  }
  /** @param {string} name @param {{label: string}} options */
  toggle(name, options) {
    return toggle(this, name, options);
  }
  /** @param {import("./controls.js").ButtonOptions} options */
  button(options) {
    return button(this, options);
  }
  /** @param {string[]} [names] @param {string} [label] */
  presetButtons(names, label) {
    return presets(this, names, label);
  }
  /** @param {string} name @param {import("./player.js").PlayerOptions} options */
  player(name, options) {
    return player(this, name, options);
  }
  /** @param {string} name @param {{label?: string, color?: string, forms?: string[]}} [options] */
  readout(name, options) {
    return readout(name, { forms: this.forms[name], ...options });
  }

  /** Put rows into the body: plots side by side, controls side by side, formulas. @param {(HTMLElement | null)[]} rows */
  show(...rows) {
    const there = rows.filter((row) => row !== null);
    if (has(there, "nn-aside")) this.body.classList.add("nn-beside");
    this.#rows.push(...there);
  }

  /** Plots, or other elements, side by side where the page is wide enough. @param {(HTMLElement | {node: HTMLElement})[]} items */
  row(...items) {
    const nodes = items.map((item) => ("node" in item ? item.node : item));
    return h("div", { class: has(nodes, "nn-formula") ? "nn-row nn-with-formula" : "nn-row" }, nodes);
  }

  /** Controls side by side. @param {Child[]} items */
  panel(...items) {
    return h("div", { class: "nn-panel" }, items);
  }

  /** A figure that cannot go on says so in its place. @param {() => void} action */
  attempt(action) {
    if (this.broken) return;
    try {
      action();
    } catch (error) {
      this.broken = error;
      this.root.figure = this;
      this.#end.abort();
      showError(this.root, this.language, error);
    }
  }

  /** Take the figure away: no listener, timer or animation stays. */
  destroy() {
    this.#end.abort();
    clearTimeout(this.#timer);
    this.root.replaceChildren();
  }
}

/** Whether an element of a list is of a class. @param {HTMLElement[]} elements @param {string} name */
const has = (elements, name) => elements.some(({ classList }) => classList.contains(name));
