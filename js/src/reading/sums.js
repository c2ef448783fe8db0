// What a reader's record adds up to, chapter by chapter. Pure: it knows neither the page nor the storage.

import { ownsIn } from "../own/parts.js";
import { testsIn } from "../practice/kept.js";
import { compared } from "../practice/results.js";
import { waiting } from "../practice/schedule.js";
import { judge } from "../questions/judge.js";
import { parsed as read } from "./json.js";
import {
  askedOf,
  OWN_KEY,
  PREDICTION,
  READ_KEY,
  REVIEW_KEY,
  readingOf,
  SOLVED_KEY,
  solvedOf,
  TESTS_KEY,
} from "./record.js";

/** @import { Answered, Besides, Book, Chapter, Mistakes, Sum, Texts } from "./types.js" */
/** @import { Choice, Quantity } from "../questions/judge.js" */

const PLAYGROUND = "playground";
const RANGE = [0.9, 1.3]; // of the minutes that a section takes

/** @param {string | undefined} text @returns {any} */
const parsed = (text) => read(text ?? "null") ?? null;
/** @param {unknown} value @returns {any[]} */
const listOf = (value) => (Array.isArray(value) ? value : []);

/**
 * How a prediction went; null if it was not answered, or cannot be understood.
 * @param {Choice | Quantity} data @param {string | undefined} text
 * @returns {Answered | null}
 */
function answeredOf(data, text) {
  const { tries, shown = false } = parsed(text) ?? {};
  const given = Array.isArray(tries) ? tries : [];
  try {
    const judged = given.map((answer) => judge(data, answer));
    if (!judged.length && !shown) return null;
    const [first] = judged;
    if (data.estimate && first) return { outcome: "guessed", first: null };
    const right = judged.some(({ verdict }) => verdict === "right");
    const outcome = first?.verdict === "right" ? "first" : right ? "later" : shown ? "shown" : "open";
    return { outcome, first: !first || first.verdict === "right" ? null : (first.name ?? first.verdict) };
  } catch {
    return null; // an answer to an older question
  }
}

/** What several chapters need, read once. @param {Texts} texts @returns {Kept} */
const keptIn = (texts) => ({
  texts,
  read: readingOf(texts[READ_KEY])?.read ?? {},
  solved: solvedOf(texts[SOLVED_KEY]),
  review: Object.entries(askedOf(texts[REVIEW_KEY])),
  tests: testsIn(texts[TESTS_KEY]),
  own: Object.entries(ownsIn(texts[OWN_KEY])).flatMap(([name, { code }]) => (code === null ? [] : name)),
});

/**
 * @typedef {{texts: Texts, read: Record<string, number>, solved: Record<string, number>, review: [string,
 * any][], tests: any[], own: string[]}} Kept
 */

/**
 * @param {Chapter} chapter @param {Kept} kept @param {number} now
 * @returns {Sum}
 */
function sumOf(chapter, kept, now) {
  const { texts, read, solved } = kept;
  const answered = Object.entries(chapter.asked.predict).map(([name, { data }]) => [
    name,
    answeredOf(data, texts[PREDICTION + name]),
  ]);
  const unread = chapter.sections.filter(({ id }) => !(read[`${chapter.name}#${id}`] > 0));
  return {
    chapter,
    read: new Set(chapter.sections.filter((section) => !unread.includes(section)).map(({ id }) => id)),
    answered: new Map(/** @type {[string, Answered][]} */ (answered.filter(([, one]) => one))),
    solved: new Set(Object.keys(chapter.exercises).filter((name) => solved[name] > 0)),
    due: waiting(reviewOf(chapter, kept), now),
    left: RANGE.map((factor, end) => {
      const toDo = partsOf(chapter).exercises.filter((name) => !(solved[name] > 0));
      const work = toDo.reduce((sum, name) => sum + chapter.exercises[name].minutes[end], 0);
      return factor * unread.reduce((sum, { minutes }) => sum + minutes, 0) + work;
    }),
    besides: besidesOf(chapter, kept),
  };
}

/** @param {Chapter} chapter @param {Kept} kept */
const reviewOf = ({ name }, { review }) => review.filter(([id]) => id.startsWith(`${name}-`));

/** @param {Chapter} chapter @param {Kept} kept @returns {Besides} */
function besidesOf(chapter, kept) {
  const { texts, tests, own } = kept;
  const practiced = reviewOf(chapter, kept).map(([, one]) => one);
  const total = (/** @type {"right" | "wrong"} */ of) =>
    practiced.reduce((sum, one) => sum + (Number(one[of]) || 0), 0);
  const done = (/** @type {"draw" | "steps"} */ kind, /** @type {(kept: any) => unknown} */ is) =>
    Object.keys(chapter.asked[kind]).filter((name) => is(parsed(texts[`nnlib.${kind}.${name}`]) ?? {})).length;
  return {
    ...compared(tests, chapter.name),
    tests: tests.filter((test) => test.chapter === chapter.name).length,
    practiced: total("right") + total("wrong"),
    known: total("right"),
    drawn: done("draw", ({ compared, shown }) => compared || shown),
    stepped: done("steps", ({ tries }) => listOf(tries).length),
    own: own.filter((name) => name.startsWith(`${chapter.name}-`)).length,
    challenges: chapter.name === PLAYGROUND ? listOf(parsed(texts["nnlib.playground.challenges"])).length : 0,
  };
}

