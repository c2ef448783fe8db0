// The softmax: bars, a point on the simplex, the formula in numbers as it is written and as a
// computer should compute it, and the Jacobian, one column of which is drawn as arrows.

import { fixed, h, math, plain, room, SHAPES, significant } from "../core/index.js";
import { corners, logits, place, probabilities } from "../math/simplex.js";
import { softmax, softmaxJacobian } from "../math/softmax.js";
import { EACH, INDEX, jacobian, total } from "../parts/jacobian.js";

/** @import { Figure } from "../core/figure.js" */

const FEW = 3; // of them have their sliders first; the room for more is below
const ARROW = { color: "gradient", width: 2, arrow: true, clip: false };
const LEAST = 0.002; // as near to an edge of the simplex as the point can be dragged

/** @param {Figure} figure */
function bars(figure) {
  const plot = figure.plot({
    x: [0.45, 3.7],
    y: [0, 1.12],
    yTicks: [0, 0.5, 1],
    xTicks: [],
    yLabel: "p",
    ratio: 0.72,
    maxHeight: 250,
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
    show(p, slopes, j) {
      plot.domain({ x: [0.45, p.length + 0.7] });
      all.forEach(({ bar, mark, arrow, value, name }, i) => {
        if (i >= p.length) {
          [bar, mark, arrow, value, name].forEach((one) => one.hide());
          return;
        }
        bar.at(i + 0.75, 0, i + 1.25, p[i]);
        mark.at(i + 1, p[i]);
        value.at(i + 1, p[i], fixed(p[i], 3));
        name.at(i + 1, 0, `p_${i + 1}`);
        if (Math.abs(slopes[i][j]) < 2e-3) arrow.hide();
        else arrow.at(i + 1.4, p[i], i + 1.4, p[i] + slopes[i][j]);
      });
    },
  };
}

/** @param {Figure} figure */
function simplex(figure) {
  const plot = figure.plot({
    x: [-1.35, 1.35],
    y: [-0.85, 1.35],
    axes: false,
    equal: true,
    maxHeight: 270,
    label: figure.t("simplex"),
  });
  const pairs = EACH.flatMap((i) => EACH.slice(0, i).map((k) => [i, k]));
  const edges = pairs.map(() => plot.line({ color: "muted", width: 1, clip: false }));
  const path = plot.path({ color: "muted", width: 1.5, dash: "3 4", clip: false });
  const marks = EACH.map((i) => plot.dot({ color: `class${i}`, shape: SHAPES[i], r: 8 }));
  const names = EACH.map(() => plot.text({ anchor: "middle", dy: 5 }));
  const arrow = plot.line(ARROW);
  const shadow = plot.dot({ color: "ink", shape: "diamond", r: 7 });
  const { reach } = figure.data;
  const point = plot.handle({
    name: "point",
    label: figure.t("point"),
    color: "ink",
    shape: "diamond",
    r: 7,
    step: [0.02, 0.02],
    move: (x, y) => {
      // Any common shift gives the same p: the mean of the logits stays, where the sliders allow it.
      const { z, T } = figure.state;
      const mean = Math.max(-0.8, Math.min(0.8, total(z) / z.length));
      const wish = logits(probabilities([x, y], z.length, LEAST), T, mean);
      figure.set({ z: wish.map((value) => Number(Math.max(-reach, Math.min(reach, value)).toFixed(2))) });
    },
  });
  return {
    plot,
    show({ z, c, T }, p, slopes, j) {
      const K = p.length;
      const at = corners(K);
      plot.domain({ y: { 3: [-0.85, 1.35], 5: [-0.95, 1.25] }[K] ?? [-1.1, 1.1] });
      edges.forEach((edge, index) => {
        const [i, k] = pairs[index];
        if (i < K) edge.at(...at[i], ...at[k]);
        else edge.hide();
      });
      EACH.forEach((i) => {
        if (i >= K) {
          marks[i].hide();
          names[i].hide();
          return;
        }
        marks[i].at(...at[i]);
        names[i].at(1.22 * at[i][0], 1.22 * at[i][1], `p_${i + 1}`);
      });
      // From the corner of the largest, at temperature 0, to the middle, at temperature infinity.
      path.points(
        Array.from({ length: 61 }, (_, n) =>
          place(softmax(z.map((value) => (value + c) / (T * 10 ** (n / 15 - 2)))), at),
        ),
      );
      const [x, y] = place(p, at);
      const [u, v] = place(
        p.map((value, i) => value + slopes[i][j]),
        at,
      );
      if (Math.hypot(u - x, v - y) < 0.01) arrow.hide();
      else arrow.at(x, y, u, v);
      (K > 3 ? point : shadow).hide();
      (K > 3 ? shadow : point).at(x, y, { text: p.map((value, i) => `p${INDEX[i]} = ${fixed(value, 3)}`).join(", ") });
    },
  };
}

/** e^a / (e^a + e^b + ...) in numbers, computed literally, whatever comes out. */
function quotient(exponents, i, sum) {
  const powers = exponents.map(Math.exp);
  const result = powers[i] / total(powers);
  const shown = exponents.map((value) => `e^{${fixed(value)}}`);
  const below = shown.length > 3 ? sum : shown.join("+"); // what fits on a line
  const text = `\\frac{${shown[i]}}{${below}} = \\frac{${significant(powers[i], 4)}}{${significant(total(powers), 4)}} = `;
  return text + (Number.isNaN(result) ? "\\c{loss}{\\text{NaN}}" : fixed(result, 3));
}

/** @param {Figure} figure */
function formulas(figure) {
  const { t } = figure;
  const [reads, naive, safe] = ["u", "naive", "safe"].map((name) => figure.readout(name));
  const slopes = EACH.map((i) => figure.readout(`slope${i + 1}`));
  const said = (text) => h("p", { class: "nn-softmax-said", text });
  return {
    node: h(
      "div",
      { class: "nn-softmax-formulas" },
      reads,
      said(t("as_written")),
      naive,
      said(t("largest_first")),
      safe,
      said(t("chosen")),
      slopes.map((slope) => room(slope)),
    ),
    show({ T }, u, p, jacobianOf, j) {
      reads.show(`u = (z + c)\\,/\\,T = (${u.map((value) => `{${fixed(value)}}`).join(",\\, ")})`);
      naive.show(`p_${j + 1} = ${quotient(u, j, "\\sum_k e^{u_k}")}`);
      const largest = Math.max(...u);
      safe.show(
        `p_${j + 1} = ${quotient(
          u.map((value) => value - largest),
          j,
          "\\sum_k e^{u_k - \\max u}",
        )}`,
      );
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

/** @param {Figure} figure */
export default function build(figure) {
  const { t } = figure;
  const { reach } = figure.data;
  const [chart, triangle, table, numbers] = [bars(figure), simplex(figure), jacobian(figure), formulas(figure)];
  const sliders = EACH.map((i) =>
    figure.slider(`z${i + 1}`, {
      symbol: `z_${i + 1}`,
      color: `class${i}`,
      limits: { min: -reach, max: reach, step: 0.01, scale: "linear" },
      get: () => figure.state.z[i] ?? 0,
      put: (value) => figure.set({ z: figure.state.z.map((old, k) => (k === i ? value : old)) }),
    }),
  );
  const counts = h(
    "div",
    { class: "nn-presets nn-softmax-classes", role: "group", "aria-label": t("classes") },
    math("K ="),
    [2, 3, 4, 5].map((K) =>
      figure.button({
        name: `K${K}`,
        label: String(K),
        pressed: () => figure.state.z.length === K,
        click: () => figure.set({ z: [...figure.state.z, 0, 0, 0].slice(0, K) }),
      }),
    ),
  );

  figure.show(
    figure.presetButtons(),
    figure.row(chart.plot, triangle.plot),
    figure.panel(
      ...sliders.slice(0, FEW).map((node) => room(node)),
      figure.slider("c", { symbol: "c", label: t("c"), format: (value) => fixed(value, 0) }),
      figure.slider("T", { symbol: "T", label: t("T"), format: (value) => significant(value, 3) }),
      counts,
      ...sliders.slice(FEW).map((node) => room(node)),
    ),
    figure.row(table, numbers),
  );

  return (state) => {
    const K = state.z.length;
    const j = Math.min(state.column, K) - 1;
    const u = state.z.map((value) => (value + state.c) / state.T);
    const [p, slopes] = [softmax(u), softmaxJacobian(u)];
    chart.show(p, slopes, j);
    triangle.show(state, p, slopes, j);
    table.show(state.T, slopes, j);
    numbers.show(state, u, p, slopes, j);
    sliders.forEach((node, i) => {
      node.hidden = i >= K;
    });
    speak(figure, state, u, p, slopes, j);
  };
}

function speak(figure, { z, c, T }, u, p, slopes, j) {
  const K = p.length;
  const order = p.map((_, i) => i).sort((a, b) => u[b] - u[a]);
  const [first, second] = order;
  const values = {
    i: INDEX[first],
    p: fixed(p[first], 3),
    k: INDEX[second],
    gap: fixed(z[first] - z[second]),
    ratio: plain(significant(Math.exp(u[first] - u[second]), 3)),
    c: fixed(c, 0),
    T: significant(T, 3),
    share: fixed(1 / K, 3),
    least: fixed(p[order.at(-1)], 3),
  };
  const powers = total(u.map(Math.exp));
  if (powers === Infinity) figure.say("overflow", values);
  else if (powers === 0) figure.say("underflow", values);
  else if (u.every((value) => value === u[0])) figure.say("equal", values);
  else if (c !== 0) figure.say("shift", values);
  else if (T < 1) figure.say("cold", values);
  else if (p[first] > 0.99)
    figure.say("saturated", { ...values, steepest: plain(significant(slopes[first][first], 2)) });
  else if (T > 1) figure.say("hot", values);
  else if (K === 2) figure.say("sigmoid", { ...values, difference: fixed(z[0] - z[1]), p1: fixed(p[0], 3) });
  else figure.say("plain", { ...values, j: INDEX[j], slope: fixed(slopes[j][j], 3) });
}
