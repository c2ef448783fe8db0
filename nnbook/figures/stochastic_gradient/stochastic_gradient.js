// SGD of a straight line: what each sample of a batch wishes, the mean of these wishes, the path
// that follows; and the loss of three batch sizes over the samples seen or the updates made.

import { beside, fixed, h, inWords, more, set, significant } from "../../../js/src/core/index.js";
import { clipped } from "./math/clip.js";
import { batchGradient, batchOf, bowl, decodeOrders, endOf, sampleGradient, standardize, train } from "./math/sgd.js";
import { changes, makeLoss, smoothed, WINDOW } from "./sgd_loss.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Build, Interval, Point } from "../../../js/src/core/types.js" */
/** @import { Traits } from "./sgd_loss.js" */

/** @typedef {{x: number[], y: number[], orders: Record<string, string>}} Data */
/** @typedef {ReturnType<typeof bowl>} Bowl */
/** @typedef {{x: Interval, y: Interval, arrow: number}} View */
/** @typedef {{g: number[], slope: Point, wishes: number[][]}} Gradients of the batch, of all samples, and of each in the batch */
/** @typedef {{path: Point[], diverged: boolean, excess: number[], smooth: number[]}} Run */

// With the input standardized and in cm: what the plane shows, and how long a gradient of 1 is drawn.
/** @type {Record<string, View>} */
const VIEWS = {
  true: { x: [-0.5, 2], y: [-0.4, 2.1], arrow: 0.25 },
  false: { x: [-0.3, 1.1], y: [-1, 0.4], arrow: 0.05 },
};
const RINGS = Array.from({ length: 12 }, (_, k) => (0.25 * (k + 1)) ** 2); // equally far apart on the bowl

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  const training = makeTraining(figure);
  const { run } = training;
  const last = () => run(figure.state, figure.state.batch_size).path.length - 1;

  const plane = makePlane(figure);
  yield;
  const loss = makeLoss(figure, run);
  const place = figure.readout("place");
  const gradients = [figure.readout("mean"), figure.readout("full")];
  const seen = figure.readout("seen");
  const excess = figure.readout("excess");
  yield;
  figure.show(
    plane.plot.node,
    figure.player("step", { symbol: "t", label: t("updates"), last, speed: () => Math.max(3, last() / 12) }),
    figure.panel(
      figure.choice("batch_size", { label: "$B", name: t("batch_size"), labels: (size) => String(size) }),
      figure.slider("rate", {
        symbol: "\\eta",
        label: t("rate"),
        format: (rate) => significant(rate, 3),
      }),
    ),
    figure.foot,
    beside(loss.plot.node, loss.axisName),
    h(
      "div",
      { class: "nn-presets" },
      figure.button({
        name: "shuffle",
        label: t("shuffle"),
        click: () => figure.set({ seed: nextOf(figure.controls.seed.values, figure.state.seed) }),
      }),
      figure.presetButtons(["single", "mini", "full", "valley"]),
    ),
  );
  yield;
  const fold = more(
    figure,
    h("div", { class: "nn-readouts" }, place, excess, seen),
    h("div", { class: "nn-readouts" }, gradients),
    figure.panel(
      figure.choice("axis", { label: t("axis"), labels: { samples: t("samples"), updates: t("updates") } }),
      figure.toggle("standardized", { label: t("standardized") }),
    ),
    figure.presetButtons(["diverges"]),
  );

  return function* (state) {
    const { batch_size: B, standardized } = state;
    const { inputs, y, bowl: valley, orders } = training.dataOf(state);
    const { path, diverged, excess: height } = run(state, B);
    const k = Math.min(state.step, path.length - 1);
    const theta = path[k];
    const outside = !inView(VIEWS[String(standardized)], theta);
    // The batch that moves next; at the end, once more the last one.
    const updates = Math.ceil(inputs.length / B) * orders.length;
    const batch = batchOf(Math.min(k, updates - 1), { n: inputs.length, orders, batchSize: B });
    const g = batchGradient(theta, inputs, y, batch).slice(0, 2);
    const slope = valley.slope(theta);
    const wishes = batch.map((i) => sampleGradient(theta, inputs[i], y[i]));
    yield;
    yield* plane.draw(standardized, valley, path.slice(0, k + 1), { g, slope, wishes });
    yield;
    loss.draw(state, height, k);
    yield;
    const count = Math.min(k * B, inputs.length * orders.length);
    speak(figure, state, { k, count, height, g, slope, valley, ended: diverged && k === path.length - 1, outside });
    if (!fold.open) return;
    place.show(`(w, b) = \\c{weight}{${pair(theta)}}`);
    gradients[0].show(`g_S = \\c{gradient}{${pair(g)}}`);
    gradients[1].show(`\\nabla L = ${pair(slope)}`);
    seen.show(`t B = ${fixed(k, 0)} \\cdot ${B} = ${fixed(count, 0)}`);
    excess.show(`L - L_{\\min} = \\c{loss}{${significant(height[k], 3)}}`);
  };
}

