// The plane: tinted by what the network answers, with the points, and ready to take new ones.

import { color, glyph, h, SHAPES, s, set } from "../../../js/src/core/index.js";
import { scaled } from "./math/plane_data.js";

/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Point } from "../../../js/src/core/types.js" */
/** @import { Sets } from "./math/plane_data.js" */
/** @import { Playground, Shades } from "./types.js" */

export const FINE = 72; // columns and rows of the tint at rest
export const COARSE = 36; // while something moves
export const DRAFT = 18; // where the processor is slow
const SIZE = 4.4; // px; half the width of a point
const KEY_STEP = 1 / 40; // of the window: how far an arrow key moves the cross

/** The middle of each cell of the window, as the network gets it. @param {Sets} sets @param {number} size */
export function gridOf(sets, size) {
  const [[left, right], [bottom, top]] = sets.window;
  const x = new Float64Array(2 * size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const at = 2 * (row * size + column);
      x[at] = left + ((column + 0.5) / size) * (right - left);
      x[at + 1] = top - ((row + 0.5) / size) * (top - bottom);
    }
  }
  return scaled(x, sets.scale);
}

/**
 * How far the largest output of a row is ahead: from 0 to 1. Which one it is, and by how much.
 * @param {Float64Array} z @param {number} at @param {number} classes @param {boolean} isProbability
 */
function answer(z, at, classes, isProbability) {
  let best = 0;
  for (let k = 1; k < classes; k += 1) if (z[at + k] > z[at + best]) best = k;
  let [sum, second] = [0, -Infinity];
  for (let k = 0; k < classes; k += 1) {
    sum += Math.exp(z[at + k] - z[at + best]);
    if (k !== best && z[at + k] > second) second = z[at + k];
  }
  const lead = isProbability ? (classes / sum - 1) / (classes - 1) : Math.min(1, z[at + best] - second);
  return [best, lead];
}

/**
 * @param {Playground} figure @param {() => Shades} colors
 * @param {(x: number, y: number) => void} add what to do with a place that the reader points at
 */
