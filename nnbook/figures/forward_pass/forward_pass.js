// The dosage network at work: a number goes in on the left, and step by step, arrow by arrow, the
// prediction comes out on the right. Every weight and bias is changed in place.

import { bracketed, color, fixed, s, set, svgMath } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { forward, PARAMETERS } from "../../../js/src/math/dosage.js";
import { lens, R } from "./neuron_lens.js";

/** @import { Unit } from "../../../js/src/core/diagram.js" */
/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Point } from "../../../js/src/core/types.js" */
/** @import { Network } from "../../../js/src/math/dosage.js" */

/** @typedef {Network & {x: number, step: number}} Traits */
/** @typedef {ReturnType<typeof run>} Values @typedef {ReturnType<typeof makeMarks>} Marks */
/** @typedef {{narrow: boolean, tiny: boolean}} Room how little there is between columns */

const REACHES = [4, 8, 16, 32]; // of z, in the small plots inside the hidden neurons
/** @type {Record<number, number>} */
const TARGETS = { 0: 0, 0.5: 1, 1: 0 }; // dosage -> effectiveness
// The steps: what has happened when `step` has come so far.
const [PRODUCTS, SUMS, BENT, WEIGHTED, PREDICTED] = [1, 2, 3, 4, 5];
// Parameter -> its edge (layer, from, to) or its unit (layer, index).
/** @type {Record<string, [number, number, number]>} */
const EDGES = { w1: [0, 0, 0], w2: [0, 0, 1], w3: [1, 0, 0], w4: [1, 1, 0] };
/** @type {Record<string, Point>} */
const BIASES = { b1: [1, 0], b2: [1, 1], b3: [2, 0] };

const sub = (/** @type {string} */ name) => `${name[0]}_${name[1]}`;
const four = (/** @type {number} */ value) => fixed(value, 4);

/** A term of a sum: its sign comes before it. @param {string} text */
const plus = (text) => (text.startsWith("\u2212") ? ` - ${text.slice(1)}` : ` + ${text}`);

/** Everything that the network computes. @param {Traits} state */
function run({ x, activation, ...parameters }) {
  const theta = PARAMETERS.map((name) => parameters[name]);
  const { z, a, weighted, prediction } = forward(theta, x, activation);
  return { wx: [theta[0] * x, theta[2] * x], z, a, wa: weighted, prediction };
}

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  const marks = makeMarks(figure);
  const { net } = marks;
  const lines = [figure.readout("first"), figure.readout("second")];
  const bend = figure.choice("activation", {
    label: "$f",
    name: t("activation"),
    labels: (name) => ACTIVATIONS[name].label,
  });
  yield;
  figure.show(
    figure.row(net),
    figure.player("step", { symbol: `\\text{${t("step_name")}}`, speed: 1 }),
    figure.panel(
      figure.slider("x", { symbol: "x", color: "input" }),
      figure.choice("x", { name: t("input"), values: [0, 0.5, 1], labels: (x) => `$${x}` }),
    ),
    figure.foot,
    figure.row(...lines),
    figure.panel(bend, figure.presetButtons(["fitted", "hinges"])),
  );

  /** @type {number | null} */
  let shownStep = null;

  return function* (state) {
    const values = run(state);
    lines.forEach((line, j) => line.show(formula(state, values, j)));
    speak(figure, state, values);
    if (!net.plot.inner) return;
    const spacing = net.plot.inner.width / 2.6; // from column to column
    const room = { narrow: spacing < 190, tiny: spacing < 110 };
    net.layout();
    yield;
    placeInput(marks, room);
    placeWeights(marks, state, values, room);
    placeBiases(marks, room);
    yield;
    net.plot.describe(computed(state, values));
    placeNeurons(marks, state, values, shownStep !== null && state.step !== shownStep);
    shownStep = state.step;
  };
}

