// Exercises that ask for numbers, without Python: the verdict in words, as `nnbook.exercises.check` gives it.

import { accepted, judge } from "./judge.js";

/** @import { Quantities } from "./judge.js" */

/**
 * @param {Quantities & {says: Record<string, string>, words: Record<string, string>}} data what theme/live/numbers.py computed
 * @param {(number | null)[]} given what the reader typed; null where it was left open
 * @param {string[]} typed the same as it was typed, for the sentence
 * @param {boolean} again whether other numbers were tried before; then neither which are right is told nor how many, or one
 *   could find them by trying
 * @returns {{correct: boolean, text: string, mistake: string | null}}
 */
export function judgeNumbers(data, given, typed, again) {
  const { limits, says, words } = data;
  /** @type {{correct: boolean, text: string, mistake: string | null}} */
  const wrong = { correct: false, text: words.incomplete, mistake: null };
  const numbers = given.filter((value) => value !== null);
  if (numbers.length < given.length) return wrong;
  const { verdict, name } = judge(data, numbers);
  if (verdict === "right") return { ...wrong, correct: true, text: words.right };
  if (name) return { ...wrong, text: says[name], mistake: name };
  const right = accepted(limits, numbers);
  const first = right.indexOf(false);
  const key = right.length === 1 ? `value_${verdict}` : `number_${verdict}`;
  const count = right.filter(Boolean).length;
  const none = right.length === 2 ? "neither_right" : "none_right";
  /** @type {Record<string, string | number>} */
  const values = {
    got: typed[first].trim(),
    nth: words.ordinals.split(" ")[first],
    right: count,
    all: right.length,
  };
  const filled = (/** @type {string} */ text) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  values.so_far = filled(words[count ? "some_right" : none]);
  return { ...wrong, text: filled(words[again ? "again" : key]) };
}
