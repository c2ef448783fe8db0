// A plot in SVG that is as wide as its place: text keeps its size, the scales follow.
//
//   const p = figure.plot({ x: [-6, 6], y: [-1, 4], xLabel: "z", yLabel: "f(z)" });
//   const curve = p.path({ color: "activation" });      // marks are made once ...
//   const dot = p.dot({ color: "prediction" });
//   draw: curve.f(relu); dot.at(1, 1);                  // ... and moved each time the figure draws
//
// Coordinates given to marks are those of the data. A mark whose place is not finite is hidden.

import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { color, h, s, set, uniqueId } from "./dom.js";
import { fixed, significant } from "./format.js";
import { handle, tappable } from "./handle.js";
import { scrub } from "./scrub.js";
import { svgMath } from "./typeset.js";

const FONT = 13; // px; text of a plot at every width

/**
 * @typedef {object} PlotOptions
 * @property {[number, number]} x from where to where
 * @property {[number, number]} y
 * @property {string} [xLabel] mini-TeX, at the right end
 * @property {string} [yLabel] mini-TeX, on top
 * @property {number | number[]} [xTicks] about how many, or which
 * @property {number | number[]} [yTicks]
 * @property {(value: number) => string} [xFormat] tick -> mini-TeX
 * @property {(value: number) => string} [yFormat]
 * @property {boolean} [xLog] logarithmic
 * @property {boolean} [yLog]
 * @property {boolean} [axes] false for a bare canvas, such as a network diagram
 * @property {boolean} [zero] lines through zero
 * @property {number} [ratio] height : width of the area between the axes; default 0.6
 * @property {boolean} [equal] one unit is as long on both axes: the height follows from the limits
 * @property {number} [maxHeight] px
 * @property {Partial<Record<"top" | "right" | "bottom" | "left", number>>} [margin] px
 * @property {string} [label] what it shows, read aloud
 */

export class Plot {
  /** @param {PlotOptions} options */
  constructor(options) {
    this.options = { axes: true, zero: false, ratio: 0.6, maxHeight: 420, xTicks: 6, yTicks: 5, ...options };
    const bare = !this.options.axes;
    this.margin = {
      top: bare ? 4 : 24,
      right: bare ? 4 : 18,
      bottom: bare ? 4 : 30,
      left: bare ? 4 : 42,
      ...options.margin,
    };
    this.sx = (this.options.xLog ? scaleLog() : scaleLinear()).domain(options.x);
    this.sy = (this.options.yLog ? scaleLog() : scaleLinear()).domain(options.y);
    const clip = uniqueId("clip");
    this.clip = s("rect");
    this.frame = s("g", { class: "nn-axes", "aria-hidden": "true" });
    this.marks = s("g");
    this.svg = s(
      "svg",
      { class: "nn-svg", role: "img", "aria-label": options.label, "font-size": FONT },
      s("defs", {}, s("clipPath", { id: clip }, this.clip)),
      this.frame,
      this.marks,
    );
    this.clipUrl = `url(#${clip})`;
    this.node = h("div", { class: "nn-plot" }, this.svg);
    this.width = 0;
    this.handles = [];
  }

  /** Take over the width of the place; tell whether it changed. */
  measure() {
    const width = Math.floor(this.node.clientWidth);
    if (width === 0 || width === this.width) return false;
    this.width = width;
    this.layout();
    return true;
  }

  /** New limits; the axes follow. @param {{x?: [number, number], y?: [number, number]}} limits */
  domain({ x, y }) {
    const same = (scale, limits) => !limits || String(scale.domain()) === String(limits);
    if (same(this.sx, x) && same(this.sy, y)) return;
    if (x) this.sx.domain(x);
    if (y) this.sy.domain(y);
    if (this.width) this.layout();
  }

  layout() {
    const { top, right, bottom, left } = this.margin;
    let inner = Math.max(40, this.width - left - right);
    let height;
    if (this.options.equal) {
      const [x, y] = [this.sx.domain(), this.sy.domain()];
      const perUnit = Math.min(inner / (x[1] - x[0]), this.options.maxHeight / (y[1] - y[0]));
      inner = perUnit * (x[1] - x[0]);
      height = perUnit * (y[1] - y[0]);
    } else {
      height = Math.min(inner * this.options.ratio, this.options.maxHeight);
    }
    this.inner = { width: inner, height };
    this.sx.range([left, left + inner]);
    this.sy.range([top + height, top]);
    const total = Math.ceil(top + height + bottom);
    const across = Math.ceil(left + inner + right);
    set(this.svg, { viewBox: `0 0 ${across} ${total}`, width: across, height: total });
    set(this.clip, { x: left, y: top, width: inner, height });
    this.drawAxes();
  }

