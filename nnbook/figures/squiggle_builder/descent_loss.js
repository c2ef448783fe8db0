// The SSR after each step of gradient descent, as far as it has come, on logarithmic axes.

import { sampled } from "../../../js/src/parts/course.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Point } from "../../../js/src/core/types.js" */
/** @import { Descent } from "./math/dosage_descent.js" */

const FLOOR = 1e-5;
const TOP = 20;
const CONSTANT = 2 / 3; // the SSR of the best network that gives the same for every dosage
const [START, END] = [0.72, 6500]; // step t is at t + 1, because 0 has no place

/** @param {Figure} figure */
export function descentLoss(figure) {
  const plot = figure.plot({
    x: [START, END],
    xLog: true,
    y: [FLOOR, TOP],
    yLog: true,
    xLabel: "t",
    yLabel: "\\text{SSR}",
    xTicks: [1, 11, 101, 1001, 5001],
    xFormat: (value) => (value > 1000 ? `${(value - 1) / 1000}000` : String(value - 1)),
    yTicks: [1e-4, 1e-2, 1],
    yFormat: (value) => (value === 1 ? "1" : `10^{${Math.round(Math.log10(value))}}`),
    margin: { left: 42, right: 22 },
    ratio: 0.34,
    maxHeight: 150,
    label: figure.t("plot_loss"),
  });
  const constant = plot.line({ color: "muted", width: 1, dash: "1 4" });
  const name = plot.text({ color: "muted", anchor: "end", dy: -5 });
  const curve = plot.path({ color: "loss", width: 2.4 });
  const now = plot.dot({ color: "loss", r: 5 });
  const shown = (/** @type {number} */ value) => Math.max(FLOOR, Math.min(TOP, value));
  return {
    plot,
    /** @param {Descent} run @param {number} step */
    draw({ losses }, step) {
      constant.at(START, CONSTANT, END, CONSTANT);
      name.at(END, CONSTANT, "2/3");
      const steps = [...new Set([...sampled(step), step])];
      curve.points(steps.map((t) => /** @type {Point} */ ([t + 1, shown(losses[t])])));
      now.at(step + 1, shown(losses[step]));
    },
  };
}
