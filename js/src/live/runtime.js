// Python on the page: a worker that runs cells one after another. The whole interface of the engine.
import { parts } from "../own/parts.js";
import { Cage, FRAME } from "./cage.js";
import { failure, listOfParts, source, trusted } from "./sources.js";

/** @import { Ask, FromWorker, Names, Part, Parts, Reason, Result, Run, Stage } from "./protocol.js" */
/** @import { Detail, Failure, Output, PythonState } from "./types.js" */

/**
 * @template T
 * @typedef {(value: T | PromiseLike<T>) => void} Resolve
 */
/** @typedef {(reason: unknown) => void} Reject */
/**
 * @typedef {object} RunOptions
 * @property {string} [id] of the cell
 * @property {string} [space] the namespace: "" is the chapter's, another one stands on top of it
 * @property {boolean} [fresh] whether that is made anew
 * @property {(output: Output) => void} [onOutput]
 */
/**
 * @typedef {object} Queued
 * @property {Run | Ask} message
 * @property {(output: Output) => void} onOutput
 * @property {boolean} sent
 * @property {Resolve<Result>} resolve
 * @property {Reject} reject
 */

export class Runtime {
  #onState;
  /** Where the worker lives. @type {Cage | null} */
  #cage = null;
  /** @type {Promise<void> | null} */
  #starting = null;
  /** What ends the waiting for the start. @type {{resolve: Resolve<void>, reject: Reject} | null} */
  #started = null;
  #ready = false;
  /** What Python is asked; the first is on its way. @type {Queued[]} */
  #queue = [];
  /** Figure's id -> what the reader moved since the last run. @type {Record<string, object>} */
  #moved = {};
  generation = 0;

  /** @param {{onState?: (state: PythonState, detail: Detail) => void}} [options] */
  constructor({ onState = () => {} } = {}) {
    this.#onState = onState;
  }

