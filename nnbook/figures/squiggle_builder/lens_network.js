// The diagram of the dosage network: parameters that can be dragged in place, and each hidden
// neuron as a lens on the slice of the activation curve that it uses.

import { color, fixed, s, set, stroke, svgMath, uniqueId } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { PARAMETERS } from "../../../js/src/math/dosage.js";
import { around, disc, ends, sub } from "../../../js/src/parts/network.js";
import { outward } from "./math/squiggle.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Point, State } from "../../../js/src/core/types.js" */
/** @import { forward } from "../../../js/src/math/dosage.js" */

/** How the two hidden neurons are told apart: the color is that of every activation. */
export const NEURONS = [
  { shade: "activation", dash: null },
  { shade: "activation", dash: "7 4" },
];

/** Limits of z, to either side. */
export const REACHES = [2, 4, 8, 12];

const WEIGHTS = ["w1", "w2", "w3", "w4"];

/**
 * The diagram: each hidden neuron is a lens on its slice of the curve.
 * @param {Figure} figure
 * @param {{get: (name: string) => number, put: (name: string, value: number) => void}} parameters
 */
export function lensNetwork(figure, parameters) {
  const plot = figure.plot({ x: [0, 1], y: [0, 1], axes: false, ratio: 1, maxHeight: 238, label: figure.t("network") });
  const edges = WEIGHTS.map(() => plot.line({ color: "muted", arrow: true, clip: false }));
  const input = disc(plot, "input", { symbol: "x", name: "input" });
  const output = disc(plot, "prediction", { symbol: "\\hat{y}", name: "prediction" });
  const lenses = NEURONS.map((look, j) => makeLens(plot, look, j));
  const scrubs = Object.fromEntries(PARAMETERS.map((name) => [name, makeScrub(figure, plot, name, parameters)]));
  const { min, max } = figure.controls.w1;
  const largest = Math.max(-min, max);

  /** @param {State} state @param {number[]} theta @param {ReturnType<typeof forward>} here */
  function draw(state, theta, here) {
    if (!plot.inner) return;
    const room = layout(plot, plot.inner);
    const { at, r, R, columns, rows, mid } = room;
    WEIGHTS.forEach((name, k) => {
      const [a, b] =
        k < 2 ? ends(room.input, room.hidden[k], r, R + 2) : ends(room.hidden[k - 2], room.output, R, r + 2);
      edges[k].at(...at(a), ...at(b));
      edges[k].style(stroke(parameters.get(name), largest));
      scrubs[name].at(...at(room.onEdge(k, a, b)));
    });
    const beside = R + 15;
    scrubs.b1.at(...at([columns[1], rows[0] - beside]));
    scrubs.b2.at(...at([columns[1], rows[1] + beside]));
    scrubs.b3.at(
      ...at([Math.min(columns[2], plot.margin.left + plot.inner.width - 43), mid + r + (room.crowded ? 27 : 20)]),
    );
    input.at(at(room.input), r, fixed(state.x));
    output.at(at(room.output), r, fixed(here.prediction));
    const scale = { R, ...heights(theta, state.activation, R), f: ACTIVATIONS[state.activation].f };
    lenses.forEach((lens, j) => {
      plot.place(lens.element, ...at(room.hidden[j]));
      lens.show(scale, theta.slice(2 * j, 2 * j + 2), here.z[j], room.tiny ? "" : `a_${j + 1} = ${fixed(here.a[j])}`);
    });
  }
  return { plot, draw };
}

/**
 * A parameter that is changed in place.
 * @param {Figure} figure @param {Plot} plot @param {string} name @param {Parameters<typeof lensNetwork>[1]} parameters
 */
const makeScrub = (figure, plot, name, { get, put }) =>
  plot.scrub({
    name,
    symbol: sub(name),
    limits: figure.controls[name],
    perStep: 1,
    color: name[0] === "w" ? "weight" : "bias",
    get: () => get(name),
    put: (value) => put(name, value),
  });

