// Attention by hand: keys and a query that can be dragged, the weights that follow, and the mean of the values.

import { bracketed, color, fixed, glyph, h, math, SHAPES, s, set } from "../../../js/src/core/index.js";
import { attend, foot } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Point } from "../../../js/src/core/types.js" */

/** @typedef {{letters: string, k: Point[], q: Point, v: Point[]}} Traits */
/** @typedef {ReturnType<typeof attend>} Seen */

const LETTERS = [0, 1, 2];
const EDGE = 3.2;
const INDEX = ["₁", "₂", "₃"];
const NEARLY = 0.95; // a weight that leaves hardly anything to the others
const FAR = "(−3.0) \\cdot (−3.0)"; // no product is written longer
const TIE = 5e-3; // weights that look equal

/** @param {Figure<Traits>} figure @param {string} label */
const makePlane = (figure, label) =>
  figure.plot({
    x: [-EDGE, EDGE],
    y: [-EDGE, EDGE],
    xTicks: [-2, 0, 2],
    yTicks: [-2, 0, 2],
    equal: true,
    zero: true,
    maxHeight: 250,
    margin: { top: 10, right: 30 },
    label,
  });

/** A place as sliders have it. @param {Figure<Traits>} figure @param {string} name @returns {(x: number, y: number) => Point} */
const snapper = (figure, name) => {
  const { min, max } = figure.controls[name];
  const snap = (/** @type {number} */ value) => Number(Math.max(min, Math.min(max, value)).toFixed(1));
  return (x, y) => [snap(x), snap(y)];
};

/**
 * Handles for the three vectors of a trait. @param {Figure<Traits>} figure @param {ReturnType<typeof makePlane>}
 * plot @param {"k" | "v"} name
 */
function vectors(figure, plot, name) {
  const snap = snapper(figure, name);
  const handles = LETTERS.map((t) =>
    plot.handle({
      name: `${name}${t + 1}`,
      label: figure.t(name, { t: INDEX[t], letter: figure.state.letters[t] }),
      color: `class${t}`,
      shape: SHAPES[t],
      r: 7,
      step: [0.1, 0.1],
      limits: () => figure.controls[name],
      move: (x, y) => {
        const moved = snap(x, y);
        figure.set({ [name]: figure.state[name].map((old, i) => (i === t ? moved : old)) });
      },
    }),
  );
  const names = LETTERS.map((t) => plot.text({ color: `class${t}`, size: 15 }));
  /**
   * A name is left or right of its place, and above or below it, off the lines. @param {Traits} state @param
   * {boolean[]} below @param {number} middle
   */
  const show = (state, below, middle) =>
    state[name].forEach(([x, y], t) => {
      handles[t].at(x, y, { text: pair([x, y]) });
      const left = (x < middle && x > -2.3) || x > 2.3;
      names[t].at(x, y, `${name}_${t + 1}\\,\\text{${state.letters[t]}}`, {
        anchor: left ? "end" : "start",
        dx: left ? -9 : 9,
        dy: below[t] ? 19 : -8,
      });
    });
  return show;
}

/** @param {Point} point */
const pair = ([x, y]) => `(${fixed(x, 1)}, ${fixed(y, 1)})`;

/** Keys and query; a dotted line shows how far each key reaches along the query. @param {Figure<Traits>} figure */
function makeKeys(figure) {
  const plot = makePlane(figure, figure.t("keys"));
  const axis = plot.line({ color: "muted", width: 1 });
  const feet = LETTERS.map((t) => plot.line({ color: `class${t}`, width: 1.5, dash: "2 3" }));
  const shafts = LETTERS.map((t) => plot.line({ color: `class${t}`, width: 2 }));
  const query = plot.line({ color: "ink", width: 2.5 });
  const snap = snapper(figure, "q");
  const show = vectors(figure, plot, "k");
  const tip = plot.handle({
    name: "q",
    label: figure.t("q"),
    color: "ink",
    shape: "diamond",
    r: 7,
    step: [0.1, 0.1],
    limits: () => figure.controls.q,
    move: (x, y) => figure.set({ q: snap(x, y) }),
  });
  const name = plot.text({ size: 16, anchor: "middle" });
  return {
    plot,
    /** @param {Traits} state */
    draw(state) {
      const { q, k } = state;
      show(
        state,
        k.map(([x, y]) => q[0] * y <= q[1] * x),
        0,
      );
      query.at(0, 0, ...q);
      tip.at(...q, { text: pair(q) });
      name.at(...q, "q", { dy: q[1] > 2.4 ? 24 : -14 });
      const length = Math.hypot(...q);
      if (length === 0) axis.hide();
      else axis.at((-9 * q[0]) / length, (-9 * q[1]) / length, (9 * q[0]) / length, (9 * q[1]) / length);
      k.forEach((key, t) => {
        shafts[t].at(0, 0, ...key);
        const end = foot(key, q);
        if (end) feet[t].at(...key, ...end);
        else feet[t].hide();
      });
    },
  };
}

