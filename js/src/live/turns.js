// Runs come one after the other; one whose turn is to come can be taken back.

/** @import { CellState } from "./types.js" */
/** @typedef {{state: CellState}} Waiting */

export class Turns {
  #last = Promise.resolve();
  /** @type {Set<Waiting>} */
  #waiting = new Set();

  /** The end of those that there are. */
  get last() {
    return this.#last;
  }

  /** Do something for a cell when its turn comes. @param {Waiting} cell @param {() => Promise<void>} work */
  wait(cell, work) {
    cell.state = "queued";
    this.#waiting.add(cell);
    this.#last = this.#last.then(() => (this.#waiting.delete(cell) ? work() : undefined));
    return this.#last;
  }

  /** @param {Waiting} cell */
  takeBack(cell) {
    cell.state = "idle";
    this.#waiting.delete(cell);
  }
}
