// A plot in SVG that is as wide as its place: text keeps its size, the scales follow.
//
//   const p = figure.plot({ x: [-6, 6], y: [-1, 4], xLabel: "z", yLabel: "f(z)" });
//   const curve = p.path({ color: "activation" });      // marks are made once ...
//   const dot = p.dot({ color: "prediction" });
//   draw: curve.f(relu); dot.at(1, 1);                  // ... and moved each time the figure draws
//
// Its marks are in marks.js.

import { h, reusing, s, set, uniqueId } from "./dom.js";
import { fixed, significant } from "./format.js";
import { handle, tappable } from "./handle.js";
import { dot, line, path, rect, text } from "./marks.js";
import { logarithmic, straight } from "./scale.js";
import { scrub } from "./scrub.js";
import { svgMath } from "./typeset.js";

/** @import { Handle, HandleOptions } from "./handle.js" */
/** @import { ScrubOptions } from "./scrub.js" */
/** @import { Interval, Look, Margin, PlotOptions, Point, Scale } from "./types.js" */

export class Plot {
  /** @param {PlotOptions} options */
  constructor(options) {
    this.options = { axes: true, zero: false, ratio: 0.6, maxHeight: 420, xTicks: 6, yTicks: 5, ...options };
    const bare = !this.options.axes;
    /** @type {Margin} */
    this.margin = {
      top: bare ? 4 : 24,
      right: bare ? 4 : 18,
      bottom: bare ? 4 : 30,
      left: bare ? 4 : 42,
      ...options.margin,
    };
    this.sx = scaleOf(options.x, options.xLog);
    this.sy = scaleOf(options.y, options.yLog);
    const clip = uniqueId("clip");
    this.clip = s("rect");
    this.rules = s("g");
    this.labels = s("g");
    this.marks = s("g");
    this.svg = s(
      "svg",
      { class: "nn-svg", role: "img", "aria-label": options.label },
      s("defs", {}, s("clipPath", { id: clip }, this.clip)),
      s("g", { class: "nn-axes", "aria-hidden": "true" }, this.rules, this.labels),
      this.marks,
    );
    this.clipUrl = `url(#${clip})`;
    this.node = h("div", { class: "nn-plot" }, this.svg);
    this.width = 0;
    this.font = 0; // px; of its texts, as the style says
    /** The area between the axes, once the plot is laid out. @type {{width: number, height: number} | null} */
    this.inner = null;
    /** @type {Handle[]} */
    this.handles = [];
  }

  /** Take over the width of the place; tell whether it changed. */
  measure() {
    const width = Math.floor(this.node.clientWidth);
    if (width === 0 || width === this.width) return false;
    this.width = width;
    this.font = Number.parseFloat(getComputedStyle(this.svg).fontSize);
    this.layout();
    return true;
  }

  /** New limits; the axes follow. @param {{x?: Interval, y?: Interval}} limits */
  domain({ x, y }) {
    /** @param {Scale} scale @param {Interval} [limits] */
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
    const { options, sx, sy } = this;
    if (!options.axes) return;
    const [nextRule, nextLabel] = [reusing(this.rules, "line"), reusing(this.labels, "text")];
    const [x0, x1] = sx.range();
    const [y0, y1] = sy.range();
    /** @param {number} x @param {number} y @param {string} anchor @param {string} source @param {string} [name] */
    const write = (x, y, anchor, source, name) =>
      svgMath(set(nextLabel(), { x, y, "text-anchor": anchor, class: name }), source);
    /** @param {Point} from @param {Point} to @param {string} [name] */
    const rule = ([x, y], [X, Y], name) => set(nextRule(), { x1: x, y1: y, x2: X, y2: Y, class: name });
    const [left, right] = sx.domain();
    const [bottom, top] = sy.domain();
    if (options.zero && bottom < 0 && top > 0) rule([x0, sy(0)], [x1, sy(0)], "nn-zero");
    if (options.zero && left < 0 && right > 0) rule([sx(0), y0], [sx(0), y1], "nn-zero");
    rule([x0, y0], [x1, y0]);
    rule([x0, y0], [x0, y1]);
    const room = Math.max(2, Math.floor((x1 - x0) / 58));
    const xTicks = ticksOf(sx, options.xTicks, room, options.xLog);
    for (const value of xTicks) {
      rule([sx(value), y0], [sx(value), y0 + 4]);
      write(sx(value), y0 + 18, "middle", (options.xFormat ?? tickFormat(xTicks))(value));
    }
    const yTicks = ticksOf(sy, options.yTicks, 12, options.yLog);
    for (const value of yTicks) {
      rule([x0 - 4, sy(value)], [x0, sy(value)]);
      write(x0 - 8, sy(value) + 4.5, "end", (options.yFormat ?? tickFormat(yTicks))(value));
    }
    if (options.xLabel) write(x1 + 6, y0 + 5, "start", options.xLabel, "nn-name");
    if (options.yLabel) write(x0 - 8, y1 - 10, "start", options.yLabel, "nn-name");
    for (const next of [nextRule, nextLabel]) next.end();
  }

