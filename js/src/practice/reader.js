// What the storage tells of the reader beside the answers here: which chapters were begun, and how the questions in the text went.

import { judge } from "../questions/judge.js";

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

/** @param {string | undefined} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null") ?? {};
  } catch {
    return {}; // not ours, or damaged
  }
}

/** The chapters in which the reader has done something. @param {Record<string, string>} texts @returns {Set<string>} */
export function begunChapters(texts) {
  const inKeys = Object.keys(texts).flatMap((key) => IN_A_KEY.exec(key)?.slice(1) ?? []);
  const named = [
    ...Object.keys(parsed(texts["nnlib.solved"])),
    ...Object.keys(parsed(texts["nnlib-book:review"]).asked ?? {}),
    ...Object.keys(parsed(texts["nnlib-book:read"]).read ?? {}), // CHAPTER#SECTION
  ].map((name) => name.split(/[-#]/)[0]);
  return new Set([...inKeys, ...named].filter(Boolean));
}

/**
 * Whether the predictions of the text that a question asks again were answered rightly at first; null if none was answered.
 * @param {Record<string, string>} texts @param {Question} question
 */
export function answeredInText(texts, { text }) {
  const first = Object.entries(text).map(([name, data]) => firstRight(data, parsed(texts[`nnlib.predict.${name}`])));
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
