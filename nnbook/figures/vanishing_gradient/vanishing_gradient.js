// Neurons in a row. Where each is on the slope of its activation, the resulting factor, and
// how far the product of the factors has come: on a logarithmic scale each factor is a step.

import { beside, bracketed, fixed, h, more, scientific, set, significant } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { FORMATS, row, stored } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build } from "../../../js/src/core/types.js" */

/** @typedef {{function: string, depth: number, w: number, b: number, x: number, formats: boolean}} Traits */
/** @typedef {ReturnType<typeof row>} Neurons */

const MOST = 20; // neurons
const REACH = 6; // of z; beyond it the slopes are as at the edge
const HEIGHTS = [1.2, 2.2, 4.4, 8.8]; // of the plot of the factors
/** @type {[number, number][]} */
const DECADES = [
  [-8, 2],
  [-8, 8],
  [-16, 2],
  [-16, 20],
  [-40, 2],
  [-40, 20],
  [-80, 20],
]; // of the plot of the product

const LAYERS = Array.from({ length: MOST }, (_, i) => i + 1);
const AXIS = { xFormat: (/** @type {number} */ value) => (Number.isInteger(value) ? fixed(value, 0) : ""), xTicks: 6 };

/**
 * The smallest frame that everything fits into.
 * @template Frame @param {Frame[]} frames @param {(frame: Frame) => boolean} fits
 */
const frame = (frames, fits) => frames.find(fits) ?? frames[frames.length - 1];

/** A product in few digits, never rounded to something that it is not. @param {number} p */
function size(p) {
  if (p === 0) return "0";
  return Math.abs(p) >= 0.01 && Math.abs(p) < 1e4 ? significant(p, Math.abs(p) < 1000 ? 3 : 4) : scientific(p, 2);
}

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  figure.number = "0.000000"; // as long as the longer ones of a sentence are on average
  const slopes = makeSlopes(figure);
  yield;
  const factors = makeFactors(figure);
  yield;
  const product = makeProduct(figure);
  const formula = [figure.readout("slope"), figure.readout("product")];
  yield;
  figure.show(
    product.plot.node,
    beside(slopes.plot.node),
    figure.panel(
      figure.slider("w", { symbol: "w", color: "weight" }),
      figure.slider("b", { symbol: "b", color: "bias" }),
    ),
    figure.foot,
    figure.presetButtons(["vanishes", "stays", "grows", "dead"]),
    h("div", { class: "nn-readouts nn-one-formula" }, formula),
  );
  yield;
  const fold = more(
    figure,
    figure.choice("function", { label: t("function"), labels: (name) => ACTIVATIONS[name].label }),
    figure.panel(
      figure.slider("x", { symbol: "x", color: "input" }),
      figure.slider("depth", { symbol: "n", label: t("depth") }),
    ),
    factors.plot.node,
    figure.toggle("formats", { label: t("formats") }),
    figure.presetButtons(["tanh", "explodes"]),
  );

  return function* (state) {
    const neurons = row(state);
    const { product: whole } = neurons[neurons.length - 1];
    slopes.draw(state, neurons);
    yield;
    product.draw(state, neurons);
    yield;
    if (fold.open) factors.draw(state, neurons);
    formula[0].show(`\\frac{d a_{${state.depth}}}{d \\c{input}{x}}`);
    formula[1].show(`= ${written(neurons)} = \\c{gradient}{${size(whole)}}`);
    speak(figure, state, neurons);
  };
}

