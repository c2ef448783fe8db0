// A handle: what can be dragged can also be moved with the arrow keys, and says its value.

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
 * @param {string} [options.color]
 * @param {string} [options.shape] of the visible mark, as for `dot`
 */
export function handle(plot, { name, label, move, step, color: shade = "ink", r = 8, shape = "circle" }) {
  const mark = plot.dot({ color: shade, r, shape, width: 2 });
  const group = s("g", {
    class: "nn-handle", tabindex: 0, role: "slider", "aria-label": label, "data-name": name,
    style: { "--c": color(shade) },
  }, s("circle", { r: TOUCH, fill: "transparent" }), s("circle", { class: "nn-ring", r: r + 4, fill: "none" }));
  mark.element.removeAttribute("transform");
  group.append(mark.element);
  plot.add(group);
  let place = [0, 0];
  let steps = step;
  let offset = [0, 0];

  set(group, {
    pointerdown: (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      group.setPointerCapture(event.pointerId);
      group.focus({ preventScroll: true, focusVisible: false });
      const [x, y] = plot.under(event);
      offset = [place[0] - x, place[1] - y]; // grasped off its middle, it does not jump
    },
    pointermove: (event) => {
      if (!group.hasPointerCapture(event.pointerId)) return;
      const [x, y] = plot.under(event);
      move(x + offset[0], y + offset[1]);
    },
    keydown: (event) => {
      const directions = {
        ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
        PageUp: [0, 10], PageDown: [0, -10],
      };
      let direction = directions[event.key];
      if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const size = (scale) => Math.abs(scale.domain()[1] - scale.domain()[0]) / 100;
      const [dx, dy] = steps ?? [size(plot.sx), size(plot.sy)];
      // One that moves along one axis alone obeys both pairs of arrows.
      if (dx === 0) direction = [0, direction[0] + direction[1]];
      if (dy === 0) direction = [direction[0] + direction[1], 0];
      const times = event.shiftKey ? 10 : 1;
      move(place[0] + direction[0] * dx * times, place[1] + direction[1] * dy * times);
    },
  });

  return {
    element: group,
    /** Stand at (x, y); `text` is the value read aloud, `now` the number behind it. */
    at: (x, y, { text, now = x } = {}) => {
      place = [x, y];
      plot.place(group, x, y);
      set(group, { "aria-valuenow": Number.isFinite(now) ? now : null, "aria-valuetext": text ?? `${fixed(x)}, ${fixed(y)}` });
    },
    hide: () => set(group, { visibility: "hidden" }),
  };
}
