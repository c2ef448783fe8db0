// The built page: no kernel. Each element that the build made from a notebook's stored state
// becomes the figure. One whose spec says under which name remembers what its reader did.

import { h } from "./dom.js";
import { showError } from "./error.js";
import { Figure } from "./figure.js";
import { languageOf } from "./messages.js";
import { keep, lasting, memory } from "./store.js";

/** @import { Spec, State, Store } from "./types.js" */
/** @typedef {Spec & {figure: string, state: State, remember?: string}} Stored what the build stores of a figure */

const NEAR = "100% 0px"; // figures are hydrated within one screen of the viewport

/**
 * Hydrate figures lazily: within one screen of the viewport, on the first Tab, before printing. One
 * after the other, so that the browser can answer in between; all at once would cost a phone too much.
 * @param {Document | HTMLElement} root
 */
export function hydrate(root = document) {
  /** @type {Map<HTMLElement, Stored>} */
  const waiting = new Map();
  /** @type {NodeListOf<HTMLElement>} */
  const stored = root.querySelectorAll(".nn-figure[data-state]:not([data-figure])");
  for (const element of stored) {
    const spec = specOf(element);
    if (spec) waiting.set(element, spec);
  }
  const hydrateOne = (/** @type {HTMLElement} */ element) => {
    const spec = waiting.get(element);
    if (!spec) return;
    observer.unobserve(element);
    element.removeAttribute("data-state");
    try {
      mount(element, spec);
    } catch (error) {
      showError(element, languageOf(element), error); // the others are hydrated nevertheless
    }
    waiting.delete(element);
  };
  let turn = Promise.resolve();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) turn = turn.then(() => hydrateOne(/** @type {HTMLElement} */ (target))).then(pause);
      }
    },
    { rootMargin: NEAR },
  );
  for (const element of waiting.keys()) observer.observe(element);
  const hydrateAll = () => {
    for (const element of [...waiting.keys()]) hydrateOne(element);
  };
  // The next stop of the keyboard may lie in a figure far away.
  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Tab") hydrateAll();
  });
  // A question has its choices on paper, too.
  addEventListener("beforeprint", hydrateAll);
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
 * Draw a figure that the page's own Python made; its state is at `element.figure`.
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
 * Add the picture of the stored state, which the caption describes, for printing; until then it is not even loaded.
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
