// The codes of a study: each the only name of a student. `K7-PMT`: two letters of the sheet, which a group shares, one that says
// which form is asked first, one of the student, one that checks the others. Pure: chance is handed in.

/** No 0, 1, I, L, O, which are read wrongly. A prime number of letters: so any one wrong letter, and any two swapped, are found. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const SHEET = 2;
const LENGTH = 5;
/** So many codes has a sheet of one kind or the other. */
export const MOST = 200;

/** @typedef {"pre" | "post" | "delayed"} Phase */
/** @typedef {"A" | "B"} Form */

/** @type {Phase[]} */
export const PHASES = ["pre", "post", "delayed"];

const sum = (/** @type {string} */ letters) =>
  [...letters].reduce((whole, letter, at) => whole + (at + 1) * LETTERS.indexOf(letter), 0) % LETTERS.length;
const isWhole = (/** @type {string} */ letters) => sum(letters) === 0;
const written = (/** @type {string} */ letters) => `${letters.slice(0, SHEET)}-${letters.slice(SHEET)}`;

/** The code that was typed, however it was; null if it is none. @param {string} text @returns {string | null} */
export function codeIn(text) {
  const letters = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  const known = letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter));
  return known && isWhole(letters) ? written(letters) : null;
}

/**
 * Which form a phase asks. The third time it is the first again, which was seen longest ago: each phase asks both forms equally
 * often, and the first and the last ask a student the same.
 * @param {string} code @param {Phase} phase @returns {Form}
 */
export function formOf(code, phase) {
  const first = LETTERS.indexOf(code.replace("-", "")[SHEET]) % 2;
  return first === Number(phase === "post") ? "A" : "B";
}

/**
 * The codes of a new sheet, in no order; half of them begin with form A.
 * @param {number} count @param {() => number} random
 */
export function sheet(count, random) {
  const any = (/** @type {string} */ from) => from[Math.floor(random() * from.length)];
  const start = any(LETTERS) + any(LETTERS);
  /** @type {Set<string>} */
  const codes = new Set();
  while (codes.size < Math.min(count, MOST)) {
    const body = start + any(halves[codes.size % 2]) + any(LETTERS);
    codes.add(written(body + [...LETTERS].find((letter) => isWhole(body + letter))));
  }
  return [...codes]
    .map((code) => ({ code, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ code }) => code);
}

/** The letters that begin with A, and those that begin with B. */
const halves = [0, 1].map((half) => [...LETTERS].filter((_, at) => at % 2 === half).join(""));
