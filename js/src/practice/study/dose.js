// What a student did in the book: four numbers of the record, and nothing else of it.

import { textsOf } from "../../reading/exchange.js";
import { sumsOf } from "../../reading/sums.js";

/** @import { Book, Store, Sum } from "../../reading/types.js" */
/** @import { Dose } from "./types.js" */

/** @param {Book | undefined} book @returns {Dose | null} null where the record cannot be read */
export function doseOf(book, storage = () => /** @type {Store} */ (localStorage)) {
  const sums = book ? sumsIn(book, storage) : null;
  if (!sums) return null;
  const total = (/** @type {(sum: Sum) => number} */ of) => Math.round(sums.reduce((whole, sum) => whole + of(sum), 0));
  return {
    minutes: total(({ chapter, read }) =>
      chapter.sections.reduce((whole, { id, minutes }) => whole + (read.has(id) ? minutes : 0), 0),
    ),
    predictions: total(({ answered }) => answered.size),
    exercises: total(({ solved }) => solved.size),
    review: total(({ besides }) => besides.practiced),
  };
}

/** @param {Book} book @param {() => Store} storage */
function sumsIn(book, storage) {
  try {
    return sumsOf(book, textsOf(storage()));
  } catch {
    return null; // storage may be forbidden
  }
}

/**
 * Of two numbers the larger: who goes on elsewhere leaves the record behind.
 * @param {Dose | null} one @param {Dose | null} other @returns {Dose | null}
 */
export function largest(one, other) {
  if (!one || !other) return one ?? other;
  const of = (/** @type {keyof Dose} */ kind) => Math.max(one[kind], other[kind] ?? 0);
  return {
    minutes: of("minutes"),
    predictions: of("predictions"),
    exercises: of("exercises"),
    review: of("review"),
  };
}
