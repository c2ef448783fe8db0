// The dosage network with its parameters inside the diagram: how seven numbers bend two slices of
// an activation curve into the squiggle, and how gradient descent finds such numbers.

import { bracketed, fixed, h, inWords, set, significant } from "../../../js/src/core/index.js";
import { forward, PARAMETERS, POINTS, predictor, ssr } from "../../../js/src/math/dosage.js";
import { breath } from "./breath.js";
import { descentLoss } from "./descent_loss.js";
import { lensNetwork } from "./lens_network.js";
import { descents } from "./math/dosage_descent.js";
import { BOTTOMS, diagnose, outward, progress, residuals, TOPS, widestGap } from "./math/squiggle.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Interval } from "../../../js/src/core/types.js" */
/** @import { Network } from "../../../js/src/math/dosage.js" */
/** @import { Descent } from "./math/dosage_descent.js" */

/** @typedef {Network & {x: number, view: string, rate: number, step: number}} Traits */
/** @typedef {ReturnType<typeof forward>} Here what the network gives for x */

/** @type {Interval} */
const X = [-0.06, 1.06];
const LEARNED = 1e-3; // an SSR that no picture shows

/** An SSR has four decimals, two when it is large, six when it is tiny. @param {number} value */
const loss = (value) => fixed(value, value >= 100 ? 2 : value > 0 && value < 0.001 ? 6 : 4);

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  const training = trainingOf(figure);
  const net = lensNetwork(figure, training.parameters);
  yield;
  const fit = fitPlot(figure);
  const course = descentLoss(figure);
  const moving = breath(figure);
  const isHero = figure.state.view === "compact";
  const error = figure.readout("ssr");
  const reference = PARAMETERS.map((name) => figure.presets.fitted[name]);
  const top = figure.row(net.plot, fit.plot);
  top.classList.add("nn-top");
  const below = h(
    "div",
    { class: "nn-error-line" },
    isHero ? null : error,
    training.button,
    figure.presetButtons(isHero ? ["flat"] : ["flat", "start"]),
  );
  const rate = figure.slider("rate", { symbol: "\\eta", label: t("rate"), format: (value) => significant(value, 2) });
  yield;
  figure.show(top, course.plot.node, training.player, below, rate, figure.foot);
  yield;
  figure.root.classList.add("nn-squiggle");

  return function* (state) {
    const { theta, step, run } = training.now();
    const trained = state.view === "training";
    const x = Math.max(0, Math.min(1, state.x + moving.shift()));
    const shown = Object.assign({}, state, { x });
    const here = forward(theta, x, state.activation);
    const said = diagnose(theta, state.activation, reference);
    set(figure.root, { "data-view": state.view });
    course.plot.node.hidden = training.player.hidden = rate.hidden = !trained;
    training.button.hidden = trained;
    net.draw(shown, theta, here);
    yield;
    fit.draw(shown, theta, here, said.key === "fits_otherwise" ? reference : null);
    if (trained) course.draw(run, step);
    yield;
    const total = ssr(theta, POINTS, state.activation);
    const digits = total < 0.01 ? 4 : 2; // squares of 0.00 would not show where the SSR comes from
    const squares = residuals(theta, state.activation).map((value) => `${bracketed(fixed(value, digits))}^2`);
    error.show(`\\text{SSR} = ${squares.join(" + ")} = \\c{loss}{${loss(total)}}`);
    const isFound = state.step === 0 && said.key === "fits" && !isSame(theta, reference);
    const isLearned = step > 0 && run.losses[step] < LEARNED;
    set(figure.root, { "data-found": isFound || isLearned ? "true" : null });
    if (state.step > 0) speakOfTraining(figure, run, step);
    else speak(figure, theta, isFound ? { ...said, key: "found" } : said);
  };
}

/**
 * The seven numbers now: those of the state, or where gradient descent has led from them.
 * @param {Figure<Traits>} figure
 */
function trainingOf(figure) {
  const runOf = descents();
  const steps = figure.controls.step.max;
  const run = () => {
    const { activation, rate } = figure.state;
    return runOf({ theta: PARAMETERS.map((name) => figure.state[name]), activation, rate, steps });
  };
  const now = () => {
    const current = run();
    const step = current.reach(figure.state.step);
    return { run: current, step, theta: step ? current.thetaAt(step) : PARAMETERS.map((name) => figure.state[name]) };
  };
  const { min, max } = figure.controls.w1;
  const parameters = {
    get: (/** @type {string} */ name) => now().theta[PARAMETERS.indexOf(name)],
    /** A number that the reader moves is the start of another run. @param {string} name @param {number} value */
    put: (name, value) => {
      const start = now().theta.map((number) => Math.max(min, Math.min(max, number)));
      figure.set({ ...Object.fromEntries(PARAMETERS.map((key, k) => [key, start[k]])), [name]: value, step: 0 });
    },
  };
  /**
   * Where it starts is seen for a moment; then at first slowly, and so that the curve of the SSR grows at its pace.
   * @param {number} least @param {number} growth
   */
  const pace = (least, growth) => () => (figure.state.step ? Math.max(least, growth * figure.state.step) : 2.5);
  const options = { symbol: "t", label: figure.t("step_label"), last: () => run().last(), speed: pace(6, 0.9) };
  /** Whoever has only the button is waiting for the curve, and has seen it once it passes through the points. */
  const lastToSee = () => {
    const { run: current, step } = now();
    return step > 0 && current.losses[step] < LEARNED ? step : current.last();
  };
  /** Where the curve fits there is nothing to learn: begin again where it does not. */
  const begin = () => {
    const fits = (/** @type {number[]} */ theta) => ssr(theta, POINTS, figure.state.activation) < LEARNED;
    const { initial, presets } = figure;
    if (fits(now().theta)) figure.set(fits(PARAMETERS.map((name) => initial[name])) ? presets.start : initial);
  };
  return {
    now,
    parameters,
    button: figure.player("step", {
      ...options,
      last: lastToSee,
      speed: pace(12, 0.55),
      verb: "train",
      begin,
      bare: true,
    }),
    player: figure.player("step", options),
  };
}

