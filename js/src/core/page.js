// The built page: no kernel. Each element that the build made from a notebook's stored state
// becomes the figure. One whose spec says under which name remembers what its reader did.

import { h } from "./dom.js";
import { showError } from "./error.js";
import { Figure } from "./figure.js";
import { languageOf } from "./messages.js";
import { keep, lasting, memory } from "./store.js";

/** @import { Spec, State, Store } from "./types.js" */
/** @typedef {Spec & {figure: string, state: State, remember?: string}} Stored what the build stores of a figure */

const NEAR = "100% 0px"; // a figure wakes a screen before its reader sees it

/**
 * Let the figures of a page wake as the reader comes near, one after the other: between two, the
 * browser answers. What is far away would cost time at the beginning, and a phone has little.
 * @param {Document | HTMLElement} root
 */
export function hydrate(root = document) {
  /** @type {Map<HTMLElement, Stored>} */
  const asleep = new Map();
  /** @type {NodeListOf<HTMLElement>} */
  const stored = root.querySelectorAll(".nn-figure[data-state]:not([data-figure])");
  for (const element of stored) {
    const spec = specOf(element);
    if (spec) asleep.set(element, spec);
  }
  const wake = (/** @type {HTMLElement} */ element) => {
    const spec = asleep.get(element);
    if (!spec) return;
    observer.unobserve(element);
    element.removeAttribute("data-state");
    try {
      mount(element, spec);
    } catch (error) {
      showError(element, languageOf(element), error); // the others wake all the same
    }
    asleep.delete(element);
  };
  let turn = Promise.resolve();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) turn = turn.then(() => wake(/** @type {HTMLElement} */ (target))).then(pause);
      }
    },
    { rootMargin: NEAR },
  );
  for (const element of asleep.keys()) observer.observe(element);
  const wakeAll = () => {
    for (const element of [...asleep.keys()]) wake(element);
  };
  // The next stop of the keyboard may lie in a figure far away.
  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Tab") wakeAll();
  });
  // A question has its choices on paper, too.
  addEventListener("beforeprint", wakeAll);
}

/** @type {{scheduler?: {yield?: () => Promise<void>}}} */
const { scheduler } = globalThis;

/** @returns {Promise<void>} */
const pause = () => scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

/**
 * Read what the build stored, and name the element by it; null where nothing can be read.
 * @param {HTMLElement} element
 * @returns {Stored | null}
 */
function specOf(element) {
  try {
    addPrintFallback(element);
    const spec = JSON.parse(element.dataset.state ?? "");
    if (!spec.figure || typeof spec.state !== "object" || spec.state === null) throw new Error("No state");
    element.dataset.figure = spec.figure;
    if (spec.remember) element.dataset.id = spec.remember;
    return spec;
  } catch (error) {
    element.removeAttribute("data-state");
    showError(element, languageOf(element), error);
    return null;
  }
}

/**
 * Draw a figure that the page's own Python made; whoever asks finds its state at `element.figure`.
 * @param {HTMLElement} element @param {Stored} stored
 */
export function present(element, { figure, state, remember, ...spec }) {
  element.replaceChildren();
  return new Figure(element, { name: figure, spec, store: memory(state), initial: state });
}

/** @param {HTMLElement} element @param {Stored} stored */
function mount(element, { figure, state, remember, ...spec }) {
  const key = `nnlib.${remember}`;
  const make = (/** @type {Store} */ store) => new Figure(element, { name: figure, spec, store, initial: state });
  if (!remember) {
    make(memory(state));
  } else if (make(lasting(state, key)).broken) {
    // What was remembered may come from another edition of the book, or from anywhere.
    keep(state, key, state);
    make(lasting(state, key));
  }
}

// Pictures of the site's own, in links to them, and nothing else.
const PICTURES =
  /^\s*(?:<\/?(?:a|img)(?: (?:(?:alt|class|height|loading|width)="[^"<>]*"|(?:href|src)="[\w./?=-]+"))*\s*\/?>\s*)+$/;
const asPictures = (/** @type {string} */ text) => {
  if (!PICTURES.test(text)) throw new TypeError("Not the pictures of a figure");
  return text;
};
/** @typedef {{createHTML: (markup: string) => string}} Policy */
const { trustedTypes } = /** @type {{trustedTypes?: {createPolicy: (name: string, rules: Policy) => Policy}}} */ (
  /** @type {unknown} */ (globalThis)
);
/** @type {Policy | null} */
let policy = null;

/**
 * The one place where text becomes markup. The site lets it, by this name, and by what it takes.
 * @param {string} markup
 */
function trusted(markup) {
  const rules = { createHTML: asPictures };
  policy ??= trustedTypes?.createPolicy("nnlib-paper", rules) ?? rules;
  return policy.createHTML(markup);
}

/**
 * On paper stands the picture of the stored state, which the caption describes; until then it is not even loaded.
 * @param {HTMLElement} element
 */
function addPrintFallback(element) {
  const picture = element.querySelector("noscript")?.textContent;
  if (!picture) return;
  const paper = h("div", { class: "nn-paper" });
  paper.innerHTML = trusted(picture);
  element.classList.add("nn-has-paper");
  element.after(paper);
}
