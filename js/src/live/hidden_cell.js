// A cell whose code the page does not show, such as the set-up of the first page: it runs on the way to others, unseen.

/** @import { Page } from "./page.js" */
/** @import { Result } from "./protocol.js" */
/** @import { CellData, CellState, Kept, Ran } from "./types.js" */

export class HiddenCell {
  /** @type {CellState} */
  state = "idle";
  written = null;
  unread = false;
  /** @type {Ran | null} */
  ran = null;
  count = null;
  space = "";
  number = "–";
  outputs = { records: /** @type {Kept[]} */ ([]) };
  // What only a cell that is seen has.
  element = undefined;
  message = undefined;
  exercise = undefined;

  /** @param {Page} page @param {CellData} data */
  constructor(page, data) {
    this.page = page;
    this.data = data;
  }

  get code() {
    return this.data.code;
  }

  get names() {
    return this.data;
  }

  /** @param {Result} result */
  end({ error }) {
    this.state = error ? "error" : "done";
    if (error) this.page.status.warn(`${error.name}: ${error.message}`);
  }

  reset() {
    this.ran = null;
    this.state = "idle";
  }

  begin() {}
  take() {}
  tell() {}
  ask() {
    return () => {};
  }
  write() {}
  read() {}
  show() {}
}
