// Reading a number as people write it.

import { INFINITE } from "../core/format.js";

const FACTORS = new Map([
  ["%", 100],
  ["万", 1e4],
  ["亿", 1e8],
]);
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
const MIXED = /\d\s*[¼-¾⅐-⅞]/; // 1½ would become 11/2
const OPENING = /^(?:\p{L}[^=≈]*)?[=≈~约]/u; // "c =", "≈"
const DECIMAL = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/;
const GROUPS = /^[1-9]\d{0,2}([, _'])\d{3}(?:\1\d{3})*(?:\.\d*)?$/;
const COMMA = /^\d+,\d+(?:e[+-]?\d+)?$/;
const INFINITY = /^([+-]?)(?:∞|inf(?:inity|inite)?|无穷大?)$/;
const TOKENS = /[-+*/^()]|[\d.](?:[\d.,_' ]*[\d.])?(?:e[+-]?\d+)?/g;
const HEX = /(?<![\d.])0x/; // no product
const LONGEST = 200;
const POWER = /^([+-]?)(?:(.+?)[*×x·])?10(?:\^|\*\*)[({]?([+-]?\d+)[)}]?$/;

/**
 * The number that a text means, or null. It reads 0.5, .5, 0,5, 1,000, 1 000, 1/3, −2, 3.5e-7,
 * 3.5·10^-7, 3.5 × 10⁻⁷, 50 %, 15万, full-width digits, and all that after "c =" or "≈". A comma
 * before groups of three separates thousands, another one decimals. Calculations with + - · / ^ and parentheses count as their
 * result, "inf" and ∞ as the largest number.
 * @param {string} text as it was typed
 * @param {string} [unit] may follow the number and is dropped; with the unit %, 50 % is 50
 * @returns {number | null}
 */
export function read(text, unit = "") {
  if (MIXED.test(text)) return null;
  let rest = uniform(text).replace(OPENING, "").trim();
  if (unit && rest.endsWith(unit.toLowerCase())) rest = rest.slice(0, -unit.length).trim();
  const factor = FACTORS.get(rest.slice(-1));
  if (factor) rest = rest.slice(0, -1).trim();
  const infinite = factor ? null : INFINITY.exec(rest);
  if (infinite) return infinite[1] === "-" ? -INFINITE : INFINITE;
  const found = value(rest);
  const scaled = factor === 100 ? found / 100 : found * (factor ?? 1);
  return Number.isFinite(scaled) ? scaled : null;
}

/** One way to write what keyboards have several keys for. @param {string} text */
function uniform(text) {
  return text
    .replace(
      new RegExp(`[${RAISED}]+`, "g"),
      (power) => `^${[...power].map((sign) => "0123456789+-"[RAISED.indexOf(sign)]).join("")}`,
    )
    .normalize("NFKC") // full-width digits and signs, ½, spaces of any width
    .replace(/[−–—]/g, "-")
    .replace(/[⁄÷∕]/g, "/")
    .replace(/[⋅∙•]/g, "·")
    .replace(/。/g, ".")
    .replace(/\s*([-+*/×x·^()])\s*/g, "$1")
    .trim()
    .toLowerCase();
}

/** @param {string} text */
function value(text) {
  const [, sign, mantissa = "1", exponent] = POWER.exec(text) ?? [];
  if (HEX.test(text)) return NaN;
  if (exponent === undefined) return calculated(text.replace(/\*\*/g, "^").replace(/[×x·]/g, "*"));
  // As one literal, so that 3.5·10^-7 is the number 3.5e-7 to the last digit.
  const base = literal(mantissa);
  return base.includes("e") || base === "NaN" ? NaN : Number(`${sign}${base}e${exponent}`);
}

/** What a calculation gives, such as 1-0.6 or 0.25^10; NaN for anything else. @param {string} text */
function calculated(text) {
  const tokens = text.match(TOKENS) ?? [];
  if (tokens.join("") !== text || text.length > LONGEST) return NaN;
  let at = 0;
  /** The next token, if it is one of these. @param {string} signs */
  const next = (signs) => (at < tokens.length && signs.includes(tokens[at]) ? tokens[at++] : "");
  /** @returns {number} */
  const number = () => {
    if (!next("(")) return Number(literal(tokens[at++] ?? ""));
    const inner = sum();
    return next(")") ? inner : NaN;
  };
  /** @returns {number} */
  const power = () => {
    const base = number();
    return next("^") ? base ** signed() : base;
  };
  const signed = () => (next("+-") === "-" ? -power() : power());
  const product = () => {
    let found = signed();
    for (let sign = next("*/"); sign; sign = next("*/")) found = sign === "*" ? found * signed() : found / signed();
    return found;
  };
  const sum = () => {
    let found = product();
    for (let sign = next("+-"); sign; sign = next("+-")) found += sign === "+" ? product() : -product();
    return found;
  };
  const found = sum();
  return at === tokens.length ? found : NaN;
}

/** A decimal number as JavaScript writes it; "NaN" for anything else. @param {string} text */
function literal(text) {
  const sign = /^[+-]/.test(text) ? text[0] : "";
  let digits = text.slice(sign.length).trim();
  if (GROUPS.test(digits)) digits = digits.replace(/[, _']/g, "");
  else if (COMMA.test(digits)) digits = digits.replace(",", ".");
  return DECIMAL.test(digits) ? sign + digits : "NaN";
}
