// What a reader wrote, kept in the browser's storage: by page and edition, each cell with the time of its last change, so that
// two tabs keep each other's work.

const SOLVED_KEY = "nnlib.solved";

const newer = (one, other) => ((other?.at ?? 0) > (one?.at ?? 0) ? other : one);
const union = (one = {}, other = {}, choose = newer) =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [key, choose(one[key], other[key])]),
  );

/** Of two states of the same work the newest of each cell; what is older than the last forgetting is gone. */
export function merge(one, other) {
  const forgotten = Math.max(one.forgotten ?? 0, other.forgotten ?? 0);
  const remembered = (part) => Object.fromEntries(Object.entries(part).filter(([, { at }]) => at > forgotten));
  return {
    forgotten,
    cells: remembered(union(one.cells, other.cells)),
    tries: remembered(union(one.tries, other.tries)),
  };
}

const empty = () => ({ forgotten: 0, cells: {}, tries: {} });

/** Data of the type that was stored, or nothing: the storage is shared with other pages. */
export function readWork(text) {
  try {
    const { forgotten = 0, cells = {}, tries = {} } = JSON.parse(text);
    const cell = ([, entry]) => Number.isFinite(entry?.at) && (entry.code === null || typeof entry.code === "string");
    const attempt = ([, entry]) => Number.isFinite(entry?.at);
    return {
      forgotten: Number.isFinite(forgotten) ? forgotten : 0,
      cells: Object.fromEntries(Object.entries(cells).filter(cell)),
      tries: Object.fromEntries(Object.entries(tries).filter(attempt)),
    };
  } catch {
    return empty();
  }
}

export class Work {
  #state = empty();
  #name;
  #trouble;
  #timer = 0;

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

  /** Remember the code of a cell, null for the book's. */
  put(id, code) {
    this.#state.cells[id] = { code, at: Date.now() };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), 300);
  }

  /** Remember a wrong answer to an exercise. */
  tried(exercise, attempt) {
    this.#state.tries[`${exercise}:${digest(attempt)}`] = { at: Date.now() };
    this.#save();
  }

  /** How many different wrong answers there were. */
  triesOf(exercise) {
    return Object.keys(this.#state.tries).filter((key) => key.startsWith(`${exercise}:`)).length;
  }

  isSolved(exercise) {
    return solved()[exercise] > 0;
  }

  solve(exercise) {
    if (this.isSolved(exercise)) return;
    this.#mark({ [exercise]: Date.now() });
  }

  /** Forget what was written on this page and which of its exercises are solved. */
  forget(exercises) {
    this.#state = { ...empty(), forgotten: Date.now() };
    this.#save();
    this.#mark(Object.fromEntries(exercises.map((name) => [name, 0])));
  }

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
    this.#write(this.#name, JSON.stringify(this.#state));
  }

  #write(key, text) {
    try {
      localStorage.setItem(key, text);
    } catch (error) {
      this.#trouble(error.name === "QuotaExceededError" ? "full" : "blocked");
    }
  }
}

function solved() {
  try {
    return JSON.parse(localStorage.getItem(SOLVED_KEY)) ?? {};
  } catch {
    return {};
  }
}

/** A short name for a text. */
function digest(text) {
  let sum = 0;
  for (const letter of text.replace(/\s+/g, " ").trim()) sum = (sum * 31 + letter.codePointAt(0)) | 0;
  return (sum >>> 0).toString(36);
}
