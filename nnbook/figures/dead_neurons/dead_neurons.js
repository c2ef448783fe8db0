// The dosage network going downhill: its fit, a lamp for each node and point, the gradients that the
// next step is made with, and the whole run along a logarithmic axis of time.

import {
  beside,
  bracketed,
  color,
  fixed,
  h,
  inWords,
  more,
  room,
  scientific,
  set,
  significant,
} from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { evaluate, isDark, moment, predict, train } from "../../../js/src/math/dead_neurons.js";
import { POINTS } from "../../../js/src/math/dosage.js";
import { makeCourse } from "../../../js/src/parts/course.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Moment, Training } from "../../../js/src/math/dead_neurons.js" */
/** @import { Numbers } from "../../../js/src/math/types.js" */

/** @typedef {{activation: string, rate: number, b2: number, alpha: number, step: number}} Traits */

/** @type {Record<string, number>} */
const STEPS = { relu: 2000, leaky_relu: 2000, softplus: 5000 };
const SYMBOLS = ["w_1", "b_1", "w_2", "b_2", "w_3", "w_4", "b_3"];
const OWNED = [
  [0, 1, 4],
  [2, 3, 5],
]; // the parameters of node 1 and of node 2; b_3 belongs to neither
const NAMED = [1.08, 1, 0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1, 0]; // where the curve's name may be
const WIDE = 7.4; // of the board, whose rows are 0.8 high

const loss = (/** @type {number} */ ssr) => (ssr >= 0.01 ? fixed(ssr, 4) : significant(ssr, 2));
const slope = (/** @type {number} */ g) => {
  if (g === 0) return "0"; // exactly, and that is the point
  return Math.abs(g) >= 0.005 ? fixed(g, 2) : scientific(g, 1);
};

/** The run of a state, remembered until another is needed. */
function runs() {
  let key = "";
  /** @type {Training} */
  let run;
  return (/** @type {Traits} */ { activation, rate, b2, alpha }) => {
    const wish = [activation, rate, b2, activation === "leaky_relu" && alpha].join();
    if (wish !== key) run = train({ activation, rate, b2, alpha }, STEPS[activation]);
    key = wish;
    return run;
  };
}

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  const runOf = runs();
  const now = moment();
  const last = () => runOf(figure.state).last;
  const fit = makeFit(figure);
  yield;
  const board = yield* makeBoard(figure);
  yield;
  const course = makeCourse(figure, { last, text: loss });
  const total = [figure.readout("ssr-symbols"), figure.readout("ssr")];
  const chain = [figure.readout("chain-symbols"), figure.readout("chain")];
  const alpha = figure.slider("alpha", { symbol: "\\alpha", label: t("alpha") });

  /** Slowly where a node goes dark or wakes, else so that the point keeps its pace on the picture. */
  const speed = () => {
    const { step } = figure.state;
    const turns = runOf(figure.state).turns.slice(0, 3);
    if (step < 4 || turns.some((turn) => step >= turn.step - 3 && step <= turn.step + 1)) return 2.5;
    return Math.max(4, 0.8 * step);
  };
  yield;
  figure.show(
    board.plot.node,
    ...course.nodes,
    figure.player("step", { symbol: "t", label: t("step_label"), last, speed }),
    figure.foot,
    figure.presetButtons(["fits", "one_dies", "both_die", "born_dead"]),
    figure.panel(
      figure.slider("rate", { symbol: "\\eta", label: t("rate") }),
      figure.slider("b2", { symbol: "b_2", label: t("b2"), color: "bias", format: (value) => fixed(value, 1) }),
    ),
    beside(fit.plot.node),
  );
  yield;
  const fold = more(
    figure,
    h("div", { class: "nn-readouts nn-one-formula" }, total),
    h("div", { class: "nn-readouts nn-one-formula" }, chain),
    figure.presetButtons(["woken", "leaky", "softplus"]),
    figure.choice("activation", { label: t("activation"), labels: (name) => ACTIVATIONS[name].label }),
    room(alpha),
  );

  return function* (state) {
    const run = runOf(state);
    const step = Math.min(state.step, run.last);
    const theta = run.thetaAt(step);
    evaluate(theta, state, now);
    const isRelu = state.activation === "relu";
    fit.draw(theta, state, now);
    yield;
    board.draw(now, run.lit[step], isRelu);
    yield;
    course.draw(run, step, now.ssr, isRelu);
    if (fold.open) explain(theta);
    alpha.hidden = state.activation !== "leaky_relu";
    speak(figure, state, run, step, now);
  };

  /** Where the SSR and the gradient of b2 come from. @param {Numbers} theta */
  function explain(theta) {
    total[0].show("\\text{SSR} = \\sum_i\\, r_i^2");
    total[1].show(`= ${[...now.residual].map((r) => loss(r * r)).join(" + ")} = \\c{loss}{${loss(now.ssr)}}`);
    const terms = [...now.residual].map(
      (r, i) => `${bracketed(fixed(-2 * r))} \\cdot \\c{activation}{${significant(now.slope[3 + i], 2)}}`,
    );
    chain[0].show(
      "\\frac{\\partial\\,\\text{SSR}}{\\partial\\, \\c{bias}{b_2}} " +
        "= \\c{weight}{w_4}\\, \\sum_i\\, (-2 r_i)\\, \\c{activation}{f'(z_{2,i})}",
    );
    chain[1].show(
      `= \\c{weight}{${fixed(theta[5])}} \\cdot (${terms.join(" + ")}) = \\c{gradient}{${slope(now.gradient[3])}}`,
    );
  }
}

