// Three points, a curve and a true square on each residual; beside them the SSR and the MSE as
// curves over the parameter that is moved.

import { beside, bracketed, fixed, room } from "../../../js/src/core/index.js";
import { forward } from "../../../js/src/math/dosage.js";
import { bestShift, leastSquaresLine, mse, residualsOf, squaresOf, ssr } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Interval, Point } from "../../../js/src/core/types.js" */
/** @import { Predict, Square } from "./math.js" */

/** @typedef {"w" | "b" | "b3"} Parameter */
/** @typedef {{model: string, points: Point[], w: number, b: number, b3: number, parameter: "w" | "b"}} Traits */
/** @typedef {{squiggle: number[]}} Data the parameters of the curve but b3 */
/** @typedef {ReturnType<typeof makeModel>} Model */
/** @typedef {Partial<Record<Parameter, number>>} Changed some of the parameters */

/** @type {Interval} */
const VIEW = [-0.8, 1.8]; // of x and of y: the squares have to be squares
const LINE_OF_TEXT = 17; // px
const SYMBOLS = { w: "w", b: "b", b3: "b_3" };

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  const model = makeModel(figure);
  const { bestOf, curveOf, reachable } = model;
  const plane = makePlane(figure, model);
  const valley = makeValley(figure, model);
  const sum = figure.readout("ssr");
  const mean = figure.readout("mse");
  const lineSlider = (/** @type {"w" | "b"} */ name) =>
    figure.slider(name, {
      symbol: name,
      color: { w: "weight", b: "bias" }[name],
      put: (value) => figure.set({ [name]: value, parameter: name }),
    });
  const sliders = { w: lineSlider("w"), b: lineSlider("b"), b3: figure.slider("b3", { symbol: "b_3", color: "bias" }) };
  const best = figure.button({
    name: "best",
    label: t("best"),
    enabled: () => reachable(bestOf(figure.state)),
    click: () => figure.set(bestOf(figure.state) ?? {}),
  });
  const presets = figure.presetButtons();
  presets.append(best);
  figure.body.classList.add("nn-larger-first");
  yield;
  figure.show(
    plane.plot.node,
    figure.panel(room(sliders.w, sliders.b3), room(sliders.b)),
    figure.foot,
    presets,
    beside(valley.plot.node),
    sum,
    mean,
  );

  return (state) => {
    const predict = curveOf(state);
    const residuals = residualsOf(state.points, predict);
    const [total, average] = [ssr(residuals), mse(residuals)];
    plane.draw(state, predict, residuals);
    valley.draw(state, total, average);

    const squares = residuals.map((r) => `\\c{loss}{${bracketed(fixed(r))}}^2`).join(" + ");
    const areas = residuals.map((r) => fixed(r * r, 3)).join(" + ");
    sum.show(`\\text{SSR} = ${squares} = ${areas} = \\c{loss}{${fixed(total, 3)}}`);
    mean.show(`\\text{MSE} = \\text{SSR}\\,/\\,3 = \\c{loss}{${fixed(average, 3)}}`);
    sliders.w.hidden = state.model !== "line";
    sliders.b.hidden = state.model !== "line";
    sliders.b3.hidden = state.model === "line";
    speak(figure, model, state, residuals, total);
  };
}

/** The curves that there are, and the best of them. @param {Figure<Traits>} figure */
function makeModel(figure) {
  const { controls } = figure;
  /** @param {string} name @param {number} value */
  const inside = (name, value) => Math.max(controls[name].min, Math.min(controls[name].max, value));
  /** @param {string} name @param {number} value */
  const snapped = (name, value) => Number(inside(name, value).toFixed(2));

  /**
   * The curve at the present parameters, some of them changed.
   * @param {Traits} state @param {Changed} changed @returns {Predict}
   */
  const curveOf = (state, changed = {}) => {
    const { model, w, b, b3 } = { ...state, ...changed };
    return model === "line" ? (x) => w * x + b : (x) => forward([...figure.data.squiggle, b3], x).prediction;
  };
  /** @param {Traits} state @returns {Parameter} */
  const parameterOf = ({ model, parameter }) => (model === "line" ? parameter : "b3");
  /** @param {Traits} state @returns {Changed | null} */
  const bestOf = (state) =>
    state.model === "line"
      ? leastSquaresLine(state.points)
      : { b3: bestShift(state.points, curveOf(state, { b3: 0 })) };
  /** @param {Changed | null} best */
  const reachable = (best) =>
    best !== null && Object.entries(best).every(([name, value]) => inside(name, value) === value);
  return { bestOf, curveOf, parameterOf, reachable, snapped };
}

