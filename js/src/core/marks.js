// What a plot is drawn with: curves, lines, points, texts, boxes. Each is made once and moved each time the figure draws;
// coordinates are those of the data, and a mark whose place is not finite is hidden.

import { color, s, set, textColor } from "./dom.js";
import { svgMath } from "./typeset.js";

/** @import { Plot } from "./plot.js" */
/** @import { Look, Point, Shape } from "./types.js" */

/** The shapes of points, one for each class, so that classes differ in more than color. @type {Shape[]} */
export const SHAPES = ["circle", "square", "triangle", "diamond", "wedge"];

/**
 * The outline of a point, as part of a path.
 * @param {Shape} shape @param {number} x @param {number} y @param {number} r half its width
 */
export function glyph(shape, x, y, r) {
  switch (shape) {
    case "circle":
      return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
    case "square":
      return `M${x - 0.9 * r},${y - 0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}Z`;
    case "triangle":
      return `M${x},${y - 1.2 * r}L${x + 1.1 * r},${y + 0.8 * r}H${x - 1.1 * r}Z`;
    case "diamond":
      return `M${x},${y - 1.3 * r}L${x + 1.3 * r},${y}L${x},${y + 1.3 * r}L${x - 1.3 * r},${y}Z`;
    case "wedge":
      return `M${x},${y + 1.2 * r}L${x + 1.1 * r},${y - 0.8 * r}H${x - 1.1 * r}Z`;
  }
}

/**
 * A line through points of a plot, with a gap where one is no number.
 * @param {Plot} plot @param {number} n @param {(i: number) => number} x @param {(i: number) => number} y
 */
function through(plot, n, x, y) {
  let [d, pen] = ["", "M"];
  for (let i = 0; i < n; i += 1) {
    const [across, up] = [plot.sx(x(i)), y(i)];
    const known = !Number.isNaN(across) && !Number.isNaN(up);
    if (known) d += `${pen}${hundredths(across)},${hundredths(plot.bounded(up))}`;
    pen = known ? "L" : "M";
  }
  return d;
}

/** As exact as anyone sees, and short. @param {number} x */
const hundredths = (x) => Math.round(100 * x) / 100;

/** @param {SVGElement} element */
const hider = (element) => () => set(element, { visibility: "hidden" });

/** A curve or an outline. @param {Plot} plot @param {Look} [look] */
export function path(plot, { color: name = "ink", width = 2, dash, fill = "none", opacity, clip = true, under } = {}) {
  const element = plot.add(
    s("path", {
      fill: color(fill),
      stroke: color(name),
      "stroke-width": width,
      "stroke-dasharray": dash,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
      opacity,
    }),
    { clip, under },
  );
  const draw = (/** @type {string} */ d) => set(element, { d, visibility: null });
  return {
    element,
    /** Through points [x, y]. @param {Point[]} all */
    points: (all) =>
      draw(
        through(
          plot,
          all.length,
          (i) => all[i][0],
          (i) => all[i][1],
        ),
      ),
    /** Along a function, from edge to edge or from `from` to `to`. @param {(x: number) => number} f */
    f: (f, from = plot.sx.domain()[0], to = plot.sx.domain()[1]) => {
      const n = Math.max(2, Math.ceil(Math.abs(plot.sx(to) - plot.sx(from)) / 2));
      const x = (/** @type {number} */ i) => from + ((to - from) * i) / n;
      return draw(through(plot, n + 1, x, (i) => f(x(i))));
    },
    /** @param {string} d */
    d: (d) => set(element, { d }),
    hide: hider(element),
  };
}

