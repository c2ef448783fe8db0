// Gradient descent on a parabola: the walk with its tangents, the table of its steps, and the rule
// that ends it. Everything shown follows from the path, which is computed once for each setting.

import {
  beside,
  bracketed,
  fixed,
  h,
  inWords,
  more,
  roomy,
  scientific,
  set,
  significant,
} from "../../../js/src/core/index.js";
import { CURVATURE, descend, lossOver } from "./math.js";
import { entry, stepTable } from "./step_table.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Loss } from "./math.js" */

/** @typedef {{start: number, rate: number, tolerance: number, max_steps: number, step: number}} Traits */
/** @typedef {{fixed: number[]}} Data the parameters but b3 */
/** @typedef {(b3: number) => boolean} IsInside whether a place is within the picture */

const REACH = 3.15; // of the picture to either side of the minimum; doubled while a walk goes beyond
const DOUBLINGS = 10;
const TANGENTS = 8;

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  const loss = lossOver(figure.data.fixed);
  const picture = makePicture(figure, loss);
  yield;
  const table = stepTable(t("table"), figure.signal);
  yield;
  const formula = figure.readout("next");
  const factor = figure.readout("factor");
  const ending = h("p", { "data-name": "stop" });
  const stops = ["tolerance", "max_steps", "diverged"].map((stop) =>
    t(`stop_${stop}`, { steps: figure.controls.max_steps.max }),
  );

  /** @type {ReturnType<typeof descend>} */
  let path;
  let key = "";
  const walk = (/** @type {Traits} */ state) => {
    const wished = [state.start, state.rate, state.tolerance, state.max_steps].join();
    if (wished !== key) {
      key = wished;
      path = descend(loss.slope, state.start, {
        rate: state.rate,
        tolerance: state.tolerance,
        maxSteps: state.max_steps,
      });
    }
    return path;
  };
  const last = () => walk(figure.state).sizes.length;
  yield;
  figure.show(
    picture.plot.node,
    figure.player("step", { symbol: "t", last, speed: () => Math.max(4, last() / 12) }),
    figure.panel(
      figure.slider("rate", { symbol: "\\eta", label: t("rate"), format: (x) => significant(x, 3) }),
      figure.slider("start", { symbol: "b_3", label: t("start"), color: "bias" }),
    ),
    figure.foot,
    figure.presetButtons(["steady", "one_step", "forever", "diverges"]),
    beside(table.node, h("div", { class: "nn-steps-end" }, roomy(ending, stops))),
    h("div", { class: "nn-readouts" }, formula, factor),
  );
  yield;
  more(
    figure,
    figure.panel(
      figure.slider("tolerance", { symbol: "\\tau", label: t("tolerance"), format: (x) => significant(x, 2) }),
      figure.slider("max_steps", { symbol: "N", label: t("max_steps"), format: (x) => fixed(x, 0) }),
    ),
    figure.presetButtons(["slow", "swings", "overflow"]),
  );

  return (state) => {
    const { points, slopes, sizes, stop } = walk(state);
    const k = Math.min(state.step, sizes.length);
    const at = points[k];
    // The step that comes next; after the last one, the step that was made.
    const shown = Math.min(k, sizes.length - 1);
    const [from, to] = [points[shown], points[shown + 1] ?? NaN];
    const inside = picture.draw(points, k, { from, to, isNext: k < sizes.length }, state.start);
    table.draw(points, slopes, sizes, k);
    const slope = shown < 0 ? loss.slope(from) : slopes[shown];
    formula.show(
      `b_3 - \\eta L' = ${entry(from)} - ${significant(state.rate, 3)} \\cdot ${bracketed(entry(slope))} = \\c{bias}{${entry(to)}}`,
    );
    factor.show(`1 - ${CURVATURE}\\eta = ${significant(ratio(state), 3)}`);
    set(ending, { text: t(`stop_${stop}`, { steps: fixed(sizes.length, 0) }) });
    speak(figure, state, loss, { k, at, outside: !inside, stop, steps: sizes.length });
  };
}

