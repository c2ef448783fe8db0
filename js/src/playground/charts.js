// The loss over the steps, and how large the gradient is in each layer.

import { significant } from "../core/index.js";

/** @import { Figure } from "../core/figure.js" */

const FLOOR = 1e-8; // of the gradients' axis
const TOP = 10;

/** A round number a little above. */
function above(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 1.5, 2, 3, 5, 7.5, 10].find((factor) => factor * power >= value) ?? 10);
}

/** @param {Figure} figure */
export function makeCharts(figure) {
  const { t } = figure;
  const common = { ratio: 0.55, maxHeight: 90, margin: { top: 26, bottom: 26, right: 20, left: 36 } };
  const loss = figure.plot({
    ...common,
    x: [0, 100],
    y: [0, 1],
    yTicks: 3,
    xTicks: 2,
    xLabel: "t",
    yLabel: "L",
    label: t("loss_plot"),
  });
  const curves = [loss.path({ color: "loss", width: 2.2 }), loss.path({ color: "loss", width: 1.8, dash: "5 4" })];
  const dots = [loss.dot({ color: "loss" }), loss.dot({ color: "loss", fill: "background", stroke: "loss" })];
  const names = ["train", "new"].map((key) => ({
    mark: loss.text({ size: 12 }),
    source: `\\c{loss}{\\text{${t(key)}}}`,
  }));
  const sizes = figure.plot({
    ...common,
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
    margin: { ...common.margin, right: 44 },
  });
  const bars = Array.from({ length: 7 }, () => ({
    bar: sizes.rect({ fill: "gradient" }),
    text: sizes.text({ color: "gradient", anchor: "middle", dy: -4, size: 11 }),
  }));

  return {
    nodes: [loss.node, sizes.node],
    draw(run, seen) {
      const { history, step } = run;
      const until = history.steps.findLastIndex((at) => at <= step) + 1;
      const parts = [
        [history.train, seen.train.loss],
        [history.heldOut, seen.heldOut.loss],
      ];
      const finite = history.train.slice(0, until).filter(Number.isFinite);
      const first = finite[0] || 1;
      const top = above(Math.min(Math.max(...finite, 1e-6), 3 * first));
      loss.domain({ x: [0, Math.max(100, above(history.steps.at(-1) ?? 1))], y: [0, top] });
      parts.forEach(([values, now], index) => {
        const points = values.slice(0, until).map((value, at) => [history.steps[at], value]);
        // Far above the picture is far enough: SVG cannot draw what is infinite.
        curves[index].points(
          [...points, [step, now]]
            .filter(([, value]) => Number.isFinite(value))
            .map(([at, value]) => [at, Math.min(value, 10 * top)]),
        );
        dots[index].at(step, Number.isFinite(now) ? Math.min(now, top) : NaN);
        // Beside the curve's end; the name of the higher one above it, the other below.
        const isLeft = 2 * step < loss.sx.domain()[1];
        const isHigher = !(now < parts[1 - index][1]);
        const { mark, source } = names[index];
        const place = { anchor: isLeft ? "start" : "end", dx: isLeft ? 8 : -8, dy: isHigher ? -6 : 15 };
        mark.at(step, Number.isFinite(now) ? Math.min(now, top) : NaN, source, place);
      });
      const layers = seen.gradients.length;
      sizes.options.xTicks = Array.from({ length: layers }, (_, l) => l + 1);
      sizes.domain({ x: [0.4, layers + 0.6] });
      bars.forEach(({ bar, text }, l) => {
        const value = seen.gradients[l];
        if (l >= layers || Number.isNaN(value)) {
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
