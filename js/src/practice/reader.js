// What the storage tells of the reader beside the answers here: which chapters were begun, and how the questions in the text went.

import { objectIn } from "../core/store.js";
import { judge } from "../questions/judge.js";
import { PREDICTION, READ_KEY, REVIEW_KEY, SOLVED_KEY } from "../reading/record.js";

/** @import { Judging, Question } from "./types.js" */

const IN_A_KEY = /^nnlib\.(?:predict\.(\w+)-|work\.\w+\/chapters\/(\w+)$)/;

/** All keys and texts that are the book's. @returns {Record<string, string>} */
export function stored() {
  try {
    return Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith("nnlib")));
  } catch {
    return {}; // storage may be forbidden
  }
}

/** @param {string | undefined} text */
const parsed = (text) => objectIn(text) ?? {}; // not ours, or damaged

/** The chapters in which the reader has done something. @param {Record<string, string>} texts @returns {Set<string>} */
export function begunChapters(texts) {
  const inKeys = Object.keys(texts).flatMap((key) => IN_A_KEY.exec(key)?.slice(1) ?? []);
  const named = [
    ...Object.keys(parsed(texts[SOLVED_KEY])),
    ...Object.keys(parsed(texts[REVIEW_KEY]).asked ?? {}),
    ...Object.keys(parsed(texts[READ_KEY]).read ?? {}), // CHAPTER#SECTION
  ].map((name) => name.split(/[-#]/)[0]);
  return new Set([...inKeys, ...named].filter(Boolean));
}

/**
 * Whether the predictions of the text that a question asks again were answered rightly at first; null if none was answered.
 * @param {Record<string, string>} texts @param {Question} question
 */
export function answeredInText(texts, { text }) {
  const first = Object.entries(text).map(([name, data]) => firstRight(data, parsed(texts[PREDICTION + name])));
  const known = first.filter((right) => right !== null);
  return known.length ? known.every(Boolean) : null;
}

/** @param {Judging} data @param {{tries?: unknown, shown?: boolean}} kept @returns {boolean | null} */
function firstRight(data, { tries = [], shown }) {
  if (!Array.isArray(tries) || !tries.length) return shown ? false : null;
  try {
    return judge(data, tries[0]).verdict === "right";
  } catch {
    return null; // an answer to an older question
  }
}
