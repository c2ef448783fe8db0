// Curves drawn by hand: heights at evenly spaced places, and the features by which they are judged.

/** @import { Point } from "../math/types.js" */

/**
 * What Python describes. A condition is a feature, two places, and the limits within which the feature lies; null is no limit.
 * @typedef {{symbol: string, low: number, high: number, log?: boolean, ticks?: number[]}} Axis
 * @typedef {[feature: string, start: number, end: number, above: number | null, below: number | null]} Condition
 * @typedef {{x: Axis, y: Axis, places: number, right: Condition[], mistakes: Record<string, Condition[]>}} Drawing
 */

export const UNSET = -1;
export const TOP = 100;

/** A number as the axis counts: on a logarithmic one its power of ten. @param {Axis} axis @param {number} number */
const scaled = (axis, number) => (axis.log ? Math.log10(number) : number);

/** From a part of the axis, 0 to 1, to the number there, and back. @param {Axis} axis @param {number} part */
export function numberAt(axis, part) {
  const [low, high] = [scaled(axis, axis.low), scaled(axis, axis.high)];
  const at = low + (high - low) * part;
  return axis.log ? 10 ** at : at;
}

/** @param {Axis} axis @param {number} number */
export function partOf(axis, number) {
  const [low, high] = [scaled(axis, axis.low), scaled(axis, axis.high)];
  return (scaled(axis, number) - low) / (high - low);
}

/** Nothing drawn yet. @param {number} places */
export const blank = (places) => Array.from({ length: places }, () => UNSET);

/**
 * Draw a straight stroke: every place that it passes gets its height, and the nearest to where it ends.
 * @param {number[]} heights @param {Point} from place and height, in parts of the axes @param {Point} to
 */
export function paint(heights, from, to) {
  const last = heights.length - 1;
  const whole = (/** @type {number} */ part, /** @type {number} */ most) =>
    Math.round(most * Math.max(0, Math.min(1, part)));
  const result = [...heights];
  const [a, b] = from[0] <= to[0] ? [from, to] : [to, from];
  for (let place = Math.ceil(a[0] * last); place <= Math.floor(b[0] * last); place += 1) {
    if (place < 0 || place > last) continue;
    const way = b[0] === a[0] ? 1 : (place / last - a[0]) / (b[0] - a[0]);
    result[place] = whole(a[1] + way * (b[1] - a[1]), TOP);
  }
  result[whole(to[0], last)] = whole(to[1], TOP);
  return result;
}

/** The curve between the places that are set: straight from each to the next. @param {number[]} heights */
export function filled(heights) {
  const set = heights.flatMap((height, place) => (height === UNSET ? [] : [place]));
  return heights.map((height, place) => {
    const before = set.findLast((one) => one <= place);
    const after = set.find((one) => one >= place);
    if (before === undefined || after === undefined || before === after) return height;
    const way = (place - before) / (after - before);
    return Math.round(heights[before] + way * (heights[after] - heights[before]));
  });
}

/** Whether a curve reaches from edge to edge; fingers miss the last place. @param {number[]} heights */
export function reaches(heights) {
  const set = heights.flatMap((height, place) => (height === UNSET ? [] : [place]));
  return set.length > 1 && set[0] <= 1 && set[set.length - 1] >= heights.length - 2;
}

/** A curve that reaches from edge to edge, without gaps. @param {number[]} heights */
export function complete(heights) {
  const whole = filled(heights);
  const [first, last] = [whole.find((height) => height !== UNSET), whole.findLast((height) => height !== UNSET)];
  return whole.map((height, place) => (height === UNSET ? (place < 2 ? first : last) : height) ?? 0);
}

/**
 * The points of a curve from one place to another, in the numbers of the axes.
 * @param {Drawing} drawing @param {number[]} heights @param {number} start @param {number} end
 * @returns {Point[]}
 */
function between({ x, y }, heights, start, end) {
  const last = heights.length - 1;
  const heightAt = (/** @type {number} */ place) => {
    const [left, right] = [Math.floor(place), Math.ceil(place)];
    const height = heights[left] + (place - left) * (heights[right] - heights[left]);
    return scaled(y, numberAt(y, height / TOP));
  };
  const [from, to] = [start, end].map((number) => last * Math.max(0, Math.min(1, partOf(x, number))));
  const inside = [...heights.keys()].filter((place) => place > from && place < to);
  return [from, ...inside, to].map((place) => [numberAt(x, place / last), heightAt(place)]);
}

/** The largest climb from a point to a later one. @param {number[]} values */
function climb(values) {
  let [least, most] = [values[0], 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value - least);
  }
  return most;
}

/** @type {Record<string, (points: Point[]) => number>} */
const FEATURES = {
  at: ([[, value]]) => value,
  change: (points) => points[points.length - 1][1] - points[0][1],
  rise: (points) => climb(points.map(([, value]) => value)),
  fall: (points) => climb(points.map(([, value]) => -value)),
  max: (points) => Math.max(...points.map(([, value]) => value)),
  min: (points) => Math.min(...points.map(([, value]) => value)),
  argmax: (points) => points.reduce((best, point) => (point[1] > best[1] ? point : best))[0],
  argmin: (points) => points.reduce((best, point) => (point[1] < best[1] ? point : best))[0],
};

/**
 * Judge a curve by its features: right, the first mistake that it makes, or neither.
 * @param {Drawing} drawing
 * @param {number[]} heights complete
 * @returns {{verdict: "right" | "mistake" | "other", name: string | null}}
 */
export function judgeDrawing(drawing, heights) {
  if (heights.length !== drawing.places) throw new Error(`${heights.length} heights instead of ${drawing.places}`);
  const holds = (/** @type {Condition} */ [feature, start, end, above, below]) => {
    const value = FEATURES[feature](between(drawing, heights, start, end));
    return (above === null || value > above) && (below === null || value < below);
  };
  const name = Object.keys(drawing.mistakes).find((mistake) => drawing.mistakes[mistake].every(holds));
  if (name) return { verdict: "mistake", name };
  return { verdict: drawing.right.every(holds) ? "right" : "other", name: null };
}
