// The dosage network with its parameters inside the diagram: how seven numbers bend two slices of
// an activation curve into the squiggle.

import { bracketed, color, fixed, h, s, set, stroke, svgMath, uniqueId } from "../core/index.js";
import { ACTIVATIONS } from "../math/activations.js";
import { forward, PARAMETERS, POINTS, ssr } from "../math/dosage.js";
import { diagnose, outward, residuals } from "../math/squiggle.js";

const NEURONS = [{ shade: "class0", dash: null }, { shade: "class1", dash: "7 4" }];
const X = [-0.06, 1.06];
const BOTTOMS = [-0.7, -1.5, -3, -6, -12, -30, -100];
const TOPS = [1.6, 3, 6, 12, 30, 100];
const REACHES = [2, 4, 8, 12]; // of z
const sub = (name) => `${name[0]}_${name[1]}`;

/** An SSR has four decimals, two when it is large, six when it is tiny. */
const loss = (value) => fixed(value, value >= 100 ? 2 : value > 0 && value < 0.001 ? 6 : 4);

export default function build(figure) {
  const { t } = figure;
  const net = network(figure);
  const fit = fitPlot(figure);
  const panels = panelPlots(figure);
  const formula = figure.readout("formula");
  const error = figure.readout("ssr");
  const reference = PARAMETERS.map((name) => figure.presets.fitted[name]);
  const top = figure.row(net.plot, fit.plot);
  const thirds = figure.row(...panels.plots);
  thirds.classList.add("nn-thirds");
  top.classList.add("nn-top");
  const activation = figure.choice("activation", { label: t("activation"), labels: (name) => ACTIVATIONS[name].label });
  const below = h("div", { class: "nn-error-line" }, error, figure.presetButtons());
  figure.show(top, thirds, formula, below, activation);
  figure.root.classList.add("nn-squiggle");

  return (state) => {
    const theta = PARAMETERS.map((name) => state[name]);
    const compact = state.view === "compact";
    const here = forward(theta, state.x, state.activation);
    const said = diagnose(theta, state.activation, reference);
    set(figure.root, { "data-view": state.view });
    thirds.hidden = formula.hidden = activation.hidden = compact;
    net.draw(state, theta, here);
    fit.draw(state, theta, here, compact, said.key === "fits_otherwise" ? reference : null);
    if (!compact) {
      panels.draw(state, theta, here);
      const part = (k) => `\\c{weight}{${k ? bracket(theta[5]) : fixed(theta[4])}} \\cdot \\c{class${k}}{${fixed(here.a[k])}}`;
      formula.show(`\\hat{y}(${fixed(state.x)}) = w_3 a_1 + w_4 a_2 + b_3 = ${part(0)} + ${part(1)} + \\c{bias}{${bracket(theta[6])}} = \\c{prediction}{${fixed(here.prediction)}}`);
    }
    const squares = residuals(theta, state.activation).map((value) => `${bracket(value)}^2`);
    error.show(`\\text{SSR} = ${squares.join(" + ")} = \\c{loss}{${loss(ssr(theta, POINTS, state.activation))}}`);
    speak(figure, theta, said);
  };
}

/** In parentheses where a sign would stand alone. */
const bracket = (value) => bracketed(fixed(value));

