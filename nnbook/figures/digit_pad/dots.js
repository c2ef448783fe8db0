// Pictures made of squares: dots of ink, shades of ink, or shades of a sign.

import { s, set } from "../../../js/src/core/index.js";

/** @import { Bitmap } from "./math/bitmaps.js" */

/** An empty picture of so many squares a side. @param {string} name @param {number} side @param {string} label */
export function picture(name, side, label) {
  const svg = s("svg", {
    class: "nn-dots",
    viewBox: `0 0 ${side} ${side}`,
    role: "img",
    "aria-label": label,
    "data-name": name,
  });
  svg.append(s("rect", { class: "nn-dots-paper", width: side, height: side }));
  return svg;
}

/** Dots of ink: one path for all of them, a piece for each run in a row. @param {SVGSVGElement} svg */
export function ink(svg) {
  const path = s("path", { class: "nn-dots-ink" });
  svg.append(path);
  return (/** @type {Bitmap} */ { side, dots }) => {
    let d = "";
    for (let row = 0; row < side; row += 1) {
      for (let column = 0; column < side; column += 1) {
        if (!dots[row * side + column]) continue;
        const start = column;
        while (column < side && dots[row * side + column]) column += 1;
        d += `M${start},${row}h${column - start}v1h${start - column}z`;
      }
    }
    path.setAttribute("d", d);
  };
}

/** Lines between blocks of so many dots. @param {SVGSVGElement} svg @param {number} side @param {number} size */
export function blocks(svg, side, size) {
  let d = "";
  for (let at = size; at < side; at += size) d += `M${at},0V${side}M0,${at}H${side}`;
  svg.append(s("path", { class: "nn-dots-lines", d }));
}

/**
 * Squares with a shade and, if asked, a number each; these are read aloud as one description, row by row.
 * @param {SVGSVGElement} svg @param {number} side @param {boolean} numbers
 */
export function cells(svg, side, numbers) {
  const all = Array.from({ length: side * side }, (_, index) => {
    const [x, y] = [index % side, Math.floor(index / side)];
    const rect = s("rect", { x, y, width: 1, height: 1 });
    const text = numbers
      ? s("text", { "aria-hidden": "true", x: x + 0.5, y: y + 0.68, "text-anchor": "middle" })
      : null;
    svg.append(rect);
    return { rect, text };
  });
  svg.append(...all.flatMap(({ text }) => text ?? []));
  const label = svg.getAttribute("aria-label");
  return {
    /** @param {(index: number) => {fill: string, opacity: number, value?: string | number, pale?: boolean}} shade */
    show: (shade) => {
      /** @type {(string | number)[][]} */
      const rows = Array.from({ length: side }, () => []);
      all.forEach(({ rect, text }, index) => {
        const { fill, opacity, value = "", pale } = shade(index);
        set(rect, { fill, "fill-opacity": opacity });
        rows[Math.floor(index / side)].push(value || 0);
        if (!text) return;
        set(text, { text: String(value), class: pale ? "nn-dots-pale" : null });
      });
      if (numbers) set(svg, { "aria-label": [label, ...rows.map((row) => row.join(" "))].join("; ") });
    },
  };
}