/** The triangle of the values, with their mean in it. @param {Figure<Traits>} figure */
function makeValues(figure) {
  const plot = makePlane(figure, figure.t("values"));
  const triangle = plot.path({ color: "muted", width: 1.2, fill: "surface" });
  const pulls = LETTERS.map((t) => plot.line({ color: `class${t}` }));
  const show = vectors(figure, plot, "v");
  const mean = plot.dot({ color: "prediction", shape: "diamond", r: 8 });
  const name = plot.text({ color: "prediction", size: 17, anchor: "middle", dy: -14 });
  return {
    plot,
    /** @param {Traits} state @param {Seen} seen */
    draw(state, { weights, output }) {
      triangle.points([...state.v, state.v[0]]);
      show(
        state,
        state.v.map(([, y]) => y < output[1]),
        output[0],
      );
      pulls.forEach((pull, t) => {
        pull.at(...output, ...state.v[t]);
        pull.style({ color: `class${t}`, width: 0.5 + 5 * weights[t] });
      });
      mean.at(...output);
      name.at(...output, "a");
      plot.describe(`a = (${output.map((value) => fixed(value)).join(", ")})`);
    },
  };
}

/** For each letter its score, worked out, and its weight as a bar. @param {Figure<Traits>} figure */
function makeWeights(figure) {
  const rows = LETTERS.map((t) => {
    const bar = h("span", { class: "nn-attention-part" });
    const weight = figure.readout(`w${t + 1}`);
    const score = figure.readout(`z${t + 1}`, {
      forms: [`z_${t + 1} = \\frac{${FAR} + ${FAR}}{\\sqrt{2}} = −12.73`],
    });
    const letter = h("b", { class: "nn-attention-letter" });
    const mark = s("svg", { viewBox: "-9 -9 18 18", width: 16, height: 16, "aria-hidden": "true" });
    mark.append(s("path", { d: glyph(SHAPES[t], 0, 0, 6.5), fill: color(`class${t}`) }));
    const node = h(
      "div",
      { class: "nn-attention-row", style: { "--c": color(`class${t}`) } },
      h("div", { class: "nn-attention-name" }, mark, letter),
      h("div", { class: "nn-attention-bar", "aria-hidden": "true" }, bar),
      weight,
      score,
    );
    return { node, bar, weight, score, letter };
  });
  return {
    node: h(
      "div",
      { class: "nn-attention-rows", role: "group", "aria-label": figure.t("weights") },
      rows.map(({ node }) => node),
    ),
    /** @param {Traits} state @param {Seen} seen */
    draw({ letters, k, q }, { scores, weights }) {
      const [x, y] = q.map((value) => bracketed(fixed(value, 1)));
      rows.forEach(({ bar, weight, score, letter }, t) => {
        set(letter, { text: letters[t] });
        const product = `${bracketed(fixed(k[t][0], 1))} \\cdot ${x} + ${bracketed(fixed(k[t][1], 1))} \\cdot ${y}`;
        score.show(`z_${t + 1} = \\frac{${product}}{\\sqrt{2}} = ${fixed(scores[t])}`);
        weight.show(`w_${t + 1} = ${fixed(weights[t], 3)}`);
        set(bar, { style: { "--part": `${100 * weights[t]}%` } });
      });
    },
  };
}

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  figure.number = "0.00";
  const keys = makeKeys(figure);
  yield;
  const weights = makeWeights(figure);
  figure.show(figure.row(keys.plot, weights.node), figure.foot, figure.presetButtons());
  yield;
  const values = makeValues(figure);
  const output = figure.readout("a");
  const law = h(
    "div",
    { class: "nn-attention-law" },
    h(
      "p",
      {},
      math("z_t = k_t \\cdot q / \\sqrt{2}"),
      h("br"),
      math("w = \\text{softmax}(z)"),
      h("br"),
      math("a = w_1 v_1 + w_2 v_2 + w_3 v_3"),
    ),
    output,
    h("p", { text: t("triangle") }),
  );
  figure.show(figure.row(values.plot, law));
  return (state) => {
    const seen = attend(state.q, state.k, state.v);
    keys.draw(state);
    weights.draw(state, seen);
    values.draw(state, seen);
    const terms = seen.weights.map((weight, i) => `\\c{class${i}}{${fixed(weight, 3)}\\,v_${i + 1}}`);
    const place = seen.output.map((value) => fixed(value)).join(",\\, ");
    output.show(`a = ${terms.join(" + ")} = \\c{prediction}{(${place})}`);
    speak(figure, state, seen);
  };
}

/** @param {Figure<Traits>} figure @param {Traits} state @param {Seen} seen */
function speak(figure, { letters, q }, { scores, weights, output }) {
  const [first, second, last] = [...LETTERS].sort((i, j) => weights[j] - weights[i]);
  const named = (/** @type {number} */ i) => letters[i];
  const values = {
    first: named(first),
    second: named(second),
    i: INDEX[first],
    j: INDEX[second],
    w: fixed(weights[first], 3),
    rest: fixed(1 - weights[first], 3),
    gap: fixed(scores[first] - scores[second]),
    ratio: fixed(weights[first] / weights[second], 1),
    x: fixed(output[0]),
    y: fixed(output[1]),
  };
  if (q[0] === 0 && q[1] === 0) figure.say("say_zero", values);
  else if (weights[first] - weights[last] < TIE) figure.say("say_equal", values);
  else if (weights[first] > NEARLY) figure.say("say_sharp", values);
  else if (weights[first] - weights[second] < TIE) figure.say("say_tie", values);
  else figure.say("say_plain", values);
}