/** The diagram: each hidden neuron is a lens on its slice of the curve. */
function network(figure) {
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
    const slice = s("path", { fill: "none", stroke: color(shade), "stroke-width": 4, "stroke-dasharray": dash && "6 3" });
    const dot = s("circle", { r: 4.5, fill: color(shade), stroke: color("background"), "stroke-width": 1.5 });
    const value = s("text", { class: "nn-halo", "text-anchor": "middle", fill: color(shade), "data-name": `a${j + 1}` });
    const inside = s("g", { "clip-path": `url(#${id})` }, axis, curve, slice);
    const element = plot.add(s("g", {}, s("clipPath", { id }, hole), ring, inside, dot, value));
    return { element, hole, ring, axis, curve, slice, dot, value };
  });
  const scrubs = PARAMETERS.map((name) => plot.scrub({
    name, symbol: sub(name), limits: figure.controls[name], perStep: 0.5, color: name[0] === "w" ? "weight" : "bias",
    get: () => figure.state[name], put: (value) => figure.set({ [name]: value }),
  }));
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
    const ends = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([second, j]) => {
      const [a, b] = second ? [[columns[1], rows[j]], [columns[2], mid]] : [[columns[0], mid], [columns[1], rows[j]]];
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const [u, v] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
      const [leave, arrive] = second ? [R, r + 2] : [r, R + 2];
      return [[a[0] + u * leave, a[1] + v * leave], [b[0] - u * arrive, b[1] - v * arrive]];
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
    for (const [disc, column, symbol, value] of [[input, 0, "x", state.x], [output, 2, "\\hat{y}", here.prediction]]) {
      plot.place(disc.element, ...at(columns[column], mid));
      set(disc.ring, { r });
      set(disc.value, { y: 4.5 });
      set(disc.above, { y: -r - 8 });
      svgMath(disc.value, fixed(value));
      svgMath(disc.above, symbol);
    }
    const { f } = ACTIVATIONS[state.activation];
    const reach = outward([0, ...[0, 2].flatMap((k) => [theta[k + 1], theta[k] + theta[k + 1]].map(Math.abs))], [0], REACHES)[1];
    const scale = R / reach;
    const tall = state.activation === "sigmoid" ? R * 0.9 : scale; // per unit of f
    const place = (z) => [z * scale, R * 0.42 - f(z) * tall];
    const along = (from, to) => `M${Array.from({ length: 33 }, (_, i) => place(from + ((to - from) * i) / 32).map((n) => n.toFixed(1)).join()).join("L")}`;
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

/** The curve, the three points, each residual and its square. */
function fitPlot(figure) {
  const plot = figure.plot({
    x: X, y: [BOTTOMS[0], TOPS[0]], xLabel: "x", yLabel: "\\hat{y}", xTicks: [0, 0.5, 1], yTicks: 4, zero: true, ratio: 0.7, maxHeight: 152,
    margin: { right: 24 }, label: figure.t("curve"),
  });
  const squares = POINTS.map(() => plot.rect({ fill: "loss", opacity: 0.16 }));
  const ghost = plot.path({ color: "muted", width: 1.5, dash: "2 4" });
  const sum = plot.path({ color: "muted", width: 2, dash: "1 4" });
  const curve = plot.path({ color: "prediction", width: 3 });
  const sticks = POINTS.map(() => plot.line({ color: "loss", width: 2.5 }));
  const lift = plot.line({ color: "bias", width: 2, arrow: true });
  const name = plot.text({ color: "bias", dx: 7 });
  const drop = plot.line({ color: "input", width: 1.2, dash: "3 3" });
  const points = POINTS.map(() => plot.dot({ color: "target", r: 6 }));
  const now = plot.dot({ color: "prediction", r: 5 });
  const { min, max, step } = figure.controls.x;
  const handle = plot.handle({
    name: "x", label: figure.t("x"), color: "input", step: [step, 0],
    move: (x) => figure.set({ x: Number((Math.round(Math.max(min, Math.min(max, x)) / step) * step).toFixed(2)) }),
  });

  function draw({ x, activation }, theta, here, compact, reference) {
    const predict = (at) => forward(theta, at, activation).prediction;
    const [low, high] = X;
    const shown = Array.from({ length: 13 }, (_, i) => predict(i / 12));
    if (!compact) shown.push(...shown.map((value) => value - theta[6]));
    const limits = outward([0, 1, ...shown], BOTTOMS, TOPS);
    plot.domain({ y: limits });
    const clipped = (y) => Math.max(limits[0], Math.min(limits[1], y));
    POINTS.forEach(([px, py], i) => {
      const y = predict(px);
      const side = Math.abs(plot.sy(y) - plot.sy(py));
      const outer = plot.sx.invert(plot.sx(px) + (px === 1 ? -side : side));
      squares[i].at(px, py, outer, y);
      sticks[i].at(px, py, px, clipped(y));
      points[i].at(px, py);
    });
    curve.f(predict, low, high);
    if (reference) ghost.f((at) => forward(reference, at).prediction, low, high);
    else ghost.hide();
    drop.at(x, limits[0], x, clipped(here.prediction));
    now.at(x, here.prediction);
    handle.at(x, plot.sy.invert(plot.sy(limits[0]) - 12), { text: `x = ${fixed(x)}, y = ${fixed(here.prediction)}` });
    if (compact) return [sum, lift, name].forEach((mark) => mark.hide());
    const base = here.prediction - theta[6];
    sum.f((at) => predict(at) - theta[6], low, high);
    const short = 7 * Math.sign(theta[6]); // up to the rim of the point
    lift.at(x, base, x, plot.sy.invert(plot.sy(here.prediction) + short));
    name.at(x, (base + here.prediction) / 2, theta[6] === 0 ? "" : theta[6] < 0 ? "b_3" : "+b_3");
    return undefined;
  }
  return { plot, draw };
}

/** Slices of the curve; over x; and multiplied by the output weights, with their sum. */
function panelPlots(figure) {
  const { t } = figure;
  const look = { ratio: 0.62, maxHeight: 150, zero: true, yTicks: 3, margin: { left: 34 } };
  const slices = figure.plot({ ...look, x: [-4, 4], y: [-1.2, 4], xTicks: [-4, 0, 4], xLabel: "z", yLabel: "f(z)", label: t("slices") });
  const overX = { ...look, x: [0, 1], xTicks: [0, 1], xLabel: "x", margin: { left: 34, right: 42 } };
  const bent = figure.plot({ ...overX, y: [-0.2, 3], yLabel: "a_j = f(z_j)", label: t("activations") });
  const weighted = figure.plot({ ...overX, y: [-3, 1.6], yLabel: "w_{j+2}\\,a_j", label: t("weighted") });
  const whole = slices.path({ color: "muted", width: 1.2 });
  const cuts = NEURONS.map(({ shade, dash }, j) => ({
    slice: slices.path({ color: shade, width: j ? 3 : 6, dash, opacity: j ? 1 : 0.55 }),
    walk: slices.line({ color: shade, width: 2, dash, arrow: true }),
    drops: [0, 1].map(() => slices.line({ color: shade, width: 0.8 })),
    dot: slices.dot({ color: shade, r: 4.5 }),
  }));
  const total = weighted.path({ color: "muted", width: 2, dash: "1 4" });
  const over = [bent, weighted].map((plot) => NEURONS.map(({ shade, dash }) => ({
    path: plot.path({ color: shade, width: 2.5, dash }), dot: plot.dot({ color: shade, r: 4.5 }), end: plot.text({ color: shade, dx: 6 }),
  })));

  function draw({ x, activation }, theta, here) {
    const { f } = ACTIVATIONS[activation];
    const spans = [0, 2].map((k) => [theta[k + 1], theta[k] + theta[k + 1]]);
    const reach = outward([0, ...spans.flat().map(Math.abs)], [0], REACHES)[1];
    const top = activation === "sigmoid" ? 1.1 : reach;
    slices.options.xTicks = [-reach, 0, reach];
    slices.domain({ x: [-reach, reach], y: [-0.3 * top, top] });
    whole.f(f);
    cuts.forEach(({ slice, walk, drops, dot }, j) => {
      const [from, to] = spans[j];
      const height = -top * (0.1 + 0.12 * j);
      slice.f(f, from, to);
      walk.at(from, height, to, height);
      drops.forEach((line, k) => line.at(spans[j][k], height, spans[j][k], f(spans[j][k])));
      dot.at(here.z[j], here.a[j]);
    });
    const edge = [0, 1].map((at) => forward(theta, at, activation));
    const ends = [edge.map(({ a }) => a), edge.map(({ weighted: parts }) => parts)];
    bent.domain({ y: outward([0, ...ends[0].flat()], [-0.7], activation === "sigmoid" ? [1.2] : [3, 6, 12, 30]) });
    weighted.domain({ y: outward([...ends[1].flat(), ...ends[1].map(([a, b]) => a + b)], BOTTOMS, TOPS) });
    total.f((at) => forward(theta, at, activation).weighted.reduce((a, b) => a + b));
    over.forEach((curves, which) => {
      const plot = [bent, weighted][which];
      const floor = plot.sy.range()[0] - 12; // below it stands the name of the axis
      const labels = apart(ends[which][1].map((value) => Math.min(floor, plot.sy(value))));
      curves.forEach(({ path, dot, end }, j) => {
        const read = (at) => { const found = forward(theta, at, activation); return (which ? found.weighted : found.a)[j]; };
        path.f(read);
        dot.at(x, (which ? here.weighted : here.a)[j]);
        end.at(1, plot.sy.invert(labels[j]), which ? `w_${j + 3}\\,a_${j + 1}` : `a_${j + 1}`, { dy: 4 });
      });
    });
  }
  return { plots: [slices, bent, weighted], draw };
}

/** Two labels at one height move apart until they can be read. */
function apart([a, b], room = 15) {
  const missing = room - Math.abs(a - b);
  if (missing <= 0) return [a, b];
  return a <= b ? [a - missing / 2, b + missing / 2] : [a + missing / 2, b - missing / 2];
}

function speak(figure, theta, { key, ...found }) {
  const numbers = {};
  for (const [name, value] of Object.entries(found)) {
    if (name === "n") numbers.n = value;
    else if (name === "loss") numbers.loss = loss(value);
    else if (name === "percent") numbers.percent = fixed(value, 0);
    else numbers[name] = fixed(value);
  }
  figure.say(key, { ...numbers, b3: fixed(theta[6]) });
}
