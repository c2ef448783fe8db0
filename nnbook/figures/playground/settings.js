// What the reader can choose: the data, the network, and how it is trained.

import { color, glyph, h, math, room, SHAPES, s, significant } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { joined } from "./comparison_words.js";
import { fold } from "./fold.js";
import { readPoints } from "./math/csv_points.js";
import { MAX_POINTS } from "./math/plane_data.js";

/** @import { Attributes, Point } from "../../../js/src/core/types.js" */
/** @import { LabeledPoint } from "./math/plane_data.js" */
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
    { class: "nn-choice nn-pg-brush", role: "radiogroup", "aria-label": t("brush") },
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

/** @param {Playground} figure */
function pasting(figure) {
  const { t } = figure;
  const area = h("textarea", {
    class: "nn-pg-text",
    rows: 4,
    spellcheck: "false",
    "data-name": "csv",
    "aria-label": t("csv"),
    placeholder: "0.5, 1.2, 0\n-0.3, 0.8, 1",
  });
  const answer = h("p", { role: "status", class: "nn-pg-note", "data-name": "csv-answer" });
  const take = () => {
    const found = readPoints(area.value);
    if ("error" in found) {
      answer.textContent = t(found.error, { line: found.line });
      return;
    }
    answer.textContent = t("csv_read", { count: found.points.length });
    figure.set({ dataset: "none", points: found.points });
  };
  return h(
    "details",
    { class: "nn-pg-csv" },
    h("summary", { text: t("csv") }),
    h("p", { class: "nn-pg-note", text: t("csv_hint") }),
    area,
    button("csv-take", t("csv_take"), take, { "aria-label": t("csv_take") }),
    answer,
  );
}

/** One row for each hidden layer, with its width between a minus and a plus. @param {Playground} figure */
function layers(figure) {
  const { t } = figure;
  const { min, max, most } = figure.controls.hidden;
  const rows = h("div", { class: "nn-pg-layers" });
  /** @param {number} l @param {number} by */
  const change = (l, by) =>
    figure.set({ hidden: figure.state.hidden.map((width, index) => (index === l ? width + by : width)) });
  const steppers = Array.from({ length: most }, (_, l) => {
    const number = h("span", { class: "nn-pg-width", "data-name": `width-${l + 1}` });
    const less = button(`narrower-${l + 1}`, "−", () => change(l, -1), {
      "aria-label": t("narrower", { layer: l + 1 }),
    });
    const more = button(`wider-${l + 1}`, "+", () => change(l, 1), { "aria-label": t("wider", { layer: l + 1 }) });
    return {
      number,
      less,
      more,
      node: h(
        "div",
        { class: "nn-pg-stepper", title: t("layer_of", { layer: l + 1 }) },
        math(`d_${l + 1}`),
        less,
        number,
        more,
      ),
    };
  });
  rows.append(...steppers.map(({ node }) => room(node)));
  const add = button("add-layer", t("add_layer"), () =>
    figure.set({ hidden: [...figure.state.hidden, figure.state.hidden.at(-1) ?? 4] }),
  );
  const remove = button("remove-layer", t("remove_layer"), () =>
    figure.set({ hidden: figure.state.hidden.slice(0, -1) }),
  );
  return figure.control(h("div", {}, rows, h("div", { class: "nn-presets" }, add, remove)), () => {
    const { hidden } = figure.state;
    steppers.forEach(({ number, less, more, node }, l) => {
      node.hidden = l >= hidden.length;
      number.textContent = String(hidden[l] ?? "");
      less.disabled = hidden[l] <= min;
      more.disabled = hidden[l] >= max;
    });
    add.disabled = hidden.length >= most;
    remove.disabled = hidden.length === 0;
  });
}

/** The three folds, one after the other. @param {Playground} figure */
export function* makeSettings(figure) {
  const { t } = figure;
  const drawn = [
    figure.slider("count", { symbol: "n", label: t("count") }),
    figure.slider("noise", { symbol: "\\sigma", label: t("noise") }),
    figure.slider("classes", { symbol: "K", label: t("classes") }),
  ];
  const data = fold(
    figure,
    "data",
    t("data"),
    figure.choice("dataset", { label: t("dataset"), labels: (name) => t(`dataset_${name}`) }),
    figure.toggle("standardized", { label: t("standardized") }),
    drawn.map((node) => room(node)),
    pasting(figure),
  );
  yield;
  const network = fold(
    figure,
    "network",
    t("network_settings"),
    layers(figure),
    h(
      "div",
      { class: "nn-body" },
      figure.choice("activation", { label: t("activation"), labels: (name) => ACTIVATIONS[name].label }),
      figure.slider("start", { symbol: "s", label: t("start_scale") }),
    ),
  );
  yield;
  const training = fold(
    figure,
    "training",
    t("training"),
    figure.choice("loss", { label: t("loss"), labels: (name) => t(`loss_${name}`) }),
    figure.slider("rate", { symbol: "\\eta", label: t("rate"), format: (value) => significant(value, 3) }),
    figure.slider("batch_size", { symbol: "B", label: t("batch_size") }),
    figure.slider("momentum", { symbol: "\\mu", label: t("momentum") }),
    figure.slider("decay", { symbol: "\\lambda", label: t("decay") }),
    figure.slider("seed", { symbol: "r", label: t("seed") }),
  );
  figure.control(data.panel, () => {
    const { dataset, hidden, activation, rate, batch_size: batch } = figure.state;
    drawn.forEach((node, index) => {
      node.hidden = ["iris", "none"].includes(dataset) || (index === 2 && dataset === "moons");
    });
    data.hold(t(`dataset_${dataset}`));
    const sizes = hidden.length > 3 ? `${hidden[0]}-…-${hidden.at(-1)}` : hidden.join("-");
    network.hold(joined(t, [sizes, ACTIVATIONS[activation].label].filter(Boolean)));
    training.hold(joined(t, [`η = ${Number(rate.toPrecision(2))}`, `B = ${batch}`]));
  });
  return [data, network, training].map(({ nodes }) => nodes);
}