/** The three points, the curve, and a square on each residual. @param {Figure<Traits>} figure @param {Model} model */
function makePlane(figure, { snapped }) {
  const { t } = figure;
  const plane = figure.plot({
    x: VIEW,
    y: VIEW,
    equal: true,
    xLabel: "x",
    yLabel: "y",
    xTicks: [-0.5, 0, 0.5, 1, 1.5],
    yTicks: [-0.5, 0, 0.5, 1, 1.5],
    zero: true,
    margin: { right: 24 },
    label: t("plane"),
  });
  const squares = [0, 1, 2].map(() => plane.rect({ fill: "loss", color: "loss", opacity: 0.28 }));
  const curve = plane.path({ color: "prediction", width: 2.5 });
  const segments = [0, 1, 2].map(() => plane.line({ color: "loss", width: 3 }));
  const areas = [0, 1, 2].map(() => plane.text({ anchor: "middle", dy: 4.5, halo: false }));
  areas.forEach((area, index) => area.element.setAttribute("data-name", `area-${index}`));
  const curveName = plane.text({ dx: 5, dy: 4, size: 15 });
  const points = [0, 1, 2].map((index) =>
    plane.handle({
      name: `point-${index}`,
      label: t("point", { number: index + 1 }),
      color: "target",
      r: 6,
      step: [0.05, 0.05],
      move: (...place) =>
        figure.set({
          points: figure.state.points.map((old, other) =>
            other === index ? /** @type {Point} */ (place.map((value) => snapped("points", value))) : old,
          ),
        }),
    }),
  );

  /** @param {Square[]} found @param {number[]} residuals */
  function drawSquares(found, residuals) {
    const unit = plane.sx(1) - plane.sx(0);
    found.forEach(({ left, right, bottom, top }, index) => {
      squares[index].at(left, bottom, right, top);
      /** @type {Point} */
      const middle = [(left + right) / 2, (bottom + top) / 2];
      const fits = (right - left) * unit > 30 && middle.every((at) => at > VIEW[0] && at < VIEW[1]);
      if (fits) areas[index].at(...middle, `\\c{loss}{${fixed(residuals[index] ** 2)}}`);
      else areas[index].hide();
    });
  }

  /** @param {Traits} state @param {Predict} predict @param {number[]} residuals */
  function draw(state, predict, residuals) {
    drawSquares(squaresOf(state.points, predict), residuals);
    curve.f(predict);
    const end = predict(VIEW[1]);
    const lift = Math.max(0, plane.sy(end) - plane.sy(VIEW[0]) + LINE_OF_TEXT); // off the name of the axis
    if (end > VIEW[0] && end < VIEW[1]) curveName.at(VIEW[1], end, "\\c{prediction}{\\hat{y}}", { dy: 4 - lift });
    else curveName.hide();
    state.points.forEach(([x, y], index) => {
      segments[index].at(x, predict(x), x, y);
      points[index].at(x, y);
    });
  }
  return { plot: plane, draw };
}

