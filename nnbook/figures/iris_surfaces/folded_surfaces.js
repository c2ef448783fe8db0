// The outputs of the iris network as surfaces in space, with a stem below each that shows its height at a flower.

import { fixed, h, SHAPES, set } from "../../../js/src/core/index.js";
import { forward } from "../../../js/src/math/mlp.js";
import { see } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Interval, Point } from "../../../js/src/core/types.js" */

/** @typedef {{x: Interval, y: Interval}} Plane from where to where */

/** How classes are marked in texts. */
export const SIGNS = ["●", "■", "▲"];
const LIFT = 0.45;

/** @typedef {(x: Point, z: number) => Point} See the place of a point in space on the paper */

/**
 * What stands still: the floor, the surface with its level lines and folds, the flowers. Gives what brings it to its place,
 * once for each width.
 * @param {Plot} plot @param {Figure["data"]} data @param {number} k @param {Plane} plane @param {See} at
 */
function standingStill(plot, { pieces, lines, folds, flowers, layers }, k, plane, at) {
  const color = `class${k}`;
  const onto = (/** @type {Point} */ x) => at(x, forward(layers, x).output[k]);
  const floor = (/** @type {Point} */ x) => at(x, 0);
  /** @type {[ReturnType<typeof plot.path>, Point[]][]} */
  const still = [];
  /** @param {import("../../../js/src/core/types.js").Look} look @param {Point[]} points */
  const keep = (look, points) => still.push([plot.path({ ...look, clip: false }), points]);
  const [[left, right], [front, back]] = [plane.x, plane.y];
  /** @type {Point[]} */
  const outline = [
    [left, front],
    [right, front],
    [right, back],
    [left, back],
  ];
  keep({ color: "none", fill: "grid", opacity: 0.5 }, outline.map(floor));
  for (const piece of pieces) {
    keep({ color: "none", fill: color, opacity: 0.2 }, piece.map(onto));
    keep({ color, width: 1, opacity: 0.7 }, [...piece, piece[0]].map(onto));
  }
  for (const line of lines[k]) keep({ color, width: 0.8, opacity: 0.7 }, line.map(onto));
  for (const fold of folds) keep({ color: "ink", width: 1.6, dash: "6 4" }, fold.map(onto));
  // A point of no length with a round cap is a disk: one path for all flowers of a species.
  const dots = flowers.map((/** @type {Point[]} */ _, /** @type {number} */ own) =>
    plot.path({ color: `class${own}`, width: own === k ? 3.5 : 2.5, opacity: own === k ? 0.9 : 0.6, clip: false }),
  );
  return () => {
    for (const [mark, points] of still) mark.points(points);
    dots.forEach((/** @type {ReturnType<typeof plot.path>} */ mark, /** @type {number} */ own) => {
      const places = flowers[own].map((/** @type {Point} */ flower) => at(flower, own === k ? 1 : 0));
      mark.d(places.map((/** @type {Point} */ [u, v]) => `M${plot.sx(u)},${plot.sy(v)}h0`).join(""));
    });
  };
}

/**
 * A surface in space, and the flower's stem.
 * @param {Figure} figure @param {number} k @param {Plane} plane
 */
function surface(figure, k, plane) {
  const { pieces, layers } = figure.data;
  /** @type {See} */
  const at = (x, z) => see([...x, z], { ...plane, lift: LIFT });
  /** @type {Point[]} */
  const corners = pieces.flat();
  const v = corners.flatMap((x) => [0, ...forward(layers, x).output].map((z) => at(x, z)[1]));
  const u = corners.map((x) => at(x, 0)[0]);
  const [wide, tall] = [Math.max(...u) - Math.min(...u), Math.max(...v) - Math.min(...v)];
  const plot = figure.plot({
    x: [Math.min(...u), Math.max(...u)],
    y: [Math.min(...v), Math.max(...v)],
    axes: false,
    ratio: tall / wide,
    maxHeight: 280, // a phone's is a little flatter
    margin: { top: 8, right: 8, bottom: 6, left: 8 },
    label: figure.t("surface", { k: k + 1, name: figure.data.names[k] }),
  });
  const color = `class${k}`;
  const layOut = standingStill(plot, figure.data, k, plane, at);
  const stem = plot.line({ color: "ink", width: 2.5, clip: false });
  const foot = plot.dot({ color: "ink", r: 3.5 });
  const top = plot.dot({ color, shape: SHAPES[k], r: 8, stroke: "ink", width: 2 });
  const value = figure.readout(`z${k + 1}`, { label: `z_${k + 1}` });
  const sign = h("span", { style: { color: `var(--nn-${color})` }, text: SIGNS[k] });
  const title = h(
    "button",
    { type: "button", class: "nn-iris-title", "data-name": `surface${k + 1}` },
    h("span", {}, sign, ` ${figure.data.names[k]}`),
    value,
  );
  plot.node.classList.add("nn-iris-surface");
  let width = 0;
  return {
    title,
    node: plot.node,
    /** @param {Point} x @param {number} z @param {boolean} best */
    show(x, z, best) {
      if (plot.width !== width) {
        width = plot.width;
        layOut();
      }
      stem.at(...at(x, 0), ...at(x, z));
      foot.at(...at(x, 0));
      top.at(...at(x, z));
      value.show(fixed(z));
      plot.describe(fixed(z));
      title.classList.toggle("nn-best", best);
    },
  };
}

/**
 * All surfaces; on a phone the one that is chosen by its title, at first that of the answer.
 * @param {Figure} figure @param {Plane} plane
 */
export function makeSurfaces(figure, plane) {
  /** @type {ReturnType<typeof surface>[]} */
  const all = figure.data.names.map((/** @type {string} */ _, /** @type {number} */ k) => surface(figure, k, plane));
  /** @type {number | null} */
  let chosen = null;
  all.forEach(({ title }, k) =>
    set(title, {
      click: () => {
        chosen = k;
        figure.refresh();
        if (figure.measure()) figure.refresh(); // it was not there before
      },
    }),
  );
  figure.onReset(() => {
    chosen = null;
  });
  return {
    node: h(
      "div",
      { class: "nn-iris-surfaces" },
      all.map(({ title }) => title),
      all.map(({ node }) => node),
    ),
    /** Whether there is room for one only. */
    isAlone: () => getComputedStyle(all[0].title).pointerEvents !== "none",
    /** @param {Point} x @param {number[]} z @param {number[]} best @param {boolean} isNarrow */
    show(x, z, best, isNarrow) {
      chosen ??= best[0];
      all.forEach((one, k) => {
        one.show(x, z[k], best.includes(k));
        one.node.classList.toggle("nn-iris-chosen", k === chosen);
        one.title.disabled = !isNarrow; // side by side there is nothing to choose
        set(one.title, { "aria-pressed": isNarrow ? String(k === chosen) : null });
      });
    },
  };
}
