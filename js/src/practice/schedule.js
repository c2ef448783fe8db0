// When a question is asked again. What was missed returns after ten minutes, what was known after five days, then after 2.3 times
// as long each time. Pure: the time is handed in.

/** @import { Asked } from "./types.js" */

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
const AGAIN = 10 * MINUTE;
const FIRST = 5; // days
const FACTOR = 2.3;

/**
 * What is remembered of a question after one more answer. An answer that comes before its time shows little: if it is right, it
 * moves nothing.
 * @param {Asked | undefined} before @param {boolean} right at first sight @param {number} variant @param {number} now
 * @returns {Asked}
 */
export function answered(before, right, variant, now) {
  const { right: known = 0, wrong: missed = 0, days = 0, due = now } = before ?? {};
  if (!right) return { right: known, wrong: missed + 1, last: now, due: now + AGAIN, days: 0, variant };
  const counted = { right: known + 1, wrong: missed, last: now };
  if (before && !isDue(before, now)) return { ...counted, due, days, variant };
  const next = days ? Math.round(days * FACTOR * 100) / 100 : FIRST;
  return { ...counted, due: now + next * DAY, days: next, variant };
}

/** Also where the clock was set back: else a question could be gone for years. @param {Asked} asked @param {number} now */
export function isDue({ due, last }, now) {
  return now >= due || now < last;
}

/** Whether the last answer was a miss. @param {Asked} asked */
export const isMissed = ({ days }) => days === 0;
