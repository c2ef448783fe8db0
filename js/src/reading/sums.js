// What a reader's record adds up to, chapter by chapter. Pure: it knows neither the page nor the storage.

import { judge } from "../math/predictions.js";
import { READ_KEY, readingOf, SOLVED_KEY, solvedOf } from "./record.js";

/** @import { Answered, Book, Chapter, Mistakes, Sum, Texts } from "./types.js" */
/** @import { Choice, Quantity } from "../math/predictions.js" */

const PREDICTION = "nnlib.predict.";

/** @param {string | undefined} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/**
 * How a prediction went; null if it was not answered, or cannot be understood.
 * @param {Choice | Quantity} data @param {string | undefined} text
 * @returns {Answered | null}
 */
export function answeredOf(data, text) {
  const { tries, shown = false } = parsed(text) ?? {};
  const given = Array.isArray(tries) ? tries : [];
  try {
    const judged = given.map((answer) => judge(data, answer));
    if (!judged.length && !shown) return null;
    const [first] = judged;
    const right = judged.some(({ verdict }) => verdict === "right");
    const outcome = first?.verdict === "right" ? "first" : right ? "later" : shown ? "shown" : "open";
    return { outcome, first: !first || first.verdict === "right" ? null : (first.name ?? first.verdict) };
  } catch {
    return null; // an answer to an older question
  }
}

/**
 * @param {Chapter} chapter @param {Texts} texts @param {number} now
 * @returns {Sum}
 */
function sumOf(chapter, texts, now) {
  const read = readingOf(texts[READ_KEY])?.read ?? {};
  const solved = solvedOf(texts[SOLVED_KEY]);
  const asked = Object.entries(parsed(texts["nnlib-book:review"])?.asked ?? {});
  const answered = Object.entries(chapter.predictions).map(([name, { data }]) => [
    name,
    answeredOf(data, texts[PREDICTION + name]),
  ]);
  return {
    chapter,
    read: new Set(chapter.sections.map(({ id }) => id).filter((id) => read[`${chapter.name}#${id}`] > 0)),
    answered: new Map(/** @type {[string, Answered][]} */ (answered.filter(([, one]) => one))),
    solved: new Set(Object.keys(chapter.exercises).filter((name) => solved[name] > 0)),
    due: asked.filter(([id, one]) => id.startsWith(`${chapter.name}-`) && /** @type {any} */ (one)?.due <= now).length,
  };
}

/** @param {Book} book @param {Texts} texts @param {number} [now] */
export const sumsOf = (book, texts, now = Date.now()) => book.chapters.map((chapter) => sumOf(chapter, texts, now));

/** How many of the answered went in this way. @param {Sum} sum @param {string} outcome */
export const countOf = ({ answered }, outcome) =>
  [...answered.values()].filter((one) => one.outcome === outcome).length;

/**
 * What a class did with each question: how many answered, how, and the wrong first answers, the commonest first.
 * @param {Book} book @param {Sum[][]} readers the sums of each
 */
export function classOf(book, readers) {
  return book.chapters.map((chapter, at) => {
    const sums = readers.map((reader) => reader[at]);
    const questions = Object.keys(chapter.predictions).map((name) => {
      const answers = sums.flatMap(({ answered }) => answered.get(name) ?? []);
      /** @type {Map<string, number>} */
      const wrong = new Map();
      for (const { first } of answers) if (first) wrong.set(first, (wrong.get(first) ?? 0) + 1);
      const count = (/** @type {string} */ outcome) => answers.filter((one) => one.outcome === outcome).length;
      return {
        name,
        answered: answers.length,
        first: count("first"),
        later: count("later"),
        shown: count("shown"),
        wrong: [...wrong].sort(([, one], [, other]) => other - one),
      };
    });
    const exercises = Object.keys(chapter.exercises).map((name) => ({
      name,
      solved: sums.filter(({ solved }) => solved.has(name)).length,
    }));
    const begun = sums.filter(({ read, answered, solved }) => read.size + answered.size + solved.size > 0).length;
    return { chapter, begun, read: sums.reduce((sum, { read }) => sum + read.size, 0), questions, exercises };
  });
}

/**
 * What is said of a wrong first answer.
 * @param {Mistakes} mistakes @param {string} name @param {string} wrong @param {Record<string, string>} words
 */
export function wrongOf(mistakes, name, wrong, words) {
  const own = mistakes[name];
  const option = own?.options?.[wrong];
  const why = own?.mistakes[wrong] ?? words[wrong] ?? wrong;
  return option ? words.mistake.replace(/{(option|why)}/g, (_, part) => (part === "why" ? why : option)) : why;
}

const quoted = (/** @type {unknown} */ cell) => `"${String(cell).replaceAll('"', '""')}"`;

/**
 * The class as a table for a spreadsheet, one line for each question and exercise.
 * @param {ReturnType<typeof classOf>} sums @param {number} files @param {Mistakes} mistakes @param {Record<string, string>} words
 */
export function csvOf(sums, files, mistakes, words) {
  const head = [
    "chapter",
    "kind",
    "name",
    "files",
    "answered",
    "right_first",
    "right_later",
    "shown",
    "mistake",
    "times",
  ];
  const rows = sums.flatMap(({ chapter, questions, exercises }) => [
    ...questions.map(({ name, answered, first, later, shown, wrong: [[mistake, times] = ["", 0]] }) => [
      chapter.name,
      "prediction",
      name,
      files,
      answered,
      first,
      later,
      shown,
      mistake && wrongOf(mistakes, name, mistake, words),
      times || "",
    ]),
    ...exercises.map(({ name, solved }) => [chapter.name, "exercise", name, files, "", solved, "", "", "", ""]),
  ]);
  return `\ufeff${[head, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}
