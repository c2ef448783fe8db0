// A pad to draw on with finger, pen or mouse; arrow keys move what is on it, Delete erases.

import { h, s, set } from "../../../js/src/core/index.js";
import { ink, picture } from "./dots.js";
import { MARGIN, SCAN } from "./math/bitmaps.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Bitmap } from "./math/bitmaps.js" */
/** @import { Point } from "../../../js/src/math/types.js" */

const [LOW, HIGH] = [MARGIN, SCAN - MARGIN];
/** @type {Point[]} */
const MIDDLE = [
  [LOW, LOW],
  [HIGH, LOW],
  [HIGH, HIGH],
  [LOW, HIGH],
];
const NEAR = 2; // dots; a point nearer to the one before adds nothing that can be seen

/** @param {number} value @param {{min: number, max: number}} limits */
const within = (value, { min, max }) => Math.max(min, Math.min(max, value));

/** A listener for the keys. @param {Figure} figure @param {() => void} erase */
const keys = (figure, erase) => (/** @type {KeyboardEvent} */ event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { right, down } = figure.controls;
  const step = event.shiftKey ? 12 : 1;
  /** @type {Record<string, Point>} */
  const moves = { ArrowRight: [step, 0], ArrowLeft: [-step, 0], ArrowDown: [0, step], ArrowUp: [0, -step] };
  const { [event.key]: move } = moves;
  if (!move && event.key !== "Delete" && event.key !== "Backspace") return;
  event.preventDefault();
  if (!move) return erase();
  figure.set({ right: within(figure.state.right + move[0], right), down: within(figure.state.down + move[1], down) });
};

/**
 * @param {Figure} figure with traits strokes, digit, right, down and hand
 * @param {{label: string, hint: string, moves: string}} words
 */
export function drawingPad(figure, { label, hint, moves }) {
  const { strokes: limits, right, down } = figure.controls;
  const svg = picture("pad", SCAN, label);
  set(svg, { class: "nn-dots nn-pad", tabindex: 0, role: "application" });
  const show = ink(svg);
  const frame = s("polygon", { class: "nn-pad-box" });
  const words = s("text", {
    class: "nn-pad-hint",
    "aria-hidden": "true",
    x: SCAN / 2,
    y: SCAN - 5,
    "text-anchor": "middle",
    text: hint,
  });
  svg.append(frame, words);
  /** @type {number | null} */
  let pointer = null;
  /** Where it began to move what is on the pad. @type {{x: number, y: number, right: number, down: number} | null} */
  let grasp = null;

  /** The dot under a pointer, before what is on the pad was moved. @param {PointerEvent} event @returns {Point} */
  const dotUnder = (event) => {
    const box = svg.getBoundingClientRect();
    const { right: x, down: y } = figure.state;
    /** @param {number} place @param {number} from @param {number} size */
    const along = (place, from, size) => within(Math.floor(((place - from) / size) * SCAN), { min: 0, max: SCAN - 1 });
    return [
      within(along(event.clientX, box.left, box.width) - x, limits),
      within(along(event.clientY, box.top, box.height) - y, limits),
    ];
  };
  /** @returns {Point[][]} */
  const strokes = () => (figure.state.digit === "none" ? figure.state.strokes : []);

  const begin = (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0 || pointer !== null) return;
    event.preventDefault();
    svg.focus({ preventScroll: true, focusVisible: false });
    svg.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    const { hand, right: x, down: y } = figure.state;
    grasp = hand === "move" ? { x: event.clientX, y: event.clientY, right: x, down: y } : null;
    if (grasp) return;
    if (figure.state.digit !== "none") figure.set({ digit: "none", strokes: [], right: 0, down: 0 });
    if (strokes().flat().length < limits.most) figure.set({ strokes: [...strokes(), [dotUnder(event)]] });
  };
  const go = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== pointer) return;
    if (grasp) {
      const scale = SCAN / svg.getBoundingClientRect().width;
      const [x, y] = [event.clientX - grasp.x, event.clientY - grasp.y].map((way) => Math.round(way * scale));
      return figure.set({ right: within(grasp.right + x, right), down: within(grasp.down + y, down) });
    }
    const passed = event.getCoalescedEvents?.() ?? [];
    const before = strokes();
    const room = limits.most - before.flat().length;
    const last = before.at(-1);
    if (!last) return;
    const stroke = [...last];
    for (const point of (passed.length ? passed : [event]).map(dotUnder).slice(0, room)) {
      const [x, y] = stroke[stroke.length - 1];
      if (Math.hypot(point[0] - x, point[1] - y) >= NEAR) stroke.push(point);
    }
    if (stroke.length > last.length) figure.set({ strokes: [...before.slice(0, -1), stroke] });
  };
  const end = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId === pointer) pointer = null;
  };
  const erase = () => figure.set({ digit: "none", strokes: [], right: 0, down: 0 });
  set(svg, { pointerdown: begin, pointermove: go, pointerup: end, pointercancel: end, keydown: keys(figure, erase) });

  return {
    node: h("div", { class: "nn-pad-place" }, svg),
    erase,
    /** What is on the pad, and the corners of what goes on. @param {Bitmap} scan @param {Point[] | null} corners */
    show: (scan, corners) => {
      show(scan);
      set(frame, { points: (corners ?? MIDDLE).join(" ") });
      const drawn = figure.state.digit === "none" && figure.state.strokes.length > 0;
      set(words, { text: figure.state.hand === "move" ? moves : hint });
      set(svg, { "data-hand": figure.state.hand });
      set(words, { visibility: drawn || figure.state.down > 0 ? "hidden" : null }); // what was moved down lies there
    },
  };
}
