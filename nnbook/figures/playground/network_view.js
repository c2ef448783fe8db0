// The network: every weight as an edge, its gradient as a dotted line beside it, and in every unit
// the plane as this unit sees it, with a lamp that goes out when the unit falls silent. Signs are
// told by shades of gray and by dashes: hues are the classes'.

import { h, math, set } from "../../../js/src/core/index.js";
import { css, fitCanvas } from "./colors.js";

/** @import { Point, Translate } from "../../../js/src/core/types.js" */
/** @import { Dense, Room } from "./math/dense.js" */
/** @import { Seen } from "./math/facts.js" */
/** @import { Run } from "./math/run.js" */
/** @import { Playground, Shades } from "./types.js" */

/** @typedef {ReturnType<typeof edgesOf>[number]} Edge */

const MAP = 18; // columns and rows of a unit's picture
const LARGEST = 3; // a weight of this size is drawn as wide as it gets
const PITCH = 35; // px from unit to unit, less where a layer has many
const EDGE = 32; // px above and below the units, for the buttons that make a layer wider and narrower
const HEIGHT = 6 * PITCH + 2 * EDGE; // px of the diagram, whatever the network: what is below must not jump
const BUTTON = 28; // px

/** @param {Playground} figure @param {() => Shades} colors */
export function makeNetwork(figure, colors) {
  const { t } = figure;
  const canvas = h("canvas", { "aria-hidden": "true" });
  const layer = h("div", { class: "nn-pg-units" });
  const widths = makeWidths(figure);
  const node = h(
    "div",
    { class: "nn-pg-diagram", role: "group", "aria-label": t("network"), style: { height: `${HEIGHT}px` } },
    canvas,
    layer,
    widths.nodes,
  );
  const drawMap = mapPainter();
  let shape = "";
  /** Of each column. @type {HTMLElement[][]} */
  let units = [];
  /** @type {Point[][]} */
  let places = [];
  let side = 30;
  let laidOut = "";
  const wide = widthOf(figure, node);

  const make = (/** @type {number[]} */ sizes) => {
    units = sizes.map((size, column) =>
      Array.from({ length: size }, (_, j) =>
        h(
          "div",
          { class: "nn-pg-unit", role: "img" },
          column === 0 ? math(`x_${j + 1}`) : h("span", { class: "nn-pg-lamp" }),
        ),
      ),
    );
    layer.replaceChildren(...units.flat());
  };

  /** @param {number[]} sizes @param {number} width */
  const layOut = (sizes, width) => {
    ({ places, side } = layoutOf(sizes, width));
    units.forEach((column, l) =>
      column.forEach((unit, j) => {
        const [x, y] = places[l][j];
        set(unit, {
          style: { left: `${x - side / 2}px`, top: `${y - side / 2}px`, width: `${side}px`, height: `${side}px` },
        });
      }),
    );
    widths.at(places.slice(1, -1).map(([[x]]) => x));
  };

  return {
    node,
    /**
     * Edges and pictures, from what the cells of a grid have left in `room`; quick while it trains.
     * @param {Run} run @param {Room} room @param {number} grid @param {boolean} quick
     */
    draw(run, room, grid, quick) {
      const { net } = run;
      const width = wide();
      if (width === 0) return;
      if (shape !== String(net.sizes)) {
        shape = String(net.sizes);
        make(net.sizes);
      }
      if (laidOut !== `${shape} ${width}`) layOut(net.sizes, width);
      laidOut = `${shape} ${width}`;
      const context = fitCanvas(canvas, width, HEIGHT);
      const shades = colors();
      const grays = graysOf(shades);
      context.clearRect(0, 0, width, HEIGHT);
      drawEdges(context, edgesOf(net, places), net, { side, shades, quick });
      net.sizes.slice(1).forEach((size, l) => {
        const values = l === net.depth - 1 ? room.z[l] : room.a[l];
        for (let j = 0; j < size; j += 1)
          drawMap(context, { values, grid, units: size, j }, places[l + 1][j], side, grays);
      });
    },
    /** Lamps, and what each unit is called. @param {Run} run @param {Seen} seen */
    updateLabels({ net }, seen) {
      if (shape === String(net.sizes)) labelUnits(units, net, seen, t);
    },
  };
}

