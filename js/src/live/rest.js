// Python on the page, at rest: the buttons that show before anything of it is loaded.
// The first click or focus loads the rest (live/live.js, live/editor.js). A part of site.js.

import { offerPractice } from "../practice/rest.js";

/** @import { Cell } from "./cell.js" */
/** @import { Page } from "./page.js" */
/** @import { Choice, Place } from "./types.js" */

/** @type {HTMLMetaElement | null} */
const meta = document.querySelector("meta[name=book-live]");
// A page without cells has none, and calls nothing that reads it.
const place = /** @type {Place} */ (meta?.dataset);
const root = document.documentElement;
const words = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-words]")).dataset;
const CODE_KEY = "nnlib-book:code";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Partial<HTMLElementTagNameMap[Tag]>} properties @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
/** @param {string} name @param {string} text */
const button = (name, text) => {
  const made = make("button", { type: "button", className: "live-button", textContent: text });
  made.dataset.name = name;
  return made;
};
const idOf = (/** @type {string | undefined} */ exercise) => `ex-${exercise}`.replaceAll("_", "-");
const recall = (/** @type {string} */ key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden
  }
};

// ---- What is loaded, and when ----

const own = new URL(`${root.dataset.content_root}_static/`, location.href).href;
const asOwn = (/** @type {string} */ address) => {
  const { href } = new URL(address, location.href);
  if (!href.startsWith(own)) throw new TypeError(`Not a script of the book: ${href}`);
  return href;
};
const policy = globalThis.trustedTypes?.createPolicy("nnlib-live", { createScriptURL: asOwn }) ?? {
  createScriptURL: asOwn,
};
/** @param {HTMLScriptElement | HTMLLinkElement} element @returns {Promise<void>} */
const arrival = (element) =>
  new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error("src" in element ? element.src : element.href));
    });
    document.head.append(element);
  });
const load = (/** @type {string} */ address) => arrival(make("script", { src: policy.createScriptURL(address) }));
globalThis.nnlibLoad = load; // for whatever else a page loads on demand
/** @type {Promise<Page> | null} */
let page = null;

/** Everything that cells need, once. */
function wake() {
  const style = make("link", { rel: "stylesheet", href: place?.style });
  page ??= Promise.all([arrival(style), ...[place.page, place.editor, place.script].map(load)])
    .then(() => globalThis.nnlibLive.begin(load))
    .catch((error) => {
      page = null; // the next click tries again
      throw error;
    });
  return page;
}

/** Do something with a cell as soon as it can be done. @param {HTMLElement} cell @param {(live: Cell) => unknown} act */
function later(cell, act) {
  cell.setAttribute("aria-busy", "true");
  const lost = make("span", { className: "live-lost", textContent: place.lost });
  cell.querySelector(".live-lost")?.remove();
  return wake()
    .then(
      (live) => act(/** @type {Cell} */ (live.cell(cell.dataset.live ?? ""))),
      () => cell.querySelector(".live-bar")?.prepend(lost),
    )
    .finally(() => cell.removeAttribute("aria-busy"));
}

// ---- Cells and exercises as they are at first ----

/** Fields for numbers; the code that may compute them folds. @param {HTMLElement} cell @param {HTMLElement} code */
function numberFields(cell, code) {
  const count = Number(cell.dataset.numbers);
  const field = (/** @type {number} */ index) => {
    const input = make("input", { type: "text", autocomplete: "off", spellcheck: false, enterKeyHint: "done" });
    input.setAttribute("aria-label", place.field.replace("{place}", `${index + 1}`).replace("{count}", `${count}`));
    return input;
  };
  const fields = Array.from({ length: count }, (_, index) => field(index));
  const row = make("form", { className: "live-numbers" }, make("span", { textContent: place.numbers }), ...fields);
  const judge = button("judge", place.judge);
  judge.type = "submit";
  row.append(judge);
  row.addEventListener("submit", (event) => {
    event.preventDefault();
    later(cell, ({ exercise }) => exercise?.judge());
  });
  const fold = make("details", { className: "hide" }, make("summary", { textContent: place.compute }));
  code.before(row, code.querySelector('[data-name="tutor"]') ?? "", fold);
  fold.append(code);
}

