// A number in a diagram that is changed where it stands: a tap on its left or right half makes one
// step, and more as long as it is held; or it is dragged sideways, or moved by the arrow keys.

import { color, s, set } from "./dom.js";
import { fixed } from "./format.js";
import { plain, svgMath } from "./typeset.js";

const PER_STEP = 4; // px of dragging that make one step, unless told otherwise
const SLACK = 4; // px that a finger may move while it taps
const HOLD = 400; // ms until a tap becomes holding
const PACE = 60; // ms between two steps of holding
const HASTE = [
  [30, 10],
  [10, 5],
  [0, 1],
]; // after so many steps of holding, so many at once

/**
 * @param {import("./plot.js").Plot} plot
 * @param {object} options
 * @param {string} options.name for tests: the name of the trait, or of the entry
 * @param {string} options.symbol mini-TeX, such as w_1
 * @param {{min: number, max: number, step: number}} options.limits
 * @param {() => number} options.get
 * @param {(value: number) => void} options.put
 * @param {string} [options.color]
 * @param {string} [options.label] what it is, in words, read aloud after the symbol
 * @param {number} [options.digits] decimals shown; default: those of the step
 * @param {number} [options.perStep] px of dragging that make one step; less where steps are fine
 */
export function scrub(
  plot,
  { name, symbol, limits, get, put, color: shade = "ink", label, digits, perStep = PER_STEP },
) {
  const { min, max, step } = limits;
  const decimals = digits ?? (String(step).split(".")[1] ?? "").length;
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
  const to = (value) => put(Number(Math.max(min, Math.min(max, Math.round(value / step) * step)).toFixed(10)));
  let grasp = null;
  const hold = (held) => {
    if (grasp !== held || !group.isConnected) return;
    const [, size] = HASTE.find(([after]) => held.steps >= after);
    held.steps += 1;
    to(get() + held.way * size * step);
    setTimeout(hold, PACE, held);
  };
  set(group, {
    pointerdown: (event) => {
      if (event.button !== 0) return;
      group.setPointerCapture(event.pointerId);
      group.focus({ preventScroll: true, focusVisible: false });
      const { left, width: across } = box.getBoundingClientRect();
      grasp = {
        x: event.clientX,
        value: get(),
        way: event.clientX < left + across / 2 ? -1 : 1,
        steps: 0,
        dragged: false,
      };
      setTimeout(hold, HOLD, grasp);
    },
    pointermove: (event) => {
      if (!grasp || !group.hasPointerCapture(event.pointerId)) return;
      const way = event.clientX - grasp.x;
      if (!grasp.dragged && Math.abs(way) <= SLACK) return;
      if (!grasp.dragged) grasp = { ...grasp, dragged: true, from: get() }; // another object: nothing is held any more
      to(grasp.from + Math.round(way / perStep) * step);
    },
    pointerup: () => {
      if (grasp && !grasp.dragged && grasp.steps === 0) to(get() + grasp.way * step);
      grasp = null;
    },
    pointercancel: () => {
      // it has become a scroll of the page: nothing was meant
      if (grasp) put(grasp.value);
      grasp = null;
    },
    contextmenu: (event) => {
      if (grasp) event.preventDefault();
    }, // a finger that holds asks for no menu
    keydown: (event) => {
      const ways = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
      const ends = { Home: min, End: max };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in ways) to(get() + ways[event.key] * step * (event.shiftKey ? 10 : 1));
      else if (event.key in ends) to(ends[event.key]);
      else return;
      event.preventDefault();
    },
  });
  let width = 0;
  return {
    element: group,
    /** Stand at (x, y) of the plot, moved by (dx, dy) px; `full` shows the symbol as well. */
    at: (x, y, { dx = 0, dy = 0, full = true } = {}) => {
      const value = get();
      const shown = fixed(value, decimals);
      svgMath(text, full ? `${symbol} = ${shown}` : shown);
      // Room for the longest value, so that nothing jumps while the number changes.
      const wish =
        (full ? plain(symbol).length + 3 : 0) + Math.max(fixed(min, decimals).length, fixed(max, decimals).length);
      if (wish !== width) {
        width = wish;
        const across = width * 6.6 + (full ? 10 : 18); // a number alone fills its place, arrows included
        set(box, { x: -across / 2, width: across });
        for (const { way, target, arrow } of halves) {
          set(target, { x: way < 0 ? -across / 2 : 0, width: across / 2 });
          set(arrow, { d: `M${way * (across / 2 - 2.5)},0l${-way * 4},-4.5v9Z` });
        }
      }
      plot.place(group, x, y, dx, dy);
      set(group, { "aria-valuenow": value, "aria-valuetext": shown });
    },
  };
}