/** The three points, the prediction, and the residuals between them. @param {Figure<Traits>} figure */
function makeFit(figure) {
  const plot = figure.plot({
    x: [-0.15, 1.15],
    y: [-0.6, 1.6],
    xLabel: "x",
    yLabel: "y",
    xTicks: [0, 0.5, 1],
    yTicks: [0, 1],
    zero: true,
    ratio: 0.62,
    maxHeight: 205,
    label: figure.t("plot_fit"),
  });
  const residuals = POINTS.map(() => plot.line({ color: "loss", width: 1.5, dash: "3 3" }));
  const curve = plot.path({ color: "prediction", width: 2.5 });
  const curveName = plot.text({ color: "prediction", dx: 6, dy: 18, anchor: "start", size: 15 });
  const targets = POINTS.map(() => plot.dot({ color: "target", r: 6 }));
  /** @param {Numbers} theta @param {Traits} state @param {Moment} now */
  const draw = (theta, state, now) => {
    curve.f((x) => predict(theta, x, state));
    const seen = NAMED.find((x) => Math.abs(predict(theta, x, state) - 0.5) < 0.95) ?? NaN;
    curveName.at(seen, predict(theta, seen, state), "\\hat{y}");
    POINTS.forEach(([x, y], i) => {
      targets[i].at(x, y);
      residuals[i].at(x, y, x, y - now.residual[i]);
    });
  };
  return { plot, draw };
}

/** A lamp for each node and point, and below it the gradients that the next step is made with. @param {Figure<Traits>} figure */
function* makeBoard(figure) {
  const board = figure.plot({ x: [0, WIDE], y: [0, 7.2], axes: false, ratio: 0.68, label: figure.t("plot_lamps") });
  const heads = [0, 1, 2, 3, 4].map(() => board.text({ anchor: "middle", dy: 5, halo: false }));
  /** @type {ReturnType<typeof node>[]} */
  const nodes = [];
  for (const k of [0, 1]) {
    yield;
    nodes.push(node(board, k, figure.t("dead_word")));
  }
  const shift = line(board, 6);
  /** @param {Moment} now @param {number} lit @param {boolean} isRelu */
  const draw = (now, lit, isRelu) => {
    heads.forEach((head, i) =>
      head.at(
        i < 3 ? 1.5 + 1.02 * i : [0.55, 6.1][i - 3],
        6.75,
        i < 3 ? fixed(POINTS[i][0], i === 1 ? 1 : 0) : ["x", `\\text{${figure.t("gradient")}}`][i - 3],
        { color: i < 4 ? "input" : "gradient" },
      ),
    );
    nodes.forEach((show, k) => show(now, isDark(lit, k), isRelu));
    shift(now.gradient[6], 0.3);
  };
  return { plot: board, draw };
}

/** A parameter, its gradient as a bar and as a number. @param {Plot} board @param {number} j */
function line(board, j) {
  const symbol = board.text({ color: [1, 3, 6].includes(j) ? "bias" : "weight", anchor: "middle", dy: 4, halo: false });
  const axis = board.line({ color: "muted", width: 1 });
  const bar = board.rect({ fill: "gradient" });
  const number = board.text({ color: "gradient", anchor: "end", dy: 4, halo: false });
  set(number.element, { "data-name": `gradient-${SYMBOLS[j].replace("_", "")}` });
  /** @param {number} value @param {number} y */
  return (value, y) => {
    symbol.at(4.55, y, SYMBOLS[j]);
    axis.at(5.65, y - 0.38, 5.65, y + 0.38);
    // The bar grows with the gradient, ever more slowly: 1 reaches half of the way, 9 nine tenths.
    bar.at(5.65, y - 0.24, 5.65 + (0.8 * value) / (1 + Math.abs(value)), y + 0.24);
    number.at(WIDE - 0.05, y, slope(value), { color: value === 0 ? "muted" : "gradient" });
  };
}

