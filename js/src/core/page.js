// The built page: no kernel. Each element that the build made from a notebook's stored state
// becomes the figure. One whose spec says under which name remembers what its reader did.

import { h, set, unfoldAround } from "./dom.js";
import { showError } from "./error.js";
import { Figure } from "./figure.js";
import { languageOf } from "./messages.js";
import { keep, lasting, memory } from "./store.js";
import { bring } from "./way_back.js";

/** @import { Spec, State, Store } from "./types.js" */
/** @typedef {Spec & {figure: string, state: State, remember?: string}} Stored what the build stores of a figure */

const NEAR = "100% 0px"; // figures are hydrated within one screen of the viewport

/**
 * Hydrate figures lazily: within one screen of the viewport, on the first Tab, before printing. One after
 * the other and each in pieces, so that the browser can answer in between; all at once would cost a phone too much.
 * @param {Document | HTMLElement} root
 */
export function hydrate(root = document) {
  /** @type {Map<HTMLElement, Generator<void, void>>} */
  const waiting = new Map();
  /** @type {NodeListOf<HTMLElement>} */
  const stored = root.querySelectorAll(".nn-figure[data-state]:not([data-figure])");
  for (const element of stored) {
    const spec = specOf(element);
    if (spec) waiting.set(element, pieces(element, spec));
  }
  const wake = async (/** @type {HTMLElement} */ element) => {
    observer.unobserve(element);
    while (!waiting.get(element)?.next().done && waiting.has(element)) await pause();
    waiting.delete(element);
  };
  let turn = Promise.resolve();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) turn = turn.then(() => wake(/** @type {HTMLElement} */ (target)));
      }
    },
    { rootMargin: NEAR },
  );
  for (const element of waiting.keys()) observer.observe(element);
  const hydrateAll = () => {
    for (const [element, making] of waiting) {
      observer.unobserve(element);
      while (!making.next().done);
    }
    waiting.clear();
  };
  // The next stop of the keyboard may lie in a figure far away.
  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Tab") hydrateAll();
  });
  // A question has its choices on paper, too.
  addEventListener("beforeprint", hydrateAll);
  // Words of the text that set a figure: a link to it that says how, or which of its buttons they press.
  root.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[data-traits]");
    const element = link && figureOf(/** @type {HTMLAnchorElement} */ (link));
    if (!element) return;
    event.preventDefault();
    unfoldAround(element);
    const making = waiting.get(element);
    while (making && !making.next().done);
    waiting.delete(element);
    const { figure } = element;
    if (!figure) return;
    const { preset, press, ...traits } = JSON.parse(/** @type {HTMLElement} */ (link).dataset.traits ?? "{}");
    if (press) {
      const pressed = /** @type {HTMLElement} */ (element.querySelector(`[data-name="${press}"]`));
      pressed.click();
      mirror(figure, pressed, /** @type {HTMLElement} */ (link));
      // What was pressed stays in view, above the figure.
      const { bottom } = element.getBoundingClientRect();
      if (bottom > innerHeight) link?.scrollIntoView({ block: "start", behavior: "smooth" });
      return;
    }
    figure.set({ ...figure.initial, ...figure.presets[preset], ...traits });
    bring(element, /** @type {HTMLAnchorElement} */ (link));
    element.classList.remove("nn-moved");
    requestAnimationFrame(() => element.classList.add("nn-moved"));
  });
}

/**
 * Words that press a button say, while it plays, what they do then.
 * @param {Figure} figure @param {HTMLElement} button @param {HTMLElement} link
 */
function mirror(figure, button, link) {
  const words = link.textContent;
  if (link.hasAttribute("data-playing")) return;
  figure.control(button, () => {
    const { playing } = button.dataset;
    set(link, { "data-playing": playing, text: playing === "true" ? button.textContent : words });
  });
  figure.refresh();
}

/** @param {HTMLAnchorElement} link @returns {(HTMLElement & {figure?: Figure}) | null | undefined} */
const figureOf = (link) => document.getElementById(link.hash.slice(1))?.querySelector(".nn-figure");

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

/**
 * Make a figure in pieces; until the last one the page keeps its room. One that cannot be made leaves the others alone.
 * @param {HTMLElement} element @param {Stored} stored
 */
function* pieces(element, stored) {
  try {
    yield* mount(element, stored);
  } catch (error) {
    showError(element, languageOf(element), error);
  }
  element.removeAttribute("data-state");
}

/** @param {HTMLElement} element @param {Stored} stored */
function* mount(element, { figure, state, remember, ...spec }) {
  const key = `nnlib.${remember}`;
  function* make(/** @type {Store} */ store) {
    const made = new Figure(element, { name: figure, spec, store, initial: state, slowly: true });
    while (made.advance()) yield;
    return made;
  }
  const { broken } = yield* make(remember ? lasting(state, key) : memory(state));
  if (!broken || !remember) return;
  // What was remembered may come from another edition of the book, or from anywhere.
  keep(state, key, state, () => false);
  yield* make(lasting(state, key));
}

// Pictures of the site's own, or inside of the page (tools/one_file.py), in links to them, and nothing else.
const ATTRIBUTE = /(?:alt|class|height|loading|width)="[^"<>]*"|(?:href|src)="[\w./?=-]+"|src="data:image\/[^"<>]*"/
  .source;
const PICTURES = new RegExp(`^\\s*(?:</?(?:a|img)(?: (?:${ATTRIBUTE}))*\\s*/?>\\s*)+$`);
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
