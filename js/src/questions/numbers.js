// Exercises that ask for numbers, without Python: the verdict in words, as `nnbook.exercises.check` gives it.

import { accepted, judge } from "./judge.js";

/** @import { Quantities } from "./judge.js" */

/**
 * @param {Quantities & {says: Record<string, string>, words: Record<string, string>}} data what theme/live/numbers.py computed
 * @param {(number | null)[]} given what the reader typed; null where it was left open
 * @param {string[]} typed the same as it was typed, for the sentence
 * @param {boolean} again whether other numbers were tried before; then neither which are right is told nor how many, or one
 *   could find them by trying
 * @returns {{correct: boolean, text: string, mistake: string | null, hint: boolean}} `hint`: whether nothing but the hint
 *   of the exercise can help
 */
export function judgeNumbers(data, given, typed, again) {
  const { limits, says, words } = data;
  /** @type {{correct: boolean, text: string, mistake: string | null, hint: boolean}} */
  const wrong = { correct: false, text: words.incomplete, mistake: null, hint: false };
  const numbers = given.filter((value) => value !== null);
  if (numbers.length < given.length) return wrong;
  const { verdict, name } = judge(data, numbers);
  if (verdict === "right") return { ...wrong, correct: true, text: words.right };
  if (name) return { ...wrong, text: says[name], mistake: name };
  const right = accepted(limits, numbers);
  const first = right.indexOf(false);
  const key = right.length === 1 ? `value_${verdict}` : `field_value_${verdict}`;
  /** @type {Record<string, string | number>} */
  const values = {
    got: typed[first].trim(),
    place: first + 1,
    right: right.filter(Boolean).length,
    all: right.length,
  };
  const text = words[again ? "again" : key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  return { ...wrong, text, hint: true };
}
