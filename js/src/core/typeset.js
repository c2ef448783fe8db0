// Formulas of minitex.js as HTML and as text of an SVG. Under the reader's hand mostly their numbers change: then only the
// texts of these are set anew, which costs less than to make, compare and lay out new nodes.

import { h, s, textColor } from "./dom.js";
import { numbersIn, parse, plain, THIN } from "./minitex.js";

/** @import { Atom } from "./minitex.js" */
/** @import { Child } from "./types.js" */

const RELATIONS = new Set(["=", "<", ">", "→", "≈", "≤", "≥", "≠", "≪", "≫"]);

/**
 * Every second piece of a sentence, cut at its dollars, is a formula; what stands between backticks is one of code.
 * @template T
 * @param {string} text @param {(source: string) => T} formula @param {(words: string) => T} words
 */
const pieces = (text, formula, words) =>
  text
    .replace(/`([^`]+)`/g, "$$\\code{$1}$$")
    .split("$")
    .map((piece, index) => (index % 2 ? formula(piece) : words(piece)));

const POWER = String.raw`\s×\s10[⁻⁰¹²³⁴-⁹]+`;
const NUMBER = String.raw`−?\d+(?:\.\d+)?(?:${POWER})?`;
const LETTER = `[a-zα-ω][₀-₉]+(?: = ${NUMBER})?|[a-zα-ω] = ${NUMBER}|[α-ω]`;
const FORMULA = new RegExp(String.raw`(?<![\p{L}\d.−])(?:${LETTER}|−?[\d.]+${POWER})(?!\.?[\p{L}\d₀-₉])`, "gu");

/** An index as minitex has it. @param {string} digits */
const lowered = (digits) => `_{${digits.normalize("NFKC")}}`;

/**
 * A sentence in which letters with an index, letters that are said to be a number, Greek letters, and numbers with a power of ten
 * are formulas, like what is between dollars.
 * @param {string} text
 */
export const marked = (text) =>
  pieces(
    text,
    (source) => source,
    (words) => words.replace(FORMULA, (found) => `$${found.replace(/\s×\s/, " × ").replace(/[₀-₉]+/g, lowered)}$`),
  ).join("$");

/** A sentence with mini-TeX between dollars, as nodes. @param {string} text @returns {Node[]} */
export function phrase(text) {
  return pieces(marked(text), /** @type {(source: string) => Node} */ (math), (words) =>
    document.createTextNode(words),
  );
}

/** The same as plain text, to be read aloud. @param {string} text */
export function spoken(text) {
  return pieces(text, plain, (words) => words).join("");
}

/** A text of a formula: what it is made of, words and numbers of the formula. @typedef {{node: Text, parts: (string | number)[]}} Run */

/**
 * What an element shows: a formula, the same without its numbers, and its texts.
 * @typedef {{source: string, rest: string, runs: Run[]}} Shown
 */
/** @type {WeakMap<Node, Shown>} */
const shown = new WeakMap();

/** A formula as an HTML element. @param {string} source */
export function math(source) {
  /** @type {Run[]} */
  const runs = [];
  const element = h("span", { class: "nn-math" }, line(parse(source), runs));
  shown.set(element, { source, rest: numbersIn(source).rest, runs });
  return element;
}

/**
 * Set the numbers of a formula that an element shows; false where it shows another one.
 * @param {Node} element @param {string} source
 */
function renumber(element, source) {
  const known = shown.get(element);
  if (known?.source === source) return true;
  const { numbers, rest } = numbersIn(source);
  if (known?.rest !== rest) return false;
  known.source = source;
  for (const { node, parts } of known.runs)
    put(node, parts.map((part) => (typeof part === "number" ? numbers[part] : part)).join(""));
  return true;
}

/**
 * Write an atom at the end of a list: a text goes on where the list ends with one.
 * @param {Atom} atom @param {Child[]} list @param {Run[]} runs
 */
function write({ text = "", number }, list, runs) {
  let run = runs.at(-1);
  if (!run || run.node !== list.at(-1)) {
    run = { node: document.createTextNode(""), parts: [] };
    runs.push(run);
    list.push(run.node);
  }
  run.node.nodeValue += text;
  run.parts.push(number ?? text);
}

/** @param {Node} node @param {string} text */
function put(node, text) {
  if (node.nodeValue !== text) node.nodeValue = text;
}

/** Let an element show a formula. @param {Element} element @param {string} source */
export function showMath(element, source) {
  const { firstChild } = element;
  if (!firstChild || !renumber(firstChild, source)) element.replaceChildren(math(source));
}

/** Let an element show a sentence with formulas between dollars. @param {Element} element @param {string} text */
export function showPhrase(element, text) {
  const old = [...element.childNodes];
  const parts = marked(text).split("$");
  if (old.length !== parts.length) return element.replaceChildren(...phrase(text));
  parts.forEach((part, index) => {
    if (index % 2 === 0) put(old[index], part);
    else if (!renumber(old[index], part)) old[index].replaceWith(math(part));
  });
}

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
 * @param {Atom[]} atoms @param {Run[]} runs gets the texts
 * @returns {Child[]}
 */
function line(atoms, runs, level = 0) {
  if (level === BREAKS.length) return html(atoms, runs);
  const pieces = cut(atoms, BREAKS[level]);
  if (pieces.length <= 1) return line(atoms, runs, level + 1);
  return pieces.map(([first, ...others], index) => {
    const { text = "" } = first;
    const space = index > 0 && text.startsWith(" "); // it goes between the blocks, where a line may end
    const piece = space ? [{ ...first, text: text.slice(1) }, ...others] : [first, ...others];
    return [space ? " " : null, h("span", { class: "nn-piece" }, line(piece, runs, level + 1))];
  });
}

/** @param {Atom[]} atoms @param {Run[]} runs @returns {Child[]} */
function html(atoms, runs) {
  /** @type {Child[]} */
  const list = [];
  for (const atom of atoms) {
    if (atom.numerator) {
      const parts = [atom.numerator, atom.denominator ?? []];
      list.push(h("span", { class: "nn-frac" }, ...parts.map((part) => h("span", {}, html(part, runs)))));
    } else if (atom.group) {
      const style = atom.color ? { color: textColor(atom.color) } : undefined;
      list.push(h("span", { class: atom.cancel ? "nn-cancel" : null, style }, html(atom.group, runs)));
    } else if (atom.italic) {
      list.push(h("i", { text: atom.text }));
    } else if (atom.code) {
      list.push(h("code", { text: atom.text }));
    } else if (atom.root) {
      list.push(h("span", { class: "nn-root", text: atom.text }));
    } else {
      write(atom, list, runs);
    }
    const scripts = [atom.sup && h("sup", {}, html(atom.sup, runs)), atom.sub && h("sub", {}, html(atom.sub, runs))];
    if (atom.sub && atom.sup) list.push(h("span", { class: "nn-scripts" }, scripts));
    else list.push(...scripts);
  }
  return list.filter(Boolean);
}

/**
 * A formula as the content of an SVG text element.
 * @param {SVGTextElement} element @param {string} source
 */
export function svgMath(element, source) {
  if (renumber(element, source)) return element;
  /** @type {Node[]} */
  const pieces = [];
  /** @type {Run[]} */
  const runs = [];
  let lowered = 0; // how far, in em of the base size, the line is now below the base line
  /** @param {Atom[]} atoms @param {number} level @param {number} scale @param {string | null} fill */
  const add = (atoms, level, scale, fill) => {
    for (const atom of atoms) {
      if (atom.group) {
        add(atom.group, level, scale, atom.color ? textColor(atom.color) : fill);
      } else if (atom.numerator) {
        add([...atom.numerator, { text: "/" }, ...(atom.denominator ?? [])], level, scale, fill);
      } else {
        const look = {
          "font-style": atom.italic ? "italic" : null,
          "font-size": scale === 1 ? null : `${scale}em`,
          dy: level === lowered ? null : `${(level - lowered) / scale}em`,
          style: fill ? { fill } : undefined,
        };
        const bare = Object.values(look).every((value) => value == null);
        /** @type {Node[]} */
        const list = bare ? pieces : [];
        write({ ...atom, text: atom.text?.replace(/^ | $/g, "\u00a0") }, list, runs);
        if (!bare) pieces.push(s("tspan", look, list));
        lowered = level;
      }
      if (atom.sub) add(atom.sub, level + 0.25, scale * 0.72, fill);
      if (atom.sup) add(atom.sup, level - 0.38, scale * 0.72, fill);
    }
  };
  add(parse(source), 0, 1, null);
  element.replaceChildren(...pieces);
  shown.set(element, { source, rest: numbersIn(source).rest, runs });
  return element;
}
