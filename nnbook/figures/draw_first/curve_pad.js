// A plot on which one draws a curve: with a finger, a pen or the mouse, by taps, or with the arrow keys.

import { color, fixed, plain, s, set, significant } from "../../../js/src/core/index.js";
import { blank, filled, numberAt, paint, partOf, TOP, UNSET } from "../../../js/src/questions/drawing.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Drawing } from "../../../js/src/questions/drawing.js" */
/** @import { Point } from "../../../js/src/math/types.js" */

/** @typedef {{symbol: string, color: string, point?: Point, curve: (number | null)[]}} Given there from the start */
/** @typedef {Drawing & {color: string, truth: (number | null)[], given: Given[]}} PadData */

const STEP = 2; // of an arrow key, in heights
/** Key -> places, heights. @type {Record<string, Point>} */
const KEYS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
  PageUp: [0, 10 * STEP],
  PageDown: [0, -10 * STEP],
};

/**
 * What the parts of a pad share: where the keyboard is, what is drawn, and what becomes of it.
 * @typedef {{place: number, heights: () => number[], open: () => boolean, change: (heights: number[]) => void}} Hand
 */

/**
 * The pad. `open` tells whether one may still draw, `change` takes what is drawn now.
 * @param {Figure<{heights: number[]}, PadData>} figure
 * @param {{open: () => boolean, change: (heights: number[]) => void}} options
 */
export function curvePad(figure, { open, change }) {
  const { data, t } = figure;
  const { x, y } = data;
  const plot = figure.plot({
    x: [x.low, x.high],
    y: [y.low, y.high],
    xLog: x.log,
    yLog: y.log,
    xTicks: x.ticks ?? 6,
    yTicks: y.ticks ?? 5,
    xLabel: x.symbol,
    yLabel: y.symbol,
    zero: true,
    ratio: 0.7,
    maxHeight: 300,
    margin: { right: 34 },
    label: t("pad"),
  });
  const heights = () => (figure.state.heights.length ? figure.state.heights : blank(data.places));
  /** @type {Hand} */
  const hand = { place: 0, heights, open, change };
  const given = givenCurves(plot, data);
  const truth = plot.path({ color: data.color, width: 3 });
  const drawn = plot.path({ color: "ink", width: 2.5, dash: "7 5" });
  const cursor = cursorOf(plot, figure, hand);
  pen(plot, data, hand, cursor.focus);
  return {
    node: plot.node,
    focus: cursor.focus,
    /** @param {boolean} over whether the true curve is there */
    draw: (over) => {
      const points = filled(heights()).map((height, at) => pointAt(data, at, height));
      drawn.points(points.filter((_, at) => filled(heights())[at] !== UNSET));
      if (over) truth.points(sampled(data, data.truth));
      else truth.hide();
      given();
      cursor.draw(over);
    },
    again: () => {
      hand.place = 0;
    },
  };
}

/**
 * A place and its height in the numbers of the axes.
 * @param {PadData} data @param {number} place @param {number} height @returns {Point}
 */
const pointAt = ({ x, y, places }, place, height) => [numberAt(x, place / (places - 1)), numberAt(y, height / TOP)];

/** A curve of Python's, whose points are evenly spaced. @param {PadData} data @param {(number | null)[]} heights @returns {Point[]} */
const sampled = ({ x }, heights) =>
  heights.map((height, at) => [numberAt(x, at / (heights.length - 1)), height ?? Number.NaN]);

/**
 * What moves along with a pointer draws.
 * @param {Plot} plot @param {PadData} data @param {Hand} hand @param {() => void} take the focus
 */
function pen(plot, data, hand, take) {
  /** @type {Point | null} */
  let tip = null;
  /** @type {number | null} */
  let pointer = null;
  const stroke = (/** @type {PointerEvent[]} */ events) => {
    let heights = hand.heights();
    for (const event of events) {
      const [x, y] = plot.under(event);
      /** @type {Point} */
      const to = [partOf(data.x, x), partOf(data.y, y)];
      heights = paint(heights, tip ?? to, to);
      tip = to;
      hand.place = Math.round((data.places - 1) * Math.max(0, Math.min(1, to[0])));
    }
    hand.change(heights);
  };
  const begin = (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0 || pointer !== null || !hand.open()) return;
    event.preventDefault();
    take();
    plot.svg.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    tip = null;
    stroke([event]);
  };
  const go = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== pointer) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    stroke(passed.length ? passed : [event]);
  };
  const end = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId === pointer) pointer = null;
  };
  set(plot.svg, { pointerdown: begin, pointermove: go, pointerup: end, pointercancel: end });
}

