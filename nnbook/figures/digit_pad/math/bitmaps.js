// Digits in black and white, as in nnbook.bitmaps: all in whole numbers, so that every dot is the same.

/** @import { Point } from "../../../../js/src/math/types.js" */

/** @typedef {{side: number, dots: Uint8Array}} Bitmap dots row by row, 1 where there is ink */
/**
 * @typedef {[number, number, number, number]} Box top, bottom, left and right of the ink, bottom and right one dot beyond it
 */

export const SCAN = 128;
export const SIDE = 32;
const WIDTH = 20;
const BLOCK = 4;
const ENLARGED = 3;
export const MARGIN = (SCAN - ENLARGED * SIDE) / 2;
const TOO_MUCH = [412, 560];
const TOO_LITTLE = [256, 108];

/**
 * A bitmap whose dots a function of row and column gives.
 * @param {number} side @param {(row: number, column: number) => boolean} inked
 * @returns {Bitmap}
 */
function bitmap(side, inked) {
  const dots = new Uint8Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) dots[row * side + column] = inked(row, column) ? 1 : 0;
  }
  return { side, dots };
}

/** Whether there is ink; outside there is none. @param {Bitmap} bitmap @param {number} row @param {number} column */
const at = ({ side, dots }, row, column) =>
  row >= 0 && row < side && column >= 0 && column < side && dots[row * side + column] === 1;

/** A number for each row, its highest bit the first dot. @param {number[]} rows */
export const fromRows = (rows) =>
  bitmap(rows.length, (row, column) => ((rows[row] >>> (rows.length - 1 - column)) & 1) === 1);

/**
 * Ink wherever the middle of a dot is at most half a pen from a stroke.
 * @param {Point[][]} strokes @param {number} pen
 */
export function draw(strokes, pen) {
  const scan = bitmap(SCAN, () => false);
  for (const stroke of strokes)
    stroke.forEach((start, index) => line(scan.dots, start, stroke[index + 1] ?? start, pen));
  return scan;
}

/** @param {Uint8Array} dots @param {Point} start @param {Point} end @param {number} pen */
function line(dots, [ax, ay], [bx, by], pen) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const reach = Math.ceil(pen / 2);
  const within = (/** @type {number} */ value) => Math.max(0, Math.min(SCAN - 1, value));
  for (let row = within(Math.min(ay, by) - reach); row <= within(Math.max(ay, by) + reach); row += 1) {
    for (let column = within(Math.min(ax, bx) - reach); column <= within(Math.max(ax, bx) + reach); column += 1) {
      const [x, y] = [column - ax, row - ay];
      const along = x * dx + y * dy;
      const across = x * dy - y * dx;
      const beyond = along <= 0 ? x * x + y * y : (x - dx) ** 2 + (y - dy) ** 2;
      const near = along > 0 && along < length ? 4 * across * across <= pen * pen * length : 4 * beyond <= pen * pen;
      if (near) dots[row * SCAN + column] = 1;
    }
  }
}

/** A bitmap in the middle of a scan, 3 x 3 dots for each dot. @param {Bitmap} small */
export const enlarge = (small) =>
  bitmap(SCAN, (row, column) =>
    at(small, Math.floor((row - MARGIN) / ENLARGED), Math.floor((column - MARGIN) / ENLARGED)),
  );

/** The middle of a scan as it is. @param {Bitmap} scan */
export const reduce = (scan) =>
  bitmap(SIDE, (row, column) => at(scan, MARGIN + 1 + ENLARGED * row, MARGIN + 1 + ENLARGED * column));

/** @param {Bitmap} scan @param {number} right @param {number} down */
export function move(scan, right, down) {
  if (right === 0 && down === 0) return scan; // what is so while one draws
  return bitmap(scan.side, (row, column) => at(scan, row - down, column - right));
}

/** Where the ink is; null without ink. @param {Bitmap} bitmap */
export function boundingBox({ side, dots }) {
  /** @type {Box | null} */
  let box = null;
  for (let row = 0; row < side; row += 1) {
    const line = dots.subarray(row * side, (row + 1) * side);
    const first = line.indexOf(1);
    if (first < 0) continue;
    const [top, , left, right] = /** @type {Box} */ (box ?? [row, row, first, first]);
    box = [top, row + 1, Math.min(left, first), Math.max(right, line.lastIndexOf(1) + 1)];
  }
  return box;
}

/**
 * How far each row goes to the right, so that the ink no longer leans: see nnbook.bitmaps.lean.
 * @param {Bitmap} scan
 */
