// Formulas with live numbers. KaTeX (75 kB) renders the fixed ones while the book is built; what
// changes under the reader's hand is set by these few lines, in a small part of TeX:
//
//   letters are italic, digits and \text{words} upright; _ and ^ with one character or a group;
//   \alpha ... \omega, \Delta, \nabla, \partial, \infty, \cdot, \times, \to, \approx, \le, \ge, \ne;
//   \ln, \exp, \max ... upright; \hat{y}; \frac{a}{b} (in SVG: a/b); \,  a thin space;
//   \c{weight}{w_1} in the color of a quantity; \cancel{p} struck out (in HTML alone).

import { color, h, s } from "./dom.js";

/** @import { Child } from "./types.js" */

/** @type {Record<string, string>} */
const SYMBOLS = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  eta: "η",
  theta: "θ",
  lambda: "λ",
  mu: "μ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  omega: "ω",
};
/** @type {Record<string, string>} */
const UPRIGHT = {
  Delta: "Δ",
  nabla: "∇",
  partial: "∂",
  infty: "∞",
  Sigma: "Σ",
  sum: "∑",
  prime: "′",
  top: "⊤",
  dots: "…",
};
/** @type {Record<string, string>} */
const OPERATORS = {
  cdot: "·",
  times: "×",
  to: "→",
  approx: "≈",
  le: "≤",
  ge: "≥",
  ne: "≠",
  pm: "±",
  ll: "≪",
  gg: "≫",
};
const NAMES = ["ln", "exp", "max", "min", "log", "tanh", "sin", "arg"];
const BINARY = new Set(["=", "+", "−", "<", ">", ...Object.values(OPERATORS)]);
const RELATIONS = new Set(["=", "<", ">", "→", "≈", "≤", "≥", "≠", "≪", "≫"]);
const HAT = "\u0302";
const THIN = "\u2009";

/**
 * One piece of a formula.
 * @typedef {{text?: string, italic?: boolean, operator?: boolean, named?: boolean, sub?: Atom[], sup?: Atom[],
 *   numerator?: Atom[], denominator?: Atom[], color?: string, cancel?: boolean, group?: Atom[]}} Atom
 */

/** Read mini-TeX. @param {string} source @returns {Atom[]} */
export function parse(source) {
  let at = 0;

  /** @returns {Atom[]} */
  function group() {
    if (source[at] !== "{") return [atom()];
    at += 1;
    const atoms = list();
    if (source[at] !== "}") throw new Error(`Missing } in ${source}`);
    at += 1;
    return atoms;
  }

  function raw() {
    const end = source.indexOf("}", at);
    if (source[at] !== "{" || end < 0) throw new Error(`Missing { } in ${source}`);
    const text = source.slice(at + 1, end);
    at = end + 1;
    return text;
  }

  /** @returns {Atom} */
  function command() {
    const [name] = /^[a-zA-Z]+|^./.exec(source.slice(at)) ?? [""];
    at += name.length;
    if (name === ",") return { text: THIN };
    if (name === "{" || name === "}") return { text: name };
    if (name in SYMBOLS) return { text: SYMBOLS[name], italic: true };
    if (name in UPRIGHT) return { text: UPRIGHT[name] };
    if (name in OPERATORS) return { text: OPERATORS[name], operator: true };
    if (NAMES.includes(name)) return { text: name, named: true };
    if (name === "text") return { text: raw() };
    if (name === "hat") return { text: raw() + HAT, italic: true };
    if (name === "frac") return { numerator: group(), denominator: group() };
    if (name === "c") return { color: raw(), group: group() };
    if (name === "cancel") return { cancel: true, group: group() };
    throw new Error(`Unknown command \\${name} in ${source}`);
  }

  /** @returns {Atom} */
  function atom() {
    const character = source[at];
    at += 1;
    if (character === "\\") return command();
    if (character === "-") return { text: "−", operator: true };
    if (BINARY.has(character)) return { text: character, operator: true };
    if (/[a-zA-Z]/.test(character)) return { text: character, italic: true };
    const [digits] = /^[\d.\u202f%]*/.exec(/[\d.]/.test(character) ? source.slice(at) : "") ?? [""];
    at += digits.length;
    return { text: character + digits };
  }

  /** The last atom, to which something is attached. @param {Atom[]} atoms @param {string} what */
  function lastOf(atoms, what) {
    const last = atoms.at(-1);
    if (!last) throw new Error(`Nothing to ${what} in ${source}`);
    return last;
  }

  function list() {
    /** @type {Atom[]} */
    const atoms = [];
    while (at < source.length && source[at] !== "}") {
      if (source[at] === " ") {
        at += 1;
      } else if (source[at] === "_" || source[at] === "^") {
        const place = source[at] === "_" ? "sub" : "sup";
        const base = lastOf(atoms, "raise or lower");
        at += 1;
        base[place] = group();
      } else if (source[at] === "'") {
        lastOf(atoms, "prime").sup = [{ text: "′" }];
        at += 1;
      } else if (source[at] === "{") {
        atoms.push({ group: group() });
      } else {
        atoms.push(atom());
      }
    }
    return spaced(atoms);
  }

  const atoms = list();
  if (at < source.length) throw new Error(`Unexpected } in ${source}`);
  return atoms;
}

