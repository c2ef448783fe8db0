// What the reader can choose: first the data, the network and the learning rate; behind "more" all the rest.

import { color, glyph, h, room, SHAPES, s } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { MAX_POINTS } from "./math/plane_data.js";
import { pickTrait } from "./pick.js";

/** @import { Attributes, Point } from "../../../js/src/core/types.js" */
/** @import { LabeledPoint, Settings } from "./math/plane_data.js" */
/** @import { Playground } from "./types.js" */

/** @param {string} name @param {string} text @param {() => void} click @param {Attributes} more */
const button = (name, text, click, more = {}) =>
  h("button", { type: "button", class: "nn-button", "data-name": name, text, click, ...more });

/** @typedef {number | "erase"} Brush */

/** Which class a tap adds; a tap on a point takes it away when the eraser is chosen. @param {Playground} figure */
export function makeBrush(figure) {
  const { t } = figure;
  const group = `${figure.id}-brush`;
  /** @type {Brush} */
  let brush = /** @type {Brush} */ (0);
  /** @type {Brush[]} */
  const all = [0, 1, 2, 3, 4, "erase"];
  const inputs = all.map((value) =>
    h("input", {
      type: "radio",
      name: group,
      value: String(value),
      "data-name": "brush",
      "aria-label": value === "erase" ? t("erase") : t("class_of", { k: value }),
      change: () => take(value),
    }),
  );
  const take = (/** @type {Brush} */ value) => {
    brush = value;
    inputs[all.indexOf(value)].checked = true;
  };
  take(0);
  figure.onReset(() => take(0));
  const labels = all.map((value, index) => {
    const face =
      value === "erase"
        ? h("span", { text: t("erase") })
        : h(
            "span",
            {},
            s(
              "svg",
              { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" },
              s("path", {
                d: glyph(SHAPES[value], 0, 0, 6),
                fill: color(`class${value}`),
                stroke: color("background"),
              }),
            ),
          );
    return h("label", {}, inputs[index], face);
  });
  const clear = figure.button({
    name: "clear",
    label: t("clear"),
    click: () => figure.set({ points: [] }),
    enabled: () => figure.state.points.length > 0,
  });
  const node = h(
    "div",
    { class: "nn-choice", role: "radiogroup", "aria-label": t("brush") },
    h("span", { class: "nn-choice-name", "aria-hidden": "true", text: t("brush") }),
    labels,
    clear,
  );

  /** What a tap at a place of the plane does. @param {number} x @param {number} y @param {[Point, Point]} window */
  const tap = (x, y, [[left, right], [bottom, top]]) => {
    const { points } = figure.state;
    if (brush !== "erase") {
      if (points.length < MAX_POINTS)
        figure.set({ points: [...points, [Number(x.toPrecision(3)), Number(y.toPrecision(3)), brush]] });
      return;
    }
    const far = (/** @type {LabeledPoint} */ [a, b]) => Math.hypot((a - x) / (right - left), (b - y) / (top - bottom));
    const nearest = points.reduce(
      (best, point, index) => (best < 0 || far(point) < far(points[best]) ? index : best),
      -1,
    );
    if (nearest >= 0 && far(points[nearest]) < 0.05)
      figure.set({ points: points.filter((_, index) => index !== nearest) });
  };
  return { node, tap };
}

/** A layer more, or less. @param {Playground} figure */
export function makeLayers(figure) {
  const { t } = figure;
  const { most } = figure.controls.hidden;
  const add = button("add-layer", t("add_layer"), () =>
    figure.set({ hidden: [...figure.state.hidden, figure.state.hidden.at(-1) ?? 4] }),
  );
  const remove = button("remove-layer", t("remove_layer"), () =>
    figure.set({ hidden: figure.state.hidden.slice(0, -1) }),
  );
  return figure.control(h("div", { class: "nn-presets nn-pg-layers" }, add, remove), () => {
    const { hidden } = figure.state;
    add.disabled = hidden.length >= most;
    remove.disabled = hidden.length === 0;
  });
}

/** What is chosen first. @param {Playground} figure @param {HTMLElement} begin the list of examples and challenges */
export function makeChoices(figure, begin) {
  const { t } = figure;
  return h(
    "div",
    { class: "nn-pg-choices" },
    begin,
    pickTrait(figure, "dataset", (name) => t(`dataset_${name}`)),
    pickTrait(figure, "activation", (name) => ACTIVATIONS[name].label),
    figure.slider("rate", {
      symbol: "\\eta",
      label: t("rate"),
      format: (value) => String(Number(value.toPrecision(3))),
    }),
  );
}

/** What is not seen at first. @type {(keyof Settings)[]} */
export const MORE = [
  "count",
  "noise",
  "classes",
  "standardized",
  "points",
  "loss",
  "batch_size",
  "momentum",
  "decay",
  "seed",
  "start",
];

/** The rest, beside a chart. @param {Playground} figure @param {HTMLElement} brush what a tap adds @param {HTMLElement} chart */
export function* makeSettings(figure, brush, chart) {
  const { t } = figure;
  const drawn = [
    figure.slider("count", { symbol: "n", label: t("count") }),
    figure.slider("noise", { symbol: "\\sigma", label: t("noise") }),
    figure.slider("classes", { symbol: "K", label: t("classes") }),
  ];
  yield;
  figure.control(drawn[0], () => {
    const { dataset } = figure.state;
    drawn.forEach((node, index) => {
      node.hidden = ["iris", "none"].includes(dataset) || (index === 2 && dataset === "moons");
    });
  });
  const training = [
    figure.slider("batch_size", { symbol: "B", label: t("batch_size") }),
    figure.slider("momentum", { symbol: "\\mu", label: t("momentum") }),
    figure.slider("decay", { symbol: "\\lambda", label: t("decay") }),
    figure.slider("start", { symbol: "s", label: t("start_scale") }),
    figure.slider("seed", { symbol: "r", label: t("seed") }),
  ];
  yield;
  return [
    figure.panel(...training, ...drawn.map((node) => room(node))),
    h(
      "div",
      { class: "nn-row" },
      h(
        "div",
        { class: "nn-pg-column" },
        h(
          "div",
          { class: "nn-pg-pair" },
          pickTrait(figure, "loss", (name) => t(`loss_${name}`)),
          figure.toggle("standardized", { label: t("standardized") }),
        ),
        brush,
      ),
      chart,
    ),
  ];
}