  drawAxes() {
    const { options, sx, sy, frame } = this;
    frame.replaceChildren();
    if (!options.axes) return;
    const [x0, x1] = sx.range();
    const [y0, y1] = sy.range();
    const room = Math.max(2, Math.floor(this.inner.width / 58));
    const ticks = (scale, wish, most, log) => {
      if (Array.isArray(wish)) return wish;
      if (!log) return scale.ticks(Math.min(wish, most));
      const powers = scale.ticks().filter((value) => Math.abs(Math.log10(value) % 1) < 1e-9);
      return powers.filter((_, index) => index % Math.ceil(powers.length / Math.min(wish, most)) === 0);
    };
    const xTicks = ticks(sx, options.xTicks, room, options.xLog);
    const yTicks = ticks(sy, options.yTicks, 12, options.yLog);
    const text = (x, y, anchor, source, more = {}) =>
      frame.append(svgMath(s("text", { x, y, "text-anchor": anchor, ...more }), source));
    const at = (x, y, X, Y, name) => frame.append(s("line", { x1: x, y1: y, x2: X, y2: Y, class: name }));
    if (options.zero && sy.domain()[0] < 0 && sy.domain()[1] > 0) at(x0, sy(0), x1, sy(0), "nn-zero");
    if (options.zero && sx.domain()[0] < 0 && sx.domain()[1] > 0) at(sx(0), y0, sx(0), y1, "nn-zero");
    at(x0, y0, x1, y0);
    at(x0, y0, x0, y1);
    const show = (format, values) => format ?? tickFormat(values);
    for (const value of xTicks) {
      at(sx(value), y0, sx(value), y0 + 4);
      text(sx(value), y0 + 18, "middle", show(options.xFormat, xTicks)(value));
    }
    for (const value of yTicks) {
      at(x0 - 4, sy(value), x0, sy(value));
      text(x0 - 8, sy(value) + 4.5, "end", show(options.yFormat, yTicks)(value));
    }
    if (options.xLabel) text(x1 + 6, y0 + 5, "start", options.xLabel, { class: "nn-name" });
    if (options.yLabel) text(x0 - 8, y1 - 10, "start", options.yLabel, { class: "nn-name" });
  }

  /**
   * Put a mark on top; clipped to the area unless told otherwise. Read aloud are the plot as a whole
   * and what in it can be moved, not its marks and scraps of text.
   */
  add(element, { clip = false, under = false } = {}) {
    if (element.hasAttribute("role")) set(this.svg, { role: "group" });
    else set(element, { "aria-hidden": "true" });
    if (clip) element.setAttribute("clip-path", this.clipUrl);
    if (under) this.marks.prepend(element);
    else this.marks.append(element);
    return element;
  }

