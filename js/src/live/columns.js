// Columns of numbers (nnbook/tables.py), as a table.

import { h } from "../core/dom.js";

/**
 * The head is set as the one that the book came with, where that names the same columns.
 * @param {Record<string, string[]>} columns @param {ChildNode[]} stored
 */
export function columnsOf(columns, stored) {
  const names = Object.keys(columns).map((name) => (name === "y_hat" ? "ŷ" : name));
  const told = names.join("").replaceAll("_", "");
  const heads = stored.flatMap((node) => (node instanceof Element ? [...node.querySelectorAll("thead tr")] : []));
  const head = heads.find(({ textContent }) => textContent?.replace(/\s/g, "") === told)?.cloneNode(true);
  const cells = Object.values(columns).map((column) => {
    const kind = column.some((cell) => /^(?!(?:nan|inf)$)\p{L}/u.test(cell)) ? "word" : null;
    return column.map((cell) => h("td", { class: kind, text: cell.replace(/^-(?=[\d.]|inf)/, "−") }));
  });
  const named = names.map((name) => h("th", { text: name.replaceAll("_", " ") }));
  const rows = (cells[0] ?? []).map((_, at) => h("tr", {}, ...cells.map((column) => column[at] ?? null)));
  return h("table", { class: "numbers" }, h("thead", {}, head ?? h("tr", {}, ...named)), h("tbody", {}, ...rows));
}
