// The Jacobian of the softmax as a table, one column of which is chosen.

import { fixed, h, phrase, set, showPhrase } from "../../../js/src/core/index.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */

export const MOST = 5; // classes
export const INDEX = ["₁", "₂", "₃", "₄", "₅"];
export const EACH = Array.from({ length: MOST }, (_, i) => i);

/** @param {number[]} values */
export const total = (values) => values.reduce((sum, value) => sum + value, 0);

/**
 * The Jacobian as a table: the stronger the tint the larger; a negative slope is striped, since blue and orange are classes.
 * @param {Figure} figure
 */
export function jacobian(figure) {
  const choose = (/** @type {number} */ j) => () => {
    if (figure.state.column !== j + 1) figure.set({ column: j + 1 });
  };
  const heads = EACH.map((j) => {
    const node = figure.button({
      name: `column${j + 1}`,
      label: `z${INDEX[j]}`,
      click: choose(j),
      pressed: () => Math.min(figure.state.column, figure.state.z.length) === j + 1,
    });
    node.addEventListener("focus", choose(j));
    node.setAttribute("aria-label", `z${INDEX[j]}: ${figure.t("column", { j: j + 1 })}`);
    return { button: node, head: h("th", { scope: "col", pointerenter: choose(j) }, node) };
  });
  const cells = EACH.map((i) =>
    EACH.map((j) => h("td", { "data-name": `J${i + 1}${j + 1}`, pointerenter: choose(j) })),
  );
  const sums = EACH.map((i) => h("td", { class: "nn-softmax-sum", "data-name": `sum${i + 1}` }));
  const rows = EACH.map((i) => h("tr", {}, h("th", { scope: "row" }, phrase(`p${INDEX[i]}`)), cells[i], sums[i]));
  const title = figure.readout("jacobian");
  const table = h(
    "table",
    { class: "nn-table nn-softmax-jacobian", "aria-label": figure.t("table") },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td"),
        heads.map(({ head }) => head),
        h("th", { scope: "col", text: "Σ" }),
      ),
    ),
    h("tbody", {}, rows),
  );
  return {
    node: h("div", {}, title, h("div", { class: "nn-scroll" }, table)),
    /** @param {number} T @param {number[][]} slopes @param {number} j */
    show(T, slopes, j) {
      const K = slopes.length;
      const digits = figure.root.clientWidth < 420 ? 2 : 3;
      table.classList.toggle("nn-many", K > 3);
      table.style.setProperty("--rows", String(K));
      title.show(
        `J = \\text{diag}(p) - p\\,p^\\top,\\,\\, J_{ij} = \\frac{\\partial p_i}{\\partial ${T === 1 ? "z" : "u"}_j}`,
      );
      EACH.forEach((k) => {
        heads[k].head.hidden = k >= K;
        rows[k].hidden = k >= K;
        showPhrase(heads[k].button, `${T === 1 ? "z" : "u"}${INDEX[k]}`);
      });
      cells.forEach((row, i) =>
        row.forEach((cell, k) => {
          cell.hidden = k >= K;
          if (i >= K || k >= K) return;
          const slope = slopes[i][k];
          set(cell, { text: fixed(slope, digits) });
          cell.style.setProperty("--part", `${Math.min(45, Math.abs(slope) * 180).toFixed(1)}%`);
          cell.dataset.sign = slope < 0 ? "negative" : "positive";
          cell.classList.toggle("nn-chosen", k === j);
        }),
      );
      sums.forEach((cell, i) => {
        set(cell, { text: i < K ? fixed(total(slopes[i]), digits) : "" });
      });
    },
  };
}
