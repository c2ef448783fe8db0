// Formulas with live numbers. KaTeX (75 kB) renders the fixed ones while the book is built; what
// changes under the reader's hand is read here and set by typeset.js, in a small part of TeX:
//
//   letters are italic, digits and \text{words} upright; _ and ^ with one character or a group;
//   \alpha ... \omega, \Delta, \nabla, \partial, \infty, \cdot, \times, \to, \approx, \le, \ge, \ne;
//   \ln, \exp, \max ... upright; \hat{y}; \frac{a}{b} (in SVG: a/b); \sqrt{a}; \,  a thin space;
//   \mathsf{T} upright, for transposes;
//   \c{weight}{w_1} in the color of a quantity; \cancel{p} struck out (only in HTML).

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
  Phi: "Φ",
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
const HAT = "\u0302";
export const THIN = "\u2009";

/**
 * One piece of a formula.
 * @typedef {{text?: string, italic?: boolean, operator?: boolean, named?: boolean, sub?: Atom[], sup?: Atom[],
 *   numerator?: Atom[], denominator?: Atom[], color?: string, cancel?: boolean, group?: Atom[], number?: number,
 *   root?: boolean, code?: boolean}} Atom
 *   `number`: which of the numbers of the formula it is, from 0
 */

/** A number; or what is taken as it stands, with the digits in it. */
const NUMBERS = /\\(?:text|code|hat|c)\{[^}]*\}|[\d.][\d.\u202f%]*/g;

/**
 * The numbers of a formula, as `parse` counts them, and the rest: formulas with the same rest differ in nothing else.
 * @param {string} source
 */
export function numbersIn(source) {
  /** @type {string[]} */
  const numbers = [];
  const rest = source.replace(NUMBERS, (piece) => {
    if (piece.startsWith("\\")) return piece;
    numbers.push(piece);
    return "0";
  });
  return { numbers, rest };
}

/** Without a bar above: a longer radicand is in brackets. @param {Atom[]} under @returns {Atom[]} */
const rooted = (under) => [
  { text: "√", root: true },
  ...(under.length > 1 ? [{ text: "(" }, ...under, { text: ")" }] : under),
];

/** Read mini-TeX. @param {string} source @returns {Atom[]} */
export function parse(source) {
  let [at, numbers] = [0, 0];

  /** @returns {Atom[]} */
  function group() {
    while (source[at] === " ") at += 1;
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
    if (name === "text" || name === "mathsf") return { text: raw() };
    if (name === "code") return { text: raw(), code: true };
    if (name === "sqrt") return { group: rooted(group()) };
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
    if (/[a-zA-Zα-ω]/.test(character)) return { text: character, italic: true };
    if (!/[\d.]/.test(character)) return { text: character };
    const [digits] = /^[\d.\u202f%]*/.exec(source.slice(at)) ?? [""];
    at += digits.length;
    numbers += 1;
    return { text: character + digits, number: numbers - 1 };
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

/**
 * Put spaces around signs between two terms, none after the sign of a single term; ln x, but ln(x).
 * @param {Atom[]} atoms
 */
function spaced(atoms) {
  return atoms.flatMap((atom, index) => {
    const next = atoms[index + 1];
    if (atom.named && next && !next.operator && !/^[([{]/.test(next.text ?? "")) return [atom, { text: THIN }];
    if (!atom.operator) return atom;
    const before = atoms[index - 1]?.text === THIN ? atoms[index - 2] : atoms[index - 1]; // (1, −2)
    const opens = !before || before.operator || /[([,;|]$/.test(before.text ?? "");
    return opens && "+−".includes(atom.text ?? "") ? atom : { ...atom, text: ` ${atom.text} ` };
  });
}

/** A formula as plain text, for labels that are read aloud. @param {string} source */
export function plain(source) {
  const whole = (/** @type {string} */ part) => (/ [+−] /.test(part) ? `(${part})` : part);
  /** @param {Atom[]} atoms @returns {string} */
  const flat = (atoms) =>
    atoms
      .map((atom) => {
        let text = atom.text ?? "";
        if (atom.group) text = flat(atom.group);
        if (atom.numerator) text = [atom.numerator, atom.denominator ?? []].map(flat).map(whole).join("/");
        if (atom.sub) text += ` ${flat(atom.sub)} `;
        if (atom.sup) text += `^${flat(atom.sup)}`;
        return text;
      })
      .join("");
  return flat(parse(source))
    .replace(/ {2,}/g, " ")
    .replace(/ (?=[,;:)^/])/g, "")
    .trim();
}