/**
 * A node: its three lamps with their sums, and the gradients of its three parameters.
 * @param {Plot} board @param {number} k @param {string} dead
 */
function node(board, k, dead) {
  const tint = board.rect({ fill: "loss", opacity: 0.16 });
  const name = board.text({ color: "activation", anchor: "middle", dy: 5, size: 17, halo: false });
  const word = board.text({ color: "loss", anchor: "middle", dy: 4, halo: false });
  const glows = [0, 1, 2].map(() => board.dot({ color: "activation", r: 15, stroke: "none", opacity: 0.22 }));
  const lamps = [0, 1, 2].map(() => board.dot({ color: "activation", r: 10, stroke: "activation", width: 1.5 }));
  const sums = [0, 1, 2].map((i) => {
    const text = board.text({ anchor: "middle", dy: 4, halo: false });
    set(text.element, { "data-name": `z${k + 1}${i + 1}` });
    return text;
  });
  const lines = OWNED[k].map((j) => line(board, j));
  const top = 6.15 - 2.85 * k;
  /** @param {Moment} now @param {boolean} dark @param {boolean} isRelu */
  return (now, dark, isRelu) => {
    if (dark) tint.at(0, top + 0.08, WIDE, top - 2.62);
    else tint.hide();
    tint.fill(isRelu ? "loss" : "muted");
    name.at(0.55, top - 0.85, `z_${k + 1}`);
    for (let i = 0; i < 3; i += 1) {
      const x = 1.5 + 1.02 * i;
      const z = now.z[3 * k + i];
      const lit = z > 0;
      set(lamps[i].element, {
        fill: color(lit ? "activation" : "background"),
        "data-lit": String(lit),
        "data-name": `lamp${k + 1}${i + 1}`,
      });
      lamps[i].at(x, top - 0.85);
      if (lit) glows[i].at(x, top - 0.85);
      else glows[i].hide();
      sums[i].at(x, top - 2.05, fixed(z));
    }
    if (dark && isRelu) word.at(0.55, top - 2.05, `\\text{${dead}}`);
    else word.hide();
    lines.forEach((show, row) => show(now.gradient[OWNED[k][row]], top - 0.42 - 0.82 * row));
  };
}

/**
 * What is now seen, and why.
 * @param {Figure<Traits>} figure @param {Traits} state @param {Training} run @param {number} step @param {Moment} now
 */
function speak(figure, { activation, alpha }, run, step, now) {
  const dark = [0, 1].filter((k) => isDark(run.lit[step], k));
  const since = (/** @type {number} */ k) => run.turns.findLast((turn) => turn.node === k && turn.step <= step)?.step;
  const flat = Math.abs(now.ssr - 2 / 3) < 5e-5;
  const largest = Math.max(...now.gradient.map(Math.abs));
  const values = { t: step, ssr: words(now.ssr), node: dark.length ? dark[0] + 1 : 0 };
  if (step === run.last && run.last < STEPS[activation]) return figure.say("diverged", values);
  if (step >= run.split) return figure.say("chaotic", { ...values, split: run.split });
  if (activation === "relu" && dark.length === 2) {
    return figure.say(flat ? "both_dead_flat" : "both_dead", { ...values, since1: since(0), since2: since(1) });
  }
  if (activation === "relu" && dark.length === 1) {
    const born = since(dark[0]);
    if (born === 0) return figure.say("born_dead", values);
    if (born === step) return figure.say("dies", values);
    return figure.say(flat && largest < 0.01 ? "dead_flat" : "dead", { ...values, since: born });
  }
  const woken = run.turns.find((turn) => turn.step === step && !turn.dark);
  if (woken && activation === "leaky_relu") return figure.say("wakes", { ...values, node: woken.node + 1 });
  const steepest = Math.max(...now.slope);
  if (flat && largest < 1e-4)
    return figure.say(steepest < 0.01 ? "asleep" : "cancel", { ...values, slope: inWords(significant(steepest, 1)) });
  if (activation === "leaky_relu" && dark.length)
    return figure.say("dark_not_dead", { ...values, alpha: fixed(alpha) });
  if (now.ssr < 5e-4) return figure.say("fits", values);
  if (step === 0) return figure.say("start", values);
  if (largest < 1e-3) return figure.say("rests", { ...values, largest: "0.001" });
  return figure.say(now.ssr > run.ssr[step - 1] ? "rises" : "falls", values);
}

/** A sum of squares in a sentence, which has no raised digits. @param {number} value */
const words = (value) => (value < 5e-5 ? "< 0.00005" : fixed(value, value < 0.001 ? 5 : 4));