  /** Start Python, unless it has been. */
  start() {
    if (!this.#starting) {
      const starting = this.#start(this.generation);
      this.#starting = starting;
      starting.catch((error) => {
        if (this.#starting === starting) this.#fail(error); // else it has been told
      });
    }
    return this.#starting;
  }

  /** @param {number} generation @returns {Promise<void>} */
  async #start(generation) {
    this.#onState("starting", {});
    const python = await listOfParts();
    if (generation !== this.generation) return this.start(); // stopped in the meantime; the next one is on its way
    return new Promise((resolve, reject) => {
      this.#started = { resolve, reject };
      /** @type {(error: Failure) => void} */
      const fail = (error) => this.#fail(error, cage);
      const cage = new Cage(trusted().createHTML(FRAME), {
        onMessage: (message) => {
          try {
            this.#take(message, python, cage);
          } catch (error) {
            fail(failure("crashed", `${error}`)); // what the reader's code has made of outputs can be anything
          }
        },
        onEnd: (reason, message) => fail(failure(reason, message)),
      });
      this.#cage = cage;
      source.script(python, cage.signal).then((script) => cage.run(script), fail);
      cage.tell({ type: "start", python: listed(python) });
      const { python: core, numpy, book } = python;
      this.#bring(
        [
          ["python", core],
          ["numpy", numpy],
          ["book", [book]],
        ],
        cage,
      ).catch(fail);
    });
  }

  /** Take a message. @param {FromWorker} message @param {Parts} python @param {Cage} cage */
  #take(message, python, cage) {
    if (cage !== this.#cage) return;
    if (message.type === "ready") {
      this.#ready = true;
      this.#onState("ready", {});
      this.#started?.resolve();
    } else if (message.type === "draws" || message.type === "spells") {
      const lost = (/** @type {Failure} */ error) => cage.tell({ type: "lost", message: error.message });
      const { drawing, letters } = python;
      this.#bring([message.type === "draws" ? ["drawing", drawing] : ["letters", [letters]]], cage).catch(lost);
    } else if (message.type === "output") {
      this.#queue[0]?.onOutput(JSON.parse(message.output));
    } else if (message.type === "done") {
      const { status, error, count, names } = message.result;
      if (status !== "ok" && status !== "error") throw new TypeError(`No run ends so: ${status}`);
      this.#queue.shift()?.resolve({ status, error, count, names: names && named(names) });
      this.#next();
    } else if (message.type === "failed") {
      this.#fail(failure(message.reason, message.message), cage);
    } else throw new TypeError("No such message");
  }

  /** Bring parts to the worker; all come at once. @param {[Stage, Part[]][]} stages @param {Cage} cage */
  async #bring(stages, cage) {
    const parts = stages.flatMap(([stage, files]) => files.map((file) => ({ stage, file })));
    const total = parts.reduce((sum, { file }) => sum + file.size, 0);
    const state = this.#ready ? "ready" : "starting";
    let loaded = 0;
    const coming = parts.map(({ stage, file }) =>
      source.bring(file, cage.signal, (piece) => {
        if (cage !== this.#cage) return;
        if (piece) loaded += piece instanceof Uint8Array ? piece.byteLength : file.size;
        cage.tell({ type: "part", name: file.name, piece }); // with it go its bytes
        this.#onState(state, { part: stage, loaded, total });
      }),
    );
    await Promise.all(coming);
  }

  /**
   * Python cannot go on: all who wait are told, and the next request may try again.
   * @param {Failure} error @param {Cage | null} [cage]
   */
  #fail(error, cage = this.#cage) {
    if (cage !== this.#cage) return;
    const reason = error.reason ?? "crashed";
    this.#started?.reject(error);
    const detail = { reason: this.#ready && reason === "crashed" ? "ended" : reason, message: error.message };
    this.#end();
    this.#onState("failed", detail);
    for (const { reject } of this.#queue.splice(0)) reject(error);
  }

  #end() {
    this.#cage?.end();
    this.#cage = null;
    this.#starting = this.#started = null;
    this.#ready = false;
    this.#moved = {};
    this.generation += 1;
  }

  /**
   * Run code; one cell runs at a time.
   * @param {string} code @param {RunOptions} [options] @returns {Promise<Result>}
   */
  run(code, { id = "cell", space = "", fresh = false, onOutput = () => {} } = {}) {
    return this.#ask({ type: "run", code, id, space, fresh, moved: "", own: "" }, onOutput);
  }

  /** Which names pieces of code make, change and use. @param {string[]} codes @param {string[]} modules */
  names(codes, modules) {
    return this.#ask({ type: "names", codes, modules });
  }

  /** @param {Run | Ask} message @param {(output: Output) => void} [onOutput] @returns {Promise<Result>} */
  #ask(message, onOutput = () => {}) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ message, onOutput, resolve, reject, sent: false });
      this.#next();
    });
  }

  async #next() {
    const [first] = this.#queue;
    if (!first || first.sent) return;
    first.sent = true;
    try {
      await this.start();
    } catch {
      return; // #fail has told
    }
    if (first !== this.#queue[0]) return; // stopped
    const { message } = first;
    if (message.type === "run") {
      message.moved = JSON.stringify(this.#moved);
      message.own = JSON.stringify(parts());
      this.#moved = {};
    }
    this.#cage?.tell(message);
  }

  /** End what runs and what waits. All variables are gone; the next worker starts at once. */
  stop() {
    const began = this.#starting !== null;
    const started = this.#started;
    this.#end();
    for (const { resolve } of this.#queue.splice(0)) resolve({ status: "stopped", count: 0 });
    if (!began) return;
    const next = this.start();
    started?.resolve(next); // all who wait for this start get the next one
  }

  /**
   * Let a figure's Python object know, before the next run, what the reader has moved.
   * @param {string} figureId @param {object} patch
   */
  setState(figureId, patch) {
    this.#moved[figureId] = { ...this.#moved[figureId], ...patch };
  }
}

/** What the worker has to know of the parts: no functions, which cannot be sent. @param {Parts} parts @returns {Parts} */
const listed = ({ folder, python, numpy, book, drawing, letters }) => ({
  folder,
  python,
  numpy,
  book,
  drawing,
  letters,
});

/** Lists of names, whatever came. @param {Names[]} names @returns {Names[]} */
const named = (names) =>
  names.map(({ makes, sets, uses }) => ({ makes: [...makes], sets: [...sets], uses: [...uses] }));