/** Where each neuron is on the slope of its activation. @param {Figure<Traits>} figure */
function makeSlopes(figure) {
  const plot = figure.plot({
    x: [-REACH, REACH],
    y: [0, 1.1],
    xLabel: "z",
    yLabel: "f'(z)",
    xTicks: 3,
    yTicks: [0, 0.5, 1],
    ratio: 0.5,
    maxHeight: 195,
    label: figure.t("plot_slopes"),
  });
  const curve = plot.path({ color: "gradient", width: 2.2 });
  const sums = plot.text({ color: "activation", anchor: "middle", dy: -12, size: 15 });
  const places = LAYERS.map(() => plot.dot({ color: "activation", r: 5, opacity: 0.75 }));
  /** @param {Traits} state @param {Neurons} neurons */
  const draw = ({ depth, function: name }, neurons) => {
    curve.f(ACTIVATIONS[name].derivative);
    const middle = neurons.reduce((sum, { z }) => sum + z, 0) / depth;
    const highest = Math.max(...neurons.map(({ slope }) => slope));
    const near = REACH - 2.5; // the name stays inside
    sums.at(
      Math.max(-near, Math.min(near, middle)),
      highest,
      depth > 2 ? `z_1, \\dots, z_{${depth}}` : ["z_1", "z_1, z_2"][depth - 1],
    );
    places.forEach((place, i) => {
      if (i < depth) place.at(Math.max(-REACH, Math.min(REACH, neurons[i].z)), neurons[i].slope);
      else place.hide();
    });
  };
  return { plot, draw };
}

/** The factor of each neuron. @param {Figure<Traits>} figure */
function makeFactors(figure) {
  const plot = figure.plot({
    ...AXIS,
    x: [0, MOST],
    y: [0, 1.2],
    xLabel: "l",
    yLabel: "w\\,f'(z_l)",
    yTicks: 3,
    ratio: 0.5,
    maxHeight: 130,
    zero: true,
    label: figure.t("plot_factors"),
  });
  const unity = plot.line({ color: "muted", width: 1, dash: "1 4" });
  const bars = LAYERS.map(() => plot.rect({ fill: "gradient" }));
  /** @param {Traits} state @param {Neurons} neurons */
  const draw = ({ depth, w }, neurons) => {
    const largest = Math.max(1, ...neurons.map(({ factor }) => Math.abs(factor)));
    const high = frame(HEIGHTS, (height) => largest <= height);
    plot.domain({ x: [0.3, depth + 0.7], y: [w < 0 ? -high : 0, w < 0 && high > 2 ? 1.2 : high] });
    unity.at(0.3, 1, depth + 0.7, 1);
    bars.forEach((bar, i) => {
      if (i < depth) bar.at(i + 0.7, 0, i + 1.3, neurons[i].factor);
      else bar.hide();
    });
  };
  return { plot, draw };
}

/** The product of the factors so far, each a step on a logarithmic scale. @param {Figure<Traits>} figure */
function makeProduct(figure) {
  const plot = figure.plot({
    ...AXIS,
    x: [0, MOST],
    y: [1e-8, 100],
    yLog: true,
    xLabel: "l",
    yLabel: "w\\,f'(z_1) \\dots w\\,f'(z_l)",
    yTicks: 6,
    ratio: 0.7,
    maxHeight: 260,
    margin: { right: 82 },
    label: figure.t("plot_product"),
  });
  const unity = plot.line({ color: "muted", width: 1, dash: "1 4" });
  const limits = ["float16", "float32"].flatMap((name) =>
    FORMATS[name].map((at, i) => ({
      at,
      name,
      text: plot.text({ color: "muted", dx: 6, dy: i ? -5 : 14 }),
      line: plot.line({ color: "muted", width: 1, dash: "6 4" }),
    })),
  );
  const drops = LAYERS.map(() => plot.line({ color: "gradient", width: 2, arrow: true }));
  const levels = LAYERS.map(() => plot.line({ color: "gradient", width: 1.2 }));
  const start = plot.line({ color: "ink", width: 1.6 });
  const end = plot.text({ color: "gradient", dx: 6, dy: 5, size: 15 });
  set(end.element, { "data-name": "end" });
  /** @param {Traits} state @param {Neurons} neurons */
  const draw = ({ depth, formats }, neurons) => {
    const sizes = neurons.map((neuron) => Math.abs(neuron.product)).filter((value) => value > 0);
    const [low, top] = frame(DECADES, ([from, to]) =>
      sizes.every((value) => value >= 30 * 10 ** from && value <= 10 ** to),
    );
    const floor = 10 ** low;
    plot.domain({ x: [0, depth + 1], y: [floor, 10 ** top] });
    start.at(0, 1, 1, 1);
    unity.at(0, 1, depth + 1, 1);
    for (const { at, name, text, line } of limits) {
      const inside = formats && at > floor && at < 10 ** top;
      line.at(0, inside ? at : NaN, depth + 1, at);
      text.at(0, inside ? at : NaN, `\\text{${name}}`, at < 100 * floor ? { dy: -5 } : {});
    }
    LAYERS.forEach((l, i) => {
      if (l > depth) {
        drops[i].hide();
        levels[i].hide();
        return;
      }
      const p = neurons[i].product;
      const from = i ? Math.abs(neurons[i - 1].product) : 1;
      drops[i].at(l, from, l, Math.max(Math.abs(p), floor));
      set(drops[i].element, { visibility: from === 0 ? "hidden" : null });
      levels[i].at(l, Math.abs(p), l + 1, Math.abs(p));
      set(levels[i].element, { "stroke-dasharray": p < 0 ? "4 3" : null });
    });
    const last = neurons[depth - 1].product;
    if (last === 0) end.hide();
    else end.at(depth + 1, Math.abs(last), size(last));
  };
  return { plot, draw };
}

