// Data under one key of the browser's storage. They are read and written anew each time, so that two tabs keep each other's. What
// cannot be read is set aside under another key, never overwritten; what cannot be written is held until the page is left.

import { asideOf, isObject, objectIn } from "../core/store.js";
import { areNumbers, isAsked, REVIEW_KEY, TESTS_KEY } from "../reading/record.js";

/** @import { Review, Tests, Trouble } from "./types.js" */

/**
 * @template T
 * @typedef {(found: any) => {data: T, whole: boolean}} Reading what can be read; whether that is all. Throws where nothing can be
 */

/** @template T */
export class Kept {
  /** What could not be written. @type {T | null} */
  #held = null;
  /** What the reader should know. @type {Trouble | null} */
  trouble = null;
  /** The key under which something was set aside. */
  aside = "";

  /**
   * @param {string} key @param {() => T} empty @param {Reading<T>} read
   * @param {() => Pick<Storage, "getItem" | "setItem">} [storage]
   */
  constructor(key, empty, read, storage = () => localStorage) {
    this.key = key;
    this.empty = empty;
    this.read = read;
    this.storage = storage;
  }

  /** @returns {T} */
  get() {
    if (this.#held) return this.#held;
    let text;
    try {
      text = this.storage().getItem(this.key);
    } catch {
      return this.#hold("blocked", this.empty());
    }
    if (text === null) return this.empty();
    let data = this.empty();
    try {
      const found = this.read(JSON.parse(text));
      if (found.whole) return found.data;
      data = found.data;
    } catch {
      // No JSON, or of a form that this version does not know.
    }
    return this.#setAside(text, data);
  }

  /** Change the data and write them. @param {(data: T) => T} change */
  change(change) {
    const data = change(this.get());
    if (this.#held) this.#held = data;
    else this.#write(this.key, JSON.stringify(data), data);
  }

  /** @param {string} text @param {T} data what of it can be read */
  #setAside(text, data) {
    const aside = asideOf(this.key);
    if (!this.#write(aside, text, data)) return data;
    this.trouble = "aside";
    this.aside = aside;
    this.#write(this.key, JSON.stringify(data), data);
    return data;
  }

  /** @param {string} key @param {string} text @param {T} data @returns {boolean} */
  #write(key, text, data) {
    try {
      this.storage().setItem(key, text);
      return true;
    } catch (error) {
      this.#hold(/** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "blocked", data);
      return false;
    }
  }

  /** @param {Trouble} trouble @param {T} data */
  #hold(trouble, data) {
    this.trouble = trouble;
    this.#held = data;
    return data;
  }
}

/**
 * What was asked, and when it is asked again.
 * @param {() => Pick<Storage, "getItem" | "setItem">} [storage] @returns {Kept<Review>}
 */
export const keptReview = (storage) =>
  new Kept(
    REVIEW_KEY,
    /** @returns {Review} */ () => ({ v: 1, asked: {} }),
    ({ v, asked }) => {
      if (v !== 1 || !isObject(asked)) throw new TypeError("Of another version");
      const known = Object.entries(asked).filter(([, entry]) => isAsked(entry));
      return {
        data: { v: 1, asked: Object.fromEntries(known) },
        whole: known.length === Object.keys(asked).length,
      };
    },
    storage,
  );

/** @param {any} test @returns {test is import("./types.js").Taken} */
export const isTest = (test) =>
  isObject(test) &&
  typeof test.chapter === "string" &&
  ["before", "after"].includes(test.when) &&
  Number.isFinite(Date.parse(test.date)) &&
  areNumbers(test.right, test.of) &&
  Array.isArray(test.answers) &&
  test.answers.every((/** @type {any} */ answer) => isObject(answer) && typeof answer.id === "string");

/** The self-tests in a text of the storage; what is none is left out. @param {string | null | undefined} text */
export function testsIn(text) {
  const { tests } = objectIn(text) ?? {};
  return Array.isArray(tests) ? tests.filter(isTest) : [];
}

/**
 * The self-tests that were taken.
 * @param {string} about @param {() => Pick<Storage, "getItem" | "setItem">} [storage] @returns {Kept<Tests>}
 */
export const keptTests = (about, storage) =>
  new Kept(
    TESTS_KEY,
    /** @returns {Tests} */ () => ({ about, v: 1, tests: [] }),
    ({ v, tests }) => {
      if (v !== 1 || !Array.isArray(tests)) throw new TypeError("Of another version");
      const known = tests.filter(isTest);
      return { data: { about, v: 1, tests: known }, whole: known.length === tests.length };
    },
    storage,
  );