  /** A curve or an outline. */
  path({ color: name = "ink", width = 2, dash, fill = "none", opacity, clip = true, under } = {}) {
    const element = this.add(
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
    const through = line(
      ([x]) => this.sx(x),
      ([, y]) => this.bounded(y),
    ).defined(([x, y]) => !Number.isNaN(this.sx(x)) && !Number.isNaN(y));
    return {
      element,
      /** Through points [x, y]. */
      points: (points) => set(element, { d: through(points) ?? "", visibility: null }),
      /** Along a function, from edge to edge or from `from` to `to`. */
      f: (f, from = this.sx.domain()[0], to = this.sx.domain()[1]) => {
        const n = Math.max(2, Math.ceil(Math.abs(this.sx(to) - this.sx(from)) / 2));
        const points = Array.from({ length: n + 1 }, (_, i) => {
          const x = from + ((to - from) * i) / n;
          return [x, f(x)];
        });
        return set(element, { d: through(points) ?? "", visibility: null });
      },
      d: (d) => set(element, { d }),
      hide: () => set(element, { visibility: "hidden" }),
    };
  }

  /** Far outside the picture is as good as infinitely far, and SVG can draw it. */
  bounded(y) {
    const at = this.sy(y);
    const limit = 20 * (this.inner?.height ?? 400);
    return Number.isNaN(at) ? (this.options.yLog ? limit : at) : Math.max(-limit, Math.min(limit, at));
  }

  /** A straight line, with an arrowhead if asked. */
  line({ color: name = "ink", width = 1.5, dash, arrow = false, clip = true, opacity } = {}) {
    const element = this.add(s("g", { stroke: color(name), fill: color(name), opacity }), { clip });
    const shaft = s("line", { "stroke-width": width, "stroke-dasharray": dash, "stroke-linecap": "round" });
    const head = s("path", { stroke: "none" });
    element.append(shaft, head);
    return {
      element,
      at: (x1, y1, x2, y2) => {
        const [a, b, c, d] = [this.sx(x1), this.sy(y1), this.sx(x2), this.sy(y2)];
        const length = Math.hypot(c - a, d - b);
        set(element, { visibility: [a, b, c, d].every(Number.isFinite) ? null : "hidden" });
        if (!Number.isFinite(length)) return;
        const size = arrow ? Math.min(9, length) : 0;
        const [u, v] = length ? [(c - a) / length, (d - b) / length] : [0, 0];
        set(shaft, { x1: a, y1: b, x2: c - u * size * 0.8, y2: d - v * size * 0.8 });
        const wing = size * 0.42;
        set(head, {
          d: size
            ? `M${c},${d}L${c - u * size - v * wing},${d - v * size + u * wing}L${c - u * size + v * wing},${d - v * size - u * wing}Z`
            : "",
        });
      },
      hide: () => set(element, { visibility: "hidden" }),
    };
  }

  /** A point: "circle", "square", "triangle" or "diamond", so that classes differ in more than color. */
  dot({
    color: name = "ink",
    r = 5,
    shape = "circle",
    fill,
    stroke = "background",
    width = 1.5,
    clip = false,
    opacity,
  } = {}) {
    const outlines = {
      circle: `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
      square: `M${-r * 0.9},${-r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}Z`,
      triangle: `M0,${-r * 1.2}L${r * 1.1},${r * 0.8}H${-r * 1.1}Z`,
      diamond: `M0,${-r * 1.3}L${r * 1.3},0L0,${r * 1.3}L${-r * 1.3},0Z`,
    };
    const element = this.add(s("g", clip ? {} : { class: "nn-dot" }), { clip });
    const mark = s("path", {
      d: outlines[shape],
      fill: color(fill ?? name),
      stroke: color(stroke),
      "stroke-width": width,
      opacity,
    });
    element.append(mark);
    return {
      element: mark,
      at: (x, y) => this.place(mark, x, y),
      hide: () => set(mark, { visibility: "hidden" }),
    };
  }

  /** Text in mini-TeX, beside a place: dx and dy in px. */
  text({ color: name = "ink", anchor = "start", dx = 0, dy = 0, size, halo = true } = {}) {
    const element = this.add(
      s("text", {
        class: halo ? "nn-halo" : null,
        fill: color(name),
        "text-anchor": anchor,
        "font-size": size,
      }),
    );
    return {
      element,
      at: (x, y, source, more = {}) => {
        svgMath(element, source);
        set(element, { "text-anchor": more.anchor ?? anchor, fill: color(more.color ?? name) });
        this.place(element, x, y, more.dx ?? dx, more.dy ?? dy);
      },
      hide: () => set(element, { visibility: "hidden" }),
    };
  }

  /** A box between two corners. */
  rect({ color: name = "none", fill = "grid", width = 1, opacity, clip = true, under } = {}) {
    const element = this.add(s("rect", { fill: color(fill), stroke: color(name), "stroke-width": width, opacity }), {
      clip,
      under,
    });
    return {
      element,
      at: (x1, y1, x2, y2) => {
        const [a, b, c, d] = [this.sx(x1), this.bounded(y1), this.sx(x2), this.bounded(y2)];
        const finite = [a, b, c, d].every(Number.isFinite);
        set(element, { visibility: finite ? null : "hidden" });
        if (finite)
          set(element, { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b) });
      },
      fill: (value) => set(element, { fill: color(value) }),
      hide: () => set(element, { visibility: "hidden" }),
    };
  }

  /** A point that can be dragged, and moved by a tap or with the arrow keys: see handle.js. */
  handle(options) {
    if (this.handles.length === 0) tappable(this, this.handles);
    this.handles.push(handle(this, options));
    return this.handles.at(-1);
  }

  /** A number that is changed where it stands: see scrub.js. */
  scrub(options) {
    return scrub(this, options);
  }

  /** Move an element to a place of the data; hide it where that is not finite. */
  place(element, x, y, dx = 0, dy = 0) {
    const [a, b] = [this.sx(x), this.sy(y)];
    const finite = Number.isFinite(a) && Number.isFinite(b);
    set(element, { visibility: finite ? null : "hidden", transform: finite ? `translate(${a + dx},${b + dy})` : null });
  }

  /** The data's coordinates under a pointer. @param {PointerEvent} event */
  under(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.svg.viewBox.baseVal.width / box.width;
    return [this.sx.invert((event.clientX - box.left) * scale), this.sy.invert((event.clientY - box.top) * scale)];
  }
}

/** As many decimals as the ticks need to differ, powers of ten where they are far apart. */
function tickFormat(values) {
  const digits = Math.max(
    0,
    ...values.map((value) => {
      const [, decimals = ""] = String(Number(value.toPrecision(12))).split(".");
      return decimals.length;
    }),
  );
  const wide = values.some((value) => value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3));
  if (!wide && digits <= 3) return (value) => fixed(value, digits);
  return (value) => {
    const power = Math.log10(Math.abs(value));
    return Math.abs(power - Math.round(power)) < 1e-9
      ? `${value < 0 ? "-" : ""}10^{${fixed(Math.round(power), 0)}}`
      : significant(value, 2);
  };
}