/** @param {HTMLElement} cell */
function prepare(cell) {
  const input = /** @type {HTMLElement} */ (cell.querySelector(".cell_input"));
  const asked = "exercise" in cell.dataset;
  const first = asked ? button("check", place.check) : button("edit", place.edit);
  const bar = make("div", { className: "live-bar" }, first);
  const copy = input.querySelector(".copy-button");
  if (copy) bar.prepend(copy);
  first.addEventListener("click", () => later(cell, (live) => (asked ? live.run() : live.open())));
  input.append(bar);
  if (asked) {
    const tutor = button("tutor", words.tutor ?? "");
    tutor.addEventListener("click", () => later(cell, ({ exercise }) => exercise?.tutor()));
    input.append(tutor);
  }
  if (cell.dataset.numbers) numberFields(cell, input);
  if (cell.dataset.lines) {
    const step = button("lines", place.lines);
    step.addEventListener("click", () => later(cell, ({ exercise }) => exercise?.arrange()));
    input.append(step);
  }
  // An exercise is an editor from the beginning: a click puts the cursor where it was.
  if (asked)
    input.querySelector("pre")?.addEventListener("click", ({ clientX: x, clientY: y }) => {
      if (getSelection()?.isCollapsed) later(cell, (live) => live.open({ x, y }));
    });
}

/** A solution opens at once after three tries; before, the reader is asked. @param {HTMLDetailsElement} fold */
function guard(fold) {
  /** @type {HTMLElement} */
  const { dataset } = fold.closest("[data-solves]") ?? fold;
  /** @type {HTMLElement | null} */
  const answer = document.querySelector(`[data-exercise="${dataset.solves}"]`);
  fold.querySelector("summary")?.addEventListener("click", (event) => {
    if (fold.open || "asked" in fold.dataset || !answer) return;
    event.preventDefault();
    later(answer, ({ exercise }) => exercise?.offer(fold)).then(() => {
      if (!page) fold.open = true; // what was to ask could not be loaded
    });
  });
}

// ---- The menu ----

/** @param {boolean} hidden */
function hideCode(hidden) {
  root.toggleAttribute("data-code-hidden", hidden);
  document.querySelector('[data-name="hide_code"]')?.setAttribute("aria-pressed", String(hidden));
}
function switchCode() {
  const hidden = !root.hasAttribute("data-code-hidden");
  hideCode(hidden);
  try {
    if (hidden) localStorage.setItem(CODE_KEY, "hidden");
    else localStorage.removeItem(CODE_KEY);
  } catch {
    // The choice then lasts for this page.
  }
}

if (place) {
  /** @type {NodeListOf<HTMLElement>} */
  const cells = document.querySelectorAll("[data-live]");
  for (const cell of cells) {
    cell.hidden = false; // a reader's own cell is of no use before
    prepare(cell);
  }
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folds = document.querySelectorAll("details[data-solves], [data-solves] > details");
  for (const fold of folds) guard(fold);
  /** @type {NodeListOf<HTMLElement>} */
  const choices = document.querySelectorAll(".live-choice");
  for (const item of choices) {
    item.hidden = false;
    const choice = /** @type {HTMLButtonElement} */ (item.querySelector("button"));
    choice.addEventListener("click", () => {
      /** @type {HTMLDetailsElement} */ (item.closest("details")).open = false;
      const { name } = choice.dataset;
      if (name === "hide_code") switchCode();
      else wake().then((live) => live[/** @type {Choice} */ (name)]());
    });
  }
  hideCode(root.hasAttribute("data-code-hidden")); // early.js has recalled it
  // What a reader wrote at the last visit is restored.
  if (recall(`nnlib.work.${root.lang.slice(0, 2)}/${place.page.match(/pages\/(.*)\.js/)?.[1]}`))
    wake().catch(() => null);
  // A link to an exercise leads into its answer; coming back, to a place that place.js remembers, does not.
  const asked = [...cells].find(({ dataset }) => `#${idOf(dataset.exercise)}` === location.hash);
  if (asked && !history.state) later(asked, (live) => live.arrive());
}

offerPractice(load, arrival);
