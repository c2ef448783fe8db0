// What the browser keeps of a reader's highlights and notes: one key, of limited size.

import { isObject, objectIn, setAside } from "../core/store.js";
import { MARKS_KEY } from "../reading/record.js";

/** @import { Trouble } from "../reading/types.js" */

export const MOST = 500; // marks
export const LONGEST = { exact: 1500, note: 2000 }; // letters
const NAME = /^\w{1,30}$/;
const FORGOTTEN = 200; // so many that were deleted are remembered, so that an older file does not bring them back

/**
 * A highlight. `section` is the anchor of the innermost one around it; `lost` says that its words were not found when its page
 * was last open.
 * @typedef {import("./quote.js").Quote & {page: string, lang: string, section: string, note?: string, made: number, at: number,
 *   lost?: boolean}} Mark
 */
/** What stays of one that was deleted. @typedef {{at: number, gone: true}} Gone */
/** @typedef {Record<string, Mark | Gone>} Marks by their names */

/** @param {unknown} value @param {number} most */
const isText = (value, most) => typeof value === "string" && value.length <= most;

/** @param {any} one */
const isEntry = (one) =>
  isObject(one) &&
  Number.isFinite(one.at) &&
  (one.gone === true ||
    (Number.isFinite(one.made) &&
      isText(one.exact, LONGEST.exact) &&
      isText(one.note ?? "", LONGEST.note) &&
      ["page", "lang", "section", "prefix", "suffix"].every((part) => isText(one[part], 200))));

/** Whether a value is what the book writes. @param {any} value */
export const areMarks = (value) =>
  isObject(value) &&
  value.v === 1 &&
  isObject(value.marks) &&
  Object.keys(value.marks).length <= 2 * (MOST + FORGOTTEN) && // of two browsers
  Object.entries(value.marks).every(([name, one]) => NAME.test(name) && isEntry(one));

/** @param {string | null | undefined} text @returns {Marks} */
export function entriesIn(text) {
  const found = objectIn(text);
  return areMarks(found) ? found?.marks : {};
}

/** Those that are there, in the order in which they were made. @param {string | null | undefined} text @returns {[string, Mark][]} */
export function marksIn(text) {
  const all = /** @type {[string, Mark][]} */ (Object.entries(entriesIn(text)).filter(([, one]) => !("gone" in one)));
  return all.sort(([, one], [, other]) => one.made - other.made);
}

/** @param {Storage} [storage] */
export function recallMarks(storage) {
  try {
    return (storage ?? localStorage).getItem(MARKS_KEY);
  } catch {
    return null; // it may be forbidden
  }
}

/**
 * Keep an entry under its name; tell what hindered it.
 * @param {string} name @param {Mark | Gone} entry @returns {Trouble | "many" | null}
 */
export function keepMark(name, entry) {
  try {
    const before = entriesIn(localStorage.getItem(MARKS_KEY));
    const old = before[name]?.at ?? 0; // also of a clock that was wrong; what is only found again is no newer
    const at = entry.at === old ? old : Math.max(entry.at, old + 1);
    const entries = { ...before, [name]: { ...entry, at } };
    const all = Object.entries(entries);
    const there = all.filter(([, one]) => !("gone" in one));
    if (!("gone" in entry) && there.length > MOST) return "many";
    const gone = all.filter(([, one]) => "gone" in one).sort(([, one], [, other]) => other.at - one.at);
    setAside(MARKS_KEY, (text) => areMarks(objectIn(text)));
    const marks = Object.fromEntries([...there, ...gone.slice(0, FORGOTTEN)]);
    localStorage.setItem(MARKS_KEY, JSON.stringify({ v: 1, marks }));
    return null;
  } catch (error) {
    return /** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "blocked";
  }
}
