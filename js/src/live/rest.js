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

/** Fields for numbers. @param {HTMLElement} cell */
function numberFields(cell) {
  const count = Number(cell.dataset.numbers);
  const field = (/** @type {number} */ index) => {
    const input = make("input", { type: "text", autocomplete: "off", spellcheck: false, enterKeyHint: "done" });
    input.setAttribute("aria-label", place.field.replace("{place}", `${index + 1}`).replace("{count}", `${count}`));
    return input;
  };
  const fields = Array.from({ length: count }, (_, index) => field(index));
  const judge = button("judge", place.judge);
  judge.type = "submit";
  const row = make(
    "form",
    { className: "live-numbers" },
    make("span", { textContent: place.numbers }),
    ...fields,
    judge,
  );
  row.addEventListener("submit", (event) => {
    event.preventDefault();
    later(cell, ({ exercise }) => exercise?.judge());
  });
  cell.prepend(row);
}

/** The last hint: the lines of the solution, to be put in order. @param {HTMLElement} cell */
function lastHint(cell) {
  const step = make("details", {}, make("summary", { textContent: place.lines }));
  step.dataset.name = "lines";
  step.addEventListener("toggle", () => {
    if (step.open) later(cell, ({ exercise }) => exercise?.arrange(step));
  });
  cell.closest(".exercise")?.querySelector(".hint")?.append(step);
}

/** @param {HTMLElement} cell */
function prepare(cell) {
  const input = /** @type {HTMLElement} */ (cell.querySelector(".cell_input"));
  const bar = make("div", { className: "live-bar" });
  input.after(bar);
  if (cell.dataset.numbers) return numberFields(cell);
  const answers = "exercise" in cell.dataset;
  const first = answers ? button("check", place.check) : button("edit", place.edit);
  const copy = input.querySelector(".copy-button");
  bar.append(first);
  if (answers) copy?.remove();
  else if (copy) bar.append(copy);
  first.addEventListener("click", () => later(cell, (live) => (answers ? live.run() : live.open())));
  if (cell.dataset.lines) lastHint(cell);
  // An exercise is an editor from the beginning: a click puts the cursor where it was.
  if (answers)
    input.querySelector("pre")?.addEventListener("click", ({ clientX: x, clientY: y }) => {
      if (getSelection()?.isCollapsed) later(cell, (live) => live.open({ x, y }));
    });
}

/** A solution opens at once after three tries; before, the reader is asked. @param {HTMLDetailsElement} fold */
function guard(fold) {
  /** @type {HTMLElement | null} */
  const answer = document.querySelector(`[data-exercise="${fold.dataset.solves}"]`);
  fold.querySelector("summary")?.addEventListener("click", (event) => {
    if (fold.open || "asked" in fold.dataset || !answer) return;
    event.preventDefault();
    later(answer, ({ exercise }) => exercise?.offer(fold)).then(() => {
      if (!page) fold.open = true; // what was to ask could not be loaded
    });
  });
}

// ---- The menu ----

/**
 * Which code shows: the lesson's, all, or none. early.js recalls it.
 * @param {HTMLElement} choice says which it is
 */
function codeSwitch(choice) {
  const lesson = choice.textContent ?? "";
  const say = () => {
    choice.textContent = choice.dataset[root.dataset.code ?? ""] ?? lesson;
  };
  say();
  return () => {
    const { code } = root.dataset;
    if (code === "none") delete root.dataset.code;
    else root.dataset.code = code ? "none" : "all";
    say();
    remember({ all: "all", none: "hidden" }[root.dataset.code ?? ""]);
  };
}
/** @param {string} [code] */
function remember(code) {
  try {
    if (code) localStorage.setItem(CODE_KEY, code);
    else localStorage.removeItem(CODE_KEY);
  } catch {
    // The choice then lasts for this page.
  }
}

/** A finger points by a tap. @param {PointerEvent} event */
function point({ target, pointerType }) {
  if (pointerType === "mouse") return;
  document.querySelector("[data-pointed]")?.removeAttribute("data-pointed");
  /** @type {Element} */ (target).closest("[data-live]")?.setAttribute("data-pointed", "");
}

if (place) {
  /** @type {NodeListOf<HTMLElement>} */
  const cells = document.querySelectorAll("[data-live]");
  for (const cell of cells) {
    cell.hidden = false; // a reader's own cell is of no use before
    prepare(cell);
  }
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folds = document.querySelectorAll("details[data-solves]");
  for (const fold of folds) guard(fold);
  document.addEventListener("pointerup", point);
  /** @type {NodeListOf<HTMLElement>} */
  const choices = document.querySelectorAll(".live-choice");
  for (const item of choices) {
    item.hidden = false;
    const choice = /** @type {HTMLButtonElement} */ (item.querySelector("button"));
    const { name } = choice.dataset;
    if (name === "code") {
      choice.addEventListener("click", codeSwitch(choice));
      continue;
    }
    choice.addEventListener("click", () => {
      /** @type {HTMLDetailsElement} */ (item.closest("details")).open = false;
      wake().then((live) => live[/** @type {Choice} */ (name)]());
    });
  }
  // What a reader wrote at the last visit is restored.
  if (recall(`nnlib.work.${root.lang.slice(0, 2)}/${place.page.match(/pages\/(.*)\.js/)?.[1]}`))
    wake().catch(() => null);
  // A link to an exercise leads into its answer; coming back, to a place that place.js remembers, does not.
  const asked = [...cells].find(({ dataset }) => `#${idOf(dataset.exercise)}` === location.hash);
  if (asked && !history.state) later(asked, (live) => live.arrive());
}

offerPractice(load, arrival);
