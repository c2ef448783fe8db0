// Which questions are asked, and in which order. Pure: the time and chance are handed in.

import { isDue, isMissed } from "./schedule.js";

/** @import { Asked, Item, Outcome, Question } from "./types.js" */

/**
 * What a drawing knows of the reader.
 * @typedef {object} Reader
 * @property {Record<string, Asked>} asked
 * @property {(chapter: string) => boolean} begun
 * @property {(question: Question) => boolean | null} text whether what the text asks of the same idea was answered rightly at
 *   first, or null if it was not answered
 * @property {number} now
 * @property {() => number} random
 */

/** The smaller, the sooner a question is asked. @param {string} id @param {Question} question @param {Reader} reader */
function rank(id, question, { asked, begun, text, now }) {
  const entry = asked[id];
  if (entry && !isDue(entry, now)) return isMissed(entry) ? 5 : 6;
  if (entry) return isMissed(entry) ? 0 : 1;
  if (text(question) === false) return 2;
  return begun(question.chapter) ? 3 : 4;
}

/** @template T @param {T[]} list @param {() => number} random */
function shuffled(list, random) {
  return list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** The next set of numbers. @param {Question} question @param {number | null} last */
const nextVariant = ({ variants }, last) => ((last ?? -1) + 1) % variants.length;

/** What was missed, to be asked once more with other numbers. @param {Outcome[]} outcomes @returns {Item[]} */
export const onceMore = (outcomes) =>
  outcomes
    .filter(({ right }) => !right)
    .map(({ id, question, variant }) => ({ id, question, variant: nextVariant(question, variant), again: true }));

/**
 * Questions, what was missed and is due first. As long as there are others, no two need the same idea; with `once`, never.
 * @param {Record<string, Question>} questions @param {number} count @param {Reader} reader @param {{once?: boolean}} [options]
 * @returns {Item[]}
 */
export function draw(questions, count, reader, { once = false } = {}) {
  const { asked, random } = reader;
  const waiting = shuffled(Object.entries(questions), random)
    .map(([id, question]) => ({ id, question, rank: rank(id, question, reader) }))
    .sort((a, b) => a.rank - b.rank);
  /** @type {Map<string, number>} */
  const used = new Map();
  /** @type {Item[]} */
  const drawn = [];
  const most = once ? 1 : Math.ceil(count / 2); // else neighbors could not differ
  for (let times = 0; times < most; times += 1) {
    for (const one of waiting) {
      const { id, question } = one;
      if (drawn.length === count) break;
      if ((used.get(question.idea) ?? 0) !== times || drawn.some((item) => item.id === id)) continue;
      used.set(question.idea, times + 1);
      drawn.push({ id, question, variant: nextVariant(question, asked[id]?.variant ?? null) });
    }
  }
  return arrange(drawn, random);
}

/**
 * Questions of the chapters that were begun, or of all: then a chapter that was begun comes no sooner than another.
 * @param {Record<string, Question>} questions @param {number} count @param {Reader} reader @param {boolean} all
 */
export function drawFrom(questions, count, reader, all) {
  if (all) return draw(questions, count, { ...reader, begun: () => true });
  const begun = Object.entries(questions).filter(([, { chapter }]) => reader.begun(chapter));
  return draw(Object.fromEntries(begun), count, reader);
}

/**
 * In an order in which no two neighbors need the same idea, and, where that can be, are of different chapters. What cannot be
 * placed so is left out.
 * @param {Item[]} items @param {() => number} random
 * @returns {Item[]}
 */
export function arrange(items, random) {
  let rest = shuffled(items, random);
  /** @type {Item[]} */
  const placed = [];
  while (rest.length) {
    const last = placed.at(-1)?.question;
    const left = new Map();
    for (const { question } of rest) left.set(question.idea, (left.get(question.idea) ?? 0) + 1);
    const urgency = (/** @type {Item} */ { question }) =>
      left.get(question.idea) + (question.chapter === last?.chapter ? 0 : 0.5);
    const free = rest.filter(({ question }) => question.idea !== last?.idea);
    if (!free.length) break;
    const next = free.reduce((best, item) => (urgency(item) > urgency(best) ? item : best));
    placed.push(next);
    rest = rest.filter((item) => item !== next);
  }
  return placed;
}

const RESERVED = 3;
const TEST = 10; // a chapter with fewer questions has none to spare
const DEEP = ["relate", "diagnose", "design"];

/** A number that hangs on the name alone: so the choice is the same for all readers. @param {string} id */
const lot = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65521, 7);

/**
 * The questions of a chapter that practice keeps for its self-tests: what nobody has practiced shows what was understood. They are
 * asked nowhere in the text, have numbers for two tests and, where there are such, relate, diagnose or design.
 * @param {Record<string, Question>} questions @param {string} chapter @returns {string[]}
 */
export function reserved(questions, chapter) {
  const rank = (/** @type {[string, Question]} */ [id, { level = "" }]) => (DEEP.includes(level) ? 0 : 65521) + lot(id);
  const own = Object.entries(questions).filter(([, question]) => question.chapter === chapter);
  if (own.length < TEST) return [];
  return own
    .filter(([, { text, variants }]) => !Object.keys(text).length && variants.length > 2)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, RESERVED)
    .map(([id]) => id);
}

/**
 * What practice may ask: all but what is kept for a self-test after reading that was not taken yet. What was asked before, stays.
 * @param {Record<string, Question>} questions @param {Record<string, Asked>} asked @param {(chapter: string) => boolean} tested
 */
export function practicable(questions, asked, tested) {
  const chapters = new Set(Object.values(questions).map(({ chapter }) => chapter));
  const kept = new Set([...chapters].flatMap((chapter) => (tested(chapter) ? [] : reserved(questions, chapter))));
  return Object.fromEntries(Object.entries(questions).filter(([id]) => !kept.has(id) || Object.hasOwn(asked, id)));
}

/**
 * The questions of a chapter's self-test, those that are reserved among them: each once and, until there are enough, those with more
 * sets of numbers once more. The test after reading asks what the one before asked, with other numbers; which of two sets comes
 * first is drawn, so that in a class neither is the one before.
 * @param {Record<string, Question>} questions @param {string} chapter @param {number} count
 * @param {(id: string) => number[]} met the sets of numbers that the reader has met lately
 * @param {() => number} random @param {string[]} [before] what the test before reading asked
 */
export function drawTest(questions, chapter, count, met, random, before = []) {
  const own = Object.entries(questions).filter(([, question]) => question.chapter === chapter);
  const turn = before.length || random() < 0.5 ? 0 : 1;
  const numbers = (/** @type {string} */ id, /** @type {Question} */ { variants }) => {
    const old = new Set(met(id));
    const all = variants.map((_, index) => (index + 1 + turn) % variants.length);
    return [...all.filter((index) => !old.has(index)), ...all.filter((index) => old.has(index))];
  };
  const wanted = [...before, ...reserved(questions, chapter)];
  const first = own.map(([id, question]) => ({ id, question, variant: numbers(id, question)[0] }));
  const second = own
    .filter(([, { variants }]) => variants.length >= 4) // a second test then has other numbers, too
    .map(([id, question]) => ({ id, question, variant: numbers(id, question)[1] }));
  const sooner = (/** @type {Item} */ { id }) => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length);
  const chosen = shuffled(first, random).sort((a, b) => sooner(a) - sooner(b));
  const drawn = [...chosen.slice(0, count), ...shuffled(second, random)].slice(0, count);
  return arrange(drawn, random);
}