  /**
   * Put a mark on top; clipped to the area unless told otherwise. Read aloud are the plot as a whole
   * and what in it can be moved, not its marks and scraps of text.
   * @template {SVGElement} Mark
   * @param {Mark} element
   * @param {{clip?: boolean, under?: boolean}} [where]
   */
  add(element, { clip = false, under = false } = {}) {
    if (element.hasAttribute("role")) set(this.svg, { role: "group" });
    else set(element, { "aria-hidden": "true" });
    const place = clip ? this.clipped(under) : this.marks;
    if (under) place.prepend(element);
    else place.append(element);
    return element;
  }

  /** The group that is cut off at the area: marks that lie on each other share one. @param {boolean} under */
  clipped(under) {
    const neighbor = under ? this.marks.firstElementChild : this.marks.lastElementChild;
    if (neighbor?.getAttribute("clip-path") === this.clipUrl) return neighbor;
    const group = s("g", { "clip-path": this.clipUrl });
    if (under) this.marks.prepend(group);
    else this.marks.append(group);
    return group;
  }

  /** What it shows at present, read aloud after its label. @param {string} text */
  describe(text) {
    set(this.svg, { "aria-label": `${this.options.label}: ${text}` });
  }

  // The marks: see marks.js.
  /** @param {Look} [look] */
  path(look) {
    return path(this, look);
  }
  /** @param {Parameters<typeof line>[1]} [look] */
  line(look) {
    return line(this, look);
  }
  /** @param {Parameters<typeof dot>[1]} [look] */
  dot(look) {
    return dot(this, look);
  }
  /** @param {Parameters<typeof text>[1]} [look] */
  text(look) {
    return text(this, look);
  }
  /** @param {Look} [look] */
  rect(look) {
    return rect(this, look);
  }

  /**
   * A point that can be dragged, and moved by a tap or with the arrow keys: see handle.js.
   * @param {HandleOptions} options
   */
  handle(options) {
    if (this.handles.length === 0) tappable(this, this.handles);
    const made = handle(this, options);
    this.handles.push(made);
    return made;
  }

  /** A number that is changed in place: see scrub.js. @param {ScrubOptions} options */
  scrub(options) {
    return scrub(this, options);
  }

  /** Far outside the picture is as good as infinitely far, and SVG can draw it. @param {number} y */
  bounded(y) {
    const at = this.sy(y);
    const limit = 20 * (this.inner?.height ?? 400);
    return Number.isNaN(at) ? (this.options.yLog ? limit : at) : Math.max(-limit, Math.min(limit, at));
  }

  /**
   * Move an element to a place of the data; hide it where that is not finite.
   * @param {SVGElement} element @param {number} x @param {number} y
   */
  place(element, x, y, dx = 0, dy = 0) {
    const [a, b] = [this.sx(x) + dx, this.sy(y) + dy];
    const finite = Number.isFinite(a) && Number.isFinite(b);
    set(element, { visibility: finite ? null : "hidden" });
    // With a coordinate system of its own a text takes longer to paint.
    if (element.localName !== "text") set(element, { transform: finite ? `translate(${a},${b})` : null });
    else if (finite) set(element, { x: a, y: b });
  }

  /** The data's coordinates under a pointer. @param {MouseEvent} event @returns {Point} */
  under(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.svg.viewBox.baseVal.width / box.width;
    return [this.sx.invert((event.clientX - box.left) * scale), this.sy.invert((event.clientY - box.top) * scale)];
  }
}

/** @param {Interval} limits @param {boolean} [log] @returns {Scale} */
const scaleOf = (limits, log) => (log ? logarithmic : straight)(limits);

/**
 * The given ticks, or at most this many; on a logarithmic axis powers of ten.
 * @param {Scale} scale @param {number | number[]} wish @param {number} most @param {boolean} [log]
 */
function ticksOf(scale, wish, most, log) {
  if (Array.isArray(wish)) return wish;
  if (!log) return scale.ticks(Math.min(wish, most));
  const powers = scale.ticks();
  return powers.filter((_, index) => index % Math.ceil(powers.length / Math.min(wish, most)) === 0);
}

/**
 * As many decimals as the ticks need to differ, powers of ten where they are far apart.
 * @param {number[]} values
 * @returns {(value: number) => string}
 */
export function tickFormat(values) {
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
