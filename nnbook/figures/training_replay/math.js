// Trainings as nnlib records them: numbers as text; decision regions with two characters a
// coordinate, in parts of the window.

/** @import { Point } from "../../../js/src/math/types.js" */

/** @param {string} text */
const numbers = (text) => text.split(" ").map(Number);

/** @typedef {{points: number[][][], curves: number[][], epochs: number[], answers: number[][]}} Lists */

/**
 * A recorded run with lists in place of the text: points [x, y, class], curves, epochs, answers.
 * @template {{points: string[], curves: string[], epochs: string, answers: string[]}} Run
 * @param {Run} run
 * @returns {Omit<Run, "points" | "curves" | "epochs" | "answers"> & Lists}
 */
export function recorded(run) {
  const triples = (/** @type {number[]} */ values) =>
    Array.from({ length: values.length / 3 }, (_, n) => values.slice(3 * n, 3 * n + 3));
  return {
    ...run,
    points: run.points.map((text) => triples(numbers(text))),
    curves: run.curves.map(numbers),
    epochs: numbers(run.epochs),
    answers: run.answers.map(numbers),
  };
}

/**
 * Outlines, each a list of corners [x, y] from 0 to 1. A point is inside the region if it is inside
 * an odd number of them.
 * @param {string} text outlines separated by spaces
 * @param {string} alphabet 64 characters, in the order of their values
 * @returns {Point[][]}
 */
export function outlines(text, alphabet) {
  const coordinate = (/** @type {string} */ word, /** @type {number} */ at) =>
    (alphabet.indexOf(word[at]) * 64 + alphabet.indexOf(word[at + 1])) / 4095;
  return text
    .split(" ")
    .filter(Boolean)
    .map((word) =>
      Array.from({ length: word.length / 4 }, (_, corner) => [
        coordinate(word, 4 * corner),
        coordinate(word, 4 * corner + 2),
      ]),
    );
}
