// A number in a diagram that is changed in place: a tap on its left or right half makes one
// step, and more as long as it is held; or it is dragged sideways, or moved by the arrow keys.

import { color, s, set } from "./dom.js";
import { fixed } from "./format.js";
import { plain } from "./minitex.js";
import { svgMath } from "./typeset.js";

const PER_STEP = 4; // px of dragging that make one step, unless told otherwise
const SLACK = 4; // px that a finger may move while it taps
const HOLD = 400; // ms until a tap becomes holding
const PACE = 60; // ms between two steps of holding
const HASTE = [
  [30, 10],
  [10, 5],
  [0, 1],
]; // after so many steps of holding, so many at once

/** @import { Plot } from "./plot.js" */

/**
 * @typedef {object} ScrubOptions
 * @property {string} name for tests: the name of the trait, or of the entry
 * @property {string} symbol mini-TeX, such as w_1
 * @property {{min: number, max: number, step: number}} limits
 * @property {() => number} get
 * @property {(value: number) => void} put
 * @property {string} [color]
 * @property {string} [label] what it is, in words, read aloud after the symbol
 * @property {number} [digits] decimals shown; default: those of the step
 * @property {number} [perStep] px of dragging that make one step; less where steps are fine
 */

/** @param {Plot} plot @param {ScrubOptions} options */
export function scrub(plot, options) {
  const { name, symbol, limits, get, color: shade = "ink", label } = options;
  const { min, max, step } = limits;
  const decimals = options.digits ?? (String(step).split(".")[1] ?? "").length;
  const text = s("text", { "text-anchor": "middle", y: 4.5, fill: color(shade) });
  const box = s("rect", { class: "nn-frame", rx: 6, y: -13, height: 26 });
  const halves = [-1, 1].map((way) => {
    const target = s("rect", { y: -13, height: 26, fill: "transparent" });
    const arrow = s("path", { fill: color(shade) });
    return { way, target, arrow, element: s("g", { class: "nn-half" }, target, arrow) };
  });
  const group = plot.add(
    s(
      "g",
      {
        class: "nn-handle nn-scrub",
        tabindex: 0,
        role: "slider",
        "data-name": name,
        style: { "--c": color(shade) },
        "aria-label": [plain(symbol), label].filter(Boolean).join(", "),
        "aria-valuemin": min,
        "aria-valuemax": max,
        "aria-valuenow": get(),
      },
      box,
      halves.map(({ element }) => element),
      text,
    ),
  );
  set(group, { ...held(group, box, options), keydown: keys(options) });
  let width = 0; // of the longest value, in letters of 1 px
  return {
    element: group,
    /**
     * Move to (x, y) of the plot, moved by (dx, dy) px; `full` also shows the symbol.
     * @param {number} x @param {number} y @param {{dx?: number, dy?: number, full?: boolean}} [more]
     */
    at: (x, y, { dx = 0, dy = 0, full = true } = {}) => {
      const value = get();
      const shown = fixed(value, decimals);
      svgMath(text, full ? `${symbol} = ${shown}` : shown);
      // Room for the longest value, so that nothing jumps while the number changes.
      const wish =
        (full ? plain(symbol).length + 3 : 0) + Math.max(fixed(min, decimals).length, fixed(max, decimals).length);
      if (wish * plot.font !== width) {
        width = wish * plot.font;
        const slim = full && (plot.inner?.width ?? 0) < 360; // on a phone no arrows: the edges below are seen
        const across = 0.51 * width + (slim ? -2 : full ? 10 : 18); // only a number fills its place, arrows included
        set(box, { x: -across / 2, width: across });
        for (const { way, target, arrow } of halves) {
          set(target, { x: way < 0 ? -across / 2 : 0, width: across / 2 });
          set(arrow, { visibility: slim ? "hidden" : null, d: `M${way * (across / 2 - 2.5)},0l${-way * 4},-4.5v9Z` });
        }
      }
      plot.place(group, x, y, dx, dy);
      set(group, { "aria-valuenow": value, "aria-valuetext": shown });
    },
  };
}

/** The nearest value that the limits allow. @param {number} value @param {ScrubOptions["limits"]} limits */
const allowed = (value, { min, max, step }) =>
  Number(Math.max(min, Math.min(max, Math.round(value / step) * step)).toFixed(10));

/**
 * Listeners for a pointer that taps, holds or drags.
 * @param {SVGGElement} group @param {SVGRectElement} box @param {ScrubOptions} options
 */
function held(group, box, { limits, get, put, perStep = PER_STEP }) {
  const { step } = limits;
  const to = (/** @type {number} */ value) => put(allowed(value, limits));
  /** @type {{x: number, value: number, way: number, steps: number, from: number | null} | null} */
  let grasp = null; // `from`: the value where dragging began
  const hold = (/** @type {NonNullable<typeof grasp>} */ one) => {
    if (grasp !== one || !group.isConnected) return;
    const [, size] = HASTE.find(([after]) => one.steps >= after) ?? [0, 1];
    one.steps += 1;
    to(get() + one.way * size * step);
    setTimeout(hold, PACE, one);
  };
  return {
    pointerdown: (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0) return;
      group.setPointerCapture(event.pointerId);
      group.focus({ preventScroll: true, focusVisible: false });
      const { left, width: across } = box.getBoundingClientRect();
      const way = event.clientX < left + across / 2 ? -1 : 1;
      grasp = { x: event.clientX, value: get(), way, steps: 0, from: null };
      setTimeout(hold, HOLD, grasp);
    },
    pointermove: (/** @type {PointerEvent} */ event) => {
      if (!grasp || !group.hasPointerCapture(event.pointerId)) return;
      const way = event.clientX - grasp.x;
      if (grasp.from === null && Math.abs(way) <= SLACK) return;
      const from = grasp.from ?? get();
      if (grasp.from === null) grasp = { ...grasp, from }; // another object: nothing is held any more
      to(from + Math.round(way / perStep) * step);
    },
    pointerup: () => {
      if (grasp && grasp.from === null && grasp.steps === 0) to(get() + grasp.way * step);
      grasp = null;
    },
    pointercancel: () => {
      // it has become a scroll of the page: nothing was meant
      if (grasp) put(grasp.value);
      grasp = null;
    },
    contextmenu: (/** @type {MouseEvent} */ event) => {
      if (grasp) event.preventDefault();
    }, // a finger that holds asks for no menu
  };
}

/** @type {Record<string, number>} */
const WAYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A listener for the keyboard. @param {ScrubOptions} options */
function keys({ limits, get, put }) {
  /** @type {Record<string, number>} */
  const ends = { Home: limits.min, End: limits.max };
  return (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key in WAYS) put(allowed(get() + WAYS[key] * limits.step * (event.shiftKey ? 10 : 1), limits));
    else if (key in ends) put(allowed(ends[key], limits));
    else return;
    event.preventDefault();
  };
}
