// What a student did in the book: four numbers of the record, and nothing else of it.

import { textsOf } from "../../reading/exchange.js";
import { sumsOf } from "../../reading/sums.js";

/** @import { Book } from "../../reading/types.js" */
/** @import { Dose } from "./types.js" */

/** @param {Book | undefined} book @returns {Dose | null} null where the record cannot be read */
export function doseOf(book, storage = () => /** @type {import("../../reading/types.js").Store} */ (localStorage)) {
  if (!book) return null;
  let sums;
  try {
    sums = sumsOf(book, textsOf(storage()));
  } catch {
    return null; // storage may be forbidden
  }
  const total = (/** @type {(sum: (typeof sums)[number]) => number} */ of) =>
    Math.round(sums.reduce((whole, sum) => whole + of(sum), 0));
  return {
    minutes: total(({ chapter, read }) =>
      chapter.sections.reduce((whole, { id, minutes }) => whole + (read.has(id) ? minutes : 0), 0),
    ),
    predictions: total(({ answered }) => answered.size),
    exercises: total(({ solved }) => solved.size),
    review: total(({ besides }) => besides.practiced),
  };
}
