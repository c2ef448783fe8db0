// What a reader wrote, kept in the browser's storage: by page and edition, each cell with the time of its last change, so that
// two tabs keep each other's work.

import { isObject, later, objectIn, setAside } from "../core/store.js";
import { SOLVED_KEY, solvedOf } from "../reading/record.js";

/** @import { Timed, Written } from "./types.js" */

/**
 * @template {Timed} T
 * @param {T | undefined} one @param {T | undefined} other
 */
const newer = (one, other) => ((other?.at ?? 0) > (one?.at ?? 0) ? other : one);
/**
 * @template {Timed} T
 * @param {Record<string, T>} one @param {Record<string, T>} other
 */
const union = (one, other) =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [
      key,
      /** @type {T} */ (newer(one[key], other[key])),
    ]),
  );

/**
 * Of two states of the same work the newest of each cell; what is older than the last forgetting is gone.
 * @param {Written} one @param {Written} other
 * @returns {Written}
 */
export function merge(one, other) {
  const forgotten = Math.max(one.forgotten, other.forgotten);
  /** @template {Timed} T @param {Record<string, T>} part */
  const remembered = (part) => Object.fromEntries(Object.entries(part).filter(([, { at }]) => at > forgotten));
  return {
    forgotten,
    cells: remembered(union(one.cells, other.cells)),
    tries: remembered(union(one.tries, other.tries)),
    ordered: remembered(union(one.ordered, other.ordered)),
  };
}

/** @returns {Written} */
const empty = () => ({ forgotten: 0, cells: {}, tries: {}, ordered: {} });

/**
 * Data of the type that was stored, or nothing: the storage is shared with other pages.
 * @param {string | null} text
 * @returns {Written}
 */
export function readWork(text) {
  const { forgotten, cells, tries, ordered } = objectIn(text) ?? {};
  /** @param {[string, Partial<Written["cells"][string]> | null]} entry */
  const cell = ([, entry]) => Number.isFinite(entry?.at) && (entry?.code === null || typeof entry?.code === "string");
  /** @param {[string, Partial<Timed> | null]} entry */
  const attempt = ([, entry]) => Number.isFinite(entry?.at);
  /** One damaged part leaves the others. @param {any} part @param {(entry: [string, any]) => boolean} fits */
  const known = (part, fits) => (isObject(part) ? Object.fromEntries(Object.entries(part).filter(fits)) : {});
  return {
    forgotten: Number.isFinite(forgotten) ? forgotten : 0,
    cells: known(cells, cell),
    tries: known(tries, attempt),
    ordered: known(ordered, attempt),
  };
}

/** Whether a text is nothing but what `readWork` takes from it. @param {string} text */
export function isWhole(text) {
  const found = objectIn(text);
  const known = /** @type {Record<string, unknown>} */ ({ ...readWork(text) });
  const size = (/** @type {unknown} */ part) =>
    isObject(part) ? Object.keys(/** @type {object} */ (part)).length : part;
  return found !== null && Object.entries(found).every(([name, part]) => size(part) === size(known[name]));
}

export class Work {
  #state = empty();
  #name;
  #trouble;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} name of the page with its edition
   * @param {{trouble: (kind: "full" | "blocked") => void, changed: (cells: Record<string, string | null>) => void}} listeners
   *   `changed` hears of what another tab wrote
   */
  constructor(name, { trouble, changed }) {
    this.#name = `nnlib.work.${name}`;
    this.#trouble = trouble;
    this.#state = merge(this.#state, this.#stored());
    addEventListener("storage", ({ key }) => {
      if (key !== this.#name) return;
      this.#state = merge(this.#state, this.#stored());
      changed(this.cells);
    });
    addEventListener("pagehide", () => this.#save());
  }

  /** id -> the reader's code, or null where it is the book's again. */
  get cells() {
    return Object.fromEntries(Object.entries(this.#state.cells).map(([id, { code }]) => [id, code]));
  }

  /** A time after that of what is replaced, and after the last forgetting. @param {Timed} [before] */
  #after({ at } = { at: 0 }) {
    return later(Math.max(at, this.#state.forgotten));
  }

  /** Remember the code of a cell, null for the book's. @param {string} id @param {string | null} code */
  put(id, code) {
    this.#state.cells[id] = { code, at: this.#after(this.#state.cells[id]) };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), 300);
  }

  /** Remember a wrong answer to an exercise. @param {string} exercise @param {string} attempt */
  tried(exercise, attempt) {
    this.#state.tries[keyOf(exercise, attempt)] = { at: this.#after() };
    this.#save();
  }

  /** How many different wrong answers there were, besides this one. @param {string} exercise @param {string} [besides] */
  triesOf(exercise, besides) {
    const own = besides === undefined ? "" : keyOf(exercise, besides);
    return Object.keys(this.#state.tries).filter((key) => key.startsWith(`${exercise}:`) && key !== own).length;
  }

  /** An exercise is solved by putting the lines of its solution in order. @param {string} exercise */
  order(exercise) {
    this.#state.ordered[exercise] = { at: this.#after() };
    this.#save();
    this.solve(exercise);
  }

  /** @param {string} exercise */
  isSolved(exercise) {
    return solved()[exercise] > 0;
  }

  /** @param {string} exercise */
  solve(exercise) {
    if (this.isSolved(exercise)) return;
    this.#mark({ [exercise]: Date.now() });
  }

  /** Forget what was written on this page and which of its exercises are solved. @param {string[]} exercises */
  forget(exercises) {
    const { cells, tries, ordered } = merge(this.#state, this.#stored());
    const times = [cells, tries, ordered].flatMap((part) => Object.values(part).map(({ at }) => at));
    this.#state = { ...empty(), forgotten: Math.max(this.#after(), ...times) };
    this.#save();
    this.#mark(Object.fromEntries(exercises.map((name) => [name, 0])));
  }

  /** @param {Record<string, number>} changes */
  #mark(changes) {
    this.#write(SOLVED_KEY, JSON.stringify({ ...solved(), ...changes }));
    dispatchEvent(new Event("nnlib-solved"));
  }

  #stored() {
    try {
      return readWork(localStorage.getItem(this.#name));
    } catch {
      this.#trouble("blocked");
      return empty();
    }
  }

  #save() {
    clearTimeout(this.#timer);
    this.#state = merge(this.#state, this.#stored());
    this.#write(this.#name, JSON.stringify(this.#state), isWhole);
  }

  /** @param {string} key @param {string} text @param {(text: string) => boolean} [fits] what may be written over */
  #write(key, text, fits) {
    try {
      setAside(key, fits);
      localStorage.setItem(key, text);
    } catch (error) {
      this.#trouble(/** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "blocked");
    }
  }
}

/** Exercise -> when it was solved. @returns {Record<string, number>} */
function solved() {
  try {
    return solvedOf(localStorage.getItem(SOLVED_KEY));
  } catch {
    return {};
  }
}

/** What an answer to an exercise is kept by. @param {string} exercise @param {string} attempt */
const keyOf = (exercise, attempt) => `${exercise}:${digest(attempt)}`;

/** A short name for a text. @param {string} text */
function digest(text) {
  let sum = 0;
  for (const letter of text.replace(/\s+/g, " ").trim()) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0;
  return (sum >>> 0).toString(36);
}