function lean({ side, dots }) {
  let [count, sumX, sumY, squares, products, first, last] = [0, 0, 0, 0, 0, side, 0];
  dots.forEach((dot, index) => {
    if (!dot) return;
    const [x, y] = [index % side, Math.floor(index / side)];
    count += 1;
    sumX += x;
    sumY += y;
    squares += y * y;
    products += x * y;
    first = Math.min(first, y);
    last = y;
  });
  const spread = count * squares - sumY * sumY;
  const together = Math.max(-spread, Math.min(spread, count * products - sumX * sumY));
  return Array.from({ length: side }, (_, row) => {
    const way = (Math.floor((first + last) / 2) - row) * together;
    // The sum with 0 makes 0 of -0.
    return spread ? 0 + Math.sign(way) * Math.floor((2 * Math.abs(way) + spread) / (2 * spread)) : 0;
  });
}

/** What is cropped: it leans as the ink does. @param {Bitmap} scan @param {Box} box around its ink */
function crop(scan, [top, bottom]) {
  const shifts = lean(scan);
  let [left, right] = [Infinity, -Infinity];
  for (let row = top; row < bottom; row += 1) {
    const line = scan.dots.subarray(row * scan.side, (row + 1) * scan.side);
    if (line.indexOf(1) < 0) continue;
    left = Math.min(left, line.indexOf(1) + shifts[row]);
    right = Math.max(right, line.lastIndexOf(1) + 1 + shifts[row]);
  }
  return { shifts, left, right };
}

/** The corners of what is cropped. @param {Bitmap} scan @param {Box} box around its ink @returns {Point[]} */
export function frame(scan, box) {
  const { shifts, left, right } = crop(scan, box);
  const [top, bottom] = box;
  const [high, low] = [shifts[top], shifts[bottom - 1]];
  return [
    [left - high, top],
    [right - high, top],
    [right - low, bottom],
    [left - low, bottom],
  ];
}

/**
 * Set upright, crop, scale and center: the ink of a scan 32 dots high and at most 20 wide.
 * @param {Bitmap} scan @param {Box} box around its ink
 */
export function stretch(scan, box) {
  const { shifts, left, right } = crop(scan, box);
  const [top, bottom] = box;
  const [tall, wide] = [bottom - top, right - left];
  const width = Math.max(1, Math.min(WIDTH, Math.floor((2 * SIDE * wide) / tall)));
  const margin = Math.floor((SIDE - width) / 2);
  const source = (/** @type {number} */ index, /** @type {number} */ from, /** @type {number} */ count) =>
    Math.floor(((2 * index + 1) * from) / (2 * count));
  return bitmap(SIDE, (row, column) => {
    const x = column - margin;
    const y = top + source(row, tall, SIDE);
    return x >= 0 && x < width && at(scan, y, left + source(x, wide, width) - shifts[y]);
  });
}

/** Ink added all round, dot by dot, or taken away. @param {Bitmap} inked @param {number} times */
export function thicken(inked, times) {
  let current = inked;
  for (let n = 0; n < Math.abs(times); n += 1) {
    const before = current;
    current = bitmap(before.side, (row, column) => {
      const cross = [
        at(before, row, column),
        at(before, row - 1, column),
        at(before, row + 1, column),
        at(before, row, column - 1),
        at(before, row, column + 1),
      ];
      return times > 0 ? cross.some(Boolean) : cross.every(Boolean);
    });
  }
  return current;
}

/** @param {Bitmap} inked */
function evenOut(inked) {
  const ink = inked.dots.reduce((sum, dot) => sum + dot, 0);
  return thicken(
    inked,
    TOO_LITTLE.filter((limit) => ink < limit).length - TOO_MUCH.filter((limit) => ink > limit).length,
  );
}

/** Every step from a scan to the bitmap that is counted. @param {Bitmap} scan */
export function prepare(scan) {
  const box = boundingBox(scan);
  if (!box) {
    const blank = bitmap(SIDE, () => false);
    return { stretched: blank, prepared: blank };
  }
  const stretched = stretch(scan, box);
  return { stretched, prepared: evenOut(stretched) };
}

/** Ink counted in blocks of 4 x 4 dots: 64 numbers from 0 to 16. @param {Bitmap} bitmap */
export function countBlocks({ dots }) {
  const counts = new Array(64).fill(0);
  dots.forEach((dot, index) => {
    const [row, column] = [Math.floor(index / SIDE), index % SIDE];
    counts[Math.floor(row / BLOCK) * 8 + Math.floor(column / BLOCK)] += dot;
  });
  return counts;
}
