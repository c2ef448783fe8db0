// The diagram of the dosage network: parameters that can be dragged where they stand, and each hidden
// neuron as a lens on the slice of the activation curve that it uses.

import { color, fixed, s, set, stroke, svgMath, uniqueId } from "../core/index.js";
import { ACTIVATIONS } from "../math/activations.js";
import { PARAMETERS } from "../math/dosage.js";
import { outward } from "../math/squiggle.js";

/** How the two hidden neurons are told apart: by color and by dashes. */
export const NEURONS = [
  { shade: "class0", dash: null },
  { shade: "class1", dash: "7 4" },
];

/** Limits of z, to either side. */
export const REACHES = [2, 4, 8, 12];

const sub = (name) => `${name[0]}_${name[1]}`;

/** The diagram: each hidden neuron is a lens on its slice of the curve. */
export function lensNetwork(figure) {
  const plot = figure.plot({ x: [0, 1], y: [0, 1], axes: false, ratio: 1, maxHeight: 238, label: figure.t("network") });
  const edges = ["w1", "w2", "w3", "w4"].map(() => plot.line({ color: "muted", arrow: true, clip: false }));
  const circle = (shade) => s("circle", { fill: color("background"), stroke: color(shade), "stroke-width": 2 });
  const text = (name) => s("text", { "text-anchor": "middle", "data-name": name });
  const disc = (shade, name) => {
    const [ring, value, above] = [circle(shade), text(name), text()];
    return { ring, value, above, element: plot.add(s("g", {}, ring, value, above)) };
  };
  const [input, output] = [disc("input", "input"), disc("prediction", "prediction")];
  const lenses = NEURONS.map(({ shade, dash }, j) => {
    const id = uniqueId("lens");
    const hole = s("circle");
    const ring = circle(shade);
    const axis = s("path", { stroke: color("grid") });
    const curve = s("path", { fill: "none", stroke: color("muted"), "stroke-width": 1.2 });
    const slice = s("path", {
      fill: "none",
      stroke: color(shade),
      "stroke-width": 4,
      "stroke-dasharray": dash && "6 3",
    });
    const dot = s("circle", { r: 4.5, fill: color(shade), stroke: color("background"), "stroke-width": 1.5 });
    const value = s("text", {
      class: "nn-halo",
      "text-anchor": "middle",
      fill: color(shade),
      "data-name": `a${j + 1}`,
    });
    const inside = s("g", { "clip-path": `url(#${id})` }, axis, curve, slice);
    const element = plot.add(s("g", {}, s("clipPath", { id }, hole), ring, inside, dot, value));
    return { element, hole, ring, axis, curve, slice, dot, value };
  });
  const scrubs = PARAMETERS.map((name) =>
    plot.scrub({
      name,
      symbol: sub(name),
      limits: figure.controls[name],
      perStep: 0.5,
      color: name[0] === "w" ? "weight" : "bias",
      get: () => figure.state[name],
      put: (value) => figure.set({ [name]: value }),
    }),
  );
  const { min, max } = figure.controls.w1;
  const largest = Math.max(-min, max);

  function draw(state, theta, here) {
    if (!plot.width) return;
    const { width, height } = plot.inner;
    const crowded = width < 520; // the weights stand between their edges instead of on them
    const tiny = width < 280;
    const room = tiny ? 8 : 32; // of a_1 and a_2 in the middle
    const [r, R] = tiny ? [15, 27] : width < 340 ? [17, 31] : [21, 40];
    const at = (x, y) => [plot.sx.invert(x), plot.sy.invert(y)];
    const mid = plot.margin.top + height / 2;
    const [left, right] = [plot.margin.left + r + 2, plot.margin.left + width - (crowded ? r + 2 : 44)];
    const columns = [left, (left + right) / 2, right];
    const rows = [mid - height / 4, mid + height / 4];
    const ends = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ].map(([second, j]) => {
      const [a, b] = second
        ? [
            [columns[1], rows[j]],
            [columns[2], mid],
          ]
        : [
            [columns[0], mid],
            [columns[1], rows[j]],
          ];
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const [u, v] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
      const [leave, arrive] = second ? [R, r + 2] : [r, R + 2];
      return [
        [a[0] + u * leave, a[1] + v * leave],
        [b[0] - u * arrive, b[1] - v * arrive],
      ];
    });
    ["w1", "w2", "w3", "w4"].forEach((name, k) => {
      const look = stroke(state[name], largest);
      edges[k].at(...at(...ends[k][0]), ...at(...ends[k][1]));
      set(edges[k].element, { stroke: color(look.color), fill: color(look.color) });
      set(edges[k].element.firstChild, { "stroke-width": look.width, "stroke-dasharray": look.dash });
      const [a, b] = ends[k];
      const between = (columns[k >> 1] + columns[(k >> 1) + 1] + (k < 2 ? r - room : room - r)) / 2;
      const place = crowded ? [between, mid + (k % 2 ? 14 : -14)] : [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      scrubs[PARAMETERS.indexOf(name)].at(...at(...place));
    });
    const beside = R + 15;
    scrubs[1].at(...at(columns[1], rows[0] - beside));
    scrubs[3].at(...at(columns[1], rows[1] + beside));
    scrubs[6].at(...at(Math.min(right, plot.margin.left + width - 43), mid + r + (crowded ? 27 : 20)));
    for (const [disc, column, symbol, value] of [
      [input, 0, "x", state.x],
      [output, 2, "\\hat{y}", here.prediction],
    ]) {
      plot.place(disc.element, ...at(columns[column], mid));
      set(disc.ring, { r });
      set(disc.value, { y: 4.5 });
      set(disc.above, { y: -r - 8 });
      svgMath(disc.value, fixed(value));
      svgMath(disc.above, symbol);
    }
    const { f } = ACTIVATIONS[state.activation];
    const reach = outward(
      [0, ...[0, 2].flatMap((k) => [theta[k + 1], theta[k] + theta[k + 1]].map(Math.abs))],
      [0],
      REACHES,
    )[1];
    const scale = R / reach;
    const tall = state.activation === "sigmoid" ? R * 0.9 : scale; // per unit of f
    const place = (z) => [z * scale, R * 0.42 - f(z) * tall];
    const along = (from, to) =>
      `M${Array.from({ length: 33 }, (_, i) =>
        place(from + ((to - from) * i) / 32)
          .map((n) => n.toFixed(1))
          .join(),
      ).join("L")}`;
    lenses.forEach((lens, j) => {
      const [w, b] = [theta[2 * j], theta[2 * j + 1]];
      plot.place(lens.element, ...at(columns[1], rows[j]));
      set(lens.ring, { r: R });
      set(lens.hole, { r: R - 1 });
      set(lens.axis, { d: `M${-R},${R * 0.42}H${R}M0,${-R}V${R}` });
      set(lens.curve, { d: along(-reach, reach) });
      set(lens.slice, { d: along(b, b + w) });
      const [x, y] = place(here.z[j]);
      set(lens.dot, { cx: x, cy: y, visibility: Math.hypot(x, y) < R ? null : "hidden" });
      set(lens.value, { y: j ? -R - 8 : R + 17 });
      svgMath(lens.value, tiny ? "" : `a_${j + 1} = ${fixed(here.a[j])}`);
    });
  }
  return { plot, draw };
}
