// Calculations that fade: which lines are left out, which are done, and what a try is worth.

import { judge } from "./judge.js";

/**
 * What Python describes. A line with limits is left out.
 * @typedef {import("./judge.js").Interval} Interval
 * @typedef {{inserted: string, answer: string, limits?: Interval, mistakes?: Record<string, Interval>}} Line
 * @typedef {{name: string, symbol: string, formula: string}} Step
 * @typedef {{steps: Step[], rounds: {given: string[], lines: Line[]}[]}} Calculation
 * @typedef {[round: number, line: number, answer: number | null]} Try null where the value was shown
 */

/** @param {Line} line */
export const isLeftOut = (line) => line.limits !== undefined;

/** Judge an answer as `Calculation.blank(...).judge` does in Python. @param {Line} line @param {number} answer */
export function judgeLine({ limits, mistakes }, answer) {
  if (!limits || !mistakes) throw new Error("This line is not left out");
  return judge({ kind: "number", limits, mistakes }, answer);
}

/**
 * What became of a line: whether it is done, and the answers that were not right.
 * @param {Calculation} data @param {Try[]} tries @param {number} round @param {number} at
 */
export function lineState(data, tries, round, at) {
  const line = data.rounds[round].lines[at];
  const own = tries.filter(([turn, index]) => turn === round && index === at).map(([, , answer]) => answer);
  const shown = own.includes(null);
  const judged = own.filter((answer) => answer !== null).map((answer) => ({ answer, ...judgeLine(line, answer) }));
  const right = judged.some(({ verdict }) => verdict === "right");
  const wrong = judged.filter(({ verdict }) => verdict !== "right");
  return { done: !isLeftOut(line) || right || shown, shown, wrong };
}

/**
 * The first line of a round that waits for the reader, or -1.
 * @param {Calculation} data @param {Try[]} tries @param {number} round
 */
export const openLine = (data, tries, round) =>
  data.rounds[round].lines.findIndex((_, at) => !lineState(data, tries, round, at).done);

/**
 * A line from its symbol to its result, in mini-TeX; what would be said twice is said once.
 * @param {Step} step @param {Line} line
 */
export const writtenOut = ({ symbol, formula }, { inserted, answer }) =>
  [...new Set([symbol, formula, inserted, answer])].filter(Boolean).join(" = ");
