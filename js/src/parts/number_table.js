// A table of numbers: a cell is written anew only where its number has changed.

import { h, math, set, showMath } from "../core/index.js";

/**
 * @param {object} options
 * @param {string} options.label read aloud
 * @param {string[]} options.heads in mini-TeX
 * @param {number} options.rows
 * @param {string} [options.look] a class of its own
 */
export function numberTable({ label, heads, rows: count, look = "" }) {
  const rows = Array.from({ length: count }, () => numberRow(heads.length));
  const head = heads.map((text) => h("th", { scope: "col" }, math(text)));
  const node = h(
    "table",
    { class: `nn-table nn-numbers ${look}`.trim(), "aria-label": label },
    h("thead", {}, h("tr", {}, head)),
    h(
      "tbody",
      {},
      rows.map((row) => row.node),
    ),
  );
  return { node, rows };
}

/** @param {number} columns */
function numberRow(columns) {
  const cells = Array.from({ length: columns }, () => h("td"));
  const shown = cells.map(() => "");
  return {
    node: h("tr", {}, cells),
    /** @param {string[]} texts plain numbers, or mini-TeX */
    show: (texts) =>
      texts.forEach((text, column) => {
        if (shown[column] === text) return;
        shown[column] = text;
        if (text.includes("\\")) showMath(cells[column], text);
        else set(cells[column], { text });
      }),
  };
}
