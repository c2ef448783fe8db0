// A sign of equality stands only where it holds for the numbers as they are shown: 0.33 · 0.33 = 0.11, but 0.33 · 0.33 ≈ 0.111,
// where both factors are 1/3. Figures round each number by itself, so this is decided when a formula is shown.

/**
 * The number that a side of a formula comes to; NaN where it has letters, or anything that is not arithmetic.
 * @param {string} side mini-TeX
 */
function computed(side) {
  const bare = side.replace(/\\c\{\w+\}|\\,|[\s\u202f]/g, "").replaceAll("\u2212", "-");
  const tokens = bare.match(/\\[a-z]+|[\d.]+|./g) ?? [];
  let at = 0;
  const next = (/** @type {string} */ token) => {
    const found = tokens[at] === token;
    if (found) at += 1;
    return found;
  };
  /** @returns {number} */
  const sum = () => {
    let total = product();
    for (;;) {
      if (next("+")) total += product();
      else if (next("-")) total -= product();
      else return total;
    }
  };
  /** @returns {number} */
  const product = () => {
    let total = signed();
    for (;;) {
      if (next("\\cdot") || next("\\times")) total *= signed();
      else if (next("/")) total /= signed();
      else return total;
    }
  };
  /** @returns {number} */
  const signed = () => (next("-") ? -signed() : power());
  const power = () => {
    const base = primary();
    return next("^") ? base ** primary() : base;
  };
  /** @returns {number} */
  const primary = () => {
    if (next("(") || next("{")) {
      const inner = sum();
      at += 1; // the closing one
      return inner;
    }
    if (next("\\frac")) return primary() / primary();
    if (next("\\ln")) return Math.log(signed());
    if (next("\\sigma")) return 1 / (1 + Math.exp(-primary()));
    if (next("e")) return Math.E;
    at += 1;
    return Number(tokens[at - 1]);
  };
  const value = sum();
  return at === tokens.length ? value : Number.NaN;
}

/** How far what is rounded to a number may be from it: half a unit of its last digit; a whole number is exact. @param {string} result */
function slack(result) {
  const [, decimals = "", power = ""] = /\d(?:\.(\d+))?(?:\\times10\^\{(.*?)\})?\}?\s*$/.exec(result) ?? [];
  return decimals || power ? 10 ** (Number(power.replace("\u2212", "-")) - decimals.length) / 2 : 0;
}

/**
 * A formula with ≈ where what stands on both sides of = does not come to the result as it is shown.
 * @param {string} source mini-TeX
 */
export function honest(source) {
  const sides = source.split("=");
  const values = sides.map(computed);
  const result = values[values.length - 1];
  if (sides.length < 2 || !Number.isFinite(result)) return source;
  const near = slack(sides[sides.length - 1]) + 1e-9 * Math.abs(result);
  const misses = values.map((value) => Math.abs(value - result) > near); // never where a side has letters
  const rounded = (/** @type {number} */ i) => misses[i - 1] || (misses[i] && !Number.isNaN(values[i - 1]));
  return sides.reduce((whole, side, i) => `${whole}${rounded(i) ? "\\approx " : "="}${side}`);
}
