// How two records become one. Each kind of entry is joined in its own way, and whichever of the two is here: joined twice, or the
// other way round, the result is the same. Only settings stay as they are here.

import { asideOf, isObject } from "../core/store.js";
import { merge as mergeWork, readWork } from "../live/work.js";
import { areMarks } from "../marks/kept.js";
import { areOwn, newest, ownsIn } from "../own/parts.js";
import { UNSET } from "../questions/drawing.js";
import { parsed } from "./json.js";
import { KINDS } from "./record.js";

/** @import { Texts } from "./types.js" */

/**
 * @typedef {object} Entry a kind of them
 * @property {RegExp} key
 * @property {(value: any) => boolean} [fits] whether it is what the book writes; a setting is any text
 * @property {(one: any, other: any) => any} [join]
 * @property {boolean} [dated] whether it holds times
 */

const textOf = (/** @type {unknown} */ value) => JSON.stringify(value);

/**
 * Of two values the one that ranks higher; of equals always the same.
 * @param {any} one @param {any} other @param {(value: any) => number[]} rank
 */
function higher(one, other, rank) {
  const [mine, theirs] = [rank(one ?? {}), rank(other ?? {})];
  const at = mine.findIndex((number, index) => number !== theirs[index]);
  return (at < 0 ? textOf(one) >= textOf(other) : mine[at] > theirs[at]) ? one : other;
}

/**
 * The entries of both.
 * @param {Record<string, any>} one @param {Record<string, any>} other @param {(one: any, other: any) => any} join
 */
function union(one, other, join) {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(
    keys.map((key) => [key, key in one && key in other ? join(one[key], other[key]) : (one[key] ?? other[key])]),
  );
}

/** @param {any[]} one @param {any[]} other */
const unique = (one, other) => [...new Map([...one, ...other].map((value) => [textOf(value), value])).values()];

/** @param {unknown} one @param {unknown} other */
const larger = (one, other) => Math.max(Number(one) || 0, Number(other) || 0);

/**
 * What a question keeps, as a whole: the more was answered, the higher it ranks. Parts of two answers are no answer: a curve
 * has one height at each place, and which try was the first, only one of the two knows.
 * @param {Record<string, any>} answer
 */
function answers(answer) {
  const [tries, heights] = [answer.tries, answer.heights].map((list) => (Array.isArray(list) ? list : []));
  const ended = Object.values(answer).filter((value) => value === true).length;
  return [tries.length + heights.filter((height) => height !== UNSET).length, ended];
}

const ofVersion1 = (/** @type {string} */ part) => (/** @type {any} */ value) =>
  isObject(value) && value.v === 1 && typeof value[part] === "object" && value[part] !== null;

/** Exercise -> when it was solved. @param {any} value */
const areTimes = (value) =>
  isObject(value) && Object.entries(value).every(([name, at]) => /^[\w-]+$/.test(name) && Number.isFinite(at));

const TIMES = /^(?:at|done|forgotten|last|made|read)$/; // a time, or an object of times

/**
 * The same without times that are still to come, as a clock that was wrong has written them: nothing written later could count
 * against these.
 * @param {any} value @param {number} now @param {boolean} [dated] whether numbers in it are times
 * @returns {any}
 */
export function noLater(value, now, dated = false) {
  if (typeof value === "number") return dated ? Math.min(value, now) : value;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, noLater(one, now, dated || TIMES.test(name))]),
  );
}

/** What the book writes into a browser's storage. @type {Entry[]} */
const ENTRIES = [
  {
    key: /^nnlib-book:read$/,
    dated: true,
    fits: ofVersion1("read"),
    join: (one, other) => {
      const places = [one.place, other.place].filter(isObject);
      const read = union(one.read, other.read, larger);
      if (!places.length) return { v: 1, read };
      return { v: 1, read, place: places.reduce((mine, theirs) => higher(mine, theirs, ({ at = 0 }) => [at])) };
    },
  },
  {
    key: /^nnlib-book:review$/,
    dated: true,
    fits: ofVersion1("asked"),
    join: (one, other) => ({
      v: 1,
      asked: union(one.asked, other.asked, (mine, theirs) =>
        higher(mine, theirs, ({ last = 0, right = 0, wrong = 0 }) => [last, right + wrong]),
      ),
    }),
  },
  {
    key: /^nnlib-book:tests$/,
    fits: (value) => ofVersion1("tests")(value) && Array.isArray(value.tests),
    join: (one, other) => ({
      ...higher(one, other, () => []),
      tests: unique(one.tests, other.tests).sort((a, b) => textOf([a?.date, a]).localeCompare(textOf([b?.date, b]))),
    }),
  },
  { key: /^nnlib\.solved$/, dated: true, fits: areTimes, join: (one, other) => union(one, other, larger) },
  {
    key: /^nnlib\.work\./,
    dated: true,
    fits: isObject,
    join: (...both) => {
      const [one, other] = both.map(textOf).sort();
      return mergeWork(readWork(one), readWork(other));
    },
  },
  {
    key: new RegExp(`^nnlib\\.(${KINDS.join("|")})\\.[\\w-]+$`),
    fits: isObject,
    join: (one, other) => higher(one, other, answers),
  },
  {
    key: /^nnlib\.ward\.beds$/,
    fits: isObject,
    join: (one, other) => higher(one, other, ({ log }) => [Array.isArray(log) ? log.length : 0]),
  },
  {
    key: /^nnlib\.playground\.challenges$/,
    fits: Array.isArray,
    join: (one, other) => unique(one, other).sort((a, b) => a - b),
  },
  {
    key: /^nnlib-book:way$/,
    dated: true,
    fits: ofVersion1("done"),
    join: (one, other) => ({ v: 1, done: union(one.done, other.done, larger) }),
  },
  {
    key: /^nnlib-book:own$/,
    dated: true,
    fits: areOwn,
    join: (...both) => {
      const [one, other] = both.map(textOf).sort();
      return { v: 1, parts: newest(ownsIn(one), ownsIn(other)) };
    },
  },
  {
    key: /^nnlib-book:marks$/,
    dated: true,
    fits: areMarks,
    join: (one, other) => ({
      v: 1,
      marks: union(one.marks, other.marks, (mine, theirs) => higher(mine, theirs, ({ at }) => [at])),
    }),
  },
  { key: /^nnlib-book:(ask-sure|code|id|language|scheme)$/ },
  { key: /:aside:/ }, // what could not be read once
];

/** @param {string} key @returns {Entry | undefined} of what the book writes under such a key */
export const kindOf = (key) => (key.startsWith("nnlib") ? ENTRIES.find((entry) => entry.key.test(key)) : undefined);

/**
 * Of two records one that has all of both. What cannot be read gives way, and stays beside what is joined under a name of its own.
 * @param {Texts} here @param {Texts} brought
 * @returns {Texts}
 */
export function merge(here, brought) {
  const both = { ...brought, ...here };
  for (const [key, text] of Object.entries(brought)) {
    const { fits, join } = kindOf(key) ?? {};
    if (!fits || !join || !(key in here) || text === here[key]) continue;
    const [one, other] = [parsed(here[key]), parsed(text)];
    if (!fits(other)) both[asideOf(key)] = text;
    else if (!fits(one)) Object.assign(both, { [key]: text, [asideOf(key)]: here[key] });
    else both[key] = textOf(join(one, other));
  }
  return both;
}
