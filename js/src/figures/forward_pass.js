// The dosage network at work: a number goes in on the left, and step by step, arrow by arrow, the
// prediction comes out on the right. Every weight and bias is changed where it stands.

import { bracketed, color, fixed, s, set, svgMath, uniqueId } from "../core/index.js";
import { ACTIVATIONS } from "../math/activations.js";
import { forward } from "../math/mlp.js";

const R = 30; // px; radius of a neuron
const REACHES = [4, 8, 16, 32]; // of z, in the small plots inside the hidden neurons
const TARGETS = { 0: 0, 0.5: 1, 1: 0 }; // dosage -> effectiveness
// The steps: what has happened when `step` has come so far.
const [PRODUCTS, SUMS, BENT, WEIGHTED, PREDICTED] = [1, 2, 3, 4, 5];
// Parameter -> its edge (layer, from, to) or its unit (layer, index).
const EDGES = { w1: [0, 0, 0], w2: [0, 0, 1], w3: [1, 0, 0], w4: [1, 1, 0] };
const BIASES = { b1: [1, 0], b2: [1, 1], b3: [2, 0] };

const sub = (name) => `${name[0]}_${name[1]}`;
const four = (value) => fixed(value, 4);

/** A term of a sum: its sign stands before it. */
const plus = (text) => (text.startsWith("\u2212") ? ` - ${text.slice(1)}` : ` + ${text}`);

/** Everything that the network computes. */
function run({ x, w1, b1, w2, b2, w3, w4, b3, activation }) {
  const layers = [{ W: [[w1, w2]], b: [b1, b2] }, { W: [[w3], [w4]], b: [b3] }];
  const { zs, as, output } = forward(layers, [x], activation);
  return { wx: [w1 * x, w2 * x], z: zs[0], a: as[1], wa: [w3 * as[1][0], w4 * as[1][1]], prediction: output[0] };
}

