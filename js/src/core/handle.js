// A handle: what can be dragged can also be moved with the arrow keys, and by a tap on the plot
// beside it. It says its value.

import { color, s, set } from "./dom.js";
import { fixed } from "./format.js";

const TOUCH = 16; // px; radius of the invisible target, 32 px across

/**
 * @param {import("./plot.js").Plot} plot
 * @param {object} options
 * @param {string} options.name for tests and styles, such as the name of the trait
 * @param {string} options.label what it moves, read aloud
 * @param {(x: number, y: number) => void} options.move called with the wished place
 * @param {[number, number]} [options.step] how far an arrow key moves; 0 where it cannot; default a
 *   hundredth of the axis. Page keys and Shift move ten times as far
 * @param {() => {min: number, max: number}} [options.limits] how far it goes along its axis; default the plot's
 * @param {string} [options.color]
 * @param {string} [options.shape] of the visible mark, as for `dot`
 */
export function handle(plot, { name, label, move, step, limits, color: shade = "ink", r = 8, shape = "circle" }) {
  const mark = plot.dot({ color: shade, r, shape, width: 2 });
  const group = s(
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
  );
  mark.element.removeAttribute("transform");
  group.append(mark.element);
  plot.add(group);
  const upright = step?.[0] === 0; // its value is its height
  let place = [0, 0];
  let offset = [0, 0];
  const ends = () => {
    if (limits) return limits();
    const [a, b] = (upright ? plot.sy : plot.sx).domain();
    return { min: Math.min(a, b), max: Math.max(a, b) };
  };
  const take = () => group.focus({ preventScroll: true, focusVisible: false });

  set(group, {
    pointerdown: (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      group.setPointerCapture(event.pointerId);
      take();
      const [x, y] = plot.under(event);
      offset = [place[0] - x, place[1] - y]; // grasped off its middle, it does not jump
    },
    pointermove: (event) => {
      if (!group.hasPointerCapture(event.pointerId)) return;
      const [x, y] = plot.under(event);
      move(x + offset[0], y + offset[1]);
    },
    keydown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const directions = {
        ArrowRight: [1, 0],
        ArrowLeft: [-1, 0],
        ArrowUp: [0, 1],
        ArrowDown: [0, -1],
        PageUp: [0, 10],
        PageDown: [0, -10],
      };
      const end = { Home: "min", End: "max" }[event.key];
      let direction = directions[event.key];
      if (!direction && !end) return;
      event.preventDefault();
      if (end) {
        const { [end]: value } = ends();
        move(...(upright ? [place[0], value] : [value, place[1]]));
        return;
      }
      const size = (scale) => Math.abs(scale.domain()[1] - scale.domain()[0]) / 100;
      const [dx, dy] = step ?? [size(plot.sx), size(plot.sy)];
      // One that moves along one axis alone obeys both pairs of arrows.
      if (dx === 0) direction = [0, direction[0] + direction[1]];
      if (dy === 0) direction = [direction[0] + direction[1], 0];
      const times = event.shiftKey ? 10 : 1;
      move(place[0] + direction[0] * dx * times, place[1] + direction[1] * dy * times);
    },
  });

  const made = {
    element: group,
    /** Stand at (x, y); `text` is the value read aloud. */
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
    /** How many px it is away from a place of the plot; infinitely far where it is hidden. */
    distance: (x, y) =>
      group.getAttribute("visibility") === "hidden"
        ? Infinity
        : Math.hypot(plot.sx(x) - plot.sx(place[0]), plot.sy(y) - plot.sy(place[1])),
    jump: (x, y) => {
      take();
      move(x, y);
    },
  };
  made.at(plot.sx.domain()[0], plot.sy.domain()[0]);
  return made;
}

/** A tap beside the handles of a plot moves the nearest one there: nobody has to drag. */
export function tappable(plot, handles) {
  let beside = false;
  const within = (value, scale) => value >= Math.min(...scale.domain()) && value <= Math.max(...scale.domain());
  set(plot.svg, {
    pointerdown: (event) => {
      beside = event.button === 0 && !event.target.closest(".nn-handle");
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
