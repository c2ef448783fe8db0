// Three raw outputs and a label. On the right the slopes in p times the Jacobian, whose p cancels;
// on the left what is left of it, y - p, as forces on bars of height p.

import {
  beside,
  bracketed,
  fixed,
  h,
  inWords,
  math,
  scientific,
  showMath,
  significant,
} from "../../../js/src/core/index.js";
import { crossEntropy, crossEntropyGradient, softmax, softmaxJacobian } from "../../../js/src/math/softmax.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build } from "../../../js/src/core/types.js" */

/** @typedef {{z: number[], label: number, step: string}} Traits */
/** @typedef {{reach: number}} Data how far the sliders go */
/**
 * The label, the slopes in p, the Jacobian, and their product.
 * @typedef {{label: number, J: number[][], slopes: number[], gradient: number[]}} Factors
 */

const CLASSES = [0, 1, 2];
const BALANCE = [3.2, 3.5]; // where the forces are head to tail: up, down
const HALF = 0.31; // of a bar

const p = (/** @type {number} */ k) => `\\c{class${k}}{p_${k + 1}}`;
const signed = (/** @type {number} */ x) => (x > 0 ? `+${fixed(x, 3)}` : fixed(x, 3));

/** Three decimals; a power of ten for what these would hide. @param {number} x */
function short(x) {
  if (x === 0) return "0";
  if (Number.isNaN(x)) return "\\text{NaN}";
  return Math.abs(x) < 0.0005 ? scientific(x, 2) : fixed(x, 3);
}

/**
 * Row k, column j of the product, symbols and number, as far as it is worked out.
 * @param {string} step @param {Factors & {k: number, j: number}} place @returns {[string, number]}
 */
function entry(step, { k, j, label, J, slopes, gradient }) {
  const factors = k === j ? `${p(j)}(1 - ${p(j)})` : `${p(k)} ${p(j)}`;
  if (step === "jacobian") return [k === j ? factors : `-${factors}`, J[k][j]];
  if (k !== label) return ["", 0];
  const sign = k === j ? "-" : "";
  if (step === "times") return [`${sign}\\frac{${factors}}{${p(k)}}`, slopes[k] * J[k][j]];
  const struck = `\\cancel{${p(k)}}`;
  return [`${sign}\\frac{${factors.replace(p(k), struck)}}{${struck}}`, gradient[j]];
}

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  const forces = makeForces(figure);
  const product = makeProduct(t("table"));
  const naive = figure.readout("loss_from_p");
  const exact = figure.readout("loss");
  yield;
  figure.show(
    forces.plot.node,
    outputSliders(figure),
    h(
      "div",
      { class: "nn-presets" },
      figure.choice("label", { label: t("label"), labels: (label) => String(label + 1) }),
      figure.button({ name: "push", label: t("push"), click: () => push(figure) }),
    ),
    figure.foot,
    figure.presetButtons(),
    beside(
      figure.choice("step", { label: t("working"), labels: (step) => t(`step_${step}`) }),
      h("div", { class: "nn-scroll" }, product.node),
    ),
    figure.row(naive, exact),
  );

  return (state) => {
    const { z, label, step } = state;
    const P = softmax(z);
    const gradient = crossEntropyGradient(z, label);
    const J = softmaxJacobian(z);
    const slopes = P.map((value, k) => (k === label ? -1 / value : 0));

    forces.draw(label, P, gradient);
    product.show({ step, label, J, slopes, gradient });
    const lag = Math.max(...z) - z[label];
    const loss = crossEntropy(z, label);
    const fromP = -Math.log(P[label]) + 0;
    naive.show(`L = -\\ln ${p(label)} = -\\ln ${significant(P[label], 4)} = ${significant(fromP, 4)}`);
    exact.show(
      `L = \\ln \\sum e^{z_k} - z_${label + 1} = ${fixed(loss + z[label], 3)} - ${bracketed(fixed(z[label], 2))} ` +
        `= \\c{loss}{${significant(loss, 4)}}`,
    );
    speak(figure, { z, label, P, gradient, loss, lag });
  };
}

/**
 * Bars of height p, the targets, and between them the forces; beside the bars the forces head to tail.
 * @param {Figure<Traits, Data>} figure
 */
