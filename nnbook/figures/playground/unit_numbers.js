// The chosen unit in numbers.

import { fixed, h, math, significant } from "../../../js/src/core/index.js";

/** @import { Translate } from "../../../js/src/core/types.js" */
/** @import { Dense } from "./math/dense.js" */
/** @import { Chosen } from "./types.js" */

/**
 * The weights into a unit and its bias, each with its gradient.
 * @param {HTMLElement} node @param {Dense} net @param {Chosen} chosen @param {Translate} t
 */
export function showNumbers(node, net, chosen, t) {
  node.hidden = !chosen || chosen[0] === 0;
  if (!chosen || chosen[0] === 0) {
    node.replaceChildren();
    return;
  }
  const [column, j] = chosen;
  const { w, b } = net.places[column - 1];
  const fanOut = net.sizes[column];
  const rows = Array.from({ length: net.sizes[column - 1] }, (_, i) => ({
    name: column === 1 ? `x_${i + 1}` : `a_${i + 1}`,
    at: w + i * fanOut + j,
  }));
  const cell = (/** @type {string} */ source) => h("td", {}, math(source));
  /** @param {number} value @param {(value: number) => string} format */
  const shown = (value, format) => cell(Number.isFinite(value) ? format(value) : "–");
  const title = t(column === net.depth ? "unit_output" : "unit_hidden", { layer: column, unit: j + 1 });
  node.replaceChildren(
    h(
      "table",
      { class: "nn-table", "data-name": "unit-numbers", "aria-label": title },
      h(
        "tbody",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "row", text: title }),
          rows.map(({ name }) => cell(name)),
          cell("\\c{bias}{b}"),
        ),
        h(
          "tr",
          {},
          h("th", { scope: "row" }, math("\\c{weight}{w}")),
          [...rows.map(({ at }) => at), b + j].map((at) => shown(net.parameters[at], (value) => fixed(value, 3))),
        ),
        h(
          "tr",
          {},
          h("th", { scope: "row" }, math("\\c{gradient}{\\partial L/\\partial w}")),
          [...rows.map(({ at }) => at), b + j].map((at) => shown(net.gradient[at], (value) => significant(value, 2))),
        ),
      ),
    ),
  );
}
