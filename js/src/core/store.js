// Where the state of a figure on a page lives: in memory, or beyond the visit.

/** @import { State, Store } from "./types.js" */

/** A store in memory. @param {State} state @returns {Store} */
export function memory(state) {
  let current = { ...state };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    get: () => current,
    put: (patch) => {
      current = { ...current, ...patch };
      listeners.forEach((listener) => listener());
    },
    listen: (listener, signal) => {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener));
    },
  };
}

/**
 * A store that outlasts the visit, where the browser lets it; `state` itself needs no room.
 * @param {State} state @param {string} key
 * @returns {Store}
 */
export function lasting(state, key) {
  const stored = () => ({ ...state, ...recall(state, key) });
  const store = memory(stored());
  let isKept = true;
  const put = (/** @type {State} */ patch) => {
    isKept = keep(state, key, { ...store.get(), ...patch });
    store.put(patch); // who listens may ask whether it was kept
  };
  /** @type {Store["listen"]} */
  const listen = (listener, signal) => {
    store.listen(listener, signal);
    const take = (/** @type {StorageEvent} */ event) => event.key === key && store.put(stored());
    addEventListener("storage", take, { signal }); // what another tab wrote
  };
  return { ...store, put, listen, isLost: () => !isKept };
}

/** When something is written: now, but after what it replaces, also where a clock was wrong. @param {number} [before] */
export const later = (before = 0) => Math.max(Date.now(), before + 1);

/** @param {unknown} value */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The object that a text holds, empty for no text; null if it holds none.
 * @param {string | null} [text] @returns {Record<string, any> | null}
 */
export function objectIn(text) {
  try {
    const found = JSON.parse(text ?? "{}");
    return isObject(found) ? found : null;
  } catch {
    return null;
  }
}

/** A key for what cannot be read, whenever that happens: nothing that was set aside is overwritten. @param {string} key */
export const asideOf = (key) => `${key}:aside:${new Date().toISOString()}`;

/**
 * Before a key is written: what stands there and is not what the book writes is set aside. Throws where storage does.
 * @param {string} key @param {(text: string) => boolean} [fits]
 */
export function setAside(key, fits = (text) => objectIn(text) !== null) {
  const text = localStorage.getItem(key);
  if (text !== null && !fits(text)) localStorage.setItem(asideOf(key), text);
}

/**
 * Whether a part that was found is one that a figure has, and of its kind.
 * @param {State} state @param {State} found @returns {(name: string) => boolean}
 */
const fitting = (state, found) => (name) =>
  Array.isArray(found[name]) === Array.isArray(state[name]) && typeof found[name] === typeof state[name];

/** What is remembered and fits. @param {State} state @param {string} key @returns {State} */
function recall(state, key) {
  let text = null;
  try {
    text = localStorage.getItem(key);
  } catch {
    // Storage may be forbidden.
  }
  const found = objectIn(text) ?? {};
  return Object.fromEntries(
    Object.keys(state)
      .filter(fitting(state, found))
      .map((name) => [name, found[name]]),
  );
}

/** Whether a text holds nothing but what a figure remembers. @param {State} state @returns {(text: string) => boolean} */
const isOf = (state) => (text) => {
  const found = objectIn(text);
  return found !== null && Object.keys(found).every(fitting(state, found));
};

/**
 * Remember what differs from `state`; tell whether the browser took it.
 * @param {State} state @param {string} key @param {State} current @param {(text: string) => boolean} [fits] what may be overwritten
 */
export function keep(state, key, current, fits = isOf(state)) {
  const changed = Object.entries(current).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(state[name]),
  );
  try {
    setAside(key, fits);
    if (changed.length) localStorage.setItem(key, JSON.stringify(Object.fromEntries(changed)));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false; // private windows and full disks: the figure works, for this visit
  }
}
