// The self-tests that were taken: what is stored of them, and what a chapter's line says. Pure.

/** @import { Outcome, Taken, Tests } from "./types.js" */

/** A test as it is stored. @param {string} chapter @param {Taken["when"]} when @param {Outcome[]} outcomes @param {number} now
 * @returns {Taken}
 */
export function taken(chapter, when, outcomes, now) {
  return {
    chapter,
    when,
    date: new Date(now).toISOString(),
    right: outcomes.filter(({ right }) => right).length,
    of: outcomes.length,
    answers: outcomes.map(({ id, variant, given, right }) => ({ id, variant, given, right })),
  };
}

/**
 * Of a chapter the first test before reading and the last one after it: between the two lies what was learned.
 * @param {Taken[]} tests @param {string} chapter
 */
export function compared(tests, chapter) {
  const of = (/** @type {Taken["when"]} */ when) =>
    tests.filter((test) => test.chapter === chapter && test.when === when).sort((a, b) => a.date.localeCompare(b.date));
  return { before: of("before").at(0), after: of("after").at(-1) };
}

/** Of ten: what two tests of one person differ by if nothing was learned, in 95 of 100 cases less. */
const CHANCE = 4;

/** Whether chance makes such a difference, too: in whole numbers, since 0.6 - 0.2 < 0.4.
 * @param {{right: number, of: number}} before @param {{right: number, of: number}} after
 */
export const mayBeChance = (before, after) =>
  10 * Math.abs(after.right * before.of - before.right * after.of) < CHANCE * before.of * after.of;

/** Of some of a test's questions how many were right. @param {Taken} test @param {string[]} ids */
export function among({ answers }, ids) {
  const own = answers.filter(({ id }) => ids.includes(id));
  return { right: own.filter(({ right }) => right).length, of: own.length };
}

/** The sets of numbers that a question had when it was last in a test. @param {Taken[]} tests @param {string} id */
export function lastNumbers(tests, id) {
  const newest = [...tests].sort((a, b) => b.date.localeCompare(a.date));
  const numbers = newest.map(({ answers }) => answers.filter((one) => one.id === id).map(({ variant }) => variant));
  return numbers.find((found) => found.length) ?? [];
}

/** What is handed in: readable without the book. @param {Tests} data @param {{title: string, language: string, now: number}} book */
export function exported({ about, tests }, { title, language, now }) {
  const chapters = [...new Set(tests.map(({ chapter }) => chapter))];
  const score = (/** @type {Taken | undefined} */ test) => test && { right: test.right, of: test.of, date: test.date };
  const summary = chapters.map((chapter) => {
    const { before, after } = compared(tests, chapter);
    return { chapter, before: score(before) ?? null, after: score(after) ?? null };
  });
  const whole = { about, book: title, language, exported: new Date(now).toISOString(), summary, tests };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
