// The curve of an activation function with its tangent; below it the slope. Softplus sharpens into
// ReLU as beta grows.

import { fixed, h, more, room, significant } from "../../../js/src/core/index.js";
import {
  ACTIVATIONS,
  leakyRelu,
  leakyReluDerivative,
  softplus,
  softplusDerivative,
} from "../../../js/src/math/activations.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Interval, Point, Trait } from "../../../js/src/core/types.js" */

/** @typedef {{function: string, z: number, beta: number, alpha: number}} Traits */
/** @typedef {ReturnType<typeof chosen>} Functions */

const REACH = 6; // of z, to either side
/** @type {Record<string, Interval>} */
const LIMITS = { sigmoid: [-0.25, 1.25], tanh: [-1.3, 1.3] }; // of f(z) where the curve is bounded
/** @type {Record<string, string>} */
const SLOPES = {
  sigmoid: "\\sigma(z)\\,(1 - \\sigma(z))",
  tanh: "1 - \\tanh^2 z",
  gelu: "\\Phi(z) + z\\,\\Phi'(z)",
};
const LATER = "gelu"; // a second reading introduces it
const BENT = ["relu", "leaky_relu"]; // straight to both sides of 0
const SATURATED = 0.01; // where the slope is smaller, the plots are shaded

/** The figure's f, its slope and their formulas, from its state. @param {Traits} state */
function chosen({ function: name, beta, alpha }) {
  if (name === "softplus") {
    return {
      f: (/** @type {number} */ z) => softplus(z, beta),
      slope: (/** @type {number} */ z) => softplusDerivative(z, beta),
      formula: beta === 1 ? "\\ln(1 + e^z)" : "\\ln(1 + e^{\\beta z})\\,/\\,\\beta",
      slopeFormula: beta === 1 ? "\\sigma(z)" : "\\sigma(\\beta z)",
    };
  }
  if (name === "leaky_relu") {
    return {
      f: (/** @type {number} */ z) => leakyRelu(z, alpha),
      slope: (/** @type {number} */ z) => leakyReluDerivative(z, alpha),
      formula: "\\max(z, \\alpha z)",
      slopeFormula: "",
    };
  }
  const { f, derivative, formula } = ACTIVATIONS[name];
  const slopeFormula = SLOPES[name] ?? "";
  return { f, slope: derivative, formula, slopeFormula };
}

/** A slope that is constant to both sides of 0, with a gap where it jumps. @param {(z: number) => number} slope @returns {Point[]} */
const jump = (slope) => [
  [-REACH, slope(-1)],
  [0, slope(-1)],
  [0, NaN],
  [0, slope(1)],
  [REACH, slope(1)],
];

/** How far the curve is flat, seen from the left end and from the right one. @param {(z: number) => number} slope */
function flatEnds(slope) {
  const ends = [-REACH, REACH];
  for (const [i, way] of [
    [0, 1],
    [1, -1],
  ])
    while (Math.abs(ends[i]) <= REACH && Math.abs(slope(ends[i])) < SATURATED) ends[i] += 0.02 * way;
  return ends;
}

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  const { above, below, draw } = makePlots(figure);
  const value = figure.readout("f");
  const slopeValue = figure.readout("slope");
  const gapValue = figure.readout("gap");
  const beta = figure.slider("beta", { symbol: "\\beta", label: t("beta"), format: (x) => fixed(x, 1) });
  const alpha = figure.slider("alpha", { symbol: "\\alpha", label: t("alpha") });
  /** @param {string} label @param {(name: Trait) => boolean} wanted */
  const choices = (label, wanted) =>
    figure.choice("function", {
      label,
      labels: (name) => ACTIVATIONS[String(name)].label,
      values: figure.controls.function.values.filter(wanted),
    });
  yield;
  figure.show(
    choices(t("function"), (name) => name !== LATER),
    above.node,
    below.node,
    figure.panel(figure.slider("z", { symbol: "z", color: "activation" })),
    figure.foot,
    h("div", { class: "nn-readouts" }, value, slopeValue),
    figure.presetButtons(["asleep", "corner", "saturated"]),
  );
  yield;
  more(
    figure,
    choices(t("also"), (name) => name === LATER),
    room(beta, alpha),
    room(gapValue),
    figure.presetButtons(["sharp"]),
  );

  return (state) => {
    const { z, function: name } = state;
    const functions = chosen(state);
    const { f, slope, formula, slopeFormula } = functions;
    const [fz, dz] = [f(z), slope(z)];
    const isSoftplus = name === "softplus";
    draw(state, functions);
    value.show(`f(z) = ${formula} = \\c{activation}{${fixed(fz, 4)}}`);
    slopeValue.show(`f'(z) ${slopeFormula && `= ${slopeFormula}`} = \\c{gradient}{${significant(dz, 4)}}`);
    gapValue.show(`f(z) - \\text{relu}(z) = ${significant(fz - ACTIVATIONS.relu.f(z), 3)}`);
    gapValue.hidden = !isSoftplus;
    beta.hidden = !isSoftplus;
    alpha.hidden = name !== "leaky_relu";
    speak(figure, state, dz);
  };
}

