// What a test has measured: in a few characters for the record, and in full, as a picture.

import { fixed, h, inWords, room, s, scientific, set, significant } from "../../../js/src/core/index.js";
import { IMAGES } from "./math.js";

/** @import { Translate } from "../../../js/src/core/types.js" */
/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Numbers } from "./math.js" */
/** @typedef {{label: string, value: number, text: string, well: number, from: number, to: number}} Bar */

const SIDE = 8; // pixels of an image
const FULL = 16; // its darkest pixel
const DOT = " · ";
const HIGHEST = 20; // losses in the picture
const LOWEST = 0.005;

/** A loss is stored as a text, such as 0.05, >1.00 or 3e+205. @param {string} text */
const numberOf = (text) => Number(text.replace(">", ""));

/** @param {string} text */
function loss(text) {
  if (text.startsWith(">")) return `>${Number(text.slice(1))}`;
  return text.includes("e") ? inWords(scientific(Number(text), 1)) : text;
}
const share = (/** @type {number} */ value) => fixed(value, 3);
const step = (/** @type {number} */ value) => fixed(value, value > 0 && value < 0.001 ? 4 : 3);
const shape = (/** @type {number[]} */ sizes) => sizes.join(" × ");

/** @type {Record<string, (n: Numbers) => string>} */
const BRIEF = {
  record: (n) => loss(n.losses.at(-1)) + DOT + share(n.fitted),
  look: (n) => shape(n.inputs),
  baseline: (n) => share(n.fitted) + DOT + share(n.validated),
  start: (n) => fixed(n.loss),
  zeros: (n) => loss(n.end) + DOT + loss(n.blind),
  heart: (n) => loss(n.loss),
  tiny: (n) => n.kept.map((/** @type {number} */ one) => significant(one)).join(DOT),
  layers: (n) => n.steps.map(step).join(DOT),
  rates: (n) => n.ends.map(loss).join(DOT),
  preparation: (n) => `${share(n.own)} → ${share(n.new)}`,
  split: (n) => share(n.fitted) + DOT + share(n.validated),
};

/** What the record says of a test. @param {string} test @param {Numbers} numbers */
export const brief = (test, numbers) => BRIEF[test](numbers);

/** @param {Translate} t @param {string} test @param {Numbers} n @param {Numbers} well @returns {Bar[]} */
function barsOf(t, test, n, well) {
  const row = (
    /** @type {string} */ name,
    /** @type {number} */ value,
    /** @type {string} */ text,
    /** @type {number} */ healthy,
    /** @type {{to?: number, from?: number, number?: number, rate?: number}} */ { to = 1, from = 0, ...values } = {},
  ) => ({ label: t(`bar_${name}`, values), value, text, well: healthy, from, to });
  const shares = (/** @type {string[]} */ ...names) =>
    names.map((name) => row(name, n[name], share(n[name]), well[name]));
  switch (test) {
    case "baseline":
      return shares("often", "fitted", "validated");
    case "start": {
      const to = 1.1 * Math.max(n.loss, well.loss);
      return ["loss", "constant"].map((name) => row(name, n[name], fixed(n[name]), well[name], { to }));
    }
    case "zeros": {
      const to = 1.1 * Math.max(...[n.end, n.blind, well.end, well.blind].map(numberOf));
      return ["end", "blind"].map((name) => row(name, numberOf(n[name]), loss(n[name]), numberOf(well[name]), { to }));
    }
    case "heart":
      return [row("heart", numberOf(n.loss), loss(n.loss), numberOf(well.loss), { to: 1.6 })];
    case "tiny":
      return n.kept.map((/** @type {number} */ kept, /** @type {number} */ at) =>
        row("step", kept, fixed(kept), well.kept[at], { from: -1, number: at + 1 }),
      );
    case "layers":
      return [
        ...["flat", "dead", "end_dead"].map((name) => {
          const key = name === "end_dead" ? "end" : name;
          return row(name, n[key], fixed(n[key]), well[key]);
        }),
        ...[0, 1].map((at) => row(`move_${at + 1}`, n.steps[at], step(n.steps[at]), well.steps[at])),
      ];
    case "rates":
      return n.ends.map((/** @type {string} */ end, /** @type {number} */ at) => {
        const rate = Number((n.lr * 3 ** (at - 2)).toPrecision(2));
        return row("rate", numberOf(end), loss(end), numberOf(well.ends[at]), { rate });
      });
    default:
      return [];
  }
}

/** Where a value lies between two limits, as a percentage. @param {Bar} bar @param {number} value */
const place = ({ from, to }, value) => `${100 * Math.max(0, Math.min(1, (value - from) / (to - from)))}%`;

/** A row: its name, a bar, its number; a mark where the healthy network is. @param {Bar} bar */
function barRow(bar) {
  const [zero, end] = [place(bar, 0), place(bar, bar.value)].sort(
    (a, b) => Number.parseFloat(a) - Number.parseFloat(b),
  );
  return h(
    "li",
    { class: "nn-ward-bar" },
    h("span", { text: bar.label }),
    h(
      "span",
      { class: "nn-ward-track", "aria-hidden": "true", style: { "--from": zero, "--to": end } },
      h("i", { style: { left: place(bar, bar.well) } }),
    ),
    h("b", { text: bar.text }),
  );
}

