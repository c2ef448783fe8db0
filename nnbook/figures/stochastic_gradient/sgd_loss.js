// The loss of a run of SGD, and of three batch sizes for comparison.

import { h, set } from "../../../js/src/core/index.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Point } from "../../../js/src/core/types.js" */

/** @typedef {{batch_size: number, rate: number, seed: number, step: number, standardized: boolean, axis: string}} Traits */

/** Batch size -> dashes. @type {Record<string, string>} */
const COMPARED = { 150: "7 4", 15: "6 3 1.5 3", 1: "1.5 3" };
const SIZES = Object.keys(COMPARED).map(Number);
const [FLOOR, CEILING] = [1e-6, 1e12]; // of the axis
const POINTS = 250; // of a curve; more cannot be told apart
export const WINDOW = 75; // samples over which the curves for comparison are averaged

/** What does not change from step to step is not drawn again: a function that says whether its arguments have changed. */
export function changes() {
  let known = "";
  return (/** @type {unknown[]} */ ...values) => {
    const before = known;
    known = values.join();
    return known !== before;
  };
}

/** @param {Figure} figure @param {(state: Traits, batchSize: number) => {smooth: number[]}} run */
export function makeLoss(figure, run) {
  const { t } = figure;
  const changed = changes();
  const loss = figure.plot({
    x: [0, 1500],
    y: [FLOOR, 10],
    yLog: true,
    yTicks: 5,
    xTicks: 4,
    yLabel: "L - L_{\\min}",
    ratio: 1.15,
    maxHeight: 262,
    margin: { right: 58, left: 46, bottom: 44 },
    label: t("loss"),
  });
  const others = Object.values(COMPARED).map((dash) => loss.path({ color: "muted", width: 1.3, dash }));
  const otherNames = others.map(() => loss.text({ color: "muted", dx: 5, dy: 4 }));
  const curve = loss.path({ color: "loss", width: 2 });
  const mark = loss.dot({ color: "loss", r: 6 });
  const axisName = h("p", { class: "nn-axis-words" });

  /** A curve whose steps are so far apart. @param {number[]} values @param {number} apart */
  const placed = (values, apart) =>
    thin(values).map(([step, value]) => /** @type {Point} */ ([step * apart, held(loss, value)]));

  /** @param {Traits} state @param {number[]} height the loss above its minimum, after each step @param {number} k */
  function draw(state, height, k) {
    const { batch_size: B, standardized } = state;
    const across = (/** @type {number} */ size) => (state.axis === "samples" ? size : 1);
    let end = state.axis === "samples" ? 1500 : 100;
    while (end < k * across(B)) end = Math.min(1500, 2 * end);
    const highest = Math.max(...height.slice(0, k + 1));
    loss.domain({ x: [0, end], y: [FLOOR, Math.min(CEILING, 10 ** Math.max(1, Math.ceil(Math.log10(highest))))] });
    if (changed(state.rate, state.seed, standardized, state.axis, loss.sx.domain(), loss.sy.domain(), loss.width)) {
      const ends = SIZES.map((size, i) => {
        const visible = run(state, size).smooth.slice(0, Math.floor(end / across(size)) + 1);
        const points = placed(visible, across(size));
        others[i].points(points);
        return { size, at: points[points.length - 1] };
      });
      label(loss, ends, otherNames);
    }
    curve.points(placed(height.slice(0, k + 1), across(B)));
    mark.at(k * across(B), held(loss, height[k]));
    set(axisName, { text: t(state.axis) });
  }
  return { plot: loss, axisName, draw };
}

/**
 * Means over as many neighbors on either side; fewer toward the ends.
 * @param {number[]} values @param {number} most
 */
export function smoothed(values, most) {
  const sums = [0];
  for (const value of values) sums.push(sums[sums.length - 1] + value);
  if (!Number.isFinite(sums[values.length])) return values; // it diverged: the jumps do not matter
  return values.map((_, i) => {
    const reach = Math.min(most, i, values.length - 1 - i);
    return reach === 0 ? values[i] : (sums[i + reach + 1] - sums[i - reach]) / (2 * reach + 1);
  });
}

/**
 * At most so many points [step, value] of a curve, the last one among them.
 * @param {number[]} values
 * @returns {Point[]}
 */
function thin(values) {
  const stride = Math.ceil(values.length / POINTS);
  return values
    .map((value, step) => /** @type {Point} */ ([step, value]))
    .filter(([step]) => step % stride === 0 || step === values.length - 1);
}

/** A loss within the plot: what is lower or higher runs along its edge. @param {Plot} plot @param {number} value */
function held(plot, value) {
  const [low, high] = plot.sy.domain();
  return Math.max(low, Math.min(high, value));
}

/**
 * Names at the ends of curves, moved apart where they end at one height.
 * @param {Plot} plot @param {{size: number, at: Point}[]} ends @param {ReturnType<Plot["text"]>[]} names
 */
function label(plot, ends, names) {
  const spots = ends
    .map(({ size, at }, i) => ({ name: names[i], size, x: at[0], y: at[1], px: plot.sy(at[1]), shifted: 0 }))
    .sort((p, q) => p.px - q.px);
  spots.forEach((spot, i) => {
    const above = spots.slice(0, i).filter((other) => Math.abs(plot.sx(other.x) - plot.sx(spot.x)) < 40);
    const shift = Math.max(0, ...above.map((other) => other.shifted + 15 - spot.px));
    spot.shifted = spot.px + shift;
    spot.name.at(spot.x, spot.y, `B = ${spot.size}`, { dy: 4 + shift });
  });
}