/** A plus above and a minus below each hidden layer, which make it wider and narrower. @param {Playground} figure */
function makeWidths(figure) {
  const { t } = figure;
  const { min, max, most } = figure.controls.hidden;
  /** @param {string} name @param {string} sign @param {number} l @param {number} by */
  const button = (name, sign, l, by) => {
    const words = t(name, { layer: l + 1 });
    return h("button", {
      type: "button",
      class: "nn-button nn-pg-width",
      "data-name": `${name}-${l + 1}`,
      "aria-label": words,
      title: words,
      text: sign,
      click: () =>
        figure.set({ hidden: figure.state.hidden.map((width, index) => (index === l ? width + by : width)) }),
    });
  };
  const pairs = Array.from({ length: most }, (_, l) => [button("wider", "+", l, 1), button("narrower", "−", l, -1)]);
  figure.control(pairs[0][0], () => {
    const { hidden } = figure.state;
    pairs.forEach(([wider, narrower], l) => {
      wider.hidden = narrower.hidden = l >= hidden.length;
      wider.disabled = hidden[l] >= max;
      narrower.disabled = hidden[l] <= min;
    });
  });
  return {
    nodes: pairs.flat(),
    /** @param {number[]} middles of the hidden columns */
    at: (middles) =>
      middles.forEach((x, l) => {
        const left = `${x - BUTTON / 2}px`;
        set(pairs[l][0], { style: { left, top: "0px" } });
        set(pairs[l][1], { style: { left, top: `${HEIGHT - BUTTON}px` } });
      }),
  };
}

/**
 * The width of an element, 0 as long as it is not on the page; when it changes, the figure is drawn anew. Asking the page while
 * it changes costs a layout, so it is asked once and told then.
 * @param {Playground} figure @param {HTMLElement} node
 */
function widthOf(figure, node) {
  let [width, isAsked] = [0, false];
  const measure = () => {
    const before = width;
    width = Math.floor(node.clientWidth);
    return width !== before;
  };
  const observer = new ResizeObserver(() => measure() && isAsked && figure.refresh());
  observer.observe(node);
  figure.signal.addEventListener("abort", () => observer.disconnect());
  return () => {
    isAsked = true;
    if (width === 0) measure();
    return width;
  };
}

/**
 * Where the middle of each unit is, and how long its side is.
 * @param {number[]} sizes @param {number} width @returns {{places: Point[][], side: number}}
 */
function layoutOf(sizes, width) {
  const pitch = Math.min(PITCH, (HEIGHT - 2 * EDGE) / Math.max(...sizes));
  const side = Math.min(30, pitch - 4, Math.max(24, (width / sizes.length) * 0.62));
  const gap = (width - side - 4) / (sizes.length - 1);
  const places = sizes.map((size, column) =>
    Array.from(
      { length: size },
      (_, j) => /** @type {Point} */ ([2 + side / 2 + column * gap, HEIGHT / 2 + (j - (size - 1) / 2) * pitch]),
    ),
  );
  return { places, side };
}

/** Every edge: from where to where, and the index of its weight. @param {Dense} net @param {Point[][]} places */
const edgesOf = (net, places) =>
  net.places.flatMap(({ w }, l) =>
    Array.from({ length: net.sizes[l] * net.sizes[l + 1] }, (_, n) => {
      const [i, j] = [Math.floor(n / net.sizes[l + 1]), n % net.sizes[l + 1]];
      return { at: w + n, from: places[l][i], to: places[l + 1][j] };
    }),
  );

/**
 * One color after the other, as changing it costs more than a line; dashes are slow to draw as
 * well: while the network trains, the lines are whole.
 * @param {CanvasRenderingContext2D} context @param {Edge[]} edges @param {Dense} net
 * @param {{side: number, shades: Shades, quick: boolean}} look
 */
