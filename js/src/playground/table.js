// Loss and right answers at this moment, of both sets of points.

import { fixed, h, inWords, significant } from "../core/index.js";

const NONE = "–"; // of no points
const shownLoss = (value, n, lost) => (n === 0 ? NONE : Number.isFinite(value) ? inWords(significant(value, 4)) : lost);
const counted = (share, n) => (Number.isNaN(share) ? NONE : `${fixed(Math.round(share * n), 0)} / ${n}`);

/** `show` gives both losses as text. */
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
  const show = (seen, sets) => {
    cells.train_loss.textContent = shownLoss(seen.train.loss, sets.train.n, t("diverged"));
    cells.validation_loss.textContent = shownLoss(seen.validation.loss, sets.validation.n, t("diverged"));
    cells.accuracy.textContent = counted(seen.train.accuracy, sets.train.n);
    cells.validation_accuracy.textContent = counted(seen.validation.accuracy, sets.validation.n);
    const both = [cells.train_loss, cells.validation_loss].map((cell) => cell.textContent);
    return [...new Set(both)].join(" / ");
  };
  return { node, show };
}