/** Everything that is drawn: each mark once. @param {Figure<Traits>} figure */
function makeMarks(figure) {
  const { t } = figure;
  const net = figure.diagram({
    sizes: [1, 2, 1],
    label: t("network"),
    ratio: 1.3,
    maxHeight: 330,
    radius: R,
    side: 0.3,
    arrow: true,
  });
  const { plot } = net;
  const lenses = [0, 1].map((j) => lens(net.unit(1, j)));
  const stems = Object.keys(BIASES).map(() => plot.line({ color: "bias", arrow: true, clip: false }));
  const names = Object.fromEntries(
    ["x", ...Object.keys(EDGES)].map((name) => [
      name,
      plot.text({ anchor: "middle", color: name === "x" ? "input" : "weight" }),
    ]),
  );
  const sums = [0, 1].map(() => ["z", "a"].map(() => plot.text({ anchor: "middle", color: "activation" })));
  sums.forEach((pair, j) => pair.forEach(({ element }, k) => set(element, { "data-name": `${"za"[k]}${j + 1}` })));
  Object.keys(EDGES).forEach((name) => set(names[name].element, { "data-name": `product-${name}` }));
  const output = s("text", { "text-anchor": "middle", y: 15, "data-name": "prediction" });
  const hat = s("text", { "text-anchor": "middle", y: -6 });
  net.unit(2, 0).element.append(hat, output);
  svgMath(hat, "\\c{prediction}{\\hat{y}}");
  const signals = [0, 1].map(() =>
    plot.add(s("circle", { class: "nn-signal", r: 5, stroke: color("background"), "stroke-width": 1.5 })),
  );
  const scrub = (/** @type {string} */ name, /** @type {string} */ shade) =>
    plot.scrub({
      name,
      symbol: sub(name),
      limits: figure.controls[name],
      color: shade,
      perStep: 1,
      get: () => figure.state[name],
      put: (value) => figure.set({ [name]: value }),
    });
  const weights = Object.fromEntries(Object.keys(EDGES).map((name) => [name, scrub(name, "weight")]));
  const biases = Object.fromEntries(Object.keys(BIASES).map((name) => [name, scrub(name, "bias")]));
  const input = plot.scrub({
    name: "input",
    symbol: "x",
    label: t("input"),
    limits: figure.controls.x,
    color: "input",
    get: () => figure.state.x,
    put: (x) => figure.set({ x }),
  });
  return { net, lenses, stems, names, sums, hat, output, signals, weights, biases, input };
}

/** The number that goes in; it takes the place of its unit. @param {Marks} marks @param {Room} room */
function placeInput({ net, input, names }, { tiny }) {
  const [x, y] = net.place(0, 0);
  net.unit(0, 0).style({ opacity: 0 });
  input.at(x, y, { full: !tiny });
  names.x.at(x, y, tiny ? "x" : "", { dy: -20 });
}

/**
 * Weights are on their edges, products above or below them.
 * @param {Marks} marks @param {Traits} state @param {Values} values @param {Room} room
 */
function placeWeights({ net, weights, names }, state, { wx, wa }, { narrow, tiny }) {
  for (const [name, [layer, i, j]] of Object.entries(EDGES)) {
    const [at, symbol, product] = layer === 0 ? [PRODUCTS, "x", wx[j]] : [WEIGHTED, `a_${i + 1}`, wa[i]];
    const known = state.step >= at;
    net.edge(layer, i, j).weight(state[name]);
    pale(net.edge(layer, i, j).line.element, !known);
    const [x, y] = net.between(layer, i, j, 0.5);
    const aside = (narrow ? 15 : 0) * (layer === 0 ? -1 : 1); // room for z and a between the weights
    weights[name].at(x, y, { full: !tiny, dx: aside });
    const text = known ? `${sub(name)} ${symbol} = ${fixed(product, narrow ? 2 : 3)}` : tiny ? sub(name) : "";
    /** @type {import("../../../js/src/core/marks.js").TextLook} */
    const outward = !tiny
      ? { dx: aside }
      : layer === 0
        ? { anchor: "end", dx: aside + 25 }
        : { anchor: "start", dx: aside - 25 };
    const upper = i + j === 0; // its product is above it
    names[name].at(x, y, text, { ...outward, dy: upper ? -20 : 29, color: known ? "activation" : "weight" });
  }
}

