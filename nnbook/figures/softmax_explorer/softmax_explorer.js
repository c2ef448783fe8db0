// The softmax: bars, the formula in numbers, as it is written or as a computer should compute it; in the fold a point on the
// simplex and the Jacobian, one column of which is drawn as arrows.

import { fixed, h, inWords, more, room, SHAPES, significant } from "../../../js/src/core/index.js";
import { softmax, softmaxJacobian } from "../../../js/src/math/softmax.js";
import { EACH, INDEX, jacobian, total } from "./jacobian.js";
import { ARROW, simplex } from "./simplex.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build } from "../../../js/src/core/types.js" */

const HUGE = 300 * Math.LN10; // a difference of logits, beyond which a ratio is no longer shown

/** @typedef {{z: number[], c: number, T: number, column: number, formula: string}} Traits */
/** @typedef {{reach: number}} Data how far the sliders of z go */

const FEW = 3; // of them have their sliders first; the room for more is in the fold

/** @param {Figure<Traits, Data>} figure */
function bars(figure) {
  const plot = figure.plot({
    x: [0.45, 3.7],
    y: [0, 1.12],
    yTicks: [0, 0.5, 1],
    xTicks: [],
    yLabel: "p",
    ratio: 0.72,
    maxHeight: 230,
    label: figure.t("bars"),
  });
  const all = EACH.map((i) => ({
    bar: plot.rect({ fill: `class${i}`, opacity: 0.75 }),
    mark: plot.dot({ color: `class${i}`, shape: SHAPES[i], r: 5.5 }),
    arrow: plot.line(ARROW),
    value: plot.text({ anchor: "middle", dy: -11 }),
    name: plot.text({ anchor: "middle", dy: 18, halo: false }),
  }));
  all.forEach(({ value }, i) => value.element.setAttribute("data-name", `p${i + 1}`));
  return {
    plot,
    /** `slopes`: the arrows, or null. @param {number[]} p @param {number[] | null} slopes */
    show(p, slopes) {
      plot.domain({ x: [0.45, p.length + 0.7] });
      plot.describe(named("p", p, 3));
      all.forEach(({ bar, mark, arrow, value, name }, i) => {
        if (i >= p.length) {
          [bar, mark, arrow, value, name].forEach((one) => one.hide());
          return;
        }
        bar.at(i + 0.75, 0, i + 1.25, p[i]);
        mark.at(i + 1, p[i]);
        value.at(i + 1, p[i], fixed(p[i], 3));
        name.at(i + 1, 0, `p_${i + 1}`);
        if (!slopes || Math.abs(slopes[i]) < 2e-3) arrow.hide();
        else arrow.at(i + 1.4, p[i], i + 1.4, p[i] + slopes[i]);
      });
    },
  };
}

/** p₁ = 0.684, p₂ = ... @param {string} letter @param {number[]} values @param {number} digits */
const named = (letter, values, digits) =>
  values.map((value, i) => `${letter}${INDEX[i]} = ${fixed(value, digits)}`).join(", ");

/**
 * e^a / (e^a + e^b + ...) in numbers, computed literally, whatever comes out.
 * @param {number[]} exponents @param {number} i @param {string} sum
 */
function quotient(exponents, i, sum) {
  const powers = exponents.map(Math.exp);
  const result = powers[i] / total(powers);
  const shown = exponents.map((value) => `e^{${fixed(value)}}`);
  const below = shown.length > 3 ? sum : shown.join("+"); // what fits on a line
  const text = `\\frac{${shown[i]}}{${below}} = \\frac{${significant(powers[i], 4)}}{${significant(total(powers), 4)}} = `;
  return text + (Number.isNaN(result) ? "\\c{loss}{\\text{NaN}}" : fixed(result, 3));
}

/** What the softmax reads, and its formula in numbers, in one of two forms. @param {Figure<Traits, Data>} figure */
function formulas(figure) {
  const { t } = figure;
  const [reads, written, shifted] = ["u", "written", "shifted"].map((name) => figure.readout(name));
  const choice = figure.choice("formula", { name: t("formula"), labels: (form) => t(`formula_${form}`) });
  return {
    node: h("div", { class: "nn-softmax-formulas" }, reads, room(written, shifted)),
    choice,
    /** @param {Traits} state @param {number[]} u @param {number} j */
    show({ formula }, u, j) {
      reads.show(`u = (z + c)\\,/\\,T = (${u.map((value) => `{${fixed(value)}}`).join(",\\, ")})`);
      const largest = Math.max(...u);
      const behind = u.map((value) => value - largest);
      written.show(`p_${j + 1} = ${quotient(u, j, "\\sum_k e^{u_k}")}`);
      shifted.show(`p_${j + 1} = ${quotient(behind, j, "\\sum_k e^{u_k - \\max u}")}`);
      written.hidden = formula !== "written";
      shifted.hidden = formula !== "shifted";
    },
  };
}

