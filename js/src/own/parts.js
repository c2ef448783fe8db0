// The parts of the reader's own network, in the browser's storage; both editions share them. An exercise puts its part there, the
// page "My network" shows them, and Python's worker gets them with each run (nnbook/own).

import { later, objectIn, setAside } from "../core/store.js";
import { OWN_KEY } from "../reading/record.js";

/** @typedef {{code: string | null, at: number}} Own a part, null where it is the book's again; when that was so */
/** @typedef {Record<string, Own>} Owns by exercise */

const MOST = 100_000; // characters of one part

/** What this visit has added: in a browser that keeps nothing, it lasts as long as the page. @type {Owns} */
const added = {};

/** @param {any} part */
const isPart = (part) =>
  Number.isFinite(part?.at) && (part.code === null || (typeof part.code === "string" && part.code.length <= MOST));

/** Whether this is what the book writes. @param {any} value */
export const areOwn = (value) => value?.v === 1 && typeof value.parts === "object" && value.parts !== null;

/**
 * The parts in a text of the storage; one that is damaged leaves the others.
 * @param {string | null | undefined} text @returns {Owns}
 */
export function ownsIn(text) {
  const found = objectIn(text);
  return areOwn(found) ? Object.fromEntries(Object.entries(found?.parts).filter(([, part]) => isPart(part))) : {};
}

/** The newer of two states of each part. @param {Owns} one @param {Owns} other */
export function newest(one, other) {
  const all = { ...one };
  for (const [name, part] of Object.entries(other)) if (!(all[name]?.at > part.at)) all[name] = part;
  return all;
}

/** @returns {Owns} */
function stored() {
  try {
    return ownsIn(localStorage.getItem(OWN_KEY));
  } catch {
    return {}; // storage may be forbidden
  }
}

/** Exercise -> the code of the reader's part. @returns {Record<string, string>} */
export function parts() {
  /** @type {[string, string][]} */
  const own = [];
  for (const [name, { code }] of Object.entries(newest(stored(), added))) if (code !== null) own.push([name, code]);
  return Object.fromEntries(own);
}

/**
 * Keep parts, null for the book's.
 * @param {Record<string, string | null>} codes by exercise
 * @returns {"full" | "blocked" | null} why they last only for this visit
 */
export function keepParts(codes) {
  const before = newest(stored(), added);
  for (const [name, code] of Object.entries(codes)) added[name] = { code, at: later(before[name]?.at) };
  try {
    setAside(OWN_KEY, (text) => areOwn(objectIn(text)));
    localStorage.setItem(OWN_KEY, JSON.stringify({ v: 1, parts: newest(stored(), added) }));
    for (const name of Object.keys(added)) delete added[name]; // so that it can be forgotten in another tab
    return null;
  } catch (error) {
    return /** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "blocked";
  }
}
