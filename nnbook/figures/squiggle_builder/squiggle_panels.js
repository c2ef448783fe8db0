// The stages of the dosage network as three plots: slices of the activation curve, these over x, and weighted.

import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { curves, forward } from "../../../js/src/math/dosage.js";
import { nameEnds } from "../../../js/src/parts/curve_names.js";
import { NEURONS, REACHES } from "./lens_network.js";
import { BOTTOMS, outward, TOPS } from "./math/squiggle.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Interval } from "../../../js/src/core/types.js" */

/** Slices of the curve; over x; and multiplied by the output weights, with their sum. @param {Figure} figure */
export function panelPlots(figure) {
  const { t } = figure;
  const look = { ratio: 0.62, maxHeight: 100, zero: true, yTicks: 3, margin: { left: 34 } };
  const slices = figure.plot({
    ...look,
    x: [-4, 4],
    y: [-1.2, 4],
    xTicks: [-4, 0, 4],
    xLabel: "z",
    yLabel: "f(z)",
    label: t("slices"),
  });
  const overX = {
    ...look,
    x: /** @type {Interval} */ ([0, 1]),
    xTicks: [0, 1],
    xLabel: "x",
    margin: { left: 34, right: 42 },
  };
  const bent = figure.plot({ ...overX, y: [-0.2, 3], yLabel: "a_1,\\, a_2", label: t("activations") });
  const weighted = figure.plot({ ...overX, y: [-3, 1.6], yLabel: "w_3 a_1,\\, w_4 a_2", label: t("weighted") });
  const whole = slices.path({ color: "muted", width: 1.2 });
  const cuts = NEURONS.map(({ shade, dash }, j) => ({
    slice: slices.path({ color: shade, width: j ? 3 : 6, dash, opacity: j ? 1 : 0.55 }),
    walk: slices.line({ color: shade, width: 2, dash, arrow: true }),
    name: slices.text({ color: shade, dy: j ? 8 : 1 }),
    drops: [0, 1].map(() => slices.line({ color: shade, width: 0.8 })),
    dot: slices.dot({ color: shade, r: 4.5 }),
  }));
  const total = weighted.path({ color: "muted", width: 2, dash: "1 4" });
  const over = [bent, weighted].map((plot) =>
    NEURONS.map(({ shade, dash }) => ({
      path: plot.path({ color: shade, width: 2.5, dash }),
      dot: plot.dot({ color: shade, r: 4.5 }),
      end: plot.text({ color: shade }),
    })),
  );

  /** @param {{x: number, activation: string}} state @param {number[]} theta @param {ReturnType<typeof forward>} here */
  function draw({ x, activation }, theta, here) {
    const { f } = ACTIVATIONS[activation];
    const spans = [0, 2].map((k) => [theta[k + 1], theta[k] + theta[k + 1]]);
    const reach = outward([0, ...spans.flat().map(Math.abs)], [0], REACHES)[1];
    const top = activation === "sigmoid" ? 1.1 : reach;
    slices.options.xTicks = [-reach, 0, reach];
    slices.domain({ x: [-reach, reach], y: [-0.3 * top, top] });
    whole.f(f);
    cuts.forEach(({ slice, walk, name, drops, dot }, j) => {
      const [from, to] = spans[j];
      const back = to < from;
      const height = -top * (0.1 + 0.12 * j);
      slice.f(f, from, to);
      walk.at(from, height, to, height);
      name.at(from, height, `z_${j + 1}`, { anchor: back ? "start" : "end", dx: back ? 6 : -6 });
      drops.forEach((line, k) => line.at(spans[j][k], height, spans[j][k], f(spans[j][k])));
      dot.at(here.z[j], here.a[j]);
    });
    const edge = [0, 1].map((at) => forward(theta, at, activation));
    const ends = [edge.map(({ a }) => a), edge.map(({ weighted: parts }) => parts)];
    bent.domain({ y: outward([0, ...ends[0].flat()], [-0.7], activation === "sigmoid" ? [1.2] : [3, 6, 12, 30]) });
    weighted.domain({ y: outward([...ends[1].flat(), ...edge.map(({ weighted: [a, b] }) => a + b)], BOTTOMS, TOPS) });
    const all = curves(theta, activation);
    total.f(all.sum);
    over.forEach((marks, which) => {
      const plot = [bent, weighted][which];
      marks.forEach(({ path, dot }, j) => {
        path.f((which ? all.weighted : all.a)[j]);
        dot.at(x, (which ? here.weighted : here.a)[j]);
      });
      const texts = which ? ["w_3\\,a_1", "w_4\\,a_2"] : ["a_1", "a_2"];
      const names = marks.map(({ end }) => end);
      nameEnds(plot, names, ends[which][1], texts);
    });
  }
  return { plots: [slices, bent, weighted], draw };
}