export function makePlane(figure, colors, add) {
  const { t } = figure;
  const plot = figure.plot({
    x: [0, 1],
    y: [0, 1],
    xLabel: "x_1",
    yLabel: "x_2",
    ratio: 0.92,
    maxHeight: 340,
    xTicks: 4,
    yTicks: 4,
    margin: { right: 24 },
    label: t("plane"),
  });
  const canvas = h("canvas", { class: "nn-pg-tint", "aria-hidden": "true" });
  plot.node.classList.add("nn-pg-plane");
  plot.node.prepend(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {Record<number, ImageData>} */
  const images = {};
  for (const size of [DRAFT, COARSE, FINE]) images[size] = context.createImageData(size, size);
  const catcher = plot.add(
    s("rect", {
      fill: "transparent",
      class: "nn-pg-catcher",
      tabindex: 0,
      role: "button",
      "data-name": "plane",
      "aria-label": t("plane_add"),
    }),
  );
  const drawPoints = makePoints(plot);
  makeCross(plot, catcher, add);

  /** @type {{sets?: Sets, needed?: string}} */
  let laidOut = {};
  const layOut = (/** @type {Sets} */ sets, /** @type {{width: number, height: number}} */ { width, height }) => {
    plot.domain({ x: sets.window[0], y: sets.window[1] });
    set(catcher, { x: plot.margin.left, y: plot.margin.top, width, height });
    set(canvas, {
      style: { left: `${plot.margin.left}px`, top: `${plot.margin.top}px`, width: `${width}px`, height: `${height}px` },
    });
    drawPoints(sets);
  };

  return {
    node: plot.node,
    /**
     * Show the points; tint the plane by the raw outputs of the cells of a grid of that size.
     * @param {Sets} sets @param {Float64Array} z @param {number} size @param {boolean} isProbability
     */
    draw(sets, z, size, isProbability) {
      if (!plot.inner) return;
      const needed = `${plot.width}`;
      if (laidOut.sets !== sets || laidOut.needed !== needed) layOut(sets, plot.inner);
      laidOut = { sets, needed };
      if (canvas.width !== size) set(canvas, { width: size, height: size });
      const image = images[size];
      tint(image, z, sets.classes, isProbability, colors());
      context.putImageData(image, 0, 0);
    },
  };
}

/** The points: solid those for training, hollow those for validation. @param {Plot} plot */
function makePoints(plot) {
  const marks = [0, 1, 2, 3, 4].flatMap((k) =>
    /** @type {("validation" | "train")[]} */ (["validation", "train"]).map((name) => {
      const solid = name === "train";
      const element = plot.add(
        s("path", {
          fill: color(solid ? `class${k}` : "background"),
          stroke: color(solid ? "background" : `class${k}`),
          "stroke-width": solid ? 0.8 : 1.3,
          "pointer-events": "none",
          "data-points": `${name}${k}`,
        }),
      );
      return { k, name, element };
    }),
  );
  return (/** @type {Sets} */ sets) => {
    for (const { k, name, element } of marks) {
      const shapes = [];
      const { x, y, n } = sets[name];
      for (let i = 0; i < n; i += 1)
        if (y[i] === k)
          shapes.push(glyph(SHAPES[k], plot.sx(x[2 * i]), plot.sy(x[2 * i + 1]), name === "train" ? SIZE : SIZE - 1));
      set(element, { d: shapes.join("") });
    }
  };
}

/**
 * The cross by which the keyboard points at a place: arrow keys move it, Enter takes the place.
 * @param {Plot} plot @param {SVGElement} catcher @param {(x: number, y: number) => void} add
 */
function makeCross(plot, catcher, add) {
  const cross = plot.add(
    s("path", {
      fill: "none",
      stroke: color("ink"),
      "stroke-width": 1.5,
      visibility: "hidden",
      "pointer-events": "none",
    }),
  );

  /** The place of the keyboard's cross. @type {Point | null} */
  let at = null;
  const showCross = () => {
    const [x, y] = at ? [plot.sx(at[0]), plot.sy(at[1])] : [0, 0];
    set(cross, { visibility: at ? null : "hidden", d: `M${x - 9},${y}h18M${x},${y - 9}v18` });
  };
  set(catcher, {
    click: (event) => add(...plot.under(event)),
    blur: () => {
      at = null;
      showCross();
    },
    keydown: (event) => {
      /** @type {Record<string, Point>} */
      const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
      const [x, y] = [plot.sx.domain(), plot.sy.domain()];
      const adds = event.key === "Enter" || event.key === " ";
      if (!(event.key in ways) && !adds) return;
      event.preventDefault();
      at ??= [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
      if (event.key in ways) {
        /** @param {number} value @param {number[]} limits */
        const inside = (value, [low, high]) => Math.max(low, Math.min(high, value));
        at = [
          inside(at[0] + ways[event.key][0] * KEY_STEP * (x[1] - x[0]), x),
          inside(at[1] + ways[event.key][1] * KEY_STEP * (y[1] - y[0]), y),
        ];
      }
      showCross();
      if (adds) add(...at);
    },
  });
}

/**
 * Tint each cell of a picture by the class that is ahead, and by how far it is.
 * @param {ImageData} image @param {Float64Array} z @param {number} classes @param {boolean} isProbability
 * @param {Shades} shades
 */
function tint({ data }, z, classes, isProbability, shades) {
  const { background } = shades;
  for (let cell = 0; cell < data.length / 4; cell += 1) {
    const [best, lead] = answer(z, cell * classes, classes, isProbability);
    const part = Number.isNaN(lead) ? 0 : 0.1 + 0.45 * lead;
    const shade = shades[`class${best}`];
    for (let c = 0; c < 3; c += 1) data[4 * cell + c] = background[c] + part * (shade[c] - background[c]);
    data[4 * cell + 3] = 255;
  }
}
