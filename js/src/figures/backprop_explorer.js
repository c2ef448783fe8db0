// The backward pass through the dosage network: stage by stage on the diagram, factor by factor for
// one parameter, and beside it the finite difference.

import { bracketed, color, fixed, h, math, s, set, significant, stroke, svgMath } from "../core/index.js";
import { ACTIVATIONS } from "../math/activations.js";
import { check, chosen, factors } from "../math/backprop.js";
import { backward, forward, gradient, PARAMETERS, POINTS, ssr } from "../math/dosage.js";

const WEIGHTS = ["w1", "w2", "w3", "w4"];
const STAGE = { w3: 2, w4: 2, b3: 2, w1: 5, b1: 5, w2: 5, b2: 5 }; // at which step a slope is known
const REACHED = { 2: [1, 2], 4: [1, 3, 4, 5] }; // number of factors -> the steps that find them
const sub = (name) => `${name[0]}_${name[1]}`;
const spoken = (name) => name[0] + "₁₂₃₄"[name[1] - 1];
const slopeIn = (symbol) => `\\frac{\\partial L}{\\partial ${symbol}}`;

/** Three decimals, fewer when the number is large: it has to fit into its place. */
const short = (value) => fixed(value, Math.abs(value) < 100 ? 3 : Math.abs(value) < 1000 ? 1 : 0);

/** The sum of the samples' backward passes, whose gradient is that of the SSR. */
function sweep(theta, points, activation) {
  const passes = points.map((point) => backward(theta, point, activation));
  const total = (read) => passes.reduce((sum, pass) => sum + read(pass), 0);
  return {
    loss: total((pass) => pass.loss),
    inA: [0, 1].map((j) => total((pass) => pass.loss * theta[4 + j])),
    delta: [0, 1].map((j) => total((pass) => pass.delta[j])),
    slopes: passes.map((pass) => pass.slopes),
  };
}

export default function build(figure) {
  const { t } = figure;
  const net = network(figure);
  const chain = chainTable(figure);
  const witness = ["analytic", "difference"].map((name) => figure.readout(name));
  const agree = figure.readout("agree");
  const proof = figure.row(chain, h("div", { class: "nn-checks" }, witness, agree));
  proof.classList.add("nn-proof");
  const sliders = PARAMETERS.map((name) => figure.slider(name, { symbol: sub(name), color: name[0] === "w" ? "weight" : "bias" }));
  const settings = (...controls) => {
    const panel = figure.panel(...controls);
    panel.classList.add("nn-settings");
    return panel;
  };
  figure.show(
    net.plot.node,
    figure.player("step", { symbol: "\\text{←}", speed: 0.9 }),
    proof,
    settings(figure.choice("parameter", { label: "θ", labels: (name) => `$${sub(name)}` }), ...sliders),
    settings(
      figure.choice("sample", { label: t("sample"), labels: (which) => (which === "sum" ? "$\\sum" : `$x = ${POINTS[which - 1][0]}`) }),
      figure.choice("activation", { label: "f", labels: (name) => ACTIVATIONS[name].label }),
    ),
    figure.presetButtons(),
  );
  figure.root.classList.add("nn-backprop");

  return (state) => {
    const theta = PARAMETERS.map((name) => state[name]);
    const points = chosen(state.sample);
    const slopes = gradient(theta, points, state.activation);
    const back = sweep(theta, points, state.activation);
    const found = check(theta, points, state.activation, state.parameter);
    const symbol = sub(state.parameter);
    net.draw(state, theta, points, slopes, back);
    chain.draw(state, theta);
    witness[0].show(`${slopeIn(symbol)} = \\c{gradient}{${fixed(found.analytic, 6)}}`);
    witness[1].show(`\\frac{L(${symbol} + h) - L(${symbol} - h)}{2h} = \\c{gradient}{${fixed(found.difference, 6)}}`);
    agree.show(`\\text{${found.agrees ? "✓" : "≠"} ${t(found.agrees ? "agree" : "disagree")}}`);
    sliders.forEach((slider, k) => { slider.hidden = PARAMETERS[k] !== state.parameter; });
    speak(figure, state, theta, { points, slopes, back, found });
  };
}