/** @param {Book} book @param {Texts} texts @param {number} [now] */
export function sumsOf(book, texts, now = Date.now()) {
  const kept = keptIn(texts);
  return book.chapters.map((chapter) => sumOf(chapter, kept, now));
}

/**
 * From how many to how many minutes or hours readers take, as the pages say it (theme/reading/reading_time.py).
 * @param {number[]} times
 */
export function spread(times) {
  const step = times[0] >= 10 * RANGE[0] ? 5 : 1;
  const [low, high] = times.map((time) => step * Math.round(time / step));
  return { low: Math.max(low, 1), high: Math.max(high, low + step, 2) };
}

/** Whether anything was done. @param {Sum} sum */
export const isBegun = ({ read, answered, solved, due, besides }) =>
  read.size + answered.size + solved.size + due + Object.values(besides).filter(Boolean).length > 0;

/** What there is to do on the path, and for a second reading; sections only on the path. @param {Chapter} chapter */
export function partsOf({ sections, asked, exercises }) {
  const of = (/** @type {Record<string, {more: boolean}>} */ all, /** @type {boolean} */ more) =>
    Object.keys(all).filter((name) => all[name].more === more);
  return {
    sections: sections.map(({ id }) => id),
    predictions: of(asked.predict, false),
    exercises: of(exercises, false),
    more: [...of(asked.predict, true), ...of(exercises, true)],
  };
}

/** How much of these parts is done. @param {Sum} sum */
export function doneOf({ chapter, read, answered, solved }) {
  const parts = partsOf(chapter);
  return {
    sections: parts.sections.filter((id) => read.has(id)).length,
    predictions: parts.predictions.filter((name) => answered.has(name)).length,
    exercises: parts.exercises.filter((name) => solved.has(name)).length,
    more: parts.more.filter((name) => answered.has(name) || solved.has(name)).length,
  };
}

/** Whether the path of a chapter is done: read, answered, solved. @param {Sum} sum */
export function isDone(sum) {
  const [parts, done] = [partsOf(sum.chapter), doneOf(sum)];
  const kinds = /** @type {const} */ (["sections", "predictions", "exercises"]);
  return parts.sections.length > 0 && kinds.every((kind) => done[kind] === parts[kind].length);
}

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
    const questions = Object.keys(chapter.asked.predict).map((name) => {
      const answers = sums.flatMap(({ answered }) => answered.get(name) ?? []);
      /** @type {Map<string, number>} */
      const wrong = new Map();
      for (const { first } of answers) if (first) wrong.set(first, (wrong.get(first) ?? 0) + 1);
      const count = (/** @type {string} */ outcome) => answers.filter((one) => one.outcome === outcome).length;
      return {
        name,
        estimate: Boolean(chapter.asked.predict[name].data.estimate), // neither right nor wrong
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
    const both = sums.flatMap(({ besides: { before, after } }) => (before && after ? [{ before, after }] : []));
    const begun = sums.filter(({ read, answered, solved }) => read.size + answered.size + solved.size > 0).length;
    return { chapter, begun, read: sums.reduce((sum, { read }) => sum + read.size, 0), questions, exercises, both };
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

/** How many of ten were right, on average. @param {{right: number, of: number}[]} tests */
export const ofTen = (tests) => tests.reduce((sum, { right, of }) => sum + (10 * right) / of, 0) / tests.length;

/**
 * The records of a class without those that hold only self-tests of another of them: who handed in both is one student.
 * @param {Texts[]} readers
 */
export function distinct(readers) {
  const dates = (/** @type {Texts} */ texts) => listOf(parsed(texts[TESTS_KEY])?.tests).map((test) => test?.date);
  return readers.filter((own) => {
    if (Object.keys(own).length > 1 || !(TESTS_KEY in own)) return true;
    const [first] = dates(own);
    return !readers.some((other) => other !== own && Object.keys(other).length > 1 && dates(other).includes(first));
  });
}

/** A spreadsheet would run what begins like a formula: a sign before it makes it text. @param {unknown} cell */
function quoted(cell) {
  const text = String(cell);
  const runs = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text);
  return `"${runs ? "'" : ""}${text.replaceAll('"', '""')}"`;
}

/** A table as spreadsheets read it. @param {unknown[][]} lines */
export const written = (lines) => `\ufeff${lines.map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;

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
    ...questions.map(({ name, estimate, answered, first, later, shown, wrong: [[mistake, times] = ["", 0]] }) => [
      chapter.name,
      estimate ? "estimate" : "prediction",
      name,
      files,
      answered,
      estimate ? "" : first,
      estimate ? "" : later,
      shown,
      mistake && wrongOf(mistakes, name, mistake, words),
      times || "",
    ]),
    ...exercises.map(({ name, solved }) => [chapter.name, "exercise", name, files, "", solved, "", "", "", ""]),
  ]);
  return written([head, ...rows]);
}