/** @param {ArrayLike<number>} theta @param {number[]} other */
const isSame = (theta, other) => other.every((value, k) => theta[k] === value);

/** The curve, the three points, each residual and its square. @param {Figure<Traits>} figure */
function fitPlot(figure) {
  const plot = figure.plot({
    x: X,
    y: [BOTTOMS[0], TOPS[0]],
    xLabel: "x",
    yLabel: "\\hat{y}",
    xTicks: [0, 0.5, 1],
    yTicks: 4,
    zero: true,
    ratio: 0.7,
    maxHeight: 152,
    margin: { right: 24 },
    label: figure.t("curve"),
  });
  const squares = POINTS.map(() => plot.rect({ fill: "loss", opacity: 0.16 }));
  const ghost = plot.path({ color: "muted", width: 1.5, dash: "2 4" });
  const curve = plot.path({ color: "prediction", width: 3 });
  const sticks = POINTS.map(() => plot.line({ color: "loss", width: 2.5 }));
  const drop = plot.line({ color: "input", width: 1.2, dash: "3 3" });
  const now = plot.dot({ color: "prediction", r: 8.5 }); // a ring around a point that it is at
  const points = POINTS.map(() => plot.dot({ color: "target", r: 5.5 }));
  points.forEach(({ element }, i) => {
    element.classList.add("nn-target");
    set(element, { style: { "--turn": `${0.2 * i}s` } });
  });
  const { min, max, step } = figure.controls.x;
  const handle = plot.handle({
    name: "x",
    label: figure.t("x"),
    color: "input",
    step: [step, 0],
    move: (x) => figure.set({ x: Number((Math.round(Math.max(min, Math.min(max, x)) / step) * step).toFixed(2)) }),
  });

  /** @param {Traits} state @param {number[]} theta @param {Here} here @param {number[] | null} reference */
  function draw({ x, activation }, theta, here, reference) {
    const predict = predictor(theta, activation);
    const [low, high] = X;
    const shown = Array.from({ length: 13 }, (_, i) => predict(i / 12));
    const limits = outward([0, 1, ...shown], BOTTOMS, TOPS);
    plot.domain({ y: limits });
    const clipped = (/** @type {number} */ y) => Math.max(limits[0], Math.min(limits[1], y));
    POINTS.forEach(([px, py], i) => {
      const y = predict(px);
      const side = Math.abs(plot.sy(y) - plot.sy(py));
      const outer = plot.sx.invert(plot.sx(px) + (px === 1 ? -side : side));
      squares[i].at(px, py, outer, y);
      sticks[i].at(px, py, px, clipped(y));
      points[i].at(px, py);
    });
    curve.f(predict, low, high);
    if (reference) ghost.f(predictor(reference), low, high);
    else ghost.hide();
    drop.at(x, limits[0], x, clipped(here.prediction));
    now.at(x, here.prediction);
    handle.at(x, plot.sy.invert(plot.sy(limits[0]) - 12), { text: `x = ${fixed(x)}, y = ${fixed(here.prediction)}` });
  }
  return { plot, draw };
}

/** @param {Figure<Traits>} figure @param {number[]} theta @param {ReturnType<typeof diagnose>} said */
function speak(figure, theta, { key, ...found }) {
  /** @type {Record<string, string | number>} */
  const numbers = {};
  for (const [name, value] of Object.entries(found)) {
    if (name === "n") numbers.n = value;
    else if (name === "percent") numbers.percent = fixed(value, 0);
    else if (name === "gap") numbers.gap = missing(value);
    else if (name === "residual") numbers.residual = fixed(Math.abs(value));
    else numbers[name] = fixed(value);
  }
  figure.say(key, { ...numbers, b3: fixed(theta[6]) });
}

/**
 * How far gradient descent has come.
 * @param {Figure<Traits>} figure @param {Descent} run @param {number} step
 */
function speakOfTraining(figure, run, step) {
  const gap = missing(widestGap([...run.thetaAt(step)], figure.state.activation));
  const values = { t: step, gap };
  if (step === run.last() && step < figure.controls.step.max) return figure.say("diverged", values);
  return figure.say(progress(run.losses, step), values);
}

/** @param {number} gap */
const missing = (gap) => inWords(significant(gap, 1));
