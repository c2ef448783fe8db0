// Numbers as text. The minus is the typographic one, as in the formulas.

/** What a reader means by "infinite": it can be stored, as the infinity cannot. */
export const INFINITE = Number.MAX_VALUE;
const MINUS = "\u2212";

/** @param {string} text */
const withMinus = (text) => text.replace("-", MINUS);

/** Is what a user sees as zero printed without a sign? -0.004 with two digits is 0.00. @param {string} text */
const unsigned = (text) => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text);

/** NaN and the infinities; null for an ordinary number. @param {number} x */
function special(x) {
  if (Number.isNaN(x)) return "NaN";
  if (x >= INFINITE) return "∞";
  if (x <= -INFINITE) return `${MINUS}∞`;
  return null;
}

/** With a fixed number of decimals: 0.50. Beyond a million in powers of ten. @param {number} x */
export function fixed(x, digits = 2) {
  const word = special(x);
  if (word !== null) return word;
  if (Math.abs(x) >= 1e6) return scientific(x, 3);
  return withMinus(unsigned(x.toFixed(digits)));
}

/** With so many digits that count, in mini-TeX: 0.0123, 3.5\times10^{-7}. @param {number} x @returns {string} */
export function significant(x, digits = 3) {
  const word = special(x);
  if (word !== null) return word;
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return scientific(x, digits);
  return withMinus(unsigned(String(Number(x.toPrecision(digits)))));
}

/** In powers of ten, in mini-TeX. @param {number} x */
export function scientific(x, digits = 3) {
  const word = special(x);
  if (word !== null) return word;
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  return withMinus(`${mantissa}\\times10^{${withMinus(String(Number(exponent)))}}`);
}

/** A whole number in groups of three, separated by thin spaces: 150 528. @param {number} x */
export function grouped(x) {
  const word = special(x);
  return word ?? withMinus(String(Math.round(x))).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** In parentheses where it is negative, for use after a sign: 2 · (−0.5). @param {string} text */
export function bracketed(text) {
  return text.startsWith(MINUS) ? `(${text})` : text;
}

/** @type {Record<string, string>} */
const RAISED = { [MINUS]: "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** A number in mini-TeX as plain text for a sentence: 3.5 × 10⁻⁷. @param {string} source */
export function inWords(source) {
  return source
    .replace("\\times", " × ")
    .replace(/\^\{(.*?)\}/, (_, power) => [...power].map((digit) => RAISED[digit]).join(""));
}
