// The record of reading: which sections were read, and where one stopped. Small, because every page has it.

import { isObject, objectIn } from "../core/store.js";

/** @import { Reading } from "./types.js" */

export const READ_KEY = "nnlib-book:read";
export const SOLVED_KEY = "nnlib.solved";
export const REVIEW_KEY = "nnlib-book:review";
/** Which stops of the short way were reached: their anchors, with the time. */
export const WAY_KEY = "nnlib-book:way";
export const TESTS_KEY = "nnlib-book:tests";
/** The parts of the reader's own network. */
export const OWN_KEY = "nnlib-book:own";
/** Highlights and notes. */
export const MARKS_KEY = "nnlib-book:marks";
/** A setting: "yes" where practice asks how sure one is. */
export const SURE_KEY = "nnlib-book:ask-sure";
/** The kinds of questions in the text: each keeps what one did with it under a key such as `nnlib.predict.ID`. */
export const KINDS = /** @type {const} */ (["predict", "draw", "steps"]);
export const PREDICTION = "nnlib.predict.";

/**
 * Null for what cannot be read, or is of a newer book: it is left as it is.
 * @param {string | null | undefined} text
 * @returns {Reading | null}
 */
export function readingOf(text) {
  try {
    const found = JSON.parse(text ?? '{"v":1,"read":{}}');
    return found.v === 1 && typeof found.read === "object" && found.read ? found : null;
  } catch {
    return null;
  }
}

export const areNumbers = (/** @type {unknown[]} */ ...values) => values.every((value) => Number.isFinite(value));

/** Whether it is what practice keeps of a question. @param {any} entry */
export const isAsked = (entry) =>
  isObject(entry) &&
  areNumbers(entry.right, entry.wrong, entry.last, entry.due, entry.days, entry.kept ?? 0) &&
  Number.isSafeInteger(entry.variant) &&
  entry.variant >= 0;

/**
 * What was asked in practice, as far as it can be read; nothing of a newer book.
 * @param {string | null | undefined} text @returns {Record<string, import("../practice/types.js").Asked>}
 */
export function askedOf(text) {
  try {
    const { v, asked } = JSON.parse(text ?? "{}");
    if (v !== 1) return {};
    return Object.fromEntries(Object.entries(asked ?? {}).filter(([, one]) => isAsked(one)));
  } catch {
    return {};
  }
}

/**
 * Exercise -> when it was solved, or 0 where that was forgotten.
 * @param {string | null | undefined} text @returns {Record<string, number>}
 */
export function solvedOf(text) {
  return objectIn(text) ?? {};
}