/** The factors as numbers; of many the first two and the last. @param {Neurons} neurons */
function written(neurons) {
  const numbers = neurons.map(({ factor }) => bracketed(significant(factor, 3)));
  return (numbers.length > 4 ? [...numbers.slice(0, 2), "\\dots", numbers.at(-1)] : numbers).join(" \\cdot ");
}

/** What has become of the product, and why. @param {Figure<Traits>} figure @param {Traits} state @param {Neurons} neurons */
function speak(figure, { depth, w, formats }, neurons) {
  const { product } = neurons[depth - 1];
  const sizes = neurons.map(({ factor }) => Math.abs(factor));
  const minus = neurons.filter(({ factor }) => factor < 0).length;
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)].map(words);
  const range = figure.t(`range${minus ? "_signs" : ""}${least === most ? "_same" : ""}`, { least, most });
  const sign = figure.t(product < 0 ? "negative" : "positive");
  const p = words(product);
  // Two or three digits are seldom the whole product: 8 · 8 · 8 · 8 · 8 is about 3.3 × 10⁴.
  const about = figure.t(Number(p.replace("\u2212", "-")) === product ? "exactly" : "about", { p });
  const values = { n: depth, p, about, range, minus, sign };
  const zero = neurons.findIndex(({ factor }) => factor === 0);
  const reach = Math.abs(product);
  if (w === 0) return figure.say("deaf", values);
  if (zero >= 0) return figure.say("dead", { ...values, l: zero + 1, z: fixed(neurons[zero].z) });
  if (depth === 1) return figure.say("single", values);
  if (sizes.every((value) => value === 1)) return figure.say(minus ? "one_minus" : "one", values);
  if (formats && stored(product, "float32") === 0) return figure.say("below_float32", values);
  if (formats && stored(product, "float16") === 0) return figure.say("below_float16", values);
  if (formats && stored(reach, "float16") === Infinity) return figure.say("above_float16", values);
  const key = reach < 0.1 ? "vanishes" : reach > 5 ? "explodes" : "between";
  return figure.say(minus ? `${key}_signs` : key, values);
}

/** A number in a sentence, which has no raised digits but these. @param {number} value */
function words(value) {
  const [mantissa, power] = size(value).replace("\\times", "\u00a0×\u00a0").split("10^");
  const raised = power?.replace(/[{}]/g, "").replace(/./g, (digit) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["\u22120123456789".indexOf(digit)]);
  return power ? `${mantissa}10${raised}` : mantissa;
}