function makeForces(figure) {
  const plot = figure.plot({
    x: [-0.5, 3.9],
    y: [0, 1.06],
    xTicks: [],
    yTicks: [0, 0.5, 1],
    ratio: 0.95,
    maxHeight: 310,
    yLabel: "p \\to y",
    margin: { bottom: 48, left: 36 },
    label: figure.t("plot"),
  });
  const bars = CLASSES.map((k) => plot.rect({ fill: `class${k}`, opacity: 0.28 }));
  const tops = CLASSES.map((k) => plot.line({ color: `class${k}`, width: 2.5, clip: false }));
  const targets = CLASSES.map(() => plot.line({ color: "target", width: 4, clip: false }));
  const arrow = () => plot.line({ color: "gradient", width: 2.5, arrow: true, clip: false });
  const forces = CLASSES.map(arrow);
  const balance = CLASSES.map(arrow);
  const texts = CLASSES.map(() => plot.text({ dx: 7 }));
  const names = CLASSES.map((k) => plot.text({ color: `class${k}`, anchor: "middle", dy: 20, size: 15, halo: false }));
  const values = CLASSES.map((k) => plot.text({ color: `class${k}`, anchor: "middle", dy: 40, halo: false }));
  const sumName = plot.text({ anchor: "middle", dy: 20, size: 15, halo: false });
  const sum = plot.text({ color: "gradient", anchor: "middle", dy: 40, halo: false });
  texts.forEach(({ element }, k) => {
    element.dataset.name = `force${k}`;
  });
  values.forEach(({ element }, k) => {
    element.dataset.name = `p${k}`;
  });
  sum.element.dataset.name = "sum";

  /** @param {number} label @param {number[]} P @param {number[]} gradient */
  const draw = (label, P, gradient) => {
    let tip = -gradient[label];
    balance[label].at(BALANCE[0], 0, BALANCE[0], tip);
    for (const k of CLASSES) {
      const y = k === label ? 1 : 0;
      bars[k].at(k - HALF, 0, k + HALF, P[k]);
      tops[k].at(k - HALF, P[k], k + HALF, P[k]);
      targets[k].at(k - HALF, y, k + HALF, y);
      forces[k].at(k, P[k], k, y);
      // Beside the middle of its arrow, but never on the axis.
      texts[k].at(k, Math.max(0.07, Math.min(0.94, (P[k] + y) / 2)), `\\c{gradient}{${signed(-gradient[k])}}`, {
        dy: 4,
      });
      names[k].at(k, 0, `p_${k + 1}`);
      values[k].at(k, 0, fixed(P[k], 3));
      if (k === label) continue;
      balance[k].at(BALANCE[1], tip, BALANCE[1], tip - gradient[k]);
      tip -= gradient[k];
    }
    const middle = (BALANCE[0] + BALANCE[1]) / 2;
    sumName.at(middle, 0, "\\sum (y_k - p_k)");
    const total = gradient.reduce((before, value) => before - value, 0);
    sum.at(middle, 0, fixed(total, 3));
  };
  return { plot, draw };
}

