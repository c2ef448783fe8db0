// What the two diagrams of the dosage network share.

import { color, s, set, svgMath } from "../core/index.js";

/** @import { Plot } from "../core/plot.js" */
/** @import { Point } from "../core/types.js" */

/** w1 in mini-TeX. @param {string} name */
export const sub = (name) => `${name[0]}_${name[1]}`;

/** Turn px into the coordinates of a plot. @param {Plot} plot @returns {(place: Point) => Point} */
export const around = (plot) => (place) => [plot.sx.invert(place[0]), plot.sy.invert(place[1])];

/**
 * Where an edge between two circles leaves the one and arrives at the other.
 * @param {Point} a @param {Point} b @param {number} leave @param {number} arrive their radii
 * @returns {[Point, Point]}
 */
export function ends(a, b, leave, arrive) {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const [u, v] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  return [
    [a[0] + u * leave, a[1] + v * leave],
    [b[0] - u * arrive, b[1] - v * arrive],
  ];
}

/**
 * A circle with a value in it and its symbol above.
 * @param {Plot} plot @param {string} shade @param {{symbol: string, name: string}} words
 */
export function disc(plot, shade, { symbol, name }) {
  const ring = s("circle", { fill: color("background"), stroke: color(shade), "stroke-width": 2 });
  const value = s("text", { "text-anchor": "middle", "data-name": name, y: 4.5 });
  const above = svgMath(s("text", { "text-anchor": "middle" }), symbol);
  const element = plot.add(s("g", {}, ring, value, above));
  return {
    element,
    /** @param {Point} place @param {number} r @param {string} source */
    at: (place, r, source) => {
      plot.place(element, ...place);
      set(ring, { r });
      set(above, { y: -r - 8 });
      svgMath(value, source);
    },
  };
}
