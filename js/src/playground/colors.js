// The page's colors as numbers, for what is drawn pixel by pixel.

import { color, h } from "../core/index.js";

const NAMES = [
  "class0",
  "class1",
  "class2",
  "class3",
  "class4",
  "positive",
  "negative",
  "zero",
  "muted",
  "gradient",
  "ink",
  "background",
];

/** A function that gives name -> [r, g, b], read again when the page turns light or dark. */
export function palette(root) {
  const probe = h("span", { hidden: true, style: { "forced-color-adjust": "none" } });
  root.append(probe);
  let key = "";
  let found = {};
  return () => {
    const { color: ink } = getComputedStyle(root);
    if (ink === key) return found;
    key = ink;
    found = Object.fromEntries(
      NAMES.map((name) => {
        probe.style.color = color(name);
        const numbers = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
        return [name, numbers.slice(0, 3).map(Number)];
      }),
    );
    return found;
  };
}

export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/** A canvas as wide and high as its place, in the pixels of the screen. */
export function fitCanvas(canvas, width, height) {
  const scale = Math.min(2, globalThis.devicePixelRatio || 1);
  const [w, hh] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w || canvas.height !== hh) {
    canvas.width = w;
    canvas.height = hh;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}