/** The diagram: values inside the circles, slopes beside them as soon as the sweep has come there. */
function network(figure) {
  const plot = figure.plot({ x: [0, 1], y: [0, 1], axes: false, ratio: 1.1, maxHeight: 306, label: figure.t("network") });
  const edges = Object.fromEntries([...WEIGHTS, "loss"].map((name) => [name, plot.line({ color: "muted", arrow: true, clip: false })]));
  const disc = (name, shade, size) => {
    const ring = s("circle", { fill: color("background"), stroke: color(shade), "stroke-width": 2 });
    const texts = [0, 1, 2].map(() => s("text", { "text-anchor": "middle", "font-size": size }));
    const element = plot.add(s("g", { "data-name": name }, ring, texts));
    return { element, ring, texts };
  };
  const discs = { x: disc("x", "input"), h1: disc("h1", "activation", 12), h2: disc("h2", "activation", 12), y: disc("prediction", "prediction"), loss: disc("loss", "loss") };
  const signals = ["a1", "z1", "a2", "z2", "delta"].map((name) => {
    const text = plot.text({ color: "gradient", anchor: "middle", halo: false });
    set(text.element, { "data-name": `slope-${name}` });
    return text;
  });
  const chips = Object.fromEntries(PARAMETERS.map((name) => {
    const [above, below] = [s("text", { "text-anchor": "middle", y: -3, fill: color(name[0] === "w" ? "weight" : "bias") }), s("text", { "text-anchor": "middle", y: 13, fill: color("gradient"), "data-name": `slope-${name}` })];
    const box = s("rect", { y: -18, height: 36, rx: 6 });
    const element = plot.add(s("g", { class: "nn-chip", "aria-hidden": "true", "data-name": `chip-${name}`, click: () => figure.set({ parameter: name }) }, box, above, below));
    return [name, { element, box, above, below }];
  }));

  function write({ texts }, lines) {
    lines.forEach(([y, source, shade], i) => {
      set(texts[i], { y, fill: color(shade ?? "ink") });
      svgMath(texts[i], source);
    });
  }

  function draw(state, theta, points, slopes, back) {
    if (!plot.width) return;
    const { width, height } = plot.inner;
    const wide = width >= 560;
    const narrow = width < 340;
    const tiny = width < 290;
    const room = tiny ? 20 : narrow ? 33 : 52; // of the slopes in the middle
    const [r, R] = tiny ? [17, 28] : narrow ? [19, 31] : [24, 35];
    const mid = plot.margin.top + height / 2;
    const at = (x, y) => [plot.sx.invert(x), plot.sy.invert(y)];
    const first = plot.margin.left + r + 3;
    const last = plot.margin.left + width - r - 3;
    const columns = wide ? [first, first + (last - first) * 0.36, first + (last - first) * 0.74, last] : [first, (first + last) / 2, last, last];
    const rows = [mid - height / 4, mid + height / 4];
    const spots = { x: [columns[0], mid], h1: [columns[1], rows[0]], h2: [columns[1], rows[1]], y: [columns[2], mid], loss: wide ? [columns[3], mid] : [last, mid + height / 2 - r - 18] };
    const radius = { x: r, h1: R, h2: R, y: r, loss: r };
    const several = points.length > 1;
    const largest = Math.max(...slopes.map(Math.abs)) || 1;
    const slopeOf = (name) => slopes[PARAMETERS.indexOf(name)];
    const join = (edge, from, to, known, slope) => {
      const [a, b] = [spots[from], spots[to]];
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const [u, v] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
      edge.at(...at(a[0] + u * radius[from], a[1] + v * radius[from]), ...at(b[0] - u * (radius[to] + 2), b[1] - v * (radius[to] + 2)));
      const look = known && slope !== 0 ? stroke(slope, largest) : { color: "muted", width: 1.2, dash: known ? "1 5" : null };
      set(edge.element, { stroke: color(look.color), fill: color(look.color) });
      set(edge.element.firstChild, { "stroke-width": look.width, "stroke-dasharray": look.dash });
    };
    WEIGHTS.forEach((name, k) => join(edges[name], k < 2 ? "x" : `h${k - 1}`, k < 2 ? `h${k + 1}` : "y", state.step >= STAGE[name], slopeOf(name)));
    join(edges.loss, "y", "loss", state.step >= 1, back.loss);
    const now = { y: 1, h1: state.step === 3 ? 3 : 4, h2: state.step === 3 ? 3 : 4 };
    for (const [name, { element, ring }] of Object.entries(discs)) {
      plot.place(element, ...at(...spots[name]));
      set(ring, { r: radius[name], "stroke-width": now[name] === state.step ? 4.5 : 2 });
    }
    // A neuron that is flat on every sample shown lets nothing back.
    [0, 1].forEach((j) => set(discs[`h${j + 1}`].ring, { "stroke-dasharray": back.slopes.every((pair) => pair[j] === 0) ? "3 5" : null }));
    const here = forward(theta, points[0][0], state.activation);
    write(discs.x, several ? [[4.5, "x"], [0, ""]] : [[4.5, fixed(points[0][0])], [-r - 7, "x"]]);
    [0, 1].forEach((j) => write(discs[`h${j + 1}`], several ? [[4.5, `a_${j + 1}`], [0, ""]] : [[-4, `z = ${fixed(here.z[j])}`], [13, `a = ${fixed(here.a[j])}`]]));
    write(discs.y, several ? [[4.5, "\\hat{y}"], [0, ""]] : [[4.5, fixed(here.prediction)], [-r - 7, "\\hat{y}"]]);
    write(discs.loss, [
      [4.5, state.step >= 1 ? short(ssr(theta, points, state.activation)) : "", "loss"],
      [wide ? -r - 7 : 4.5, "L", "loss"], [r + 16, several ? "\\text{SSR}" : `y = ${points[0][1]}`],
    ]);
    set(discs.loss.texts[1], { x: wide ? 0 : -r - 11 });
    const tell = (index, step, x, y, source) => (state.step >= step ? signals[index].at(...at(x, y), source) : signals[index].hide());
    const beside = R + 15;
    [0, 1].forEach((j) => {
      const [x, y] = spots[`h${j + 1}`];
      const lines = j ? [-beside - 8, -beside + 8] : [beside, beside + 16];
      tell(2 * j, 3, x, y + lines[0] + 1, narrow ? short(back.inA[j]) : `\\partial L/\\partial a_${j + 1} = ${short(back.inA[j])}`);
      tell(2 * j + 1, 4, x, y + lines[1] + 1, tiny ? short(back.delta[j]) : `\\delta_${j + 1} = ${short(back.delta[j])}`);
    });
    tell(4, 1, wide ? (columns[2] + columns[3]) / 2 : last - 40, wide ? mid + 22 : mid + r + 44, `\\delta = ${short(back.loss)}`);
    const chipAt = {
      b1: [columns[1], rows[0] - R - 22], b2: [columns[1], rows[1] + R + 22], b3: [Math.min(columns[2], plot.margin.left + width - 38), mid - r - 44],
    };
    WEIGHTS.forEach((name, k) => {
      const [a, b] = k < 2 ? [columns[0] + r, columns[1] - room] : [columns[1] + room, columns[2] - r];
      const [p, q] = k < 2 ? [spots.x, spots[`h${k + 1}`]] : [spots[`h${k - 1}`], spots.y];
      chipAt[name] = width < 560 ? [(a + b) / 2, mid + (k % 2 ? 20 : -20)] : [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    });
    for (const name of PARAMETERS) {
      const { element, box, above, below } = chips[name];
      plot.place(element, ...at(...chipAt[name]));
      set(element, { "data-chosen": String(state.parameter === name), "data-now": String(state.step === STAGE[name]) });
      svgMath(above, tiny ? sub(name) : `${sub(name)} = ${fixed(state[name])}`);
      set(box, tiny ? { x: -25, width: 50 } : { x: -37, width: 74 });
      svgMath(below, state.step >= STAGE[name] ? short(slopeOf(name)) : "");
    }
  }
  return { plot, draw };
}

/** The chain rule for the chosen parameter: a column for each factor, a row for each sample. */
function chainTable(figure) {
  const heads = [0, 1, 2, 3].map(() => h("th", { scope: "col" }));
  const result = h("th", { scope: "col" });
  const rows = ["1", "2", "3", "sum"].map((sample) => {
    const cells = [0, 1, 2, 3].map((k) => h("td", { "data-name": `factor-${sample}-${k}` }));
    const product = h("td", { class: "nn-result", "data-name": `product-${sample}` });
    const name = sample === "sum" ? "\\sum" : `x = ${POINTS[sample - 1][0]}`;
    return { sample, cells, product, node: h("tr", {}, h("th", { scope: "row" }, math(name)), cells, product) };
  });
  const table = h("table", { class: "nn-table nn-factors" }, h("thead", {}, h("tr", {}, h("td"), heads, result)), h("tbody", {}, rows.map((row) => row.node)));
  const shown = new WeakMap();
  const show = (cell, source) => {
    if (shown.get(cell) === source) return;
    shown.set(cell, source);
    cell.replaceChildren(source ? math(source) : "");
  };

  function draw({ parameter, step, sample, activation }, theta) {
    const j = Number(parameter[1]);
    const symbols = parameter === "b3" ? ["-2(y - \\hat{y})", "1"] : j > 2
      ? ["-2(y - \\hat{y})", `a_${j - 2}`]
      : ["-2(y - \\hat{y})", `w_${j + 2}`, `f'(z_${j})`, parameter[0] === "w" ? "x" : "1"];
    const reached = REACHED[symbols.length].filter((at) => at <= step).length;
    heads.forEach((cell, k) => {
      show(cell, symbols[k] ?? "");
      set(cell, { "data-far": String(k >= reached) });
    });
    const done = reached === symbols.length;
    show(result, slopeIn(sub(parameter)));
    let sum = 0;
    for (const row of rows) {
      const all = row.sample === "sum" ? [] : factors(theta, POINTS[row.sample - 1], activation, parameter);
      const product = row.sample === "sum" ? sum : all.reduce((a, b) => a * b, 1);
      sum += product;
      row.cells.forEach((cell, k) => {
        show(cell, k < Math.min(reached, all.length) ? (k ? `\\cdot\\, ${bracketed(short(all[k]))}` : short(all[0])) : "");
      });
      show(row.product, done ? short(product) : "");
      set(row.node, { class: row.sample === sample ? "nn-current" : null });
    }
  }
  return { node: h("div", { class: "nn-scroll" }, table), draw };
}

function speak(figure, { step, sample, activation, parameter }, theta, { points, slopes, back, found }) {
  const [w1, b1, w2, b2, w3, w4] = theta;
  const each = points.map(([x]) => forward(theta, x, activation));
  const numbers = {
    x: points[0][0], y: points[0][1], prediction: each.map((pass) => fixed(pass.prediction)).join(", "),
    a1: fixed(each[0].a[0]), a2: fixed(each[0].a[1]), loss: fixed(ssr(theta, points, activation), 4),
    delta: points.map((point) => short(backward(theta, point, activation).loss)).join(", "),
    w3: fixed(w3), w4: fixed(w4), inA1: short(back.inA[0]), inA2: short(back.inA[1]), delta1: short(back.delta[0]), delta2: short(back.delta[1]),
    f1: fixed(back.slopes[0][0], 3), f2: fixed(back.slopes[0][1], 3),
  };
  if (step < 5) return figure.say(`step_${step}${sample === "sum" ? "_sum" : ""}`, numbers);
  if (!found.agrees) return figure.say("corner", { name: spoken(parameter), analytic: significant(found.analytic, 3), difference: significant(found.difference, 3) });
  const dead = [0, 1].findIndex((j) => back.slopes.every((pair) => pair[j] === 0));
  if (dead >= 0) return figure.say("dead", { n: dead + 1 });
  if (w3 === 0 && w4 === 0) return figure.say("zero", {});
  if (w1 === w2 && b1 === b2 && w3 === w4) return figure.say("twins", {});
  const largest = slopes.reduce((best, value, k) => (Math.abs(value) > Math.abs(slopes[best]) ? k : best), 0);
  const name = spoken(PARAMETERS[largest]);
  if (Math.abs(slopes[largest]) < 0.1) return figure.say("flat", { name, slope: fixed(slopes[largest], 3) });
  return figure.say("done", { negative: slopes.filter((value) => value < 0).length, positive: slopes.filter((value) => value > 0).length, name, slope: short(slopes[largest]) });
}