export default function build(figure) {
  const { t } = figure;
  const net = figure.diagram({ sizes: [1, 2, 1], label: t("network"), ratio: 1.3, maxHeight: 330, radius: R, side: 0.3, arrow: true });
  const { plot } = net;
  const lenses = [0, 1].map((j) => lens(net.unit(1, j)));
  const stems = Object.keys(BIASES).map(() => plot.line({ color: "bias", arrow: true, clip: false }));
  const names = Object.fromEntries(["x", ...Object.keys(EDGES)].map((name) => [name, plot.text({ anchor: "middle", color: name === "x" ? "input" : "weight" })]));
  const sums = [0, 1].map(() => ["z", "a"].map(() => plot.text({ anchor: "middle", color: "activation" })));
  sums.forEach((pair, j) => pair.forEach(({ element }, k) => set(element, { "data-name": `${"za"[k]}${j + 1}` })));
  Object.keys(EDGES).forEach((name) => set(names[name].element, { "data-name": `product-${name}` }));
  const prediction = s("text", { "text-anchor": "middle", y: 15, "data-name": "prediction" });
  const hat = s("text", { "text-anchor": "middle", y: -6 });
  net.unit(2, 0).element.append(hat, prediction);
  svgMath(hat, "\\c{prediction}{\\hat{y}}");
  const signals = [0, 1].map(() => plot.add(s("circle", { class: "nn-signal", r: 5, stroke: color("background"), "stroke-width": 1.5 })));
  const scrub = (name, shade) => plot.scrub({
    name, symbol: sub(name), limits: figure.controls[name], color: shade, perStep: 1,
    get: () => figure.state[name], put: (value) => figure.set({ [name]: value }),
  });
  const weights = Object.fromEntries(Object.keys(EDGES).map((name) => [name, scrub(name, "weight")]));
  const biases = Object.fromEntries(Object.keys(BIASES).map((name) => [name, scrub(name, "bias")]));
  const input = plot.scrub({
    name: "input", symbol: "x", label: t("input"), limits: figure.controls.x, color: "input",
    get: () => figure.state.x, put: (x) => figure.set({ x }),
  });
  const lines = [figure.readout("first"), figure.readout("second")];

  const bend = figure.choice("activation", { label: "$f", labels: (name) => ACTIVATIONS[name].label });
  bend.setAttribute("aria-label", t("activation"));

  figure.show(
    figure.row(net),
    figure.player("step", { symbol: `\\text{${t("step_name")}}`, speed: 1 }),
    figure.row(...lines),
    figure.panel(figure.slider("x", { symbol: "x", color: "input" }), bend),
    figure.presetButtons(),
  );

  let shownStep = null;

  return (state) => {
    const values = run(state);
    lines.forEach((line, j) => line.show(formula(state, values, j)));
    speak(figure, state, values);
    if (plot.width) place(state, values);
  };

  function place(state, values) {
    const { step } = state;
    const across = plot.inner.width / 2.6; // from column to column
    const [narrow, tiny] = [across < 190, across < 110];
    const moves = shownStep !== null && step !== shownStep; // otherwise the dots stay with their places
    shownStep = step;
    net.layout();
    // What the signal has not reached yet is pale.
    const reached = (from, ...elements) => elements.forEach((element) => set(element, { opacity: step >= from ? null : 0.3 }));
    for (const [name, [layer, i, j]] of Object.entries(EDGES)) {
      const at = layer === 0 ? PRODUCTS : WEIGHTED;
      const edge = net.edge(layer, i, j);
      edge.weight(state[name]);
      reached(at, edge.line.element);
      const outside = (layer === 0 ? j : i) === 0 ? -1 : 1; // above the upper arrows, below the lower
      const [x, y] = net.between(layer, i, j, 0.5);
      const aside = (narrow ? 15 : 0) * (layer === 0 ? -1 : 1); // room for z and a between the weights
      weights[name].at(x, y, { full: !tiny, dx: aside });
      const known = step >= at;
      const number = fixed((layer === 0 ? values.wx[j] : values.wa[i]), 3);
      const symbol = layer === 0 ? `${sub(name)} x` : `${sub(name)} a_${i + 1}`;
      const text = known ? `${symbol} = ${number}` : tiny ? sub(name) : "";
      const outward = !tiny ? { dx: aside } : layer === 0 ? { anchor: "end", dx: aside + 25 } : { anchor: "start", dx: aside - 25 };
      names[name].at(x, y, text, { ...outward, dy: outside < 0 ? -20 : 29, color: known ? "activation" : "weight" });
    }
    Object.entries(BIASES).forEach(([name, [layer, index]], k) => {
      const [x, y] = net.place(layer, index);
      const side = index === 0 ? 1 : -1; // above the upper neurons, below the lower one
      const px = plot.sy.invert(0) - plot.sy.invert(1);
      const far = layer === 2 ? net.place(1, 0)[1] - y + 12 * px : (R + 22) * px;
      const beside = layer === 2 && narrow ? 12 : 0; // past the weight beside it
      const foot = x + beside * (plot.sx.invert(1) - plot.sx.invert(0));
      stems[k].at(foot, y + side * far, foot, y + side * Math.sqrt(R ** 2 - beside ** 2) * px);
      biases[name].at(x, y + side * far);
    });
    const [x0, y0] = net.place(0, 0);
    net.unit(0, 0).style({ opacity: 0 });
    input.at(x0, y0, { full: !tiny });
    names.x.at(x0, y0, tiny ? "x" : "", { dy: -20 });
    const reach = REACHES.find((limit) => Math.max(...values.z.map(Math.abs)) <= limit) ?? REACHES.at(-1);
    lenses.forEach((show, j) => {
      const [x, y] = net.place(1, j);
      reached(SUMS, show.inside);
      ring(net.unit(1, j), step >= SUMS);
      const [z, a] = sums[j];
      const [first, second] = j === 0 ? [R + 17, R + 34] : [-R - 25, -R - 8];
      z.at(x, y, step >= SUMS ? `z_${j + 1} = ${fixed(values.z[j], 3)}` : "", { dy: first });
      a.at(x, y, step >= BENT ? `a_${j + 1} = ${fixed(values.a[j], 3)}` : "", { dy: second });
      const inside = show.draw(state.activation, reach, values.z[j], step);
      const way = (layer, part) => {
        const [u, v] = layer === 0 ? net.between(0, 0, j, part) : net.between(1, j, 0, part);
        return [plot.sx(u), plot.sy(v)];
      };
      const dot = [plot.sx(x) + inside[0], plot.sy(y) + inside[1]];
      const near = net.rim(0, 0, j) * 1.3;
      const [px, py] = [way(0, near), way(0, 1 - near), dot, dot, way(1, 1 - near), way(1, 1 - near)][step];
      set(signals[j], { fill: color(step === 0 ? "input" : "activation"), visibility: step === PREDICTED ? "hidden" : null });
      set(signals[j], { style: { transition: moves ? "" : "none", transform: `translate(${px}px, ${py}px)` } });
    });
    reached(PREDICTED, hat);
    ring(net.unit(2, 0), step >= PREDICTED);
    svgMath(prediction, step >= PREDICTED ? `\\c{prediction}{${short(values.prediction)}}` : "");
  }
}

/** As many decimals as fit into a neuron. */
const short = (value) => fixed(value, Math.abs(value) < 10 ? 3 : Math.abs(value) < 100 ? 2 : 1);

/** A neuron that the signal has reached has a full ring; its face always covers the arrows below. */
const ring = (unit, reached) => set(unit.circle, { "stroke-opacity": reached ? null : 0.3 });