/** Biases are above or below their neurons, each with an arrow. @param {Marks} marks @param {Room} room */
function placeBiases({ net, stems, biases }, { narrow }) {
  const { plot } = net;
  const [px, py] = [plot.sx.invert(1) - plot.sx.invert(0), plot.sy.invert(0) - plot.sy.invert(1)];
  Object.entries(BIASES).forEach(([name, [layer, index]], k) => {
    const [x, y] = net.place(layer, index);
    const side = index === 0 ? 1 : -1; // above the upper neurons, below the lower one
    const far = layer === 2 ? net.place(1, 0)[1] - y + 12 * py : (R + 22) * py;
    const beside = layer === 2 && narrow ? 12 : 0; // past the weight that is there
    stems[k].at(x + beside * px, y + side * far, x + beside * px, y + side * Math.sqrt(R ** 2 - beside ** 2) * py);
    biases[name].at(x, y + side * far);
  });
}

/**
 * What the neurons have computed so far, and the signals on their way; `moves`: otherwise the dots stay with their places.
 * @param {Marks} marks @param {Traits} state @param {Values} values @param {boolean} moves
 */
function placeNeurons({ net, lenses, sums, signals, hat, output }, { step, activation }, { z, a, prediction }, moves) {
  const { plot } = net;
  const reach = /** @type {number} */ (REACHES.find((limit) => Math.max(...z.map(Math.abs)) <= limit)); // z is at most 24
  lenses.forEach((view, j) => {
    const [x, y] = net.place(1, j);
    const [first, second] = j === 0 ? [R + 17, R + 34] : [-R - 25, -R - 8];
    pale(view.inside, step < SUMS);
    ring(net.unit(1, j), step >= SUMS);
    sums[j][0].at(x, y, step >= SUMS ? `z_${j + 1} = ${fixed(z[j], 3)}` : "", { dy: first });
    sums[j][1].at(x, y, step >= BENT ? `a_${j + 1} = ${fixed(a[j], 3)}` : "", { dy: second });
    const [dx, dy] = view.draw(activation, reach, z[j], step >= BENT);
    const on = (/** @type {Point} */ [u, v]) => [plot.sx(u), plot.sy(v)];
    const near = 1.3 * net.rim(0, 0, j);
    const places = {
      0: on(net.between(0, 0, j, near)),
      [PRODUCTS]: on(net.between(0, 0, j, 1 - near)),
      [WEIGHTED]: on(net.between(1, j, 0, 1 - near)),
    };
    const [px, py] = places[Math.min(step, WEIGHTED)] ?? [plot.sx(x) + dx, plot.sy(y) + dy];
    set(signals[j], {
      fill: color(step === 0 ? "input" : "activation"),
      visibility: step === PREDICTED ? "hidden" : null,
    });
    set(signals[j], { style: { transition: moves ? "" : "none", transform: `translate(${px}px, ${py}px)` } });
  });
  pale(hat, step < PREDICTED);
  ring(net.unit(2, 0), step >= PREDICTED);
  svgMath(output, step >= PREDICTED ? `\\c{prediction}{${short(prediction)}}` : "");
}

/** What the diagram has come to so far, in words of its symbols. @param {Traits} state @param {Values} values */
function computed({ step, x }, { wx, z, a, wa, prediction }) {
  const names = ["w₁x", "w₂x", "z₁", "z₂", "a₁", "a₂", "w₃a₁", "w₄a₂", "ŷ"];
  const known = [...wx, ...z, ...a, ...wa, prediction].slice(0, 2 * step);
  return [`x = ${fixed(x)}`, ...known.map((value, i) => `${names[i]} = ${fixed(value, 3)}`)].join(", ");
}

/** What the signal has not reached yet is pale. @param {SVGElement} element @param {boolean} yes */
const pale = (element, yes) => set(element, { opacity: yes ? 0.3 : null });

/** As many decimals as fit into a neuron. @param {number} value */
const short = (value) => fixed(value, Math.abs(value) < 10 ? 3 : Math.abs(value) < 100 ? 2 : 1);

/**
 * A neuron that the signal has reached has a full ring; its face always covers the arrows below.
 * @param {Unit} unit @param {boolean} reached
 */
