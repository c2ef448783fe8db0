// A plot on which one draws a curve: with a finger, a pen or the mouse, by taps, or with the arrow keys.

import { color, fixed, plain, s, set, significant } from "../core/index.js";
import { blank, filled, numberAt, paint, partOf, TOP, UNSET } from "../math/drawings.js";

/** @import { Figure } from "../core/figure.js" */
/** @import { Axis } from "../math/drawings.js" */
/** @import { Point } from "../math/types.js" */

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

/** @param {Axis} axis */
const limits = ({ low, high, log, ticks, symbol }) => ({
  range: /** @type {[number, number]} */ ([low, high]),
  log,
  ticks,
  symbol,
});

/**
 * The pad. `open` tells whether one may still draw, `change` takes what is drawn now.
 * @param {Figure} figure with the trait heights
 * @param {{open: () => boolean, change: (heights: number[]) => void}} options
 */
export function curvePad(figure, { open, change }) {
  const { data, t } = figure;
  const [x, y] = [limits(data.x), limits(data.y)];
  const plot = figure.plot({
    x: x.range,
    y: y.range,
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
  const last = data.places - 1;
  const heightsNow = () => (figure.state.heights.length ? figure.state.heights : blank(data.places));
  const xAt = (/** @type {number} */ place) => numberAt(data.x, place / last);
  const yAt = (/** @type {number} */ height) => numberAt(data.y, height / TOP);
  let place = 0; // where the keyboard is

  const truth = plot.path({ color: data.color, width: 3 });
  const drawn = plot.path({ color: "ink", width: 2.5, dash: "7 5" });
  const ring = s("circle", { r: 11, class: "nn-ring", fill: "none" });
  const cursor = plot.add(
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
      },
      ring,
      s("circle", { r: 6, fill: color("ink"), stroke: color("background"), "stroke-width": 2 }),
    ),
  );
  const cursorLine = plot.line({ color: "muted", width: 1, dash: "2 4" });

  /** Where the pointer is, in parts of the axes. @param {PointerEvent} event @returns {Point} */
  const under = (event) => {
    const [a, b] = plot.under(event);
    return [partOf(data.x, a), partOf(data.y, b)];
  };
  /** @type {Point | null} */
  let pen = null;
  /** @type {number | null} */
  let pointer = null;
  const stroke = (/** @type {PointerEvent[]} */ events) => {
    let heights = heightsNow();
    for (const event of events) {
      const to = under(event);
      heights = paint(heights, pen ?? to, to);
      pen = to;
      place = Math.round(last * Math.max(0, Math.min(1, to[0])));
    }
    change(heights);
  };
  const begin = (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0 || pointer !== null || !open()) return;
    event.preventDefault();
    cursor.focus({ preventScroll: true, focusVisible: false });
    plot.svg.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    pen = null;
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
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, number>} */
    const edges = { Home: 0, End: last };
    const [across, up] = KEYS[event.key] ?? [0, 0];
    if (!KEYS[event.key] && !(event.key in edges)) return;
    event.preventDefault();
    const times = event.shiftKey ? 4 : 1;
    place = edges[event.key] ?? Math.max(0, Math.min(last, place + across * times));
    if (up && open()) {
      const heights = [...heightsNow()];
      heights[place] = Math.max(0, Math.min(TOP, Math.round(nearest(heights) + up * times)));
      change(heights);
    } else figure.refresh();
  };
  /** The height from which a key moves: where nothing is drawn yet, that of the nearest place. @param {number[]} heights */
  const nearest = (heights) => {
    const there = filled(heights);
    if (there[place] !== UNSET) return there[place];
    const known = there.flatMap((height, at) => (height === UNSET ? [] : [[Math.abs(at - place), height]]));
    return known.sort(([a], [b]) => a - b)[0]?.[1] ?? TOP / 2;
  };
  set(plot.svg, { pointerdown: begin, pointermove: go, pointerup: end, pointercancel: end });
  set(cursor, { keydown: press });

  const given = data.given.map((/** @type {{symbol: string, color: string, point?: Point, curve?: number[]}} */ one) => {
    const name = plot.text({ color: one.color });
    if (one.point) return { one, name, mark: plot.dot({ color: one.color, r: 5 }) };
    return { one, name, mark: plot.path({ color: one.color, width: 2, dash: "2 4" }) };
  });
  /** A curve of Python's, whose points are evenly spaced. @param {(number | null)[]} heights @returns {Point[]} */
  const points = (heights) =>
    heights.map((height, at) => [numberAt(data.x, at / (heights.length - 1)), height ?? Number.NaN]);
  const number = (/** @type {number} */ value) => (data.y.log ? significant(value, 1) : fixed(value, 2));
  const spokenAt = (/** @type {number[]} */ heights, /** @type {boolean} */ over) => {
    const where = plain(`${data.x.symbol} = ${significant(xAt(place), 3)}`);
    const height = filled(heights)[place];
    const yours = height === UNSET ? t("nothing") : plain(number(yAt(height)));
    if (!over) return t("place", { where, yours });
    const true_ = data.truth[Math.round((place / last) * (data.truth.length - 1))];
    return t("both", { where, yours, truth: true_ === null ? t("nothing") : plain(number(true_)) });
  };

  /** A name above a point of a curve, on the side where the curve is not. */
  const beside = (
    /** @type {ReturnType<typeof plot.text>} */ name,
    /** @type {Point} */ [a, b],
    /** @type {(number | null)[]} */ heights,
    /** @type {string} */ symbol,
  ) => {
    const at = Math.round(partOf(data.x, a) * (heights.length - 1));
    const rises = (heights[at + 2] ?? b) > (heights[at - 2] ?? b);
    name.at(a, b, symbol, rises ? { dx: -8, dy: -8, anchor: "end" } : { dx: 8, dy: -8, anchor: "start" });
  };

  return {
    node: plot.node,
    focus: () => cursor.focus({ preventScroll: true, focusVisible: false }),
    /** @param {boolean} over whether the true curve is there */
    draw: (over) => {
      const heights = heightsNow();
      drawn.points(filled(heights).flatMap((height, at) => (height === UNSET ? [] : [[xAt(at), yAt(height)]])));
      if (over) truth.points(points(data.truth));
      else truth.hide();
      for (const { one, name, mark } of given) {
        if (one.point) {
          mark.at(...one.point);
          beside(name, one.point, data.truth, one.symbol);
        } else {
          const all = points(one.curve);
          mark.points(all);
          beside(name, labelled(all, y.range), one.curve, one.symbol);
        }
      }
      const height = Math.max(0, nearest(heights));
      plot.place(cursor, xAt(place), yAt(height));
      cursorLine.at(xAt(place), y.range[0], xAt(place), y.range[1]);
      set(cursor, {
        "aria-valuenow": height,
        "aria-valuetext": spokenAt(heights, over),
        "aria-readonly": over && "true",
      });
    },
    again: () => {
      place = 0;
    },
  };
}

/** A place for the name of a curve: three quarters on, or farther left where it has left the plot. @param {Point[]} points @param {[number, number]} range */
function labelled(points, [low, high]) {
  const inside = points.filter(([, y]) => y >= low && y <= low + 0.85 * (high - low));
  return inside[Math.floor(inside.length * 0.75)] ?? points[0];
}