/**
 * The parabola with the walk on it, its tangents, and the step that comes next.
 * @param {Figure<Traits, Data>} figure @param {Loss} loss
 */
function makePicture(figure, loss) {
  const { best } = loss;
  const plot = figure.plot({
    x: [best - REACH, best + REACH],
    y: [0, 40],
    xLabel: "b_3",
    yLabel: "L",
    ratio: 0.95,
    maxHeight: 300,
    yTicks: 4,
    margin: { left: 50, right: 26 },
    label: figure.t("plot"),
    yFormat: (y) => (y >= 1e4 ? scientific(y, 1) : fixed(y, 0)),
  });
  const lowest = plot.line({ color: "muted", width: 1, dash: "2 4" });
  const curve = plot.path({ color: "loss", width: 2.5 });
  const walk = makeWalk(plot, loss);
  const step = makeStep(plot, loss);
  const away = plot.text({ color: "bias", dy: 16 });
  const { min, max, step: snap } = figure.controls.start;
  const handle = plot.handle({
    name: "point",
    label: figure.t("drag"),
    color: "bias",
    shape: "square",
    r: 7,
    step: [snap, 0],
    limits: () => ({ min, max }),
    move: (x) => figure.set({ start: Math.round(Math.max(min, Math.min(max, x)) / snap) * snap }),
  });
  const now = plot.dot({ color: "bias", r: 7 });

  /**
   * Whether the present place is within the picture.
   * @param {number[]} points @param {number} k @param {{from: number, to: number, isNext: boolean}} next @param {number} start
   */
  function draw(points, k, next, start) {
    const at = points[k];
    const seen = points.slice(0, k + 1);
    const farthest = Math.max(...seen.map((b3) => Math.abs(b3 - best)));
    let reach = REACH;
    for (let i = 0; i < DOUBLINGS && reach < farthest * 1.02; i += 1) reach *= 2;
    const top = loss.at(best + reach);
    plot.domain({ x: [best - reach, best + reach], y: [0, top] });
    curve.f(loss.at);
    lowest.at(best, 0, best, top);
    /** @type {IsInside} */
    const inside = (b3) => Math.abs(b3 - best) <= reach;
    walk.draw(seen, inside, 0.2 * reach);
    now.at(inside(at) ? at : NaN, loss.at(at));
    const [place, text] =
      at > best ? [0.55, `b_3 = ${scientific(at, 2)} \\to`] : [-0.95, `← b_3 = ${scientific(at, 2)} `];
    away.at(best + place * reach, inside(at) ? NaN : top, text);
    handle.at(start, loss.at(start), { text: `b_3 = ${fixed(start)}` });
    step.draw(next, next.isNext && inside(next.from) && inside(next.to));
    return inside(at);
  }
  return { plot, draw };
}

/** Chords and dots of the walk so far, the last tangents, and the present one. @param {Plot} plot @param {Loss} loss */
function makeWalk(plot, loss) {
  const chords = plot.path({ color: "ink", width: 1, opacity: 0.55 });
  const tangents = Array.from({ length: TANGENTS }, () => plot.line({ color: "gradient", dash: "6 3", opacity: 0.6 }));
  const dots = plot.path({ color: "background", fill: "bias", width: 1 });
  const tangent = plot.line({ color: "gradient", width: 1.5, dash: "7 4" });
  /** @param {ReturnType<Plot["line"]>} mark @param {number} b3 @param {number} length */
  const touch = (mark, b3, length) => {
    const [l, slope] = [loss.at(b3), loss.slope(b3)];
    mark.at(b3 - length, l - slope * length, b3 + length, l + slope * length);
  };
  /** @param {number[]} seen @param {IsInside} inside @param {number} half */
  const draw = (seen, inside, half) => {
    const at = seen[seen.length - 1];
    const recent = seen.slice(0, -1).filter(inside).slice(-TANGENTS);
    tangents.forEach((mark, i) => (i < recent.length ? touch(mark, recent[i], half) : mark.hide()));
    trace(plot, loss, seen.filter(inside), chords, dots);
    if (inside(at)) touch(tangent, at, 2 * half);
    else tangent.hide();
  };
  return { draw };
}

