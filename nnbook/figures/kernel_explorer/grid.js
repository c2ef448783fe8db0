// Numbers in squares, each with the shade of its size: a picture, or a map of signed numbers.

import { s, set } from "../../../js/src/core/index.js";

/** @import { Grid } from "./math.js" */

const LONG = 2; // signs; a longer number is smaller

const square = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y, width: 1, height: 1 });
const middle = (/** @type {number} */ x, /** @type {number} */ y) => ({
  x: x + 0.5,
  y: y + 0.5,
  "text-anchor": "middle",
});

/** So much ink that the number on it, dark up to the half and pale beyond, can be read. @param {number} part */
const inked = (part) => 0.6 * part + (part > 0.5 ? 0.4 : 0);

/** Row by row: paper, its shade, and the number. @param {number} height @param {number} width @param {string} id */
const squaresOf = (height, width, id) =>
  Array.from({ length: height * width }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const shade = s("rect", { class: "nn-kernel-shade", ...square(x, y) });
    const text = s("text", middle(x, y));
    const paper = s("rect", { class: "nn-kernel-paper", ...square(x, y) });
    return { group: s("g", { id: `${id}-${index}`, role: "img" }, paper, shade, text), shade, text };
  });

/**
 * @typedef {object} GridOptions
 * @property {string} name for tests
 * @property {string} label
 * @property {number} rim of zeros around it, in squares
 * @property {number} least width of the whole, in squares: where there are fewer they are not as large as they could be
 * @property {number} frame side of the frame, in squares
 */

/**
 * Squares, as many as the last `show` asked for. They have ids, so that a screen reader knows where the keyboard is.
 * @param {{id: string, sentence: HTMLElement}} figure @param {GridOptions} options
 */
export function grid({ id, sentence }, { name, label, rim, least, frame: side }) {
  const zeros = s("g", { class: "nn-kernel-rim", "aria-hidden": "true" });
  const squares = s("g");
  const frames = ["halo", "frame"].map((part) => s("rect", { class: `nn-kernel-${part}`, width: side, height: side }));
  const cursor = s("rect", { class: "nn-kernel-cursor", width: 1, height: 1 });
  const svg = s(
    "svg",
    {
      class: "nn-svg nn-kernel-grid",
      role: "application",
      tabindex: 0,
      "aria-label": label,
      "data-name": name,
      "aria-describedby": sentence.id,
    },
    zeros,
    squares,
    frames,
    cursor,
  );
  /** @type {ReturnType<typeof squaresOf>} */
  let cells = [];
  let shape = [0, 0];
  let corner = [0, 0]; // row and column
  let span = 1;

  /** @param {number} height @param {number} width */
  function make(height, width) {
    if (String(shape) === String([height, width])) return;
    shape = [height, width];
    // As high as it is wide, whatever the picture: nothing below moves.
    span = Math.max(width + 2 * rim, height + 2 * rim, least);
    corner = [height, width].map((size) => (size - span) / 2);
    set(svg, { viewBox: `${corner[1]} ${corner[0]} ${span} ${span}` });
    cells = squaresOf(height, width, `${id}-${name}`);
    squares.replaceChildren(...cells.map(({ group }) => group));
    zeros.replaceChildren();
    for (let y = -rim; y < height + rim; y += 1)
      for (let x = -rim; x < width + rim; x += 1)
        if (x < 0 || y < 0 || x >= width || y >= height)
          zeros.append(s("rect", square(x, y)), s("text", { ...middle(x, y), text: "0" }));
  }

  return {
    svg,
    /**
     * @param {Grid} numbers
     * @param {{text: (number: number) => string, limit: number, signed: boolean, says: (row: number, column: number,
     * text: string) => string}} look
     */
    show: (numbers, { text, limit, signed, says }) => {
      const width = numbers[0].length;
      make(numbers.length, width);
      cells.forEach((cell, index) => {
        const [row, column] = [Math.floor(index / width), index % width];
        const number = numbers[row][column];
        const written = text(number);
        const part = Math.min(1, Math.abs(number) / (limit || 1));
        const shade = signed ? (number < 0 ? "negative" : "positive") : "ink";
        set(cell.shade, { fill: `var(--nn-${shade})`, "fill-opacity": signed ? 0.65 * part : inked(part) });
        set(cell.text, {
          text: written,
          class: !signed && part > 0.5 ? "nn-kernel-pale" : number === 0 ? "nn-kernel-zero" : null,
          "data-long": written.length > LONG && written.length,
        });
        set(cell.group, { "aria-label": says(row, column, written) });
      });
    },
    /** Put the frame around a place. @param {number} row @param {number} column */
    frame: (row, column) => {
      for (const one of frames) set(one, { x: column - (side - 1) / 2, y: row - (side - 1) / 2 });
    },
    /** Where the keyboard is. @param {number} row @param {number} column */
    cursor: (row, column) => {
      set(cursor, { x: column, y: row });
      set(svg, { "aria-activedescendant": `${id}-${name}-${row * shape[1] + column}` });
    },
    /** The place under a pointer: row and column. @param {PointerEvent} event @returns {[number, number]} */
    under: ({ clientX, clientY }) => {
      const box = svg.getBoundingClientRect();
      const along = (/** @type {number} */ part, /** @type {0 | 1} */ axis) =>
        Math.max(0, Math.min(shape[axis] - 1, Math.floor(part * span + corner[axis])));
      return [along((clientY - box.top) / box.height, 0), along((clientX - box.left) / box.width, 1)];
    },
  };
}

/** @type {Record<string, [number, number]>} rows and columns */
const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Follow a pointer that is held down, and the keys.
 * @param {ReturnType<typeof grid>} made
 * @param {{touch: (place: [number, number], first: boolean) => void, go: (way: [number, number], shift: boolean) => void,
 *   key?: (key: string) => boolean}} hands `key` tells whether it took a key
 */
export function obey({ svg, under }, { touch, go, key }) {
  /** @type {number | null} */
  let pointer = null;
  const end = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId === pointer) pointer = null;
  };
  set(svg, {
    pointerdown: (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0 || pointer !== null) return;
      event.preventDefault();
      svg.focus({ preventScroll: true, focusVisible: false });
      svg.setPointerCapture(event.pointerId);
      pointer = event.pointerId;
      touch(under(event), true);
    },
    pointermove: (/** @type {PointerEvent} */ event) => {
      if (event.pointerId === pointer) touch(under(event), false);
    },
    pointerup: end,
    pointercancel: end,
    keydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const way = WAYS[event.key];
      if (way) go(way, event.shiftKey);
      else if (!key?.(event.key)) return;
      event.preventDefault();
    },
  });
}
