// Python on the page: a worker that runs cells one after another. The whole interface of the engine.
import { unpacked } from "./parts.js";

/** @import { Ask, FromWorker, Packed, Parts, Reason, Result, Run, ToWorker } from "./protocol.js" */
/** @import { Detail, Failure, Output, PythonState } from "./types.js" */

const CODE = ["pyodide.asm.js", "pyodide.js", "worker.js"]; // in this order in the Blob of a page opened from a file

/** @type {HTMLMetaElement | null} */
const meta = document.querySelector("meta[name=book-python]");
/** @type {DOMStringMap} */
const { worker, parts } = meta?.dataset ?? {};
const absolute = (/** @type {string | undefined} */ address) => address && new URL(address, location.href).href;
// A site without Python has none of these, which #start finds out first.
const WORKER = /** @type {string} */ (absolute(worker));
const PARTS = absolute(parts); // the list of all parts, in their folder
const FOLDER = /** @type {string} */ (PARTS && new URL("./", PARTS).href);
const SERVED = location.protocol !== "file:";

/** Python's own scripts, and the blob that is made of them. @param {string} address */
const asOwn = (address) => {
  if (address !== WORKER && !address.startsWith(FOLDER) && !address.startsWith("blob:"))
    throw new TypeError(`Not a script of the book: ${address}`);
  return address;
};
/** @type {ScriptPolicy | null} */
let policy = null;

/** @param {string} address */
function trusted(address) {
  policy ??= globalThis.trustedTypes?.createPolicy("nnlib-python", { createScriptURL: asOwn }) ?? {
    createScriptURL: asOwn,
  };
  return policy.createScriptURL(address);
}

/** @param {string} address @returns {Promise<void>} */
function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", () => resolve(script.remove()));
    script.addEventListener("error", () => {
      script.remove();
      reject(failure("network", address));
    });
    script.src = trusted(address);
    document.head.append(script);
  });
}

/** @param {Reason} reason @param {string} message @returns {Failure} */
const failure = (reason, message) => Object.assign(new Error(message), { reason });

/** The list of parts. */
async function listOfParts() {
  if (!PARTS) throw failure("missing", "");
  if (!globalThis.nnlibPython) await loadScript(PARTS);
  return /** @type {Parts} */ (globalThis.nnlibPython);
}

/** What a page opened from a file has: parts in scripts, and a worker made of them. */
class Scripts {
  /** By name. @type {Map<string, Promise<Packed>>} */
  #packed = new Map();
  /** Its address. @type {Promise<string> | null} */
  #blob = null;

  /** A part, packed, by a script. @param {string} name */
  bring(name) {
    let part = this.#packed.get(name);
    if (!part) {
      const { taken } = /** @type {NonNullable<typeof nnlibPython>} */ (globalThis.nnlibPython);
      part = loadScript(`${FOLDER}packed/${name}.js`).then(() => {
        const packed = taken[name];
        delete taken[name];
        return packed;
      });
      part.catch(() => this.#packed.delete(name));
      this.#packed.set(name, part);
    }
    return part;
  }

  async makeWorker() {
    this.#blob ??= Promise.all(CODE.map(async (name) => unpacked(await this.bring(name)))).then((scripts) => {
      for (const name of CODE) this.#packed.delete(name);
      const all = scripts.flatMap((script) => [script, "\n;\n"]);
      return URL.createObjectURL(new Blob(all, { type: "text/javascript" }));
    });
    this.#blob.catch(() => {
      this.#blob = null;
    });
    return new Worker(trusted(await this.#blob));
  }
}

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
  #scripts = new Scripts();
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Promise<void> | null} */
  #starting = null;
  /** What ends the waiting for the start. @type {{resolve: Resolve<void>, reject: Reject} | null} */
  #started = null;
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
    const worker = SERVED ? new Worker(trusted(WORKER)) : await this.#scripts.makeWorker();
    if (generation !== this.generation) {
      worker.terminate(); // stopped in the meantime; the next one is on its way
      return this.start();
    }
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      this.#started = { resolve, reject };
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.#fail(failure(event.message ? "crashed" : "blocked", event.message ?? ""), worker);
      });
      worker.addEventListener("message", (/** @type {MessageEvent<FromWorker>} */ { data }) => {
        if (worker !== this.#worker) return;
        if (data.type === "ready") {
          this.#onState("ready", {});
          resolve();
        } else if (data.type === "progress") {
          const { part, loaded, total } = data;
          this.#onState(part === "drawing" || part === "letters" ? "ready" : "starting", { part, loaded, total });
        } else if (data.type === "bring") {
          for (const name of data.names) this.#bring(worker, name);
        } else if (data.type === "output") {
          this.#queue[0]?.onOutput(JSON.parse(data.output));
        } else if (data.type === "done") {
          this.#queue.shift()?.resolve(data.result);
          this.#next();
        } else if (data.type === "failed") {
          this.#fail(failure(data.reason, data.message), worker);
        }
      });
      tell(worker, { type: "start", python: listed(python), folder: FOLDER, packed: !SERVED });
    });
  }

  /** @param {Worker} worker @param {string} name */
  async #bring(worker, name) {
    try {
      tell(worker, { type: "part", name, packed: await this.#scripts.bring(name) });
    } catch (error) {
      this.#fail(/** @type {Failure} */ (error), worker);
    }
  }

  /**
   * Python cannot go on: all who wait are told, and the next request may try again.
   * @param {Failure} error @param {Worker | null} [worker]
   */
  #fail(error, worker = this.#worker) {
    if (worker !== this.#worker) return;
    this.#started?.reject(error);
    this.#end();
    this.#onState("failed", { reason: error.reason ?? "crashed", message: error.message });
    for (const { reject } of this.#queue.splice(0)) reject(error);
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#starting = this.#started = null;
    this.#moved = {};
    this.generation += 1;
  }

  /**
   * Run code; one cell runs at a time.
   * @param {string} code @param {RunOptions} [options] @returns {Promise<Result>}
   */
  run(code, { id = "cell", space = "", fresh = false, onOutput = () => {} } = {}) {
    return this.#ask({ type: "run", code, id, space, fresh, moved: "" }, onOutput);
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
      this.#moved = {};
    }
    tell(/** @type {Worker} */ (this.#worker), message);
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

/** @param {Worker} worker @param {ToWorker} message */
const tell = (worker, message) => worker.postMessage(message);

/** What the worker has to know of the parts: no functions, which cannot be sent. @param {Parts} parts @returns {Parts} */
const listed = ({ folder, python, numpy, book, drawing, letters }) => ({
  folder,
  python,
  numpy,
  book,
  drawing,
  letters,
});