/** SSR and MSE over the parameter that is moved. @param {Figure<Traits>} figure @param {Model} model */
function makeValley(figure, { curveOf, parameterOf, snapped }) {
  const { t, controls } = figure;
  const valley = figure.plot({
    x: [0, 1],
    y: [0, 1],
    xLabel: "b",
    yLabel: "L",
    ratio: 0.95,
    margin: { right: 42 },
    label: t("valley"),
  });
  const drop = valley.line({ color: "muted", width: 1, dash: "2 3" });
  const sumCurve = valley.path({ color: "loss", width: 2.5 });
  const meanCurve = valley.path({ color: "loss", width: 2, dash: "7 5" });
  const names = ["SSR", "MSE"].map(() => valley.text());
  const meanDot = valley.dot({ color: "loss", r: 5 });
  const ball = valley.handle({
    name: "ball",
    label: t("ball"),
    color: "loss",
    r: 7,
    step: [controls.b.step, 0],
    move: (x) => {
      const name = parameterOf(figure.state);
      figure.set({ [name]: snapped(name, x) });
    },
  });

  /** @param {Traits} state @param {number} total @param {number} average */
  function draw(state, total, average) {
    const name = parameterOf(state);
    const { min, max } = controls[name];
    const sumAt = (/** @type {number} */ value) => ssr(residualsOf(state.points, curveOf(state, { [name]: value })));
    const highest = Math.max(sumAt(min), sumAt(max), 0.01); // 0 where every x is 0 and w moves nothing
    valley.options.xLabel = SYMBOLS[name];
    valley.domain({ x: [min, max], y: [0, roundUp(highest)] });
    sumCurve.f(sumAt);
    meanCurve.f((value) => sumAt(value) / 3);
    drop.at(state[name], 0, state[name], total);
    meanDot.at(state[name], average);
    ball.at(state[name], total, { text: `${name} = ${fixed(state[name])}, SSR = ${fixed(total, 3)}` });
    // The curves' names keep clear of each other and of the axis' own.
    const floor = valley.sy(0) - LINE_OF_TEXT;
    const meanHeight = Math.min(valley.sy(sumAt(max) / 3), floor);
    const sumHeight = Math.min(valley.sy(sumAt(max)), meanHeight - LINE_OF_TEXT);
    names[0].at(max, 0, "\\c{loss}{\\text{SSR}}", { dx: 6, dy: sumHeight - valley.sy(0) + 4.5 });
    names[1].at(max, 0, "\\c{loss}{\\text{MSE}}", { dx: 6, dy: meanHeight - valley.sy(0) + 4.5 });
  }
  return { plot: valley, draw };
}

/**
 * What is now seen, and what would be better.
 * @param {Figure<Traits>} figure @param {Model} model @param {Traits} state @param {number[]} residuals @param {number} total
 */
function speak(figure, { bestOf, curveOf, parameterOf, reachable }, state, residuals, total) {
  const name = parameterOf(state);
  const ideal = bestOf(state);
  const smallest = ideal ? ssr(residualsOf(state.points, curveOf(state, ideal))) : total;
  const largest = residuals.reduce((most, r) => Math.max(most, r * r), 0);
  const values = {
    ssr: fixed(total, 3),
    best: fixed(smallest, 3),
    symbol: name === "b3" ? "b₃" : name,
    percent: fixed((100 * largest) / total, 0),
  };
  const step = 1e-4;
  const slope =
    ssr(residualsOf(state.points, curveOf(state, { [name]: state[name] + step }))) -
    ssr(residualsOf(state.points, curveOf(state, { [name]: state[name] - step })));
  if (total < 5e-4) figure.say("through", values);
  else if (ideal === null) figure.say("above_one_another", values);
  else if (total - smallest < 5e-5) figure.say(state.model === "line" ? "best_line" : "best_shift", values);
  else if (!reachable(ideal))
    figure.say(state.model === "line" ? "too_steep" : "too_high", {
      ...values,
      w: fixed(ideal.w ?? NaN),
      b: fixed(ideal.b ?? ideal.b3 ?? NaN),
    });
  else if (Math.abs(slope) < 2e-6) figure.say("valley_floor", values);
  else if (squaresOf(state.points, curveOf(state)).some(sticksOut)) figure.say("outside", values);
  else figure.say(slope < 0 ? "more" : "less", values);
}

/** @param {Square} square */
const sticksOut = ({ left, right, bottom, top }) => Math.min(left, bottom) < VIEW[0] || Math.max(right, top) > VIEW[1];

/**
 * The next of 1, 1.5, 2, 3, 4, 6, 8, 10, 15 ...: the axis keeps still while points are dragged.
 * @param {number} value
 */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 1.5, 2, 3, 4, 6, 8].find((step) => step * power >= value) ?? 10);
}
