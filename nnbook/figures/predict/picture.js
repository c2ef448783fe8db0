// What a question shows above its answer: lines of code, and a picture as Python describes it (nnbook/questions/picture.py).

import { h, SHAPES, set } from "../../../js/src/core/index.js";
import { spoken } from "../../../js/src/core/typeset.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Point } from "../../../js/src/math/types.js" */
/** @import { Axis } from "../../../js/src/questions/drawing.js" */

/** @typedef {{form: string, at: Point[], color: string, name?: string, texts?: string[]}} Layer */
/** @typedef {{name: string, x: Axis, y: Axis, layers: Layer[], bare?: boolean}} Panel */
/** @typedef {{code?: string, picture?: Panel[], values: Record<string, unknown>}} Shown */

const DASHES = [null, "7 4", "2 3", "7 3 2 3", "1 4"]; // curves differ in more than color
const BAR = 0.35; // half its width, in units of the axis
const LINE = 15; // px between names

/**
 * The elements above the answer, and what brings them up to date.
 * @param {Figure<any, Shown>} figure
 * @returns {{nodes: HTMLElement[], draw: () => void}}
 */
export function shownAbove(figure) {
  const { code, picture = [], values } = figure.data;
  const nodes = [];
  if (code) nodes.push(h("pre", { class: "nn-code", translate: "no" }, h("code", { text: code })));
  const panels = picture.map((panel) => drawn(figure, panel, picture.length === 1));
  if (panels.length)
    nodes.push(
      h(
        "div",
        {
          class: "nn-picture",
          role: "img",
          "aria-label": spoken(figure.t("alt", values)),
          "data-name": "picture",
          "data-panels": panels.length,
        },
        panels.map(({ node }) => node),
      ),
    );
  return { nodes, draw: () => panels.forEach((panel) => panel.draw()) };
}

/** @param {Figure<any, Shown>} figure @param {Panel} panel @param {boolean} alone */
function drawn(figure, { name, x, y, layers, bare }, alone) {
  const plot = figure.plot({
    x: [x.low, x.high],
    y: [y.low, y.high],
    xLog: x.log,
    yLog: y.log,
    xTicks: x.ticks ?? 5,
    yTicks: y.ticks ?? 4,
    xLabel: x.symbol,
    yLabel: y.symbol,
    axes: !bare,
    equal: bare,
    ratio: alone ? 0.6 : 0.75,
    maxHeight: bare ? 36 * (y.high - y.low) : 230,
    margin: bare ? {} : { right: 30 },
  });
  set(plot.svg, { role: null, "aria-hidden": "true", "aria-describedby": null }); // one text is for all panels
  const marks = layers.map((layer, at) => FORMS[layer.form](plot, layer, sameBefore(layers, at)));
  const names = layers.flatMap((layer) => (layer.name ? [named(plot, layer)] : []));
  const title = name ? h("p", { class: "nn-plot-title", text: name }) : null;
  return {
    node: h("div", {}, title, plot.node),
    draw: () => {
      for (const draw of marks) draw();
      apart(plot, names);
    },
  };
}

/** How many layers of the same form lie below. @param {Layer[]} layers @param {number} at */
const sameBefore = (layers, at) => layers.slice(0, at).filter(({ form }) => form === layers[at].form).length;

/** @type {Record<string, (plot: Plot, layer: Layer, nth: number) => () => void>} */
const FORMS = {
  curve: (plot, { at, color }, nth) => {
    const path = plot.path({ color, width: 2.2, dash: DASHES[nth % DASHES.length] });
    return () => path.points(at);
  },
  points: (plot, { at, color }, nth) => {
    const dots = at.map(() => plot.dot({ color, r: 4.5, shape: SHAPES[nth % SHAPES.length] }));
    return () => dots.forEach((dot, i) => dot.at(...at[i]));
  },
  bars: (plot, { at, color }) => {
    const bars = at.map(() => plot.rect({ fill: color }));
    const [low] = plot.sy.domain();
    return () => bars.forEach((bar, i) => bar.at(at[i][0] - BAR, Math.max(0, low), at[i][0] + BAR, at[i][1]));
  },
  walk: (plot, { at, color }) => {
    const arrows = at.slice(1).map(() => plot.line({ color, width: 1.4, arrow: true }));
    const dots = at.map((_, i) => plot.dot({ color, r: i ? 2.5 : 5, clip: true }));
    return () => {
      arrows.forEach((arrow, i) => arrow.at(...at[i], ...at[i + 1]));
      dots.forEach((dot, i) => dot.at(...at[i]));
    };
  },
  cells: (plot, layer, nth) => {
    const frames = layer.at.map(() => plot.rect({ color: "grid", fill: "background" }));
    const write = FORMS.texts(plot, layer, nth);
    return () => {
      frames.forEach((frame, i) => {
        const [x, y] = layer.at[i];
        frame.at(x - 0.5, y - 0.5, x + 0.5, y + 0.5);
      });
      write();
    };
  },
  texts: (plot, { at, color, texts = [] }) => {
    const written = at.map(() => plot.text({ color, anchor: "middle", dy: 4.5, halo: false }));
    return () => written.forEach((text, i) => text.at(...at[i], texts[i]));
  },
};

/** The name of a layer, beside its last place within the plot. @param {Plot} plot @param {Layer} layer */
function named(plot, { at, color, name = "" }) {
  const text = plot.text({ color });
  const [low, high] = plot.sy.domain();
  const place = at.findLast(([, y]) => y >= low && y <= high) ?? at[at.length - 1];
  return { place, put: (/** @type {number} */ dy) => text.at(...place, name, { dx: 7, dy }) };
}

/**
 * Names at the same height would lie on each other, or on that of the axis: from there they go up.
 * @param {Plot} plot @param {ReturnType<typeof named>[]} names
 */
function apart(plot, names) {
  const [low] = plot.sy.domain();
  const height = (/** @type {ReturnType<typeof named>} */ { place }) => plot.sy(place[1]);
  let free = plot.sy(low);
  for (const name of [...names].sort((a, b) => height(b) - height(a))) {
    free = Math.min(height(name), free - LINE);
    name.put(4.5 + free - height(name));
  }
}
