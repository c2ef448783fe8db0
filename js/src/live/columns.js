// Columns of numbers (nnbook/tables.py), as a table.

import { h } from "../core/dom.js";

/** @import { Column } from "./types.js" */

/** @param {Column[]} columns */
export function columnsOf(columns) {
  const heads = columns.map(({ head, kind }) =>
    h(
      head.some(([, text]) => text) ? "th" : "td",
      { class: kind },
      ...head.map(([tag, text]) => (tag ? h(tag, {}, text) : text)),
    ),
  );
  const row = (/** @type {number} */ at) =>
    h("tr", {}, ...columns.map(({ kind, cells }) => h("td", { class: kind, text: cells[at] ?? "" })));
  const rows = (columns[0]?.cells ?? []).map((_, at) => row(at));
  return h("table", { class: "numbers" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows));
}
