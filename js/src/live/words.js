// The words of a page, which are in its own script, in the language of the edition.

import { h } from "../core/dom.js";

/** @import { Child } from "../core/types.js" */

/** Look up a sentence and fill in its {places}. @param {string} key @param {Record<string, string | number>} [values] */
export function say(key, values = {}) {
  const text = globalThis.nnlibPage.words[key];
  if (text === undefined) throw new Error(`No words ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** A sentence as elements: what is between two backticks of a line is code. @param {string} text @returns {Child[]} */
export function phrase(text) {
  return text.split(/`([^`\n]+)`/).map((piece, index) => (index % 2 ? h("code", { text: piece }) : piece));
}

/**
 * A button of a cell.
 * @param {string} name by which tests and styles know it
 * @param {string} text @param {() => void} click
 */
export function button(name, text, click) {
  return h("button", { type: "button", class: "live-button", "data-name": name, text, click });
}