/** Inside a hidden neuron: the curve that bends, and where on it the neuron now is. */
function lens({ element }) {
  const id = uniqueId("lens");
  const axis = s("path", { stroke: color("muted"), "stroke-width": 0.8 });
  const curve = s("path", { fill: "none", stroke: color("activation"), "stroke-width": 1.8 });
  const rise = s("path", { stroke: color("activation"), "stroke-width": 1.2, "stroke-dasharray": "2 2" });
  const dot = s("circle", { r: 3.5, fill: color("activation") });
  const inside = s("g", { "clip-path": `url(#${id})` }, axis, curve, rise, dot);
  element.append(s("clipPath", { id }, s("circle", { r: R - 1 })), inside);
  const base = R * 0.42;
  const draw = (activation, reach, z, step) => {
    const { f } = ACTIVATIONS[activation];
    const scale = (0.72 * R) / reach;
    const tall = activation === "sigmoid" ? 0.85 * R : scale;
    const at = (x) => [x * scale, base - f(x) * tall];
    const points = Array.from({ length: 49 }, (_, i) => at(((i / 24) - 1) * reach).map((n) => n.toFixed(1)).join());
    set(curve, { d: `M${points.join("L")}` });
    set(axis, { d: `M${-R},${base}H${R}` });
    const [x, y] = at(z);
    const visibility = step >= BENT ? null : "hidden";
    set(rise, { d: `M${x},${base}V${y}`, visibility });
    set(dot, { cx: x, cy: y, visibility });
    return [x, step < BENT ? base : y];
  };
  return { inside, draw };
}

/** What the present step computes, with its numbers: one line for each way through the network. */
function formula({ step, x, activation, ...parameters }, { wx, z, a, wa, prediction }, j) {
  const [w, b, v] = [`w_${j + 1}`, `b_${j + 1}`, `w_${j + 3}`];
  const number = (name) => fixed(parameters[name]);
  const shown = (shade, text) => `\\c{${shade}}{${text}}`;
  if (step === 0) return j === 0 ? `x = ${shown("input", fixed(x))}` : `f(z) = ${ACTIVATIONS[activation].formula}`;
  if (step === PRODUCTS) return `${w} x = ${shown("weight", number(`w${j + 1}`))}\\cdot ${shown("input", bracketed(fixed(x)))} = ${shown("activation", four(wx[j]))}`;
  if (step === SUMS) return `z_${j + 1} = ${w} x + ${b} = ${four(wx[j])}${plus(number(`b${j + 1}`))} = ${shown("activation", four(z[j]))}`;
  if (step === BENT) return `a_${j + 1} = f(z_${j + 1}) = ${applied(activation, four(z[j]))} = ${shown("activation", four(a[j]))}`;
  if (step === WEIGHTED) return `${v} a_${j + 1} = ${shown("weight", number(`w${j + 3}`))}\\cdot ${four(a[j])} = ${shown("activation", four(wa[j]))}`;
  return j === 0 ? "\\hat{y} = w_3 a_1 + w_4 a_2 + b_3"
    : `\\hat{y} = ${four(wa[0])}${plus(four(wa[1]))}${plus(number("b3"))} = ${shown("prediction", four(prediction))}`;
}

/** The activation's formula at a number. */
function applied(activation, z) {
  if (activation === "softplus") return `\\ln(1 + e^{${z}})`;
  return activation === "relu" ? `\\max(0, ${z})` : `\\sigma(${z})`;
}

function speak(figure, { step, x, activation, b3 }, { wx, z, a, wa, prediction }) {
  const three = (value) => fixed(value, 3);
  const label = ACTIVATIONS[activation].label;
  const silent = activation === "relu" ? [0, 1].filter((j) => z[j] <= 0) : [];
  const off = [0, 1].find((j) => activation !== "sigmoid" && a[j] < 0.05 && a[1 - j] - z[1 - j] < 0.05);
  if (step === 0) figure.say("at_input", { x: fixed(x) });
  else if (step === PRODUCTS) figure.say("products", { x: fixed(x), first: three(wx[0]), second: three(wx[1]) });
  else if (step === SUMS) figure.say("sums", { first: three(z[0]), second: three(z[1]) });
  else if (step === BENT && silent.length === 1) figure.say("cut", { j: silent[0] + 1, z: three(z[silent[0]]) });
  else if (step === BENT) figure.say("bent", { f: label, first: three(a[0]), second: three(a[1]) });
  else if (step === WEIGHTED) figure.say("weighted", { first: three(wa[0]), second: three(wa[1]) });
  else if (silent.length === 2) figure.say("both_silent", { b3: fixed(b3), prediction: three(prediction) });
  else if (x in TARGETS) figure.say("sample", { x: fixed(x, 1), y: TARGETS[x], prediction: three(prediction) });
  else if (off !== undefined) figure.say("straight", { off: off + 1, on: 2 - off, a: three(a[off]), x: fixed(x), prediction: three(prediction) });
  else figure.say("predicted", { x: fixed(x), first: three(wa[0]), second: three(wa[1]), b3: fixed(b3), prediction: three(prediction) });
}
