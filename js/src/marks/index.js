// Highlights and notes on a page. They are <mark> elements: a screen reader can say them, print and forced colors have them, and a
// note is a button in the text's own order. (The CSS Custom Highlight API would leave the page as it is, and be known to eyes alone.)

import { h, unfoldAround } from "../core/dom.js";
import { MARKS_KEY } from "../reading/record.js";
import * as bar from "./bar.js";
import { keepMark, LONGEST, MOST, marksIn, recallMarks } from "./kept.js";
import { list } from "./list.js";
import { lettersOf, readPage, selectedIn, unwrap, wrap } from "./page_text.js";
import { pageName } from "./place.js";
import { findQuote, quoteOf } from "./quote.js";
import { t } from "./words.js";

/** @import { Gone, Mark } from "./kept.js" */
/** @import { PageText } from "./page_text.js" */
/** @import { Range as Letters } from "./quote.js" */

const WORD_JOINER = "\u2060";
const REST = 250; // ms without a change of what is selected

const article = /** @type {HTMLElement} */ (document.querySelector("article"));
const here = pageName(location.pathname);
const lang = document.documentElement.lang.slice(0, 2);
/** Of this page. @type {Map<string, Mark>} */
let marks = new Map();

// ---- Showing them ----

/** Where the words of a mark are now: in its section, or else anywhere on the page. @param {PageText} page @param {Mark} mark */
function placeOf(page, mark) {
  const section = document.getElementById(mark.section)?.closest("section");
  const within = section && lettersOf(page, section);
  const found = within && findQuote(page.text.slice(within.start, within.end), mark);
  if (found) return { start: within.start + found.start, end: within.start + found.end };
  return findQuote(page.text, mark);
}

/** Make the page what is stored. */
function show() {
  for (const ref of article.querySelectorAll(".kept-ref")) ref.remove();
  unwrap(article.querySelectorAll("mark.kept"));
  marks = new Map(marksIn(recallMarks()).filter(([, mark]) => mark.page === here && mark.lang === lang));
  const page = readPage(article);
  const found = [...marks].map(([name, mark]) => ({ name, mark, place: placeOf(page, mark) }));
  const placed = found.flatMap(({ name, place }) => (place ? [{ name, ...place }] : []));
  placed.sort((one, other) => one.start - other.start);
  wrap(page, placed, (covering) =>
    h("mark", { class: "kept", "data-marks": covering.map(({ name }) => name).join(" ") }),
  );
  /** @type {Map<string, number>} */
  const numbers = new Map();
  for (const { name } of placed) if (marks.get(name)?.note) numbers.set(name, numbers.size + 1);
  for (const [name, number] of numbers) {
    const last = partsOf(name).at(-1);
    (last?.closest("a") ?? last)?.after(reference(name, number)); // no button is inside a link
  }
  const listed = [...placed, ...found.filter(({ place }) => !place)].map(({ name }) => ({
    name,
    mark: /** @type {Mark} */ (marks.get(name)),
    number: numbers.get(name) ?? 0,
    copy: copyOf(name),
  }));
  list(listed, { go, open: openAt, remove });
  for (const { name, mark, place } of found)
    if (Boolean(mark.lost) !== !place) keepMark(name, { ...mark, lost: place ? undefined : true });
}

/** @param {string} name @returns {HTMLElement[]} */
const partsOf = (name) => [...article.querySelectorAll(/** @type {"mark"} */ (`mark.kept[data-marks~="${name}"]`))];

/** What is marked, with a space between two paragraphs. @param {string} name @returns {(Node | string)[] | null} */
function copyOf(name) {
  const blockOf = (/** @type {Element | undefined} */ part) =>
    part?.closest("p, li, td, th, dt, dd, h1, h2, h3, h4, .math");
  const parts = partsOf(name).flatMap((part, at, all) => [
    blockOf(part) === blockOf(all[at - 1]) ? "" : " ",
    ...[...part.childNodes].map((node) => node.cloneNode(true)),
  ]);
  return parts.length ? parts : null;
}

/** The number of a note, behind what is marked, and in the same line. @param {string} name @param {number} number */
const reference = (name, number) =>
  h(
    "span",
    { class: "kept-ref" },
    WORD_JOINER,
    h("button", {
      type: "button",
      "data-mark": name,
      "aria-label": t("note_of", { number, note: marks.get(name)?.note ?? "" }),
      text: String(number),
    }),
  );