/** The chosen column of the Jacobian, worked out. @param {Figure<Traits, Data>} figure */
function column(figure) {
  const slopes = EACH.map((i) => figure.readout(`slope${i + 1}`));
  return {
    node: h(
      "div",
      { class: "nn-softmax-column" },
      slopes.map((slope) => room(slope)),
    ),
    /** @param {number} T @param {number[]} p @param {number[][]} jacobianOf @param {number} j */
    show(T, p, jacobianOf, j) {
      const by = `\\partial ${T === 1 ? "z" : "u"}_${j + 1}`;
      slopes.forEach((readout, i) => {
        readout.hidden = i >= p.length;
        if (i >= p.length) return;
        const [pi, pj] = [fixed(p[i], 3), fixed(p[j], 3)];
        const product =
          i === j
            ? `p_${i + 1}(1 - p_${i + 1}) = ${pi} \\cdot ${fixed(total(p.filter((_, k) => k !== i)), 3)}`
            : `-p_${i + 1}\\,p_${j + 1} = -${pi} \\cdot ${pj}`;
        readout.show(`\\partial p_${i + 1}/${by} = ${product} = \\c{gradient}{${fixed(jacobianOf[i][j], 3)}}`);
      });
    },
  };
}

/** How many classes. @param {Figure<Traits, Data>} figure */
const counts = (figure) =>
  figure.choice("K", {
    label: "$K =",
    name: figure.t("classes"),
    values: [2, 3, 4, 5],
    labels: String,
    get: () => figure.state.z.length,
    put: (K) => figure.set({ z: [...figure.state.z, 0, 0, 0].slice(0, Number(K)) }),
  });

/** A slider for each logit. @param {Figure<Traits, Data>} figure */
const logitSliders = (figure) =>
  EACH.map((i) =>
    figure.slider(`z${i + 1}`, {
      symbol: `z_${i + 1}`,
      color: `class${i}`,
      limits: { min: -figure.data.reach, max: figure.data.reach, step: 0.01, scale: "linear" },
      get: () => figure.state.z[i] ?? 0,
      put: (value) => figure.set({ z: figure.state.z.map((old, k) => (k === i ? value : old)) }),
    }),
  );

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  const [chart, numbers] = [bars(figure), formulas(figure)];
  yield;
  const sliders = logitSliders(figure);
  yield;
  figure.show(
    figure.row(
      chart.plot,
      figure.panel(
        counts(figure),
        ...sliders.slice(0, FEW).map((node) => room(node)),
        figure.slider("c", { symbol: "c", label: t("c"), format: (value) => fixed(value, 0) }),
        figure.slider("T", { symbol: "T", label: t("T"), format: (value) => significant(value, 3) }),
      ),
    ),
    figure.foot,
    numbers.node,
  );
  yield;
  const triangle = simplex(figure);
  yield;
  const [table, worked] = [jacobian(figure), column(figure)];
  yield;
  const fold = more(
    figure,
    figure.presetButtons(),
    figure.panel(...sliders.slice(FEW).map((node) => room(node))),
    numbers.choice,
    figure.row(triangle.plot, table),
    worked.node,
  );

  return (state) => {
    const K = state.z.length;
    const j = Math.min(state.column, K) - 1;
    const u = state.z.map((value) => (value + state.c) / state.T);
    const [p, slopes] = [softmax(u), softmaxJacobian(u)];
    chart.show(p, fold.open ? slopes.map((row) => row[j]) : null);
    numbers.show(state, u, j);
    if (fold.open) {
      triangle.show(state, p, slopes, j);
      table.show(state.T, slopes, j);
      worked.show(state.T, p, slopes, j);
    }
    sliders.forEach((node, i) => {
      node.hidden = i >= K;
    });
    speak(figure, state, u, p, slopes, j);
  };
}

/**
 * @param {Figure<Traits, Data>} figure @param {Traits} state @param {number[]} u
 * @param {number[]} p @param {number[][]} slopes @param {number} j
 */
function speak(figure, { z, c, T }, u, p, slopes, j) {
  const K = p.length;
  const order = p.map((_, i) => i).sort((a, b) => u[b] - u[a]);
  const [first, second] = order;
  const steepest = slopes[first][first];
  const values = {
    i: INDEX[first],
    p: fixed(p[first], 3),
    k: INDEX[second],
    gap: fixed(z[first] - z[second]),
    ratio: u[first] - u[second] > HUGE ? "> 10³⁰⁰" : inWords(significant(Math.exp(u[first] - u[second]), 3)),
    c: fixed(c, 0),
    T: significant(T, 3),
    share: fixed(1 / K, 3),
    least: fixed(p[order[K - 1]], 3),
  };
  const powers = total(u.map(Math.exp));
  if (powers === Infinity) figure.say("overflow", values);
  else if (powers === 0) figure.say("underflow", values);
  else if (u.every((value) => value === u[0])) figure.say("equal", values);
  else if (z[first] === z[second]) figure.say("tie", values);
  else if (c !== 0) figure.say("shift", values);
  else if (T < 1) figure.say("cold", values);
  else if (p[first] > 0.99)
    figure.say("saturated", {
      ...values,
      steepest: steepest < Math.exp(-HUGE) ? "< 10⁻³⁰⁰" : inWords(significant(steepest, 2)),
    });
  else if (T > 1) figure.say("hot", values);
  else if (K === 2) figure.say("sigmoid", { ...values, difference: fixed(z[0] - z[1]), p1: fixed(p[0], 3) });
  else figure.say("plain", { ...values, j: INDEX[j], slope: fixed(slopes[j][j], 3) });
}
