// The table of a descent: step by step where it stood, the slope there, and how far it went.

import { fixed, h, scientific, set } from "../../../js/src/core/index.js";
import { numberTable } from "../../../js/src/parts/number_table.js";

const ROWS = 9; // that are seen at once, fewer where the window is lower
const ROW = 28; // px

/** @typedef {{points: number[], slopes: number[], sizes: number[], k: number}} Walk so many steps of it are made */

/** As the table shows it: four decimals, powers of ten where they would be too few or too many digits. @param {number} x */
export const entry = (x) => ((x !== 0 && Math.abs(x) < 1e-3) || Math.abs(x) >= 1e6 ? scientific(x, 2) : fixed(x, 4));

/**
 * The steps made so far, of which a window is seen: it scrolls, and the page keeps its height.
 * @param {string} label @param {AbortSignal} signal
 */
export function stepTable(label, signal) {
  const heads = ["t", "b_3", "L'(b_3)", "\\eta L'", "b_3 - \\eta L'"];
  const table = numberTable({ label, heads, rows: ROWS });
  const spacer = h("div");
  const node = h(
    "div",
    { class: "nn-scroll nn-steps", tabindex: 0, role: "group", "aria-label": label },
    table.node,
    spacer,
  );
  /** @type {Walk} */
  let current = { points: [], slopes: [], sizes: [], k: 0 };
  let seen = ROWS;
  let top = 0; // px; how far it is scrolled
  let due = false; // to scroll: what one hears until then is of the place before
  const paint = () => {
    const { points, slopes, sizes, k } = current;
    const first = Math.min(Math.round(top / ROW), Math.max(0, k - seen));
    table.rows.forEach((row, i) => {
      const step = first + i;
      const texts =
        step < k
          ? [fixed(step + 1, 0), ...[points[step], slopes[step], sizes[step], points[step + 1]].map(entry)]
          : heads.map(() => "");
      row.show(texts);
      set(row.node, {
        hidden: i >= seen,
        class: step < k ? (step === k - 1 ? "nn-current" : null) : "nn-blank",
        "aria-current": step === k - 1 ? "step" : null,
        "data-name": step < k ? `row-${step + 1}` : null,
      });
    });
  };
  node.addEventListener("scroll", () => {
    if (due) return;
    top = node.scrollTop;
    paint();
  });
  const follow = () => {
    const wish = Math.max(0, current.k - seen) * ROW; // the current row is the lowest one
    spacer.style.height = `${wish}px`;
    if (top !== wish) {
      top = wish;
      due = true;
      // Scrolling lays the page out, so it waits until that is due.
      requestAnimationFrame(() => {
        due = false;
        node.scrollTop = top;
      });
    }
    paint();
  };
  const observer = new ResizeObserver(([{ contentRect }]) => {
    const rows = Math.floor(contentRect.height / ROW) - 1;
    if (rows < 1 || rows === seen) return;
    seen = rows;
    follow();
  });
  observer.observe(node);
  signal.addEventListener("abort", () => observer.disconnect());
  return {
    node,
    /** @param {Walk["points"]} points @param {number[]} slopes @param {number[]} sizes @param {number} k */
    draw: (points, slopes, sizes, k) => {
      current = { points, slopes, sizes, k };
      set(node, { "data-huge": Math.abs(points[k]) >= 1e6 });
      follow();
    },
  };
}
