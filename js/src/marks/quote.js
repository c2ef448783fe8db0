// A place in a text, kept by its words: what was marked, and some letters before and after it (W3C Web Annotation, TextQuoteSelector).
// When the text has changed, the place is where these words come nearest, or nowhere.

import search from "approx-string-match";

/** @typedef {{exact: string, prefix: string, suffix: string}} Quote */
/** @typedef {{start: number, end: number}} Range */

export const AROUND = 32; // letters of context on either side
const ERRORS = 0.3; // of the letters of a quote may differ
const ENOUGH = 0.7; // how alike quote and context together have to be
const NEAR = 4; // letters that may have come between a quote and its context, for each one that differs

/** @param {string} text @param {Range} range @returns {Quote} */
export const quoteOf = (text, { start, end }) => ({
  exact: text.slice(start, end),
  prefix: text.slice(Math.max(0, start - AROUND), start),
  suffix: text.slice(end, end + AROUND),
});

/** @param {string} text @param {string} part @returns {Range[]} */
function exactly(text, part) {
  const found = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    found.push({ start: at, end: at + part.length });
  return found;
}

/** How much of a pattern is in a text, from 0 to 1. @param {string} text @param {string} pattern */
function likeness(text, pattern) {
  if (!pattern) return 1;
  if (text.includes(pattern)) return 1;
  const errors = search(text, pattern, pattern.length).map((match) => match.errors);
  return 1 - Math.min(pattern.length, ...errors) / pattern.length;
}

/**
 * Of a place in a text, how well it fits a quote: each letter of the quote and of what is around it counts alike.
 * @param {string} text @param {Quote} quote @param {Range & {errors?: number}} range
 */
function fit(text, { exact, prefix, suffix }, { start, end, errors = 0 }) {
  const parts = [
    { weight: exact.length, like: 1 - errors / exact.length },
    { weight: prefix.length, like: likeness(text.slice(Math.max(0, start - prefix.length - NEAR), start), prefix) },
    { weight: suffix.length, like: likeness(text.slice(end, end + suffix.length + NEAR), suffix) },
  ];
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.reduce((sum, { weight, like }) => sum + weight * like, 0) / whole;
}

/**
 * Where some letters come nearest.
 * @param {string} text @param {string} part @returns {(Range & {errors: number})[]}
 */
const nearly = (text, part) => search(text, part, Math.floor(part.length * ERRORS));

/**
 * Where a quote comes nearest together with what is around it: the words alone may be nearer somewhere else.
 * @param {string} text @param {Quote} quote
 */
const withNeighbors = (text, { exact, prefix, suffix }) =>
  nearly(text, prefix + exact + suffix).flatMap(({ start, end }) =>
    nearly(text.slice(start, end), exact).map((one) => ({ ...one, start: start + one.start, end: start + one.end })),
  );

/**
 * Where a quote is in a text: where it stands letter by letter, else where it comes nearest; null if it does not come near enough.
 * @param {string} text @param {Quote} quote @returns {Range | null}
 */
export function findQuote(text, quote) {
  const { exact } = quote;
  if (!exact) return null;
  const best = (/** @type {(Range & {errors?: number})[]} */ found) => {
    const rated = found.map((range) => ({ range, fits: fit(text, quote, range) }));
    const [first] = rated.sort((one, other) => other.fits - one.fits);
    return first && first.fits >= ENOUGH ? first.range : null;
  };
  const letters = exactly(text, exact);
  if (letters.length === 1 && exact.length >= AROUND) return letters[0]; // so many are a place without their neighbors
  const found = best(letters) ?? best([...withNeighbors(text, quote), ...nearly(text, exact)]);
  return found && { start: found.start, end: found.end };
}
