// What the files of a study add up to: the same table as nnbook/study/files.py makes of them, and what a teacher sees first. Pure.

import { PHASES } from "../practice/study/codes.js";
import { written } from "./sums.js";

/** @import { Phase } from "../practice/study/codes.js" */
/** @import { StudyFile } from "../practice/study/types.js" */
/** @import { Keys } from "./study_files.js" */

/**
 * @typedef {object} Row an answer
 * @property {string} code @property {string} group @property {Phase} phase @property {string} form
 * @property {string} item @property {number} answer @property {0 | 1} right @property {string} misconception
 * @property {number} ms @property {string} sure
 */

const keyOf = (/** @type {StudyFile} */ { code, phase }) => `${code} ${PHASES.indexOf(phase)}`;

/** The sheet of a code: a group has one of its own. @param {string} code */
export const groupOf = (code) => code.split("-")[0];

/**
 * Of the files of one student and phase the one that was begun first, and of its copies the one that goes furthest.
 * @param {StudyFile[]} files @returns {StudyFile[]} by code and phase
 */
export function counting(files) {
  /** @type {Map<string, StudyFile>} */
  const kept = new Map();
  for (const file of files) {
    const other = kept.get(keyOf(file));
    const first = !other || file.started < other.started;
    const further = file.started === other?.started && file.items.length > other.items.length;
    if (first || further) kept.set(keyOf(file), file);
  }
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
}

/** The questions of a file that the keys do not know. @param {StudyFile} file @param {Keys} keys */
export const foreign = ({ items }, { keys }) => items.filter(({ id }) => !Object.hasOwn(keys, id)).map(({ id }) => id);

/** @param {StudyFile[]} files those that count @param {Keys} keys @returns {Row[]} */
export const joined = (files, { keys }) =>
  files.flatMap(({ code, phase, form, items }) =>
    items.map(({ id, answer, ms, sure }) => ({
      code,
      group: groupOf(code),
      phase,
      form,
      item: id,
      answer,
      right: answer === keys[id].key ? 1 : 0,
      misconception: keys[id].misconceptions[answer] ?? "",
      ms,
      sure,
    })),
  );

/** @param {Row[]} rows */
export function longOf(rows) {
  const columns = /** @type {(keyof Row)[]} */ (
    "code group phase form item answer right misconception ms sure".split(" ")
  );
  return written([columns, ...rows.map((row) => columns.map((column) => row[column]))]);
}

/** What one student did in one phase. @param {StudyFile} file @param {Row[]} rows of that student and phase */
function sumOf({ form, started, dose }, rows) {
  const sure = rows.filter((row) => row.sure === "sure");
  return {
    form,
    started,
    answered: rows.length,
    right: rows.filter(({ right }) => right).length,
    sure: sure.length,
    sure_wrong: sure.filter(({ right }) => !right).length,
    minutes: dose?.minutes ?? "",
    predictions: dose?.predictions ?? "",
    exercises: dose?.exercises ?? "",
    review: dose?.review ?? "",
  };
}

/** @param {StudyFile[]} files those that count @param {Row[]} rows */
export function wideOf(files, rows) {
  const columns = /** @type {(keyof ReturnType<typeof sumOf>)[]} */ (
    "form started answered right sure sure_wrong minutes predictions exercises review".split(" ")
  );
  const head = ["code", "group", ...PHASES.flatMap((phase) => columns.map((column) => `${phase}_${column}`))];
  const lines = codesOf(files).map((code) => {
    const cells = PHASES.flatMap((phase) => {
      const file = files.find((one) => one.code === code && one.phase === phase);
      const sum = file && sumOf(file, rowsOf(rows, phase, code));
      return columns.map((column) => (sum ? sum[column] : ""));
    });
    return [code, groupOf(code), ...cells];
  });
  return written([head, ...lines]);
}

/** @param {StudyFile[]} files */
export const codesOf = (files) => [...new Set(files.map(({ code }) => code))];

/** @param {Row[]} rows @param {Phase} phase @param {string} [code] */
const rowsOf = (rows, phase, code) =>
  rows.filter((row) => row.phase === phase && (code === undefined || row.code === code));

/** How many questions a form has. @param {Keys} keys @param {string} form */
export const lengthOf = ({ keys }, form) => Object.keys(keys).filter((id) => id.startsWith(form)).length;

/**
 * Who misses which phase, of the phases that anybody has begun: null for no file, else how many questions were answered.
 * @param {StudyFile[]} files those that count @param {Keys} keys
 */
export function gaps(files, keys) {
  const begun = PHASES.filter((phase) => files.some((file) => file.phase === phase));
  const lines = codesOf(files).map((code) => ({
    code,
    phases: begun.map((phase) => {
      const file = files.find((one) => one.code === code && one.phase === phase);
      return file ? { answered: file.items.length, of: lengthOf(keys, file.form) } : null;
    }),
  }));
  return { begun, missing: lines.filter(({ phases }) => phases.some((one) => !one || one.answered < one.of)) };
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * A phase: how many finished it, their points, how often they were sure and wrong, and each question with its wrong answers.
 * @param {StudyFile[]} files those that count @param {Row[]} rows @param {Keys} keys @param {Phase} phase
 */
export function phaseOf(files, rows, keys, phase) {
  const whole = files.filter((one) => one.phase === phase && one.items.length === lengthOf(keys, one.form));
  const points = whole.map(({ code }) => rowsOf(rows, phase, code).filter(({ right }) => right).length);
  const average = mean(points);
  const own = rowsOf(rows, phase);
  const sure = own.filter((row) => row.sure === "sure");
  return {
    handed: files.filter((one) => one.phase === phase).length,
    finished: whole.length,
    mean: points.length ? average : null,
    sd:
      points.length > 1
        ? Math.sqrt((mean(points.map((x) => (x - average) ** 2)) * points.length) / (points.length - 1))
        : null,
    sure: sure.length,
    sureWrong: sure.filter(({ right }) => !right).length,
    items: itemsOf(own),
  };
}

/** Each question, the most missed first, with its wrong answers, the commonest first. @param {Row[]} rows of a phase */
function itemsOf(rows) {
  const all = [...new Set(rows.map(({ item }) => item))].map((item) => {
    const own = rows.filter((row) => row.item === item);
    const wrong = [...new Set(own.filter(({ right }) => !right).map(({ answer }) => answer))]
      .map((answer) => ({ answer, times: own.filter((row) => row.answer === answer).length }))
      .sort((a, b) => b.times - a.times || a.answer - b.answer);
    return { item, answered: own.length, right: own.filter(({ right }) => right).length, wrong };
  });
  return all.sort((a, b) => a.right / a.answered - b.right / b.answered || (a.item < b.item ? -1 : 1));
}
