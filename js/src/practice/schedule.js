// When a question is asked again. What was known returns after five days, then after 2.3 times as long each time, at last once a
// year. What was missed returns the next day; if it is known then, it goes on with a quarter of what had been reached before: most
// of what was once known is not lost. Pure: the time is handed in.

import retired from "../../../nnbook/chapters/retired.json" with { type: "json" };

/** @import { Asked, Sure } from "./types.js" */

/** In the storage of a visit: the page whose questions of earlier chapters were skipped. */
export const LEFT_KEY = "book-back";
export const DAY = 24 * 60 * 60_000;
const FIRST = 5; // days
const FACTOR = 2.3;
const LONGEST = 365; // days
const KEPT = 1 / 4;

/** @param {number} days */
const rounded = (days) => Math.round(days * 100) / 100;

/**
 * What is remembered of a question after one more answer. An answer that comes before its time shows little: if it is right, it
 * moves nothing.
 * @param {Asked | undefined} before @param {boolean} right at first sight @param {number} variant @param {number} now
 * @param {Sure} [sure] how sure the reader was, if that was asked
 * @returns {Asked}
 */
export function answered(before, right, variant, now, sure) {
  const next = scheduled(before, right, variant, now);
  return sure ? { ...next, sure } : next;
}

/** @param {Asked | undefined} before @param {boolean} right @param {number} variant @param {number} now @returns {Asked} */
function scheduled(before, right, variant, now) {
  const { right: known = 0, wrong: missed = 0, days = 0, kept = 0, due = now } = before ?? {};
  if (!right) {
    const left = days ? rounded(Math.min(days, LONGEST) * KEPT) : kept; // missed once more, it loses no more
    return { right: known, wrong: missed + 1, last: now, due: now + DAY, days: 0, kept: left, variant };
  }
  const counted = { right: known + 1, wrong: missed, last: now };
  if (before && !isDue(before, now)) return { ...counted, due, days, kept, variant };
  const next = days ? Math.min(rounded(days * FACTOR), LONGEST) : Math.max(FIRST, kept);
  return { ...counted, due: now + next * DAY, days: next, kept: 0, variant };
}

/** Also where the clock was set back, or an older version of the book waited for years. @param {Asked} asked @param {number} now */
export function isDue({ due, last }, now) {
  return now >= Math.min(due, last + LONGEST * DAY) || now < last;
}

/** Whether it was missed, and not known again since it was due. @param {Asked} asked */
export const isMissed = ({ days }) => days === 0;

/**
 * How many of these wait for another look. What the book no longer asks waits for none; its record stays.
 * @param {[id: string, asked: Asked][]} asked @param {number} now
 */
export const waiting = (asked, now) => asked.filter(([id, one]) => !retired.includes(id) && isDue(one, now)).length;