/** A straight line, with an arrowhead if asked. @param {Plot} plot @param {Look & {arrow?: boolean}} [look] */
export function line(plot, { color: name = "ink", width = 1.5, dash, arrow = false, clip = true, opacity } = {}) {
  const shaft = s("line", { "stroke-width": width, "stroke-dasharray": dash, "stroke-linecap": "round" });
  const head = s("path", { stroke: "none" });
  const element = plot.add(s("g", { stroke: color(name), fill: color(name), opacity }, shaft, head), { clip });
  return {
    element,
    shaft,
    /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
    at: (x1, y1, x2, y2) => {
      const [a, b, c, d] = [plot.sx(x1), plot.sy(y1), plot.sx(x2), plot.sy(y2)];
      const length = Math.hypot(c - a, d - b);
      set(element, { visibility: [a, b, c, d].every(Number.isFinite) ? null : "hidden" });
      if (!Number.isFinite(length)) return;
      const size = arrow ? Math.min(9, length) : 0;
      const [u, v] = length ? [(c - a) / length, (d - b) / length] : [0, 0];
      set(shaft, { x1: a, y1: b, x2: c - u * size * 0.8, y2: d - v * size * 0.8 });
      const wing = size * 0.42;
      const [left, right] = [1, -1].map(
        (side) => `${c - u * size - side * v * wing},${d - v * size + side * u * wing}`,
      );
      set(head, { d: size ? `M${c},${d}L${left}L${right}Z` : "" });
    },
    /** Color, width and dashes of what is there already. @param {Look} look */
    style: ({ color: shade = "muted", width: thickness = 1.5, dash: dashes = null, opacity: part }) => {
      set(element, { stroke: color(shade), fill: color(shade), ...(part === undefined ? {} : { opacity: part }) });
      set(shaft, { "stroke-width": thickness, "stroke-dasharray": dashes });
    },
    hide: hider(element),
  };
}

/**
 * A point.
 * @param {Plot} plot
 * @param {Look & {r?: number, shape?: Shape, stroke?: string}} [look]
 */
export function dot(
  plot,
  {
    color: name = "ink",
    r = 5,
    shape = "circle",
    fill,
    stroke = "background",
    width = 1.5,
    clip = false,
    opacity,
  } = {},
) {
  const mark = s("path", {
    d: glyph(shape, 0, 0, r),
    fill: color(fill ?? name),
    stroke: color(stroke),
    "stroke-width": width,
    opacity,
  });
  plot.add(s("g", clip ? {} : { class: "nn-dot" }, mark), { clip });
  return {
    element: mark,
    /** @param {number} x @param {number} y */
    at: (x, y) => plot.place(mark, x, y),
    hide: hider(mark),
  };
}

/**
 * Text in mini-TeX, beside a place: dx and dy in px.
 * @typedef {{color?: string, anchor?: "start" | "middle" | "end", dx?: number, dy?: number}} TextLook
 * @param {Plot} plot
 * @param {TextLook & {size?: number, halo?: boolean}} [look]
 */
export function text(plot, { color: name = "ink", anchor = "start", dx = 0, dy = 0, size, halo = true } = {}) {
  const element = plot.add(
    s("text", { class: halo ? "nn-halo" : null, fill: textColor(name), "text-anchor": anchor, "font-size": size }),
  );
  return {
    element,
    /** @param {number} x @param {number} y @param {string} source @param {TextLook} more */
    at: (x, y, source, more = {}) => {
      svgMath(element, source);
      set(element, { "text-anchor": more.anchor ?? anchor, fill: textColor(more.color ?? name) });
      plot.place(element, x, y, more.dx ?? dx, more.dy ?? dy);
    },
    hide: hider(element),
  };
}

/** A box between two corners. @param {Plot} plot @param {Look} [look] */
export function rect(plot, { color: name = "none", fill = "grid", width = 1, opacity, clip = true, under } = {}) {
  const element = plot.add(s("rect", { fill: color(fill), stroke: color(name), "stroke-width": width, opacity }), {
    clip,
    under,
  });
  return {
    element,
    /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
    at: (x1, y1, x2, y2) => {
      const [a, b, c, d] = [plot.sx(x1), plot.bounded(y1), plot.sx(x2), plot.bounded(y2)];
      const finite = [a, b, c, d].every(Number.isFinite);
      set(element, { visibility: finite ? null : "hidden" });
      if (finite)
        set(element, { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b) });
    },
    /** @param {string} value */
    fill: (value) => set(element, { fill: color(value) }),
    hide: hider(element),
  };
}
