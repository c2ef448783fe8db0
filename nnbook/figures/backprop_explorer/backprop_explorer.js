// The backward pass through the dosage network: stage by stage on the diagram, factor by factor for
// one parameter, and beside it the finite difference.

import { bracketed, fixed, h, math, more, set, showMath, significant } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { backward, forward, gradient, PARAMETERS, POINTS, ssr } from "../../../js/src/math/dosage.js";
import { sub } from "../../../js/src/parts/network.js";
import { check, chosen, factors } from "./math.js";
import { short, sweepNetwork } from "./sweep_network.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Child, Point } from "../../../js/src/core/types.js" */
/** @import { Network } from "../../../js/src/math/dosage.js" */
/** @import { Back } from "./sweep_network.js" */

/** @typedef {Network & {sample: string, parameter: string, step: number}} Traits */

/** Number of factors -> the steps that find them. @type {Record<number, number[]>} */
const REACHED = { 2: [1, 2], 4: [1, 3, 4, 5] };
const isKnown = (/** @type {Traits} */ { parameter, step }) => step >= (OUTER.includes(parameter) ? 2 : 5);
const OUTER = ["w3", "w4", "b3"]; // beyond the hidden neurons
const spoken = (/** @type {string} */ name) => name[0] + "₁₂₃₄"[Number(name[1]) - 1];
const slopeIn = (/** @type {string} */ symbol) => `\\frac{\\partial L}{\\partial ${symbol}}`;

/**
 * The sum of the samples' backward passes, whose gradient is that of the SSR.
 * @param {number[]} theta @param {Point[]} points @param {string} activation
 */
function sweep(theta, points, activation) {
  const passes = points.map((point) => backward(theta, point, activation));
  /** @param {(pass: ReturnType<typeof backward>) => number} read */
  const total = (read) => passes.reduce((sum, pass) => sum + read(pass), 0);
  return {
    loss: total((pass) => pass.loss),
    inA: [0, 1].map((j) => total((pass) => pass.loss * theta[4 + j])),
    delta: [0, 1].map((j) => total((pass) => pass.delta[j])),
    slopes: passes.map((pass) => pass.slopes),
  };
}

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  const net = sweepNetwork(figure);
  yield;
  const chain = chainTable(figure);
  const witness = ["analytic", "difference"].map((name) => figure.readout(name));
  const agree = figure.readout("agree");
  const proof = figure.row(chain, h("div", { class: "nn-checks" }, witness, agree));
  proof.classList.add("nn-proof");
  const sliders = PARAMETERS.map((name) =>
    figure.slider(name, { symbol: sub(name), color: name[0] === "w" ? "weight" : "bias" }),
  );
  const settings = (/** @type {Child[]} */ ...controls) => {
    const panel = figure.panel(...controls);
    panel.classList.add("nn-settings");
    return panel;
  };
  yield;
  figure.show(
    net.plot.node,
    figure.player("step", { symbol: "\\text{←}", name: t("step_name"), speed: 0.9 }),
    figure.foot,
    proof,
    settings(
      figure.choice("sample", {
        label: t("sample"),
        labels: (which) => (which === "sum" ? "$\\sum" : `$x = ${POINTS[Number(which) - 1][0]}`),
      }),
      ...sliders,
    ),
  );
  yield;
  more(
    figure,
    figure.presetButtons(),
    settings(
      figure.choice("parameter", { label: "$\\theta", name: t("parameter"), labels: (name) => `$${sub(name)}` }),
      figure.choice("activation", { label: "$f", name: t("activation"), labels: (name) => ACTIVATIONS[name].label }),
    ),
  );
  figure.root.classList.add("nn-backprop");

  return function* (state) {
    const theta = PARAMETERS.map((name) => state[name]);
    const points = chosen(state.sample);
    const slopes = gradient(theta, points, state.activation);
    const back = sweep(theta, points, state.activation);
    const found = check(theta, points, state.activation, state.parameter);
    const symbol = sub(state.parameter);
    net.draw(state, theta, points, slopes, back);
    yield;
    chain.draw(state, theta);
    yield;
    // The sweep finds it, not the figure.
    const known = (/** @type {number} */ value) => (isKnown(state) ? `\\c{gradient}{${fixed(value, 6)}}` : "?");
    witness[0].show(`${slopeIn(symbol)} = ${known(found.analytic)}`);
    witness[1].show(`\\frac{L(${symbol} + h) - L(${symbol} - h)}{2h} = ${known(found.difference)}`);
    agree.show(isKnown(state) ? `\\text{${found.agrees ? "✓" : "≠"} ${t(found.agrees ? "agree" : "disagree")}}` : "");
    sliders.forEach((slider, k) => {
      slider.hidden = PARAMETERS[k] !== state.parameter;
    });
    speak(figure, state, theta, { points, slopes, back, found });
  };
}