/** The curve with its tangent, and below it the curve of its slope. @param {Figure<Traits>} figure */
function makePlots(figure) {
  const { t } = figure;
  const above = figure.plot({
    x: [-REACH, REACH],
    y: [-1.5, REACH],
    xLabel: "z",
    yLabel: "f(z)",
    zero: true,
    yTicks: 4,
    ratio: 0.7,
    maxHeight: 204,
    label: t("plot_f"),
  });
  const below = figure.plot({
    x: [-REACH, REACH],
    y: [-0.15, 1.15],
    xLabel: "z",
    yLabel: "f'(z)",
    zero: true,
    ratio: 0.4,
    maxHeight: 110,
    yTicks: [0, 0.5, 1],
    label: t("plot_slope"),
  });
  const flats = [above, below].map((plot) => [0, 1].map(() => plot.rect({ fill: "muted", opacity: 0.13 })));
  const shadow = above.path({ color: "muted", width: 1.5, dash: "2 5" });
  const gap = above.line({ color: "ink", width: 2 });
  const curve = above.path({ color: "activation", width: 2.5 });
  const tangent = above.path({ color: "gradient", width: 2, dash: "7 5" });
  const triangle = above.path({ color: "gradient", width: 1.2 });
  const one = above.text({ color: "gradient", anchor: "middle", dy: 15 });
  const rise = above.text({ color: "gradient", dx: 6, dy: 5 });
  const drops = [above, below].map((plot) => plot.line({ color: "muted", width: 1, dash: "2 3" }));
  const slopeCurve = below.path({ color: "gradient", width: 2.5 });
  const slopeDot = below.dot({ color: "gradient", r: 6 });
  const { min, max, step } = figure.controls.z;
  const point = above.handle({
    name: "point",
    label: t("drag"),
    color: "activation",
    step: [step, 0],
    move: (z) => figure.set({ z: Number((Math.round(Math.max(min, Math.min(max, z)) / step) * step).toFixed(2)) }),
  });
  return {
    above,
    below,
    /** @param {Traits} state @param {Functions} functions */
    draw({ z, function: name }, { f, slope }) {
      const [fz, dz] = [f(z), slope(z)];
      const isSoftplus = name === "softplus";
      const ys = LIMITS[name] ?? [-1.5, REACH];
      above.domain({ y: ys });
      const [left, right] = flatEnds(slope);
      for (const [from, to] of flats) {
        from.at(-REACH, -9, left, 9);
        to.at(Math.max(left, right), -9, REACH, 9);
      }
      if (isSoftplus) shadow.f(ACTIVATIONS.relu.f);
      else shadow.hide();
      curve.f(f);
      tangent.points([
        [-REACH, fz + dz * (-REACH - z)],
        [REACH, fz + dz * (REACH - z)],
      ]);
      const run = z < REACH - 1 ? 1 : -1; // one step along z, where there is room for it
      triangle.points([
        [z, fz],
        [z + run, fz],
        [z + run, fz + run * dz],
      ]);
      one.at(z + run / 2, fz, dz >= 0.15 ? "1" : "");
      rise.at(z + run, fz + (run * dz) / 2, dz >= 0.15 ? fixed(dz) : "", run > 0 ? {} : { anchor: "end", dx: -6 });
      drops[0].at(z, ys[0], z, fz);
      drops[1].at(z, 1.15, z, dz);
      gap.at(z, ACTIVATIONS.relu.f(z), z, isSoftplus ? fz : NaN);
      point.at(z, fz, { text: `z = ${fixed(z)}, f(z) = ${fixed(fz, 4)}` });
      if (BENT.includes(name)) slopeCurve.points(jump(slope));
      else slopeCurve.f(slope);
      slopeDot.at(z, dz);
    },
  };
}

/** @param {Figure<Traits>} figure @param {Traits} state @param {number} slope */
function speak(figure, { z, function: name, beta, alpha }, slope) {
  const at = fixed(z);
  if (z === 0 && name === "relu") figure.say("corner", { slope: "0" });
  else if (z === 0 && name === "leaky_relu") figure.say("corner", { slope: `α = ${fixed(alpha)}` });
  else if (name === "softplus" && beta >= 4)
    figure.say("softplus_is_relu", {
      beta: fixed(beta, 1),
      gap: fixed(Math.LN2 / beta, 3),
      width: fixed((2 * Math.log(9)) / beta),
    });
  else if (slope === 0) figure.say("flat", { z: at });
  else if (Math.abs(slope) < 0.05) {
    // Leaky ReLU keeps its small slope, and GELU has a lowest point, at -0.75: neither is saturation.
    const isLevel = name === "leaky_relu" || (name === "gelu" && z > -1.5);
    figure.say(isLevel ? "level" : "nearly_flat", {
      z: at,
      percent: Math.abs(slope) < 1e-4 ? "< 0.01" : fixed(Math.abs(slope) * 100, 2),
    });
  } else if (slope < 0) figure.say("falling", { z: at, slope: fixed(-slope, 3) });
  else figure.say("steep", { z: at, slope: fixed(slope, 3) });
}