/**
 * Where the keyboard is: left and right choose a place, up and down move the curve there.
 * @param {Plot} plot @param {Figure<{heights: number[]}, PadData>} figure @param {Hand} hand
 */
function cursorOf(plot, figure, hand) {
  const { data, t } = figure;
  const last = data.places - 1;
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, number>} */
    const edges = { Home: 0, End: last };
    if (!KEYS[event.key] && !(event.key in edges)) return;
    event.preventDefault();
    const [across, up] = KEYS[event.key] ?? [0, 0];
    const times = event.shiftKey ? 4 : 1;
    hand.place = edges[event.key] ?? Math.max(0, Math.min(last, hand.place + across * times));
    if (!up || !hand.open()) return figure.refresh();
    const heights = [...hand.heights()];
    heights[hand.place] = Math.max(0, Math.min(TOP, heightNear(heights, hand.place) + up * times));
    hand.change(heights);
  };
  const element = plot.add(
    s(
      "g",
      {
        class: "nn-handle nn-curve-cursor",
        tabindex: 0,
        role: "slider",
        "aria-label": t("pad"),
        "aria-valuemin": 0,
        "aria-valuemax": TOP,
        "data-name": "pad",
        style: { "--c": color("ink") },
        keydown: press,
      },
      s("circle", { r: 11, class: "nn-ring", fill: "none" }),
      s("circle", { r: 6, fill: color("ink"), stroke: color("background"), "stroke-width": 2 }),
    ),
  );
  const line = plot.line({ color: "muted", width: 1, dash: "2 4", clip: false });
  const number = (/** @type {number} */ value) => plain(data.y.log ? significant(value, 1) : fixed(value, 2));
  const aloud = (/** @type {boolean} */ over) => {
    const [x] = pointAt(data, hand.place, 0);
    const height = filled(hand.heights())[hand.place];
    const where = plain(`${data.x.symbol} = ${significant(x, 3)}`);
    const yours = height === UNSET ? t("nothing") : number(pointAt(data, hand.place, height)[1]);
    const true_ = data.truth[Math.round((hand.place / last) * (data.truth.length - 1))];
    const truth = true_ === null ? t("nothing") : number(true_);
    return over ? t("both", { where, yours, truth }) : t("place", { where, yours });
  };
  return {
    focus: () => element.focus({ preventScroll: true, focusVisible: false }),
    draw: (/** @type {boolean} */ over) => {
      const height = heightNear(hand.heights(), hand.place);
      const [x, y] = pointAt(data, hand.place, height);
      plot.place(element, x, y);
      line.at(x, data.y.low, x, data.y.high);
      set(element, { "aria-valuenow": height, "aria-valuetext": aloud(over), "aria-readonly": over && "true" });
    },
  };
}

/** The height at a place; where nothing is drawn yet, that of the nearest one. @param {number[]} heights @param {number} place */
function heightNear(heights, place) {
  const there = filled(heights);
  const known = there.flatMap((height, at) => (height === UNSET ? [] : [{ far: Math.abs(at - place), height }]));
  return known.sort((a, b) => a.far - b.far)[0]?.height ?? TOP / 2;
}

/**
 * The curves and points that are there from the start, with their names; returns what draws them.
 * @param {Plot} plot @param {PadData} data
 */
function givenCurves(plot, data) {
  const marks = data.given.map((one) => {
    const name = plot.text({ color: one.color });
    /** A name above a point of a curve, on the side where the curve is not. @param {Point} at @param {(number | null)[]} curve */
    const call = ([a, b], curve) => {
      const at = Math.round(partOf(data.x, a) * (curve.length - 1));
      const rises = (curve[at + 2] ?? b) > (curve[at - 2] ?? b);
      name.at(a, b, one.symbol, rises ? { dx: -8, dy: -8, anchor: "end" } : { dx: 8, dy: -8, anchor: "start" });
    };
    const { point } = one;
    if (point) {
      const dot = plot.dot({ color: one.color, r: 5 });
      return () => {
        dot.at(...point);
        call(point, data.truth);
      };
    }
    const path = plot.path({ color: one.color, width: 2, dash: "2 4" });
    const points = sampled(data, one.curve);
    // Three quarters on, or farther left where it has left the plot.
    const inside = points.filter(([, b]) => b >= data.y.low && b <= data.y.low + 0.85 * (data.y.high - data.y.low));
    return () => {
      path.points(points);
      call(inside[Math.floor(inside.length * 0.75)] ?? points[0], one.curve);
    };
  });
  return () => marks.forEach((draw) => draw());
}