/** @param {string} name */
function go(name) {
  const [first] = marks.has(name) ? partsOf(name) : [];
  if (!first) return;
  unfoldAround(first);
  for (const other of article.querySelectorAll("mark.kept[id]")) other.removeAttribute("id");
  first.id = `mark-${name}`;
  location.replace(`#${first.id}`);
  dispatchEvent(new Event("hashchange")); // what holds a place until the page has come to rest
}

// ---- Changing them ----

/**
 * Keep a change, and say so; it can be taken back.
 * @param {string} name @param {Mark | Gone} entry @param {string} done words @param {Mark | undefined} before
 */
function change(name, entry, done, before) {
  const trouble = keepMark(name, entry);
  show();
  if (trouble) bar.tell(t(trouble, { most: MOST }));
  else
    bar.tell(t(done), () => {
      keepMark(name, before ? { ...before, at: Date.now() } : { at: Date.now(), gone: true });
      show();
      bar.hide();
    });
}

/** @param {PageText} page @param {Letters} letters @param {string} [note] */
function add(page, letters, note) {
  const piece = page.pieces.find(({ end }) => end > letters.start);
  const at = Date.now();
  const name = at.toString(36) + Math.random().toString(36).slice(2, 6);
  const quote = quoteOf(page.text, letters);
  const mark = { page: here, lang, section: anchorOf(piece?.node), ...quote, made: at, at, ...(note ? { note } : {}) };
  getSelection()?.removeAllRanges();
  change(name, mark, note ? "noted" : "marked", undefined);
}

/** The anchor that an address would name: a label outlives the words of a heading. @param {Node | undefined} node */
function anchorOf(node) {
  const section = node?.parentElement?.closest("section[id]");
  return section?.querySelector(":scope > span[id]")?.id ?? section?.id ?? "";
}

/** @param {string} name */
function remove(name) {
  change(name, { at: Date.now(), gone: true }, "deleted", marks.get(name));
}

/** @param {string} name @param {Element} at */
function openAt(name, at) {
  const before = marks.get(name);
  if (!before) return;
  const { note: _, ...bare } = before;
  bar.open(/** @type {DOMRect} */ ([...at.getClientRects()].at(-1)), {
    note: before.note,
    keep: (note) => change(name, { ...bare, ...(note ? { note } : {}), at: Date.now() }, "noted", before),
    remove: () => remove(name),
  });
  bar.focus();
}

// ---- What the reader does ----

let pressed = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

function look() {
  const selection = getSelection();
  if (pressed || bar.hasFocus() || bar.isEditing()) return;
  const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const page = range && article.contains(range.commonAncestorContainer) ? readPage(article) : null;
  const letters = range && page ? selectedIn(page, range) : null;
  if (!range || !page || !letters) {
    if (bar.isOffering()) bar.hide();
    return;
  }
  const rect = /** @type {DOMRect} */ ([...range.getClientRects()].at(-1) ?? range.getBoundingClientRect());
  const count = letters.end - letters.start;
  const fits = () => {
    if (count > LONGEST.exact) bar.tell(t("long", { count, most: LONGEST.exact }));
    return count <= LONGEST.exact;
  };
  bar.offer(
    rect,
    () => fits() && add(page, letters),
    (note) => fits() && add(page, letters, note),
  );
}

function lookSoon() {
  clearTimeout(timer);
  timer = setTimeout(look, REST);
}

document.addEventListener("selectionchange", lookSoon);
document.addEventListener("pointerdown", ({ target }) => {
  pressed = true;
  if (!bar.contains(/** @type {Node} */ (target)) && !bar.isEditing()) bar.hide();
});
for (const type of ["pointerup", "pointercancel"])
  document.addEventListener(type, () => {
    pressed = false;
    lookSoon();
  });
document.addEventListener("click", ({ target }) => {
  const element = /** @type {HTMLElement} */ (target);
  const ref = element.closest(".kept-ref > button");
  if (ref instanceof HTMLElement) openAt(ref.dataset.mark ?? "", ref);
  const mark = bar.isEditing() ? null : element.closest("mark.kept");
  if (!(mark instanceof HTMLElement) || element.closest("a, button, summary") || !getSelection()?.isCollapsed) return;
  openAt(mark.dataset.marks?.split(" ").at(-1) ?? "", mark);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") bar.hide();
  // The bar comes next after what is selected, wherever that lies.
  if (event.key !== "Tab" || event.shiftKey || !bar.isOffering() || bar.hasFocus()) return;
  event.preventDefault();
  bar.focus();
});
addEventListener("storage", ({ key }) => (key === null || key === MARKS_KEY) && show());
addEventListener("pageshow", ({ persisted }) => persisted && show());

show();
if (location.hash.startsWith("#mark-") && !history.state?.place) go(location.hash.slice("#mark-".length));
look();