/**
 * The step that comes next: along the level of the loss, then down to the curve.
 * @param {Plot} plot @param {Loss} loss
 */
function makeStep(plot, loss) {
  const drop = plot.line({ color: "bias", width: 1, dash: "2 3" });
  const arrow = plot.line({ color: "bias", width: 2.5, arrow: true });
  const name = plot.text({ color: "bias", anchor: "middle", dy: -8 });
  /** @param {{from: number, to: number}} step @param {boolean} isInside */
  const draw = ({ from, to }, isInside) => {
    const across = Math.abs(plot.sx(to) - plot.sx(from)); // px
    const visible = isInside && across > 3;
    const level = loss.at(from);
    arrow.at(visible ? from : NaN, level, to, level);
    drop.at(visible ? to : NaN, level, to, loss.at(to));
    name.at(visible && across > 34 ? (from + to) / 2 : NaN, level, "-\\eta L'");
  };
  return { draw };
}

/**
 * What each step multiplies the error by; exactly 0 and -1 where the rate is meant to be 1/6 and 1/3.
 * @param {{rate: number}} state
 */
function ratio({ rate }) {
  const exact = 1 - CURVATURE * rate;
  return Math.abs(exact - Math.round(exact)) < 1e-12 ? Math.round(exact) : exact;
}

/**
 * Chords and dots of a path; what falls on the same pixels is drawn once.
 * @param {Plot} plot @param {Loss} loss @param {number[]} points
 * @param {ReturnType<Plot["path"]>} chords @param {ReturnType<Plot["path"]>} dots
 */
function trace(plot, loss, points, chords, dots) {
  const places = points.map((b3) => [Math.round(plot.sx(b3) * 4) / 4, Math.round(plot.sy(loss.at(b3)) * 4) / 4]);
  const lines = new Set(places.slice(1).map((place, i) => `M${places[i]}L${place}`));
  const circles = new Set(places.map(([x, y]) => `M${x - 4},${y}a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z`));
  chords.d([...lines].join(""));
  dots.d([...circles].join(""));
}

/**
 * @param {Figure<Traits, Data>} figure @param {Traits} state @param {Loss} loss
 * @param {{k: number, at: number, outside: boolean, stop: string, steps: number}} now
 */
function speak(figure, state, loss, { k, at, outside, stop, steps }) {
  const factor = ratio(state);
  const error = Math.abs(at - loss.best);
  const values = {
    step: fixed(k, 0),
    factor: inWords(significant(factor, Math.abs(Math.abs(factor) - 1) < 0.01 ? 5 : 3)),
    error: inWords(entry(error)),
    b3: inWords(entry(at)),
    first: inWords(entry(Math.abs(state.start - loss.best))),
    tolerance: inWords(significant(state.tolerance, 2)),
    percent: significant(100 * Math.abs(factor), 3),
    slope: inWords(entry(loss.slope(at))),
    size: inWords(entry(Math.abs(state.rate * loss.slope(at)))),
  };
  if (k === steps && stop === "diverged") figure.say("end_diverged", values);
  else if (k === steps && stop === "tolerance" && error > 5 * state.tolerance && error > 1e-3)
    figure.say("end_too_soon", values);
  else if (k === steps && stop === "tolerance")
    figure.say(factor === 0 && k > 1 ? "end_one_step" : "end_tolerance", values);
  else if (outside) figure.say("outside", values);
  else if (factor === -1) figure.say("forever", values);
  else if (k === steps && factor !== 0) figure.say("end_max_steps", values);
  else if (k === 0) figure.say(loss.slope(at) < 0 ? "start_falls" : "start_rises", values);
  else if (factor === 0) figure.say("one_step", values);
  else if (factor < -1) figure.say("grows", values);
  else if (factor < 0) figure.say("swings", values);
  else figure.say("shrinks", values);
}
