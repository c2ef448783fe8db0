// The page's colors as numbers, for what is drawn pixel by pixel.

import { color, h } from "../../../js/src/core/index.js";

/** @import { Rgb, Shades } from "./types.js" */

const NAMES = ["class0", "class1", "class2", "class3", "class4", "edge", "gradient", "ink", "background"];

/** A function that gives name -> [r, g, b], read again when the page turns light or dark. @param {HTMLElement} root */
export function palette(root) {
  // One for each color: the browser works out all of them at once.
  const probes = NAMES.map((name) => h("span", { style: { color: color(name), "forced-color-adjust": "none" } }));
  root.append(h("span", { hidden: true }, probes));
  let key = "";
  /** @type {Shades} */
  let found = {};
  return () => {
    const { color: ink } = getComputedStyle(root);
    if (ink === key) return found;
    key = ink;
    const read = (/** @type {Element} */ probe) =>
      (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    found = Object.fromEntries(NAMES.map((name, index) => [name, read(probes[index])]));
    return found;
  };
}

/** @param {Rgb} color */
export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/**
 * A canvas as wide and high as its place, in the pixels of the screen.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height
 */
export function fitCanvas(canvas, width, height) {
  const scale = Math.min(2, globalThis.devicePixelRatio || 1);
  const [w, hh] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w || canvas.height !== hh) {
    canvas.width = w;
    canvas.height = hh;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}
