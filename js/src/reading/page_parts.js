// What the pages "Where I am" and "For teachers" share.

import { h } from "../core/dom.js";
import { LARGEST, unpack } from "./file.js";

/** @import { Book, Chapter, Texts } from "./types.js" */

/** @param {Book} book @param {string} key @param {Record<string, string | number>} [values] */
export const say = ({ words }, key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** The address of a place in the book. @param {Chapter} chapter @param {string} [id] */
export const addressOf = ({ page }, id = "") =>
  `${document.documentElement.dataset.content_root}${page}${id && `#${id}`}`;
export const idOf = (/** @type {string} */ exercise) => `ex-${exercise}`.replaceAll("_", "-");
export const titleOf = (/** @type {{number: string, title: string}} */ { number, title }) =>
  `${number} ${title}`.trim();

/**
 * A line with numbers that opens: what a chapter adds up to, and below it what it consists of.
 * @param {string} title @param {[label: string, value: string][]} numbers @param {(Node | null)[]} content
 */
export function line(title, numbers, ...content) {
  const cells = numbers.map(([label, value]) =>
    h("span", { class: "reading-number" }, h("span", { class: "reading-label", text: label }), " ", value),
  );
  return h(
    "details",
    { class: "reading-line" },
    h("summary", {}, h("span", { class: "reading-title", text: title }), ...cells),
    ...content,
  );
}

/**
 * The names of the numbers, above them where there is room; for eyes, since each number brings its own.
 * @param {string} title @param {string[]} labels
 */
export const headline = (title, labels) =>
  h(
    "p",
    { class: "reading-head", "aria-hidden": "true" },
    h("span", { text: title }),
    labels.map((label) => h("span", { text: label })),
  );

/**
 * Let the reader choose files, or drop them.
 * @param {HTMLElement} zone @param {boolean} multiple @param {(files: File[]) => void} take
 * @returns {() => void} opens the browser's own dialog
 */
export function choosing(zone, multiple, take) {
  const input = h("input", { type: "file", accept: ".json,application/json", multiple, hidden: true });
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = ""; // the same file may be chosen again
  });
  const over = (/** @type {DragEvent} */ event, /** @type {boolean} */ is) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    const files = [...(event.dataTransfer?.files ?? [])];
    take(multiple ? files : files.slice(0, 1));
  });
  zone.append(input);
  return () => input.click();
}

/**
 * Read a file; what is refused is said in a sentence.
 * @param {Book} book @param {File} file
 * @returns {Promise<{texts: Texts, saved: string, foreign: number} | {sentence: string}>}
 */
export async function opened(book, file) {
  const name = file.name.slice(0, 60);
  if (file.size > LARGEST) return { sentence: say(book, "refused_large", { name }) };
  try {
    const found = unpack(await file.text());
    if ("texts" in found) return found;
    return { sentence: say(book, found.refused, { name, got: found.got }) };
  } catch {
    return { sentence: say(book, "refused_unreadable", { name }) };
  }
}