/** The share read of each class: a column for each. @param {number[]} classes @param {number[]} well @param {string[]} names */
function columns(classes, well, names) {
  return classes.map((value, at) =>
    h(
      "li",
      { class: "nn-ward-column" },
      h(
        "span",
        { class: "nn-ward-track", "aria-hidden": "true", style: { "--to": `${100 * value}%` } },
        h("i", { style: { bottom: `${100 * well[at]}%` } }),
      ),
      h("span", { text: names[at] }),
      h("span", { class: "nn-aloud", text: share(value) }),
    ),
  );
}

/** An image of 8 x 8 pixels, a letter for each. @param {number} at */
function image(at) {
  /** @type {Map<number, string>} */
  const shades = new Map();
  [...IMAGES[at]].forEach((letter, pixel) => {
    const shade = letter.charCodeAt(0) - 97;
    const square = `M${pixel % SIDE},${Math.floor(pixel / SIDE)}h1v1h-1z`;
    if (shade > 0) shades.set(shade, (shades.get(shade) ?? "") + square);
  });
  return s(
    "svg",
    { viewBox: `0 0 ${SIDE} ${SIDE}`, class: "nn-ward-image", "aria-hidden": "true" },
    [...shades].map(([shade, d]) => s("path", { d, "fill-opacity": shade / FULL })),
  );
}

/** Images with their labels. @param {number[]} images @param {string[]} labels */
const gallery = (images, labels) =>
  images.map((at, index) => h("li", {}, image(at), h("span", { text: labels[index] ?? "" })));

/** The losses after each epoch, and those of the healthy network. @param {Figure} figure */
function curves(figure) {
  const plot = figure.plot({
    x: [1, 10],
    y: [LOWEST, HIGHEST],
    yLog: true,
    xTicks: [1, 4, 7, 10],
    yTicks: [0.01, 0.1, 1, 10],
    yFormat: String,
    xLabel: "t",
    yLabel: "L",
    maxHeight: 170,
    ratio: 0.42,
    label: figure.t("curve"),
  });
  const well = plot.path({ color: "muted", dash: "5 4", clip: true });
  const own = plot.path({ color: "loss", width: 2.2, clip: true });
  const points = (/** @type {string[]} */ losses) =>
    losses.map((one, at) => /** @type {[number, number]} */ ([at + 1, Math.max(LOWEST, Math.min(numberOf(one), 1e6))]));
  return {
    node: plot.node,
    show: (/** @type {Numbers} */ n, /** @type {Numbers} */ healthy) => {
      own.points(points(n.losses));
      well.points(points(healthy.losses));
      plot.describe(n.losses.map(loss).join(", "));
    },
  };
}

/** The place where one result is seen in full. @param {Figure} figure */
export function makeResult(figure) {
  const { t } = figure;
  const curve = curves(figure);
  const list = (/** @type {string} */ name) => h("ul", { class: `nn-ward-list nn-ward-${name}` });
  const parts = { bars: list("bars"), columns: list("columns"), images: list("images"), pairs: list("pairs") };
  const facts = h("p", { class: "nn-ward-facts" });
  const looked = h("div", {}, parts.images, facts);
  const whole = { record: curve.node, look: looked, preparation: parts.pairs, split: parts.columns };
  const node = room(curve.node, looked, parts.pairs, parts.columns, parts.bars);
  node.classList.add("nn-ward-picture");
  let shown = "";
  return {
    node,
    /** @param {string} test @param {Numbers} n @param {Numbers} well @param {string} key of what is shown */
    show(test, n, well, key) {
      if (test === "record") curve.show(n, well);
      if (key === shown) return;
      shown = key;
      for (const part of [...Object.values(whole), parts.bars]) part.hidden = true;
      const part = /** @type {Record<string, HTMLElement>} */ (whole)[test] ?? parts.bars;
      part.hidden = false;
      if (test === "look") {
        parts.images.replaceChildren(...gallery(n.images, n.shown));
        const sizes = ["inputs", "labels", "outputs", "terms"].map((name) => `${t(`size_${name}`)} ${shape(n[name])}`);
        set(facts, { text: [...sizes, t("pixels", { most: n.most })].join("; ") });
      } else if (test === "preparation") {
        const rows = n.pairs.map((/** @type {number[]} */ images, /** @type {number} */ at) =>
          h("li", {}, h("span", { text: t(at ? "as_new" : "as_fitted") }), images.map(image)),
        );
        parts.pairs.replaceChildren(...rows);
      } else if (test === "split") {
        const names = n.classes.length === 2 ? [t("odd"), t("even")] : [..."0123456789"];
        parts.columns.replaceChildren(...columns(n.classes, well.classes, names));
      } else if (test !== "record") {
        set(parts.bars, { "data-test": test });
        parts.bars.replaceChildren(...barsOf(t, test, n, well).map(barRow));
      }
    },
  };
}

/** A small curve of the losses, for the bed. @param {string[]} losses */
export function spark(losses) {
  const [width, height] = [36, 18];
  const log = (/** @type {number} */ value) => Math.log(Math.max(LOWEST, Math.min(HIGHEST, value)));
  const y = (/** @type {string} */ one) =>
    height * (1 - (log(numberOf(one)) - log(LOWEST)) / (log(HIGHEST) - log(LOWEST)));
  const points = losses.map((one, at) => `${((width * at) / 9).toFixed(1)},${y(one).toFixed(1)}`);
  return s(
    "svg",
    { viewBox: `-1 -1 ${width + 2} ${height + 2}`, class: "nn-ward-spark", "aria-hidden": "true" },
    s("polyline", { points: points.join(" ") }),
  );
}
