// The losses of several runs over the steps.

import { plain, significant } from "../../../js/src/core/index.js";
import { STARTS } from "./math/starts.js";

/** @import { Playground } from "./types.js" */
/** @import { Point } from "../../../js/src/math/types.js" */
/** @import { Past } from "./math/starts.js" */

/**
 * The points of a run's curve up to a step.
 * @param {Past} run @param {"validation" | "train"} which @param {number} until
 * @returns {Point[]}
 */
const curveOf = ({ history }, which, until) =>
  history.steps.flatMap((at, index) =>
    at <= until && Number.isFinite(history[which][index]) ? [/** @type {Point} */ ([at, history[which][index]])] : [],
  );

/** The present run thick, other starts thin, the pinned run dashed. @param {Playground} figure */
export function makeComparisonChart(figure) {
  const { t } = figure;
  const plot = figure.plot({
    ratio: 0.5,
    maxHeight: 170,
    x: [0, 100],
    y: [0, 1],
    xTicks: 3,
    yTicks: 3,
    xLabel: "t",
    yLabel: "L",
    label: t("compare_plot"),
    margin: { top: 24, bottom: 26, right: 20, left: 36 },
  });
  const others = Array.from({ length: STARTS - 1 }, () => plot.path({ color: "loss", width: 1, opacity: 0.65 }));
  const pin = plot.path({ color: "ink", width: 1.6, dash: "4 3" });
  const present = plot.path({ color: "loss", width: 2.6 });
  const name = plot.text();
  return {
    node: plot.node,
    /**
     * @param {import("./math/run.js").Run} run @param {Past[]} starts @param {Past | null} pinned
     * @param {"validation" | "train"} which
     */
    draw(run, starts, pinned, which) {
      const curves = [run, ...starts].map((each) => curveOf(each, which, run.step));
      const kept = pinned ? curveOf(pinned, which, Infinity) : [];
      const all = [...curves, kept].flat();
      const highest = Math.max(...all.map(([, loss]) => loss), 1e-6);
      // A spike, or a run that grows without end, does not press the others flat.
      const top = Math.min(highest, 2 * Math.max(...curves.map(([first]) => first?.[1] ?? 0), 1e-6));
      plot.domain({ x: [0, Math.max(20, ...all.map(([at]) => at))], y: [0, 1.05 * top] });
      const flat = (/** @type {Point[]} */ points) =>
        points.map(([at, loss]) => /** @type {Point} */ ([at, Math.min(loss, 10 * top)]));
      present.points(flat(curves[0]));
      others.forEach((path, index) => path.points(flat(curves[index + 1] ?? [])));
      pin.points(flat(kept));
      const [at, loss] = kept.at(-1) ?? [NaN, NaN];
      name.at(at, Math.min(loss, top), `\\text{${t("pinned")}}`, { anchor: "end", dx: -2, dy: -6 });
      const ends = [curves[0], kept].flatMap((points) => points.slice(-1));
      plot.describe(ends.map(([, end]) => plain(significant(end, 3))).join(", "));
    },
  };
}
