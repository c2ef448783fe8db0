// A network as circles and lines: what enters on the left, what leaves on the right.
//
//   const net = figure.diagram({ sizes: [1, 2, 1], label: t("network") });
//   net.unit(1, 0).show("a_1 = 0.24");   net.edge(0, 0, 1).weight(-3.53);
//
// Layers are columns and units rows, both counted from 0 as in code.

import { color, s, set } from "./dom.js";
import { svgMath } from "./typeset.js";

/** @import { Figure } from "./figure.js" */
/** @import { Look, Margin, Point } from "./types.js" */

/** @param {number} layer @param {number} depth */
const ROLES = (layer, depth) => (layer === 0 ? "input" : layer === depth ? "prediction" : "activation");

/** How a weight, or a slope, is drawn: a negative one in dashes, the wider the larger. @param {number} weight */
export function stroke(weight, largest = 4, shade = "weight") {
  const size = Math.min(1, Math.abs(weight) / largest);
  return { color: shade, width: 1 + 4 * size, dash: weight < 0 ? "7 4" : null };
}

/**
 * @typedef {ReturnType<Diagram["makeEdge"]>} Edge
 * @typedef {ReturnType<Diagram["makeUnit"]>} Unit
 */

/** @template Part @param {Map<string, Part>} parts @param {number[]} place @returns {Part} */
function found(parts, place) {
  const part = parts.get(place.join());
  if (!part) throw new Error(`No part of the network at ${place}`);
  return part;
}

export class Diagram {
  /**
   * @typedef {{sizes: number[], label: string, ratio?: number, maxHeight?: number, radius?: number,
   *   margin?: Partial<Margin>, side?: number, arrow?: boolean}} DiagramOptions `side`: room beside the first and the
   *   last column, as a part of the distance between columns; `arrow`: edges end in arrowheads
   * @param {Figure} figure @param {DiagramOptions} options
   */
  constructor(figure, { sizes, label, ratio = 0.5, maxHeight = 340, radius = 20, margin, side = 0.3, arrow = false }) {
    this.sizes = sizes;
    this.radius = radius;
    this.arrow = arrow;
    const tallest = Math.max(...sizes);
    this.plot = figure.plot({
      x: [-side, sizes.length - 1 + side],
      y: [-tallest / 2, tallest / 2],
      axes: false,
      ratio,
      maxHeight,
      margin,
      label,
    });
    this.node = this.plot.node;
    /** @type {Map<string, Edge>} */
    this.edges = new Map();
    /** @type {Map<string, Unit>} */
    this.units = new Map();
    sizes.slice(1).forEach((size, layer) => {
      for (let i = 0; i < sizes[layer]; i += 1)
        for (let j = 0; j < size; j += 1) this.edges.set(`${layer},${i},${j}`, this.makeEdge());
    });
    sizes.forEach((size, layer) => {
      for (let i = 0; i < size; i += 1) this.units.set(`${layer},${i}`, this.makeUnit(ROLES(layer, sizes.length - 1)));
    });
  }

  /**
   * The place of a unit, in the coordinates of the plot.
   * @param {number} layer @param {number} index
   * @returns {Point}
   */
  place(layer, index) {
    return [layer, (this.sizes[layer] - 1) / 2 - index];
  }

  /**
   * A point on the way from one unit to another: 0 is the first, 1 the second.
   * @param {number} layer @param {number} i @param {number} j @param {number} part
   * @returns {Point}
   */
  between(layer, i, j, part) {
    const [a, b] = [this.place(layer, i), this.place(layer + 1, j)];
    return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
  }

  /**
   * How much of the way between two units lies inside the circle of either.
   * @param {number} layer @param {number} i @param {number} j
   */
  rim(layer, i, j) {
    const [a, b] = [this.place(layer, i), this.place(layer + 1, j)];
    const { sx, sy } = this.plot;
    return (this.radius + 1) / Math.hypot(sx(b[0]) - sx(a[0]), sy(b[1]) - sy(a[1]));
  }

  makeEdge() {
    const line = this.plot.line({ color: "muted", width: 1.5, clip: false, arrow: this.arrow });
    const label = this.plot.text({ anchor: "middle", dy: 4 });
    label.element.remove(); // labels lie above every line
    label.element.classList.add("nn-on-edge");
    this.plot.marks.append(label.element);
    return {
      line,
      label,
      /** Color, width, dashes and opacity. @param {Look} look */
      style: (look) => line.style({ opacity: null, ...look }),
      /** Drawn as strong as the weight is. @param {Parameters<typeof stroke>} weight */
      weight: (...weight) => line.style({ opacity: null, ...stroke(...weight) }),
    };
  }

  /** @param {string} role */
  makeUnit(role) {
    const circle = s("circle", { r: this.radius, fill: color("background"), stroke: color(role), "stroke-width": 2 });
    const text = s("text", { "text-anchor": "middle", y: 4.5 });
    const above = s("text", { "text-anchor": "middle", y: -this.radius - 7, class: "nn-halo" });
    const below = s("text", { "text-anchor": "middle", y: this.radius + 17, class: "nn-halo" });
    const element = this.plot.add(s("g", { class: "nn-unit" }, circle, text, above, below));
    return {
      element,
      circle,
      /** Mini-TeX inside the circle, above it and below it. */
      show: (inside = "", over = "", under = "") => {
        svgMath(text, inside);
        svgMath(above, over);
        svgMath(below, under);
      },
      /** The look of the circle. @param {Look & {stroke?: string}} look */
      style: ({ fill = "background", stroke: outline = role, width = 2, opacity = null, dash = null }) =>
        set(circle, {
          fill: color(fill),
          stroke: color(outline),
          "stroke-width": width,
          opacity,
          "stroke-dasharray": dash,
        }),
    };
  }

  /** @param {number} layer @param {number} index */
  unit(layer, index) {
    return found(this.units, [layer, index]);
  }
  /** @param {number} layer @param {number} i @param {number} j */
  edge(layer, i, j) {
    return found(this.edges, [layer, i, j]);
  }

  /** Bring units and lines to their places; call it first in `draw`. */
  layout() {
    for (const [key, { line }] of this.edges) {
      const [layer, i, j] = key.split(",").map(Number);
      line.at(...this.place(layer, i), ...this.between(layer, i, j, this.arrow ? 1 - this.rim(layer, i, j) : 1));
    }
    for (const [key, { element }] of this.units) {
      const [layer, index] = key.split(",").map(Number);
      this.plot.place(element, ...this.place(layer, index));
    }
  }
}
