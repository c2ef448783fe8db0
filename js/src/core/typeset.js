// Formulas of minitex.js as HTML and as text of an SVG.

import { become, color, h, s } from "./dom.js";
import { parse, plain, THIN } from "./minitex.js";

/** @import { Atom } from "./minitex.js" */
/** @import { Child } from "./types.js" */

const RELATIONS = new Set(["=", "<", ">", "→", "≈", "≤", "≥", "≠", "≪", "≫"]);

/**
 * Every second piece of a sentence, cut at its dollars, is a formula.
 * @template T
 * @param {string} text @param {(source: string) => T} formula @param {(words: string) => T} words
 */
const pieces = (text, formula, words) =>
  text.split("$").map((piece, index) => (index % 2 ? formula(piece) : words(piece)));

/** A sentence with mini-TeX between dollars, as nodes. @param {string} text @returns {Node[]} */
export function phrase(text) {
  return pieces(text, /** @type {(source: string) => Node} */ (math), (words) => document.createTextNode(words));
}

/** The same as plain text, to be read aloud. @param {string} text */
export function spoken(text) {
  return pieces(text, plain, (words) => words).join("");
}

/** A formula as an HTML element. @param {string} source */
export const math = (source) => h("span", { class: "nn-math" }, line(parse(source)));

/** @typedef {(atom: Atom, index: number, atoms: Atom[]) => boolean} Break */

/**
 * Where a long formula may break: before a relation; where that is not enough, before a plus or a minus or after a comma;
 * last before a dot.
 * @type {Break[]}
 */
const BREAKS = [
  ({ operator = false, text = "" }) => operator && RELATIONS.has(text.trim()),
  ({ operator = false, text = "" }, index, atoms) =>
    (operator && / [+−] /.test(text)) || (atoms[index - 1].text === THIN && atoms[index - 2]?.text === ","),
  ({ operator = false, text }) => operator && text === " · ",
];

/** Cut a list before each atom, but the first, that passes the test. @param {Atom[]} atoms @param {Break} test */
function cut(atoms, test) {
  const starts = atoms.flatMap((atom, index) => (index === 0 || test(atom, index, atoms) ? [index] : []));
  return starts.map((start, n) => atoms.slice(start, starts[n + 1]));
}

/**
 * Pieces are blocks within blocks, so that the browser tries the better breaks first.
 * @param {Atom[]} atoms
 * @returns {Child[]}
 */
function line(atoms, level = 0) {
  if (level === BREAKS.length) return html(atoms);
  const pieces = cut(atoms, BREAKS[level]);
  if (pieces.length <= 1) return line(atoms, level + 1);
  return pieces.map(([first, ...others], index) => {
    const { text = "" } = first;
    const space = index > 0 && text.startsWith(" "); // it goes between the blocks, where a line may end
    const piece = space ? [{ ...first, text: text.slice(1) }, ...others] : [first, ...others];
    return [space ? " " : null, h("span", { class: "nn-piece" }, line(piece, level + 1))];
  });
}

/** @param {Atom[]} atoms @returns {Child[]} */
function html(atoms) {
  return atoms.map((atom) => {
    /** @type {Node} */
    let base;
    if (atom.numerator) {
      base = h(
        "span",
        { class: "nn-frac" },
        h("span", {}, html(atom.numerator)),
        h("span", {}, html(atom.denominator ?? [])),
      );
    } else if (atom.group) {
      base = h(
        "span",
        { class: atom.cancel ? "nn-cancel" : null, style: atom.color ? { color: color(atom.color) } : {} },
        html(atom.group),
      );
    } else if (atom.italic) {
      base = h("i", { text: atom.text });
    } else {
      base = document.createTextNode(atom.text ?? "");
    }
    if (!atom.sub && !atom.sup) return base;
    const both = atom.sub && atom.sup ? "nn-scripts" : null;
    const scripts = [atom.sup && h("sup", {}, html(atom.sup)), atom.sub && h("sub", {}, html(atom.sub))];
    return [base, both ? h("span", { class: both }, scripts) : scripts];
  });
}

/** What a text shows. @type {WeakMap<SVGTextElement, string>} */
const shown = new WeakMap();

/**
 * A formula as the content of an SVG text element.
 * @param {SVGTextElement} element @param {string} source
 */
export function svgMath(element, source) {
  if (shown.get(element) === source) return element;
  shown.set(element, source);
  /** @type {SVGTSpanElement[]} */
  const pieces = [];
  let lowered = 0; // how far, in em of the base size, the line is now below the base line
  /** @param {Atom[]} atoms @param {number} level @param {number} scale @param {string | null} fill */
  const write = (atoms, level, scale, fill) => {
    for (const atom of atoms) {
      if (atom.group) {
        write(atom.group, level, scale, atom.color ? color(atom.color) : fill);
      } else if (atom.numerator) {
        write([...atom.numerator, { text: "/" }, ...(atom.denominator ?? [])], level, scale, fill);
      } else {
        pieces.push(
          s("tspan", {
            text: (atom.text ?? "").replace(/^ | $/g, "\u00a0"),
            "font-style": atom.italic ? "italic" : null,
            "font-size": scale === 1 ? null : `${scale}em`,
            dy: level === lowered ? null : `${(level - lowered) / scale}em`,
            style: fill ? { fill } : {},
          }),
        );
        lowered = level;
      }
      if (atom.sub) write(atom.sub, level + 0.25, scale * 0.72, fill);
      if (atom.sup) write(atom.sup, level - 0.38, scale * 0.72, fill);
    }
  };
  write(parse(source), 0, 1, null);
  become(element, pieces);
  return element;
}