function drawEdges(context, edges, net, { side, shades, quick }) {
  /** @param {Edge} edge @param {number} dy @param {number} alpha @param {number} width */
  const stroke = ({ from: [x1, y1], to: [x2, y2] }, dy, alpha, width) => {
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x1 + side / 2, y1 + dy);
    context.lineTo(x2 - side / 2, y2 + dy);
    context.stroke();
  };
  for (const sign of [1, -1]) {
    context.strokeStyle = css(shades[sign > 0 ? "ink" : "edge"]);
    context.setLineDash(sign < 0 && !quick ? [6, 3] : []);
    for (const edge of edges) {
      const size = Math.min(1, (sign * net.parameters[edge.at]) / LARGEST);
      if (size > 0) stroke(edge, 0, 0.55 + 0.45 * size, 0.5 + 3.5 * size);
    }
  }
  const largest = Math.max(
    net.gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0),
    1e-300,
  );
  context.strokeStyle = css(shades.gradient);
  context.setLineDash(quick ? [] : [1.5, 3.5]);
  for (const edge of edges) {
    // Over three powers of ten: from as large as any down to nothing.
    const part = 1 + Math.log10(Math.abs(net.gradient[edge.at]) / largest) / 3;
    if (part > 0.1) stroke(edge, 3, 0.7 * part, 0.3 + 1.3 * part);
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/**
 * Dark, gray and bright, on light pages as on dark ones: as a lamp, a unit is bright where it is lit.
 * @param {Shades} shades
 */
function graysOf({ ink, background }) {
  const [dark, bright] = ink[0] < background[0] ? [ink, background] : [background, ink];
  return { dark, bright, gray: dark.map((part, c) => (part + bright[c]) / 2) };
}

/** Draws the plane as a unit sees it: bright where it gives something above zero, dark below, gray at zero. */
function mapPainter() {
  const tile = document.createElement("canvas");
  tile.width = MAP;
  tile.height = MAP;
  const paint = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  const image = paint.createImageData(MAP, MAP);
  /**
   * Of all units in its layer it is the j-th; its middle is at (x, y).
   * @param {CanvasRenderingContext2D} context @param {{values: Float64Array, grid: number, units: number, j: number}} unit
   * @param {Point} middle @param {number} side @param {ReturnType<typeof graysOf>} grays
   */
  return (context, { values, grid, units, j }, [x, y], side, { dark, gray, bright }) => {
    const every = grid / MAP;
    const place = (/** @type {number} */ cell) =>
      (Math.floor(cell / MAP) * every * grid + (cell % MAP) * every) * units + j;
    let largest = 1e-12;
    for (let cell = 0; cell < MAP * MAP; cell += 1) {
      const size = Math.abs(values[place(cell)]);
      if (size > largest) largest = size;
    }
    const strength = Math.min(1, largest) / largest;
    for (let cell = 0; cell < MAP * MAP; cell += 1) {
      const value = values[place(cell)];
      const part = Number.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value * strength));
      const shade = part < 0 ? dark : bright;
      for (let c = 0; c < 3; c += 1) image.data[4 * cell + c] = gray[c] + Math.abs(part) * (shade[c] - gray[c]);
      image.data[4 * cell + 3] = 255;
    }
    paint.putImageData(image, 0, 0);
    context.drawImage(tile, x - side / 2, y - side / 2, side, side);
  };
}

/** Names of the units, and their lamps. @param {HTMLElement[][]} units @param {Dense} net @param {Seen} seen @param {Translate} t */
function labelUnits(units, net, seen, t) {
  units.forEach((column, l) =>
    column.forEach((node, j) => {
      const unit = l > 0 && l < net.depth ? seen.units[l - 1][j] : null;
      const name = t(l === 0 ? "unit_input" : unit ? "unit_hidden" : "unit_output", { layer: l, unit: j + 1 });
      const lit = unit ? t(`unit_${unit.status}`, { lit: Math.round(100 * unit.lit) }) : "";
      set(node, {
        "aria-label": unit ? `${name}: ${lit}` : name,
        title: unit ? lit : null,
        "data-status": unit?.status ?? null,
        "data-class": l === net.depth ? j : null,
      });
      const lamp = unit ? String(Math.round(20 * unit.lit) / 20) : "";
      if (node.style.getPropertyValue("--lit") !== lamp) node.style.setProperty("--lit", lamp);
    }),
  );
}