/** @template Item @param {Item[]} list @param {Item} value */
const nextOf = (list, value) => list[(list.indexOf(value) + 1) % list.length];

/** The data of a state, and the run of each batch size, remembered. @param {Figure<Traits, Data>} figure */
function makeTraining(figure) {
  const { x, y } = figure.data;
  const orders = Object.fromEntries(
    Object.entries(figure.data.orders).map(([seed, text]) => [seed, decodeOrders(text, x.length)]),
  );
  const samplesOf = (/** @type {number[]} */ inputs) => ({ x: inputs, bowl: bowl(inputs, y) });
  /** @type {Record<string, ReturnType<typeof samplesOf>>} */
  const samples = { true: samplesOf(standardize(x)), false: samplesOf(x) };
  /** @type {Map<string, Run>} */
  const runs = new Map();
  /** @param {Traits} state @param {number} batchSize @returns {Run} */
  const run = ({ rate, seed, standardized }, batchSize) => {
    const key = [rate, seed, standardized, batchSize].join();
    const known = runs.get(key);
    if (known) return known;
    if (runs.size > 40) runs.clear();
    const { x: inputs, bowl: valley } = samples[String(standardized)];
    const { path, diverged } = train({ x: inputs, y, orders: orders[seed], batchSize, rate });
    const excess = path.map(valley.excess);
    const made = { path, diverged, excess, smooth: smoothed(excess, Math.floor(WINDOW / batchSize / 2)) };
    runs.set(key, made);
    return made;
  };
  const dataOf = (/** @type {Traits} */ { seed, standardized }) => {
    const { x: inputs, bowl: valley } = samples[String(standardized)];
    return { inputs, y, bowl: valley, orders: orders[seed] };
  };
  return { run, dataOf };
}

/** The bowl from above, the path on it, and the gradients that pull at its end. @param {Figure<Traits, Data>} figure */
function makePlane(figure) {
  const { t } = figure;
  const changed = changes();
  const plane = figure.plot({
    x: [-0.5, 2],
    y: [-0.4, 2.1],
    equal: true,
    maxHeight: 290,
    xLabel: "w",
    yLabel: "b",
    yTicks: 5,
    margin: { left: 34 },
    label: t("plane"),
  });
  const rings = RINGS.map(() => plane.path({ color: "loss", width: 1, opacity: 0.4 }));
  const minimum = plane.path({ color: "ink", width: 2 });
  const wishes = plane.path({ color: "input", width: 1.2 });
  const trail = plane.path({ color: "weight", width: 1.3 });
  const stops = plane.path({ color: "none", fill: "weight" });
  const begin = plane.dot({ color: "weight", r: 5, fill: "background", stroke: "weight", width: 2, clip: true });
  const truth = plane.line({ color: "ink", width: 1.5, dash: "4 3", arrow: true });
  const mean = plane.line({ color: "gradient", width: 3, arrow: true });
  const now = plane.dot({ color: "weight", r: 6, clip: true });
  const names = [plane.text({ color: "gradient", size: 14 }), plane.text({ color: "ink", size: 14 })];

  /** @param {boolean} standardized @param {Bowl} valley @param {Point[]} seen the path so far @param {Gradients} gradients */
  function* draw(standardized, valley, seen, gradients) {
    const view = VIEWS[String(standardized)];
    const theta = seen[seen.length - 1];
    plane.domain(view);
    if (changed(standardized, plane.width)) {
      rings.forEach((ring, i) => ring.points(clipped(valley.ring(RINGS[i], 240), view.x, view.y)));
      cross(plane, minimum, valley.minimum);
    }
    yield;
    trail.points(clipped(seen, view.x, view.y));
    stops.d(
      seen.length <= 161
        ? seen
            .filter((point) => inView(view, point))
            .map(([w, b]) => spot(plane.sx(w), plane.sy(b)))
            .join("")
        : "",
    );
    begin.at(seen[0][0], seen[0][1]);
    const outside = !inView(view, theta);
    now.at(outside ? NaN : theta[0], theta[1]);
    yield;
    drawGradients(view, theta, outside, gradients);
  }

  /** @param {View} view @param {Point} theta @param {boolean} outside @param {Gradients} gradients */
  function drawGradients(view, theta, outside, { g, slope, wishes: pulls }) {
    /** @param {number[]} gradient @returns {Point} */
    const tip = (gradient) => [theta[0] - view.arrow * gradient[0], theta[1] - view.arrow * gradient[1]];
    wishes.d(outside ? "" : pulls.map((pull) => arrow(plane, theta, tip(pull))).join(""));
    set(wishes.element, { "stroke-opacity": Math.max(0.3, 1 - pulls.length / 30) });
    mean.at(outside ? NaN : theta[0], theta[1], ...tip(g));
    truth.at(outside ? NaN : theta[0], theta[1], ...tip(slope));
    const apart = Math.hypot(
      plane.sx(tip(g)[0]) - plane.sx(tip(slope)[0]),
      plane.sy(tip(g)[1]) - plane.sy(tip(slope)[1]),
    );
    /** @type {Record<string, import("../../../js/src/core/marks.js").TextLook>} */
    const { left, right } = { left: { anchor: "end", dx: -7, dy: 2 }, right: { anchor: "start", dx: 7, dy: 2 } };
    const swapped = tip(g)[0] > tip(slope)[0];
    names[0].at(inView(view, tip(g)) ? tip(g)[0] : NaN, tip(g)[1], "-g_S", swapped ? right : left);
    names[1].at(
      inView(view, tip(slope)) && apart > 22 && pulls.length < figure.data.x.length ? tip(slope)[0] : NaN,
      tip(slope)[1],
      "-\\nabla L",
      swapped ? left : right,
    );
  }
  return { plot: plane, draw };
}

