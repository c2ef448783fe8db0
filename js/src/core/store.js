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
  const store = memory({ ...state, ...recall(state, key) });
  let isKept = true;
  const put = (/** @type {State} */ patch) => {
    isKept = keep(state, key, { ...store.get(), ...patch });
    store.put(patch); // who listens may ask whether it was kept
  };
  return { ...store, put, isLost: () => !isKept };
}

/** A key for what cannot be read, whenever that happens: nothing that was set aside is overwritten. @param {string} key */
export const asideOf = (key) => `${key}:aside:${new Date().toISOString()}`;

/** What is remembered and fits. @param {State} state @param {string} key @returns {State} */
function recall(state, key) {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "{}") ?? {};
    const fits = (/** @type {string} */ name) =>
      Array.isArray(found[name]) === Array.isArray(state[name]) && typeof found[name] === typeof state[name];
    return Object.fromEntries(
      Object.keys(state)
        .filter(fits)
        .map((name) => [name, found[name]]),
    );
  } catch {
    return {};
  }
}

/** Remember what differs from `state`; tell whether the browser took it. @param {State} state @param {string} key @param {State} current */
export function keep(state, key, current) {
  const changed = Object.entries(current).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(state[name]),
  );
  try {
    if (changed.length) localStorage.setItem(key, JSON.stringify(Object.fromEntries(changed)));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false; // private windows and full disks: the figure works, for this visit
  }
}
