// The loss over the steps, and how large the gradient is in each layer.

import { plain, significant } from "../../../js/src/core/index.js";
import { joined } from "./comparison_words.js";

/** @import { Point } from "../../../js/src/core/types.js" */
/** @import { Seen } from "./math/facts.js" */
/** @import { Run } from "./math/run.js" */
/** @import { Playground } from "./types.js" */

const FLOOR = 1e-8; // of the gradients' axis
const TOP = 10;
const COMMON = { ratio: 0.55, maxHeight: 90, margin: { top: 26, bottom: 26, right: 20, left: 36 } };
const APART = 17; // px between the middles of two labels
const ABOVE = 14; // px between the middle of a label and the axis, at whose end its name stands

/** A round number a little above. @param {number} value */
function above(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 1.5, 2, 3, 5, 7.5, 10].find((factor) => factor * power >= value) ?? 10);
}

/**
 * Where two labels stand beside the ends of their curves: above the axis, and apart from each other.
 * @param {number[]} ends px; NaN for none @param {number} axis
 */
function apart(ends, axis) {
  const [first, second] = ends;
  if (!(Math.abs(first - second) < APART)) return ends.map((end) => Math.min(end, axis - ABOVE));
  const middle = Math.min((first + second) / 2, axis - ABOVE - APART / 2);
  const half = first > second ? APART / 2 : -APART / 2;
  return [middle + half, middle - half];
}

/** Both curves, each with its name and its loss at its end. @param {Playground} figure */
export function makeLoss(figure) {
  const { t } = figure;
  const plot = figure.plot({
    ...COMMON,
    x: [0, 100],
    y: [0, 1],
    yTicks: 3,
    xTicks: 2,
    xLabel: "t",
    yLabel: "L",
    label: t("loss_plot"),
    margin: { ...COMMON.margin, right: 132 },
  });
  const curves = [plot.path({ color: "loss", width: 2.2 }), plot.path({ color: "loss", width: 1.8, dash: "5 4" })];
  const dots = [plot.dot({ color: "loss" }), plot.dot({ color: "loss", fill: "background", stroke: "loss" })];
  const names = [plot.text({ color: "loss" }), plot.text({ color: "loss" })];
  return {
    node: plot.node,
    /** @param {Run} run @param {Seen} seen */
    draw({ history, step }, seen) {
      const until = history.steps.findLastIndex((at) => at <= step) + 1;
      const ends = [seen.train.loss, seen.validation.loss];
      const told = ["train", "validation"].map((key, i) => [t(key), significant(ends[i], 4)]);
      const words = told.filter((_, i) => Number.isFinite(ends[i])).map(([name, loss]) => `${name} ${plain(loss)}`);
      plot.describe(words.length ? joined(t, words) : "");
      const finite = history.train.slice(0, until).filter(Number.isFinite);
      const top = above(Math.min(Math.max(...finite, 1e-6), 3 * (finite[0] || 1)));
      plot.domain({ x: [0, Math.max(100, above(history.steps.at(-1) ?? 1))], y: [0, top] });
      [history.train, history.validation].forEach((values, index) => {
        const points = values.slice(0, until).map((value, at) => /** @type {Point} */ ([history.steps[at], value]));
        // Far above the picture is far enough: SVG cannot draw what is infinite.
        curves[index].points(
          [...points, [step, ends[index]]]
            .filter(([, value]) => Number.isFinite(value))
            .map(([at, value]) => /** @type {Point} */ ([at, Math.min(value, 10 * top)])),
        );
      });
      const heights = ends.map((end) => (Number.isFinite(end) ? Math.min(end, top) : NaN));
      const places = apart(heights.map(plot.sy), plot.sy(0));
      heights.forEach((height, index) => {
        dots[index].at(step, height);
        const [name, loss] = told[index];
        const dy = 5 + places[index] - plot.sy(height);
        if (Number.isFinite(height)) names[index].at(step, height, `\\text{${name} }${loss}`, { dx: 9, dy });
        else names[index].hide();
      });
    },
  };
}

/** How large the gradient is in each layer. @param {Playground} figure */
export function makeGradients(figure) {
  const { t } = figure;
  const plot = figure.plot({
    ...COMMON,
    x: [0.4, 3.6],
    y: [FLOOR, TOP],
    yLog: true,
    xTicks: [1, 2, 3],
    yTicks: [1e-8, 1e-4, 1],
    yFormat: (value) => (value === 1 ? "1" : `10^{${Math.round(Math.log10(value))}}`),
    xFormat: String,
    xLabel: `\\text{${t("layer")}}`,
    yLabel: "|\\partial L/\\partial w|",
    label: t("gradient_plot"),
    margin: { ...COMMON.margin, right: 44 },
  });
  const bars = Array.from({ length: 7 }, () => ({
    bar: plot.rect({ fill: "gradient" }),
    text: plot.text({ color: "gradient", anchor: "middle", dy: -4 }),
  }));
  return {
    node: plot.node,
    /** @param {number[]} gradients */
    draw(gradients) {
      const layers = gradients.length;
      plot.options.xTicks = Array.from({ length: layers }, (_, l) => l + 1);
      plot.domain({ x: [0.4, layers + 0.6] });
      const told = gradients.map((value) => (!Number.isFinite(value) ? "–" : plain(significant(value, 2))));
      plot.describe(told.map((value, l) => `${l + 1}: ${value}`).join(", "));
      bars.forEach(({ bar, text }, l) => {
        const value = gradients[l];
        if (l >= layers || !Number.isFinite(value)) {
          bar.hide();
          text.hide();
          return;
        }
        const height = Math.max(FLOOR, Math.min(TOP, value));
        bar.at(l + 0.75, FLOOR, l + 1.25, height);
        // Of a gradient that is exactly zero, and of one below the axis, the number says it.
        if (value < FLOOR) text.at(l + 1, FLOOR, value === 0 ? "0" : significant(value, 1));
        else text.hide();
      });
    },
  };
}
