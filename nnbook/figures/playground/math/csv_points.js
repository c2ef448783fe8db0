// Points that a reader pastes: a line each, x1, x2, class.

import { MAX_CLASSES, MAX_POINTS } from "./plane_data.js";

/** @import { LabeledPoint } from "./plane_data.js" */

const LARGEST = 1e6;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i; // what Number reads besides, such as 0x10, nobody means
const BEGUN = /^[+-]?\.?\d/; // a number with something behind it, or a slip

/**
 * Read lines of two numbers and a class; separated by commas, semicolons, tabs or spaces. Classes
 * may have any names, which are counted as they come; a first line that begins with two words is a header.
 * @param {string} text
 * @returns {{points: LabeledPoint[]} | {error: string, line: number}} the error is the key of a message
 */
export function readPoints(text) {
  /** @type {string[]} */
  const names = [];
  /** @type {LabeledPoint[]} */
  const points = [];
  const lines = text.split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const fields = raw.trim().split(/\s*[,;\t]\s*|\s+/);
    const line = index + 1;
    if (raw.trim() === "") continue;
    if (fields.length !== 3) return { error: "csv_fields", line };
    const places = fields.slice(0, 2);
    if (!places.every((field) => DECIMAL.test(field))) {
      if (line === 1 && !places.some((field) => BEGUN.test(field))) continue; // a header
      return { error: "csv_number", line };
    }
    const [x, y] = places.map(Number);
    if (Math.max(Math.abs(x), Math.abs(y)) > LARGEST) return { error: "csv_large", line };
    if (!names.includes(fields[2])) names.push(fields[2]);
    if (names.length > MAX_CLASSES) return { error: "csv_classes", line };
    if (points.length === MAX_POINTS) return { error: "csv_many", line };
    points.push([x, y, names.indexOf(fields[2])]);
  }
  if (points.length === 0) return { error: "csv_empty", line: 1 };
  // Classes that are numbered already keep their numbers.
  if (names.every((name) => /^[0-4]$/.test(name)))
    return { points: points.map(([x, y, k]) => [x, y, Number(names[k])]) };
  return { points };
}
