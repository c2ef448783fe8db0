// The cells of one page and the Python that they share.

import { keepParts, parts } from "../own/parts.js";
import { Cell } from "./cell.js";
import { Figures } from "./figures.js";
import { HiddenCell } from "./hidden_cell.js";
import { bringNotebook, keepNotebook } from "./notebook_file.js";
import { before, groundOf, isStale } from "./order.js";
import { Runtime } from "./runtime.js";
import { Status } from "./status.js";
import { Turns } from "./turns.js";
import { button, say } from "./words.js";
import { Work } from "./work.js";

/** @import { RunOptions } from "./cell.js" */
/** @import { AnyCell, Detail, Notebook, PythonState } from "./types.js" */

const PATIENCE = 30_000; // ms, after which a run asks whether to go on

/** @type {Page | null} */
let page = null;

/** Make the cells of this page live, once. @param {(address: string) => Promise<void>} load brings a script of the site */
export function begin(load) {
  page ??= new Page(load);
  return page;
}

export class Page {
  patience = PATIENCE;
  /** @type {PythonState} */
  python = "off";
  #turns = new Turns();
  #runs = 0;
  #stops = 0; // how often the reader stopped
  #marking = 0;
  /** @type {Promise<void> | null} */
  #reading = null;

  /** @param {(address: string) => Promise<void>} load */
  constructor(load) {
    const { cells, edition, name } = globalThis.nnlibPage;
    this.load = load;
    this.figures = new Figures(load);
    this.status = new Status();
    this.runtime = new Runtime({ onState: (state, detail) => this.#pythonIs(state, detail) });
    this.work = new Work(`${edition}/${name}`, {
      trouble: (kind) => this.status.warn(say(kind)),
      changed: (codes) => this.#write(codes),
    });
    let number = 0;
    this.cells = cells.map((data) => {
      /** @type {HTMLElement | null} */
      const element = document.querySelector(`[data-live="${data.id}"]`);
      if (!element) return new HiddenCell(this, data);
      number += 1;
      return new Cell(this, element, data, number);
    });
    this.#write(this.work.cells);
  }

  /** The cell with an id. @param {string} id */
  cell(id) {
    return this.cells.find(({ data }) => data.id === id);
  }

  get ready() {
    return this.python === "ready";
  }

  /** @param {PythonState} state @param {Detail} detail */
  #pythonIs(state, detail) {
    this.python = state;
    document.documentElement.dataset.python = state;
    this.status.show(state, detail);
    if (state === "ready") for (const cell of this.cells) if (cell.state === "starting") cell.state = "running";
  }

  /** Start Python before it is needed: somebody has begun to edit. */
  warmUp() {
    if (this.python === "off") this.runtime.start().catch(() => null); // the status line tells
  }

  /** @param {string} words */
  announce(words) {
    this.status.announce(words);
  }

  // ---- Running ----

  /** Run a cell, and first what it rests on. @param {Cell} cell */
  run(cell) {
    if (cell.busy) return this.#turns.last;
    const stops = this.#stops;
    return this.#turns.wait(cell, () =>
      this.#runAll(cell, () => stops !== this.#stops).catch((error) => {
        cell.state = "error";
        cell.message.textContent = error.reason ? "" : error.message; // why Python did not start is in the status line
      }),
    );
  }

  /** @param {Cell} cell @param {() => boolean} stopped */
  async #runAll(cell, stopped) {
    cell.state = this.ready ? "running" : "starting";
    await this.#read();
    const first = before(this.cells, cell, this.runtime.generation);
    for (const [index, other] of first.entries()) {
      if (stopped()) break;
      if (this.ready) cell.tell(say("running_above", { done: index + 1, count: first.length }));
      const result = await this.#runOne(other, { quiet: other.written === null && !other.outputs.records.length });
      if (result.status === "error") {
        cell.failAbove(other);
        return;
      }
    }
    if (stopped()) cell.end({ status: "stopped" }, { quiet: false });
    else await this.#runOne(cell, { quiet: false });
    this.marksChanged();
  }

  /** Run one cell. @param {AnyCell} cell @param {RunOptions} options */
  async #runOne(cell, options) {
    const { code } = cell;
    const ground = groundOf(this.cells, cell);
    for (const [id, patch] of this.figures.moved()) this.runtime.setState(id, patch);
    cell.begin();
    const calm = this.#askLater(cell);
    try {
      const result = await this.runtime.run(code, {
        id: cell.data.id,
        space: cell.space,
        fresh: cell.space !== "",
        onOutput: (output) => cell.take(output, options),
      });
      this.#runs += 1;
      if (result.status === "ok") cell.ran = { generation: this.runtime.generation, turn: this.#runs, code, ground };
      cell.end(result, options);
      return result;
    } catch (error) {
      cell.end({ status: "stopped" }, options);
      cell.message?.replaceChildren();
      throw error;
    } finally {
      calm();
    }
  }

  /** After a while ask whether to go on; returns what ends the asking. @param {AnyCell} cell */
  #askLater(cell) {
    let take = () => {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const wait = () => {
      take();
      timer = setTimeout(() => {
        if (!this.ready) return wait(); // Python is still on its way
        take = cell.ask(say("long"), [
          button("go-on", say("long_go_on"), wait),
          " ",
          button("end", say("stop"), () => this.stop()),
        ]);
      }, this.patience);
    };
    wait();
    return () => {
      clearTimeout(timer);
      take();
    };
  }

  /** End whatever runs; variables are gone. A cell that waits for its turn only leaves. @param {Cell} [cell] */
  stop(cell) {
    if (cell?.state === "queued") return this.#turns.takeBack(cell);
    this.#stops += 1;
    this.figures.forget();
    this.runtime.stop();
    for (const cell of this.cells) {
      cell.ran = null;
      if (cell.state === "done" || cell.state === "stale") cell.state = "idle";
    }
  }

  /** Code has changed, or a cell has run: some outputs may rest on what is no more. */
  marksChanged() {
    cancelAnimationFrame(this.#marking);
    this.#marking = requestAnimationFrame(() => {
      this.#mark();
      if (this.ready) this.#read().then(() => this.#mark(), Boolean); // why Python broke off is told elsewhere
    });
  }

  #mark() {
    for (const cell of this.cells) {
      const stale = isStale(this.cells, cell, this.runtime.generation);
      if (stale && cell.state === "done") cell.state = "stale";
      else if (!stale && cell.state === "stale") cell.state = cell.ran ? "done" : "idle";
    }
  }

  /** Let Python say which names there are in what was written since it last did. */
  #read() {
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readAll() {
    for (;;) {
      const unread = this.cells.filter((cell) => cell.unread);
      if (!unread.length) return;
      const codes = unread.map(({ code }) => code);
      const { names } = await this.runtime.names(codes, globalThis.nnlibPage.modules);
      if (!names) return; // stopped
      for (const [index, cell] of unread.entries()) cell.read(codes[index], names[index]);
    }
  }

  /** Names that are made elsewhere than above a cell, for the help with errors. @param {Cell} cell */
  namesOutside(cell) {
    const index = this.cells.indexOf(cell);
    const names = (/** @type {AnyCell[]} */ cells) => cells.flatMap((one) => one.names.makes);
    const chapter = (/** @type {AnyCell} */ other) => !other.data.exercise;
    const below = this.cells.slice(index + 1).filter(chapter);
    return { below: names(below), elsewhere: names(this.cells.filter((other) => !chapter(other))) };
  }

  /** Lead to the first exercise that is not solved, or else to the first. */
  exercise() {
    const all = this.cells.flatMap(({ exercise }) => exercise ?? []);
    const next = all.find(({ name }) => !this.work.isSolved(name)) ?? all[0];
    location.hash = next.id;
    next.cell.arrive();
  }

  // ---- What the reader wrote ----

  /** Put in what was written at another time or in another tab. @param {Record<string, string | null>} codes */
  #write(codes) {
    for (const [id, code] of Object.entries(codes)) {
      const cell = this.cell(id);
      if (cell?.element && (code ?? cell.data.code) !== cell.code) cell.write(code ?? cell.data.code);
    }
    this.marksChanged();
  }

  /** The page's notebook, with what the reader wrote and what came out. */
  async keep() {
    const meta = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-live]"));
    const script = /** @type {string} */ (meta.dataset.page);
    const address = script.replace(/\.js(?:\?.*)?$/, ".notebook.js");
    if (!globalThis.nnlibNotebook) await this.load(address);
    const notebook = /** @type {Notebook} */ (globalThis.nnlibNotebook);
    keepNotebook(notebook, this.cells, globalThis.nnlibPage.name);
  }

  /** What a notebook holds of the reader's. Nothing of it runs. */
  async import() {
    const { codes, refused, values } = await bringNotebook();
    if (refused) {
      this.status.warn(say(refused, values));
      return;
    }
    const other = this.cells.filter(({ element, data, code }) => element && (codes[data.id] ?? code) !== code);
    const mine = other.filter(({ written }) => written !== null);
    const take = (/** @type {AnyCell[]} */ cells) => this.#take(cells, codes);
    if (!mine.length) return take(other);
    const ask = say("replace_ask", { cells: mine.map(({ number }) => number).join(", ") });
    const rest = other.filter(({ written }) => written === null);
    this.status.ask(
      ask,
      say("replace_yes"),
      () => take(other),
      rest.length ? [say("replace_rest"), () => take(rest)] : [],
    );
  }

  /** Put code into cells, in the place of what is there. @param {AnyCell[]} cells @param {Record<string, string>} codes */
  #take(cells, codes) {
    for (const cell of cells) {
      cell.write(codes[cell.data.id]);
      this.work.put(cell.data.id, cell.written);
    }
    const words = ["imported_none", "imported_one"][cells.length] ?? "imported";
    this.status.warn(say(words, { count: cells.length }));
    this.marksChanged();
  }

  /** Everything of this page, if the reader means it. */
  forget() {
    this.status.ask(say("forget_ask"), say("forget_yes"), () => {
      for (const cell of this.cells) cell.reset();
      const exercises = this.cells.flatMap(({ exercise }) => exercise?.name ?? []);
      this.work.forget(exercises);
      keepParts(Object.fromEntries(exercises.filter((name) => name in parts()).map((name) => [name, null])));
      this.status.warn(say("forgotten"));
    });
  }
}
