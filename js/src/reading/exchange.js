// The reader's record in the browser's storage, as a whole: read, replaced all or not at all, forgotten.

import { BACKUP_KEY } from "./file.js";

/** @import { Store, Texts, Trouble } from "./types.js" */

const OURS = /^nnlib/;
const BACKUP_DAYS = 7;

/** All keys and texts of the book; the other data of this host are not ours. @param {Store} store @returns {Texts} */
export function textsOf(store) {
  const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? "").filter((key) => OURS.test(key));
  return Object.fromEntries(keys.map((key) => [key, store.getItem(key) ?? ""]));
}

/** @param {unknown} error @returns {Trouble} */
const troubleOf = (error) => (/** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "blocked");

/** Whether something can be kept. @param {() => Store} storage @returns {Trouble | null} */
export function tried(storage) {
  const key = "nnlib-book:try";
  try {
    storage().setItem(key, "x".repeat(500));
    storage().removeItem(key);
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

/** @param {Store} store @param {Texts} texts */
function put(store, texts) {
  for (const key of Object.keys(textsOf(store))) if (!(key in texts)) store.removeItem(key);
  for (const [key, text] of Object.entries(texts)) store.setItem(key, text);
}

/**
 * Put these texts in the place of all that is there. What was there is kept beside them, to be brought back. If all that does
 * not fit, everything is as before.
 * @param {Store} store @param {Texts} texts @param {number} [now]
 * @returns {Trouble | null}
 */
export function replace(store, texts, now = Date.now()) {
  const before = textsOf(store);
  const { [BACKUP_KEY]: _, ...kept } = before;
  try {
    const backup = JSON.stringify({ at: now, texts: kept });
    store.setItem(BACKUP_KEY, backup); // before anything changes
    put(store, { ...texts, [BACKUP_KEY]: backup });
    return null;
  } catch (error) {
    for (const key of Object.keys(textsOf(store))) store.removeItem(key); // makes the room that it had
    put(store, before);
    return troubleOf(error);
  }
}

/**
 * What was there before the last import, for a week.
 * @param {Store} store @param {number} [now]
 * @returns {Texts | null}
 */
export function backupOf(store, now = Date.now()) {
  try {
    const { at, texts } = JSON.parse(store.getItem(BACKUP_KEY) ?? "null");
    if (now - at < BACKUP_DAYS * 86_400_000) return texts;
    store.removeItem(BACKUP_KEY);
  } catch {
    // There is none.
  }
  return null;
}

/** Bring back what was there before the last import. @param {Store} store @returns {Trouble | null} */
export function undo(store) {
  const before = backupOf(store);
  if (!before) return null;
  const now = textsOf(store);
  try {
    store.removeItem(BACKUP_KEY);
    put(store, before);
    return null;
  } catch (error) {
    for (const key of Object.keys(textsOf(store))) store.removeItem(key);
    put(store, now);
    return troubleOf(error);
  }
}

/** @param {Store} store */
export const forget = (store) => put(store, {});
