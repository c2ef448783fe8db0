// The nine numbers of a kernel: each is dragged sideways, typed, or moved by the arrow keys. Below them what they make.

import { h, set, significant } from "../../../js/src/core/index.js";
import { read } from "../../../js/src/questions/read.js";
import { largest } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Grid } from "./math.js" */

const PER_STEP = 4; // px of dragging that make one step
const SLACK = 4; // px that a finger may move while it taps
const PLACES = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => [i, j]));
/** @type {Record<string, number>} */
const KEYS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A weight as it is written. @param {number} number */
export const short = (number) => significant(number, 4);

/** @param {Figure<{kernel: Grid}>} figure */
export function weights(figure) {
  const { min, max, step } = figure.controls.kernel;
  const inputs = PLACES.map(([i, j]) => {
    const get = () => figure.state.kernel[i][j];
    const put = (/** @type {number} */ value) => {
      const weight = Number(Math.max(min, Math.min(max, value)).toFixed(2));
      const change = (/** @type {number[]} */ row) => row.map((old, k) => (k === j ? weight : old));
      figure.set({
        kernel: figure.state.kernel.map((row, k) => (k === i ? change(row) : row)),
      });
    };
    const move = (/** @type {number} */ from, /** @type {number} */ steps) => put(from + steps * step);
    let typing = false;
    const write = () => {
      typing = false;
      input.value = short(get());
    };
    /** What was typed, if it is a number; else what was there. */
    const enter = () => {
      const typed = typing ? read(input.value) : null;
      if (typed !== null) put(typed);
      write();
    };
    const input = h("input", {
      type: "text",
      class: "nn-kernel-weight",
      autocomplete: "off",
      spellcheck: "false",
      role: "spinbutton",
      "aria-label": figure.t("weight", { row: i + 1, column: j + 1 }),
      "aria-valuemin": min,
      "aria-valuemax": max,
      "data-name": `w${i + 1}${j + 1}`,
      input: () => {
        typing = true;
      },
      focus: () => input.select(),
      blur: enter,
      keydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        if (event.key !== "Enter" && !(event.key in KEYS)) return;
        event.preventDefault();
        enter();
        if (event.key in KEYS) move(get(), KEYS[event.key] * (event.shiftKey ? 10 : 1));
        input.select();
      },
    });
    set(input, dragged(input, get, move));
    return figure.control(input, () => {
      const value = get();
      set(input, {
        "aria-valuenow": value,
        "aria-valuetext": short(value),
        "data-sign": Math.sign(value),
        style: { "--part": `${(65 * Math.abs(value)) / largest(figure.state.kernel)}%` },
      });
      if (!typing) write();
    });
  });
  return h("div", { class: "nn-kernel-nine", role: "group", "aria-label": figure.t("kernel") }, inputs);
}

/**
 * Listeners for a pointer that drags sideways; a tap is there to type.
 * @param {HTMLInputElement} input @param {() => number} get @param {(from: number, steps: number) => void} move
 */
function dragged(input, get, move) {
  /** @type {{x: number, from: number, moves: boolean} | null} */
  let grasp = null;
  return {
    mousedown: (/** @type {MouseEvent} */ event) => event.preventDefault(), // to drag is not to select letters
    pointerdown: (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0) return;
      input.setPointerCapture(event.pointerId);
      grasp = { x: event.clientX, from: get(), moves: false };
    },
    pointermove: (/** @type {PointerEvent} */ event) => {
      if (!grasp) return;
      const way = event.clientX - grasp.x;
      grasp.moves ||= Math.abs(way) > SLACK;
      if (grasp.moves) move(grasp.from, Math.round(way / PER_STEP));
    },
    pointerup: () => {
      if (grasp && !grasp.moves) input.focus({ preventScroll: true });
      grasp = null;
    },
    pointercancel: () => {
      if (grasp?.moves) move(grasp.from, 0); // it has become a scroll of the page
      grasp = null;
    },
  };
}

/** Nine products, or nine slopes: what goes in, and what comes out. @param {string} label */
export function nine(label) {
  const cells = PLACES.map(([i, j]) => {
    const from = h("span", { class: "nn-kernel-from" });
    const to = h("span", { class: "nn-kernel-to", "data-name": `product${i + 1}${j + 1}` });
    return { from, to, cell: h("div", { class: "nn-kernel-product" }, from, to) };
  });
  const node = h(
    "div",
    { class: "nn-kernel-nine", role: "img", "aria-label": label, "data-name": "products" },
    cells.map(({ cell }) => cell),
  );
  return {
    node,
    /** @param {string} title @param {(i: number, j: number) => [string, string]} texts @param {boolean} slopes */
    show: (title, texts, slopes) => {
      const all = PLACES.map(([i, j]) => texts(i, j));
      all.forEach(([from, to], index) => {
        set(cells[index].from, { text: from });
        set(cells[index].to, { text: to });
      });
      set(node, { "aria-label": `${title}: ${all.map(([from, to]) => `${from} = ${to}`).join("; ")}` });
      set(node, { "data-slopes": slopes });
    },
  };
}
