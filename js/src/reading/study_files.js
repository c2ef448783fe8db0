// What a teacher may have of a study: files of students, the keys, the questions, self-tests. Pure.

import { isObject } from "../core/store.js";
import { isTest } from "../practice/kept.js";
import { codeIn, formOf, PHASES } from "../practice/study/codes.js";
import { isGiven, isSession } from "../practice/study/files.js";
import { parsed } from "./json.js";

/** @import { Taken } from "../practice/types.js" */
/** @import { StudyFile } from "../practice/study/types.js" */

/**
 * What tools/instrument.py writes for the teacher: item -> the place of the right option, and of each wrong one what is behind it.
 * @typedef {object} Keys
 * @property {Record<string, Record<string, string>>} misconceptions
 * @property {Record<string, {key: number, misconceptions: (string | null)[], thoughts: Record<string, (string | null)[]>}>} keys
 */
/** @typedef {{forms: Record<string, Record<string, any>[]>}} Questions */
/**
 * @typedef {{study: StudyFile} | {keys: Keys} | {questions: Questions} | {tests: Taken[]} | {refused: string, got: string}} Found
 */

const VERSION = 1;

/**
 * What a file of a study is, or why it is none; null for all other files.
 * @param {string} text @returns {Found | null}
 */
export function studyFileOf(text) {
  const found = parsed(text.replace(/^\uFEFF/, ""));
  if (!isObject(found)) return null;
  if (Array.isArray(found.tests) && !("kind" in found)) return testsOf(found.tests);
  if (!Object.hasOwn(READ, String(found.kind))) return null;
  if (found.v > VERSION) return { refused: "newer", got: String(found.v) };
  return READ[found.kind](found);
}

/** @type {Record<string, (found: any) => Found>} */
const READ = {
  "nnlib-book-study": (found) => {
    const fault = faultOf(found);
    return fault ? { refused: fault[0], got: String(fault[1]).slice(0, 40) } : { study: found };
  },
  "nnlib-book-keys": (found) => (areKeys(found) ? { keys: found } : { refused: "damaged", got: "keys.json" }),
  "nnlib-book-forms": (found) =>
    isObject(found.forms) && Object.values(found.forms).every(Array.isArray)
      ? { questions: found }
      : { refused: "damaged", got: "forms.json" },
  "nnlib-book-released": () => ({ refused: "not_needed", got: "" }),
  "nnlib-book-instrument": () => ({ refused: "not_needed", got: "" }),
};

/** @param {any} found @returns {found is Keys} */
const areKeys = (found) =>
  isObject(found.misconceptions) &&
  isObject(found.keys) &&
  Object.values(found.keys).every(
    (/** @type {any} */ one) =>
      Number.isInteger(one?.key) && Array.isArray(one.misconceptions) && isObject(one.thoughts),
  );

/** The first thing that is wrong: a key of the words, and what stands there. @param {any} found @returns {[string, unknown] | null} */
function faultOf(found) {
  const { code, phase, form, items } = found;
  if (typeof code !== "string" || codeIn(code) !== code) return ["wrong_code", code];
  if (!PHASES.includes(phase)) return ["wrong_phase", phase];
  if (form !== formOf(code, phase)) return ["wrong_form", form];
  if (!Array.isArray(items)) return ["wrong_items", items];
  const wrong = items.find(
    (one, at) => !isGiven(one) || !one.id.startsWith(form) || items.findIndex(({ id }) => id === one.id) < at,
  );
  if (wrong !== undefined) return ["wrong_items", isObject(wrong) ? (wrong.id ?? "?") : wrong];
  return isSession(found) ? null : ["damaged", `${code}, ${phase}`];
}

/** @param {unknown[]} tests @returns {Found} */
function testsOf(tests) {
  const known = tests.filter(isTest);
  return known.length ? { tests: known } : { refused: "no_tests", got: "" };
}
