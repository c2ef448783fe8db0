// A handle: what can be dragged can also be moved with the arrow keys, and by a tap on the plot
// beside it. It says its value.

import { color, s, set } from "./dom.js";
import { fixed } from "./format.js";
import { glyph } from "./marks.js";

const TOUCH = 16; // px; radius of the invisible target, 32 px across

/** @import { Plot } from "./plot.js" */
/** @import { Interval, Point, Scale, Shape } from "./types.js" */

/**
 * @typedef {object} HandleOptions
 * @property {string} name for tests and styles, such as the name of the trait
 * @property {string} label what it moves, read aloud
 * @property {(x: number, y: number) => void} move called with the wished place
 * @property {Interval} [step] how far an arrow key moves; 0 where it cannot; default a hundredth of the axis. Page keys and
 *   Shift move ten times as far
 * @property {() => {min: number, max: number}} [limits] how far it goes along its axis; default the plot's
 * @property {string} [color]
 * @property {number} [r] of the visible mark
 * @property {Shape} [shape] of the visible mark
 */

/** @type {Record<string, Point>} */
const DIRECTIONS = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, 10],
  PageDown: [0, -10],
};
/** @type {Record<string, "min" | "max">} */
const ENDS = { Home: "min", End: "max" };

/** @typedef {ReturnType<typeof handle>} Handle */

/** @param {Plot} plot @param {HandleOptions} options */
export function handle(plot, options) {
  const { name, label, move, step, color: shade = "ink", r = 8, shape = "circle" } = options;
  const group = plot.add(
    s(
      "g",
      {
        class: "nn-handle",
        tabindex: 0,
        role: "slider",
        "aria-label": label,
        "data-name": name,
        style: { "--c": color(shade) },
      },
      s("circle", { r: TOUCH, fill: "transparent" }),
      s("circle", { class: "nn-ring", r: r + 4, fill: "none" }),
      s("path", { d: glyph(shape, 0, 0, r), fill: color(shade), stroke: color("background"), "stroke-width": 2 }),
    ),
  );
  const upright = step?.[0] === 0; // its value is its height
  /** @type {Point} */
  let place = [0, 0];
  const ends = () => {
    if (options.limits) return options.limits();
    const [a, b] = (upright ? plot.sy : plot.sx).domain();
    return { min: Math.min(a, b), max: Math.max(a, b) };
  };
  const take = () => group.focus({ preventScroll: true, focusVisible: false });
  const current = () => place;
  set(group, { ...dragged(plot, group, { current, move, take }), keydown: keys(plot, options, current, ends) });

  const made = {
    element: group,
    /**
     * Stand at (x, y); `text` is the value read aloud.
     * @param {number} x @param {number} y @param {{text?: string}} [more]
     */
    at: (x, y, { text } = {}) => {
      place = [x, y];
      plot.place(group, x, y);
      const now = upright ? y : x;
      const { min, max } = ends();
      set(group, {
        "aria-valuemin": min,
        "aria-valuemax": max,
        "aria-valuenow": Number.isFinite(now) ? now : min,
        "aria-valuetext": text ?? `${fixed(x)}, ${fixed(y)}`,
      });
    },
    hide: () => set(group, { visibility: "hidden" }),
    /**
     * How many px it is away from a place of the plot; infinitely far where it is hidden.
     * @param {number} x @param {number} y
     */
    distance: (x, y) =>
      group.getAttribute("visibility") === "hidden"
        ? Infinity
        : Math.hypot(plot.sx(x) - plot.sx(place[0]), plot.sy(y) - plot.sy(place[1])),
    /** @param {number} x @param {number} y */
    jump: (x, y) => {
      take();
      move(x, y);
    },
  };
  made.at(plot.sx.domain()[0], plot.sy.domain()[0]);
  return made;
}

/**
 * Listeners that drag a group.
 * @param {Plot} plot @param {SVGGElement} group
 * @param {{current: () => Point, move: (x: number, y: number) => void, take: () => void}} handle
 */
function dragged(plot, group, { current, move, take }) {
  /** @type {Point} */
  let offset = [0, 0];
  return {
    pointerdown: (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      group.setPointerCapture(event.pointerId);
      take();
      const [x, y] = plot.under(event);
      offset = [current()[0] - x, current()[1] - y]; // grasped off its middle, it does not jump
    },
    pointermove: (/** @type {PointerEvent} */ event) => {
      if (!group.hasPointerCapture(event.pointerId)) return;
      const [x, y] = plot.under(event);
      move(x + offset[0], y + offset[1]);
    },
  };
}

/**
 * A listener that moves a handle by the keyboard.
 * @param {Plot} plot @param {HandleOptions} options
 * @param {() => Point} current @param {() => {min: number, max: number}} ends
 */
function keys(plot, { move, step }, current, ends) {
  const hundredth = (/** @type {Scale} */ scale) => Math.abs(scale.domain()[1] - scale.domain()[0]) / 100;
  return (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [x, y] = current();
    const end = ENDS[event.key];
    if (!end && !DIRECTIONS[event.key]) return;
    event.preventDefault();
    if (end && step?.[0] === 0) move(x, ends()[end]);
    else if (end) move(ends()[end], y);
    if (end) return;
    const [dx, dy] = step ?? [hundredth(plot.sx), hundredth(plot.sy)];
    const [across, up] = DIRECTIONS[event.key];
    const times = event.shiftKey ? 10 : 1;
    // A handle that moves along one axis only obeys both pairs of arrows.
    move(x + (dy === 0 ? across + up : across) * dx * times, y + (dx === 0 ? across + up : up) * dy * times);
  };
}

/**
 * A tap beside the handles of a plot moves the nearest one there: nobody has to drag.
 * @param {Plot} plot @param {Handle[]} handles
 */
export function tappable(plot, handles) {
  let beside = false;
  /** @param {number} value @param {Scale} scale */
  const within = (value, scale) => value >= Math.min(...scale.domain()) && value <= Math.max(...scale.domain());
  plot.svg.classList.add("nn-tappable");
  set(plot.svg, {
    pointerdown: (event) => {
      beside = event.button === 0 && !(/** @type {Element} */ (event.target).closest(".nn-handle"));
    },
    click: (event) => {
      const [x, y] = plot.under(event);
      if (!beside || !within(x, plot.sx) || !within(y, plot.sy)) return;
      const near = handles.map((one) => one.distance(x, y));
      const least = Math.min(...near);
      if (Number.isFinite(least)) handles[near.indexOf(least)].jump(x, y);
    },
  });
}