/** The slopes in p times the Jacobian, and below them what they add up to. @param {string} label */
function makeProduct(label) {
  /** @param {string} name @param {"td" | "th"} tag */
  const cell = (name, tag = "td") => {
    const symbols = h("div", { class: "nn-symbols" });
    const number = h("div", { "data-name": name });
    return {
      node: h(tag, {}, symbols, number),
      show: (/** @type {string[]} */ ...sources) =>
        [symbols, number].forEach((place, index) => {
          place.hidden = index === 0 && sources[index] === "";
          showMath(place, sources[index]);
        }),
    };
  };
  const slopeCells = CLASSES.map((k) => cell(`slope${k}`, "th"));
  const cells = CLASSES.map((k) => CLASSES.map((j) => cell(`J${k}${j}`)));
  const sums = CLASSES.map((j) => cell(`gradient${j}`));
  const rows = CLASSES.map((k) =>
    h(
      "tr",
      {},
      slopeCells[k].node,
      cells[k].map(({ node }) => node),
    ),
  );
  const total = h(
    "tr",
    {},
    h("th", {}, math("\\partial L / \\partial z_j")),
    sums.map(({ node }) => node),
  );
  const node = h(
    "table",
    { class: "nn-table nn-product", "aria-label": label },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", {}, math("\\partial L / \\partial p_k")),
        CLASSES.map((j) => h("th", {}, math(`\\partial p_k / \\partial z_${j + 1}`))),
      ),
    ),
    h("tbody", {}, rows),
    h("tfoot", {}, total),
  );
  const show = (/** @type {Factors & {step: string}} */ { step, label, J, slopes, gradient }) => {
    const columns = CLASSES.map(() => 0);
    for (const k of CLASSES) {
      slopeCells[k].show(k === label ? `-\\frac{1}{${p(k)}}` : "", k === label ? significant(slopes[k], 4) : "0");
      rows[k].classList.toggle("nn-gone", k !== label);
      for (const j of CLASSES) {
        const [symbols, value] = entry(step, { k, j, label, J, slopes, gradient });
        cells[k][j].show(symbols, short(value));
        columns[j] += value;
      }
    }
    // Of the Jacobian alone nothing is added up.
    total.classList.toggle("nn-nothing", step === "jacobian");
    for (const j of CLASSES)
      sums[j].show(
        step === "cancelled" ? `${p(j)} - ${j === label ? 1 : 0}` : "",
        step === "jacobian" ? "" : `\\c{gradient}{${short(columns[j])}}`,
      );
  };
  return { node, show };
}

/** The raw outputs; each slider changes one of them. @param {Figure<Traits, Data>} figure */
function outputSliders(figure) {
  const { reach } = figure.data;
  const limits = { ...figure.controls.z, min: -reach, max: reach };
  /** @param {number[]} list @param {number} k @param {number} value */
  const replaced = (list, k, value) => list.map((old, index) => (index === k ? value : old));
  const sliders = figure.panel(
    ...CLASSES.map((k) =>
      figure.slider("z", {
        symbol: `z_${k + 1}`,
        color: `class${k}`,
        limits,
        get: () => figure.state.z[k],
        put: (value) => figure.set({ z: replaced(figure.state.z, k, value) }),
      }),
    ),
  );
  sliders.classList.add("nn-outputs");
  return sliders;
}

/** Let the forces move the outputs once. @param {Figure<Traits, Data>} figure */
function push(figure) {
  const { z, label } = figure.state;
  const gradient = crossEntropyGradient(z, label);
  const { min, max } = figure.controls.z;
  figure.set({ z: z.map((value, k) => Math.max(min, Math.min(max, value - gradient[k]))) });
}

/**
 * @param {Figure<Traits, Data>} figure
 * @param {{z: number[], label: number, P: number[], gradient: number[], loss: number, lag: number}} now
 */
function speak(figure, { z, label, P, gradient, loss, lag }) {
  const leaders = CLASSES.filter((k) => z[k] > Math.max(...z) - 1e-9);
  const leader = leaders[0];
  const others = leaders.filter((k) => k !== label).map((k) => k + 1);
  const force = fixed(-gradient[label], 3);
  const c = label + 1;
  if (!Number.isFinite(1 / P[label]))
    figure.say(P[label] === 0 ? "say_extreme" : "say_overflow", {
      lag: significant(lag, 4),
      loss: significant(loss, 4),
      slope: fixed(gradient[label], 3),
    });
  else if (z.every((value) => Math.abs(value - z[0]) < 1e-9)) figure.say("say_equal", {});
  else if (P[label] > 0.95) figure.say("say_sure_right", { c, force: -gradient[label] < 0.0005 ? "< 0.001" : force });
  else if (P[label] < 0.05)
    figure.say("say_sure_wrong", {
      p: inWords(significant(P[label], 3)),
      slope: inWords(significant(-1 / P[label], 3)),
      force,
    });
  else if (leaders.length > 1 && leaders.includes(label))
    figure.say("say_right_tied", { c, m: others[0], p: fixed(P[label], 3), force });
  else if (leaders.length > 1)
    figure.say("say_wrong_tied", { m: others[0], n: others[1], c, force, push: fixed(gradient[leader], 3) });
  else if (leader === label) figure.say("say_right", { c, p: fixed(P[label], 3), force });
  else figure.say("say_wrong", { m: leader + 1, c, force, push: fixed(gradient[leader], 3) });
}
