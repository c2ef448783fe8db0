// A table of numbers, which are plain texts: with powers of ten as formulas a frame of the table of steps takes a tenth longer.

import { h, inWords, math, set } from "../core/index.js";

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
  return {
    node: h("tr", {}, cells),
    /** @param {string[]} numbers in mini-TeX */
    show: (numbers) => numbers.forEach((number, column) => set(cells[column], { text: inWords(number) })),
  };
}