/** Put spaces around signs between two terms, none after the sign of a single term; ln x, but ln(x). @param {Atom[]} atoms */
function spaced(atoms) {
  return atoms.flatMap((atom, index) => {
    const next = atoms[index + 1];
    if (atom.named && next && !next.operator && !/^[([{]/.test(next.text ?? "")) return [atom, { text: THIN }];
    if (!atom.operator) return atom;
    const before = atoms[index - 1];
    const opens = !before || before.operator || /[([,;|]$/.test(before.text ?? "");
    return opens && "+−".includes(atom.text ?? "") ? atom : { ...atom, text: ` ${atom.text} ` };
  });
}

/** A formula as plain text, for labels that are read aloud. @param {string} source */
export function plain(source) {
  /** @param {Atom[]} atoms @returns {string} */
  const flat = (atoms) =>
    atoms
      .map((atom) => {
        let text = atom.text ?? "";
        if (atom.group) text = flat(atom.group);
        if (atom.numerator) text = `${flat(atom.numerator)}/${flat(atom.denominator ?? [])}`;
        if (atom.sub) text += ` ${flat(atom.sub)}`;
        if (atom.sup) text += `^${flat(atom.sup)}`;
        return text;
      })
      .join("");
  return flat(parse(source)).trim();
}

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

/** @type {Map<string, HTMLElement>} */
const cache = new Map();

/** A formula as an HTML element. Those that come again and again are copied. @param {string} source */
export function math(source) {
  let made = cache.get(source);
  if (!made) {
    if (cache.size > 500) cache.clear();
    made = h("span", { class: "nn-math" }, line(parse(source)));
    cache.set(source, made);
  }
  return /** @type {HTMLElement} */ (made.cloneNode(true));
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

/** Pieces are blocks within blocks, so that the browser tries the better breaks first. @param {Atom[]} atoms @returns {Child[]} */
function line(atoms, level = 0) {
  if (level === BREAKS.length) return html(atoms);
  const pieces = cut(atoms, BREAKS[level]);
  if (pieces.length <= 1) return line(atoms, level + 1);
  return pieces.map(([first, ...others], index) => {
    const { text = "" } = first;
    const blank = index > 0 && text.startsWith(" "); // it stands between the blocks, where a line may end
    const piece = blank ? [{ ...first, text: text.slice(1) }, ...others] : [first, ...others];
    return [blank ? " " : null, h("span", { class: "nn-piece" }, line(piece, level + 1))];
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

/** A formula inside an SVG text element, which it empties first. @param {SVGTextElement} element @param {string} source */
export function svgMath(element, source) {
  if (element.dataset.math === source) return element;
  element.dataset.math = source;
  element.replaceChildren();
  let lowered = 0; // how far, in em of the base size, the line now stands below the base line
  /** @param {Atom[]} atoms @param {number} level @param {number} scale @param {string | null} fill */
  const write = (atoms, level, scale, fill) => {
    for (const atom of atoms) {
      if (atom.group) {
        write(atom.group, level, scale, atom.color ? color(atom.color) : fill);
      } else if (atom.numerator) {
        write([...atom.numerator, { text: "/" }, ...(atom.denominator ?? [])], level, scale, fill);
      } else {
        element.append(
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
  return element;
}