/** Where everything is, in px. @param {Plot} plot @param {{width: number, height: number}} inner */
function layout(plot, { width, height }) {
  const crowded = width < 520; // the weights are between their edges instead of on them
  const tiny = width < 280;
  const room = tiny ? 8 : 32; // of the circles, between the weights
  const [r, R] = tiny ? [15, 27] : width < 340 ? [17, 31] : [21, 40];
  const mid = plot.margin.top + height / 2;
  const [left, right] = [plot.margin.left + r + 2, plot.margin.left + width - (crowded ? r + 2 : 44)];
  const columns = [left, (left + right) / 2, right];
  const rows = [mid - height / 4, mid + height / 4];
  return {
    ...{ crowded, tiny, r, R, mid, columns, rows, at: around(plot) },
    input: /** @type {Point} */ ([left, mid]),
    hidden: rows.map((row) => /** @type {Point} */ ([columns[1], row])),
    output: /** @type {Point} */ ([right, mid]),
    /**
     * The place of the k-th weight, on its edge from a to b or beside it.
     * @param {number} k @param {Point} a @param {Point} b
     * @returns {Point}
     */
    onEdge: (k, a, b) => {
      if (!crowded) return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const between = (columns[k >> 1] + columns[(k >> 1) + 1] + (k < 2 ? r - room : room - r)) / 2;
      return [between, mid + (k % 2 ? 17 : -17)];
    },
  };
}

/**
 * How far the lenses reach and how high a unit of f is.
 * @param {number[]} theta @param {string} activation @param {number} R
 */
function heights(theta, activation, R) {
  const sums = [0, 2].flatMap((k) => [theta[k + 1], theta[k] + theta[k + 1]].map(Math.abs));
  const [, reach] = outward([0, ...sums], [0], REACHES);
  return { reach, wide: R / reach, tall: activation === "sigmoid" ? R * 0.9 : R / reach };
}

/**
 * A circle that shows a piece of the activation curve, the slice that is used, and the point of the present input.
 * @param {Plot} plot @param {{shade: string, dash: string | null}} look @param {number} j
 */
function makeLens(plot, { shade, dash }, j) {
  const id = uniqueId("lens");
  const hole = s("circle");
  const ring = s("circle", { fill: color("background"), stroke: color(shade), "stroke-width": 2 });
  const axis = s("path", { stroke: color("grid") });
  const curve = s("path", { fill: "none", stroke: color("muted"), "stroke-width": 1.2 });
  const slice = s("path", { fill: "none", stroke: color(shade), "stroke-width": 4, "stroke-dasharray": dash && "6 3" });
  const dot = s("circle", { r: 4.5, fill: color(shade), stroke: color("background"), "stroke-width": 1.5 });
  const value = s("text", { class: "nn-halo", fill: color(shade), "data-name": `a${j + 1}` });
  const inside = s("g", { "clip-path": `url(#${id})` }, axis, curve, slice);
  return {
    element: plot.add(s("g", {}, s("clipPath", { id }, hole), ring, inside, dot, value)),
    /**
     * @param {ReturnType<typeof heights> & {R: number, f: (z: number) => number}} scale
     * @param {number[]} parameters w and b @param {number} z @param {string} label
     */
    show: ({ R, reach, wide, tall, f }, [w, b], z, label) => {
      const place = (/** @type {number} */ sum) => [sum * wide, R * 0.42 - f(sum) * tall];
      const along = (/** @type {number} */ from, /** @type {number} */ to) => {
        const points = Array.from({ length: 33 }, (_, i) => place(from + ((to - from) * i) / 32));
        return `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`;
      };
      set(ring, { r: R });
      set(hole, { r: R - 1 });
      set(axis, { d: `M${-R},${R * 0.42}H${R}M0,${-R}V${R}` });
      set(curve, { d: along(-reach, reach) });
      set(slice, { d: along(b, b + w) });
      const [x, y] = place(z);
      set(dot, { cx: x, cy: y, visibility: Math.hypot(x, y) < R ? null : "hidden" });
      set(value, { x: 0.82 * R + 6, y: (j ? 0.57 : -0.57) * R + 5 }); // beside its circle, off the edges
      svgMath(value, label);
    },
  };
}