/** The chain rule for the chosen parameter: a column for each factor, a row for each sample. @param {Figure<Traits>} figure */
function chainTable(figure) {
  const heads = [0, 1, 2, 3].map(() => h("th", { scope: "col" }));
  const result = h("th", { scope: "col" });
  const rows = ["1", "2", "3", "sum"].map((sample) => {
    const cells = [0, 1, 2, 3].map((k) => h("td", { "data-name": `factor-${sample}-${k}` }));
    const product = h("td", { class: "nn-result", "data-name": `product-${sample}` });
    const name = sample === "sum" ? "\\sum" : `x = ${POINTS[Number(sample) - 1][0]}`;
    return { sample, cells, product, node: h("tr", {}, h("th", { scope: "row" }, math(name)), cells, product) };
  });
  const table = h(
    "table",
    { class: "nn-table nn-factors", "aria-label": figure.t("table") },
    h("thead", {}, h("tr", {}, h("td"), heads, result)),
    h(
      "tbody",
      {},
      rows.map((row) => row.node),
    ),
  );
  /** @param {Traits} state @param {number[]} theta */
  function draw({ parameter, step, sample, activation }, theta) {
    const j = Number(parameter[1]);
    const symbols =
      parameter === "b3"
        ? ["-2(y - \\hat{y})", "1"]
        : j > 2
          ? ["-2(y - \\hat{y})", `a_${j - 2}`]
          : ["-2(y - \\hat{y})", `w_${j + 2}`, `f'(z_${j})`, parameter[0] === "w" ? "x" : "1"];
    const reached = REACHED[symbols.length].filter((at) => at <= step).length;
    heads.forEach((cell, k) => {
      showMath(cell, symbols[k] ?? "");
      set(cell, { "data-far": String(k >= reached) });
    });
    const done = reached === symbols.length;
    showMath(result, slopeIn(sub(parameter)));
    let sum = 0;
    for (const row of rows) {
      const all = row.sample === "sum" ? [] : factors(theta, POINTS[Number(row.sample) - 1], activation, parameter);
      const product = row.sample === "sum" ? sum : all.reduce((a, b) => a * b, 1);
      sum += product;
      row.cells.forEach((cell, k) => {
        showMath(
          cell,
          k < Math.min(reached, all.length)
            ? k
              ? `\\c{soft}{\\text{×}}\\,${bracketed(symbols[k][0] === "w" ? fixed(all[k]) : short(all[k]))}`
              : short(all[0])
            : "",
        );
      });
      showMath(row.product, done ? short(product) : "");
      set(row.node, { class: row.sample === sample ? "nn-current" : null });
    }
  }
  return { node: h("div", { class: "nn-scroll" }, table), draw };
}

/**
 * @param {Figure<Traits>} figure @param {Traits} state @param {number[]} theta
 * @param {{points: Point[], slopes: number[], back: Back, found: ReturnType<typeof check>}} all
 */
function speak(figure, { step, sample, activation, parameter }, theta, { points, slopes, back, found }) {
  const [w1, b1, w2, b2, w3, w4] = theta;
  const each = points.map(([x]) => forward(theta, x, activation));
  const numbers = {
    x: points[0][0],
    y: points[0][1],
    prediction: each.map((pass) => fixed(pass.prediction)).join(", "),
    a1: fixed(each[0].a[0]),
    a2: fixed(each[0].a[1]),
    loss: fixed(ssr(theta, points, activation), 4),
    delta: points.map((point) => short(backward(theta, point, activation).loss)).join(", "),
    w3: fixed(w3),
    w4: fixed(w4),
    inA1: short(back.inA[0]),
    inA2: short(back.inA[1]),
    delta1: short(back.delta[0]),
    delta2: short(back.delta[1]),
    f1: fixed(back.slopes[0][0], 3),
    f2: fixed(back.slopes[0][1], 3),
  };
  if (step < 5) return figure.say(`step_${step}${sample === "sum" ? "_sum" : ""}`, numbers);
  if (!found.agrees)
    return figure.say("corner", {
      name: spoken(parameter),
      analytic: significant(found.analytic, 3),
      difference: significant(found.difference, 3),
    });
  const dead = [0, 1].findIndex((j) => back.slopes.every((pair) => pair[j] === 0));
  if (dead >= 0) return figure.say("dead", { n: dead + 1 });
  const largest = slopes.reduce((best, value, k) => (Math.abs(value) > Math.abs(slopes[best]) ? k : best), 0);
  if (w3 === 0 && w4 === 0 && slopes[largest] !== 0) return figure.say("zero", {});
  if (w1 === w2 && b1 === b2 && w3 === w4) return figure.say("twins", {});
  const name = spoken(PARAMETERS[largest]);
  if (Math.abs(slopes[largest]) < 0.1)
    return figure.say(ssr(theta, points, activation) < 0.01 ? "flat" : "stuck", {
      ...numbers,
      name,
      slope: fixed(slopes[largest], 3),
    });
  const none = slopes.filter((value) => value === 0).length;
  return figure.say(none ? "done_zeros" : "done", {
    negative: slopes.filter((value) => value < 0).length,
    positive: slopes.filter((value) => value > 0).length,
    none,
    name,
    slope: short(slopes[largest]),
  });
}
