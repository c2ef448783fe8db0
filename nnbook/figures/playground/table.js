// Loss and right answers at this moment, of both sets of points.

import { fixed, h, inWords, set, significant } from "../../../js/src/core/index.js";

/** @import { Translate } from "../../../js/src/core/types.js" */
/** @import { Sets } from "./math/plane_data.js" */
/** @import { Seen } from "./math/facts.js" */

const NONE = "–"; // of no points
/** @param {number} value @param {number} n @param {string} lost */
const shownLoss = (value, n, lost) => (n === 0 ? NONE : Number.isFinite(value) ? inWords(significant(value, 4)) : lost);
/** @param {number} share @param {number} n */
const counted = (share, n) => (Number.isNaN(share) ? NONE : `${fixed(Math.round(share * n), 0)} / ${n}`);

/** `show` gives both losses as text. @param {Translate} t */
export function makeTable(t) {
  const cells = Object.fromEntries(
    ["train_loss", "validation_loss", "accuracy", "validation_accuracy"].map((name) => [
      name,
      h("td", { "data-name": name }),
    ]),
  );
  const node = h(
    "table",
    { class: "nn-table", "aria-label": t("table") },
    h("thead", {}, h("tr", {}, h("td"), h("th", { text: t("loss_word") }), h("th", { text: t("right") }))),
    h(
      "tbody",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "row" }, h("span", { class: "nn-key" }), `● ${t("train")}`),
        cells.train_loss,
        cells.accuracy,
      ),
      h(
        "tr",
        {},
        h("th", { scope: "row" }, h("span", { class: "nn-key nn-dashed" }), `○ ${t("validation")}`),
        cells.validation_loss,
        cells.validation_accuracy,
      ),
    ),
  );
  /** @param {Seen} seen @param {Sets} sets */
  const show = (seen, sets) => {
    set(cells.train_loss, { text: shownLoss(seen.train.loss, sets.train.n, t("diverged")) });
    set(cells.validation_loss, { text: shownLoss(seen.validation.loss, sets.validation.n, t("diverged")) });
    set(cells.accuracy, { text: counted(seen.train.accuracy, sets.train.n) });
    set(cells.validation_accuracy, { text: counted(seen.validation.accuracy, sets.validation.n) });
    const both = [cells.train_loss, cells.validation_loss].map((cell) => cell.textContent);
    // For two powers of ten the title is too narrow.
    return seen.train.loss < 1e6 ? [...new Set(both)].join(" / ") : both[0];
  };
  return { node, show };
}