/** @param {number[]} numbers two of them */
const pair = ([p, q]) => `(${fixed(p, 3)},\\,{${fixed(q, 3)}})`;
/** @param {View} view @param {Point} theta */
const inView = ({ x, y }, [w, b]) => w >= x[0] && w <= x[1] && b >= y[0] && b <= y[1];
/** @param {number} x @param {number} y */
const spot = (x, y) => `M${(x - 2.5).toFixed(1)},${y.toFixed(1)}a2.5,2.5 0 1,0 5,0a2.5,2.5 0 1,0 -5,0Z`;

/** An arrow as part of a path, in px. @param {Plot} plot @param {Point} from @param {Point} to */
function arrow(plot, from, to) {
  const [a, b, c, d] = [plot.sx(from[0]), plot.sy(from[1]), plot.sx(to[0]), plot.sy(to[1])];
  const length = Math.hypot(c - a, d - b);
  if (!(length > 1)) return "";
  const [u, v] = [(5 * (c - a)) / length, (5 * (d - b)) / length];
  const at = (/** @type {number[]} */ ...numbers) => numbers.map((number) => number.toFixed(1)).join();
  return `M${at(a, b)}L${at(c, d)}m${at(-u - v / 2, -v + u / 2)}L${at(c, d)}l${at(-u + v / 2, -v - u / 2)}`;
}

/** @param {Plot} plot @param {ReturnType<Plot["path"]>} mark @param {Point} at */
function cross(plot, mark, [w, b]) {
  mark.d(`M${plot.sx(w) - 7},${plot.sy(b)}h14M${plot.sx(w)},${plot.sy(b) - 7}v14`);
}

/**
 * @param {Figure<Traits, Data>} figure @param {Traits} state
 * @param {{k: number, count: number, height: number[], g: number[], slope: Point, valley: Bowl, ended: boolean,
 *   outside: boolean}} now
 */
function speak(figure, state, { k, count, height, g, slope, valley, ended, outside }) {
  const { batch_size: B, rate, standardized } = state;
  const noise = Math.hypot(g[0] - slope[0], g[1] - slope[1]);
  const size = Math.hypot(...slope);
  // 0 where it is meant to be 0.
  const multiple = (/** @type {number} */ curvature) => Math.round(1e9 * (1 - rate * curvature)) / 1e9;
  const values = {
    updates: fixed(k, 0),
    samples: fixed(count, 0),
    B: String(B),
    excess: inWords(significant(height[k], 3)),
    rate: significant(rate, 3),
    limit: significant(2 / valley.steepest, 3),
    steep: inWords(significant(multiple(valley.steepest), 3)),
    flat: significant(multiple(valley.flattest), 3),
    noise: inWords(significant(noise, 3)),
    slope: inWords(significant(size, 3)),
    angle: fixed(
      (180 / Math.PI) *
        Math.acos(Math.max(-1, Math.min(1, (g[0] * slope[0] + g[1] * slope[1]) / (Math.hypot(g[0], g[1]) * size)))),
      0,
    ),
  };
  const { level, isSettled } = endOf(height);
  const tooFast = rate * valley.steepest > 2;
  if (ended) figure.say("diverged", values);
  else if (tooFast && height[k] > height[0]) figure.say("grows", values);
  else if ((height[k] > height[0] || outside) && !(level < height[0])) figure.say("too_noisy", values);
  else if (height[k] > height[0]) figure.say("thrown", values);
  else if (B === 150 && height[k] < 1e-6) figure.say("arrived", values);
  else if (B === 150 && !standardized && k > 0)
    figure.say(rate * valley.steepest > 1 ? "valley" : "valley_slow", values);
  else if (B === 150) figure.say("full", values);
  else if (k > 0 && noise > 2 * size && isSettled && height[k] < 4 * level)
    figure.say("floor", { ...values, level: inWords(significant(level, 2)) });
  else figure.say(B === 1 ? "single" : "batch", values);
}