const ring = (unit, reached) => set(unit.circle, { "stroke-opacity": reached ? null : 0.3 });

/**
 * What the present step computes, with its numbers: one line for each way through the network.
 * @param {Traits} state @param {Values} values @param {number} j
 */
function formula({ step, x, activation, ...parameters }, { wx, z, a, wa, prediction }, j) {
  const [w, b, v] = [`w_${j + 1}`, `b_${j + 1}`, `w_${j + 3}`];
  const number = (/** @type {string} */ name) => fixed(parameters[name]);
  const shown = (/** @type {string} */ shade, /** @type {string} */ text) => `\\c{${shade}}{${text}}`;
  const result = (/** @type {number} */ value) => shown("activation", four(value));
  if (step === 0) return j === 0 ? `x = ${shown("input", fixed(x))}` : `f(z) = ${ACTIVATIONS[activation].formula}`;
  if (step === PRODUCTS)
    return `${w} x = ${shown("weight", number(`w${j + 1}`))}\\cdot ${shown("input", bracketed(fixed(x)))} = ${result(wx[j])}`;
  if (step === SUMS) return `z_${j + 1} = ${w} x + ${b} = ${four(wx[j])}${plus(number(`b${j + 1}`))} = ${result(z[j])}`;
  if (step === BENT) return `a_${j + 1} = f(z_${j + 1}) = ${applied(activation, four(z[j]))} = ${result(a[j])}`;
  if (step === WEIGHTED)
    return `${v} a_${j + 1} = ${shown("weight", number(`w${j + 3}`))}\\cdot ${four(a[j])} = ${result(wa[j])}`;
  return j === 0
    ? "\\hat{y} = w_3 a_1 + w_4 a_2 + b_3"
    : `\\hat{y} = ${four(wa[0])}${plus(four(wa[1]))}${plus(number("b3"))} = ${shown("prediction", four(prediction))}`;
}

/** The activation's formula at a number. @param {string} activation @param {string} z */
function applied(activation, z) {
  if (activation === "softplus") return `\\ln(1 + e^{${z}})`;
  return activation === "relu" ? `\\max(0, ${z})` : `\\sigma(${z})`;
}

/** @param {Figure<Traits>} figure @param {Traits} state @param {Values} values */
function speak(figure, { step, x, activation, b3 }, { wx, z, a, wa, prediction }) {
  const three = (/** @type {number} */ value) => fixed(value, 3);
  const label = ACTIVATIONS[activation].label;
  const silent = activation === "relu" ? [0, 1].filter((j) => z[j] <= 0) : [];
  const off = [0, 1].find((j) => activation !== "sigmoid" && a[j] < 0.05 && a[1 - j] - z[1 - j] < 0.05);
  if (step === 0) figure.say("at_input", { x: fixed(x) });
  else if (step === PRODUCTS) figure.say("products", { x: fixed(x), first: three(wx[0]), second: three(wx[1]) });
  else if (step === SUMS) figure.say("sums", { first: three(z[0]), second: three(z[1]) });
  else if (step === BENT && silent.length === 1) figure.say("cut", { j: silent[0] + 1, z: three(z[silent[0]]) });
  else if (step === BENT && silent.length === 2) figure.say("cut_both");
  else if (step === BENT && activation === "relu") figure.say("kept", { first: three(a[0]), second: three(a[1]) });
  else if (step === BENT) figure.say("bent", { f: label, first: three(a[0]), second: three(a[1]) });
  else if (step === WEIGHTED) figure.say("weighted", { first: three(wa[0]), second: three(wa[1]) });
  else if (silent.length === 2) figure.say("both_silent", { b3: fixed(b3), prediction: three(prediction) });
  else if (x in TARGETS) figure.say("sample", { x: fixed(x, 1), y: TARGETS[x], prediction: three(prediction) });
  else if (off !== undefined)
    figure.say("straight", { off: off + 1, on: 2 - off, a: three(a[off]), x: fixed(x), prediction: three(prediction) });
  else
    figure.say("predicted", {
      x: fixed(x),
      first: three(wa[0]),
      second: three(wa[1]),
      b3: fixed(b3),
      prediction: three(prediction),
    });
}
