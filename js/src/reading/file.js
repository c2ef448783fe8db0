// The reader's record as one file: what it holds, what is refused, and how two records become one.

import { asideOf } from "../core/store.js";
import { merge as mergeWork, readWork } from "../live/work.js";

/** @import { Texts } from "./types.js" */

const FORMAT = "nnlib-book-record";
const VERSION = 1;
export const BACKUP_KEY = "nnlib-book:backup";
export const LARGEST = 20_000_000; // characters; the storage of a browser holds a quarter of that

const isStructured = (/** @type {any} */ value) => typeof value === "object" && value !== null;
const isObject = (/** @type {unknown} */ value) => isStructured(value) && !Array.isArray(value);

/** @param {string} text @returns {any} undefined for what is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A text of the storage as one reads it in a file: data where it is just what JSON.stringify writes, else the text.
 * So `textOf` gives back the same letters.
 * @param {string} text
 */
function readable(text) {
  const value = parsed(text);
  return value !== undefined && typeof value !== "string" && JSON.stringify(value) === text ? value : text;
}
const textOf = (/** @type {unknown} */ value) => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * @param {Texts} texts @param {{about: string, version: string, saved: string}} facts
 * @returns {string}
 */
export function pack(texts, { about, version, saved }) {
  const keys = Object.keys(texts).filter((key) => key !== BACKUP_KEY);
  const data = Object.fromEntries(keys.sort().map((key) => [key, readable(texts[key])]));
  return `${JSON.stringify({ about, format: FORMAT, version: VERSION, book: version, saved, data }, null, 1)}\n`;
}

/**
 * Take a file apart. What is refused says what it is: a key of the words, and what to put into them.
 * @param {string} text
 * @returns {{texts: Texts, saved: string} | {refused: string, got: string}}
 */
export function unpack(text) {
  const found = parsed(text);
  if (found === undefined) {
    const got = text.trim().slice(0, 40);
    return got ? { refused: "refused_text", got } : { refused: "refused_empty", got: "" };
  }
  if (!isObject(found)) return { refused: "refused_value", got: JSON.stringify(found).slice(0, 40) };
  if (Array.isArray(found.cells) && "nbformat" in found) return { refused: "refused_notebook", got: "" };
  if (found.format !== FORMAT) {
    const fields = Object.keys(found).slice(0, 4).join(", ");
    return { refused: "refused_fields", got: fields.slice(0, 60) || "{}" };
  }
  if (!(found.version <= VERSION)) return { refused: "refused_version", got: String(found.version) };
  if (!isObject(found.data)) return { refused: "refused_data", got: "" };
  const entries = Object.entries(found.data).filter(([key]) => key.startsWith("nnlib") && key !== BACKUP_KEY);
  if (!entries.length) return { refused: "refused_data", got: "" };
  return {
    texts: Object.fromEntries(entries.map(([key, value]) => [key, textOf(value)])),
    saved: typeof found.saved === "string" ? found.saved : "",
  };
}

/**
 * Of two records one that has all of both. Where they differ, the newer counts if they say which that is; else what is here.
 * What cannot be joined stays beside it under a name of its own.
 * @param {Texts} here @param {Texts} brought
 * @returns {Texts}
 */
export function merge(here, brought) {
  const both = { ...brought, ...here };
  for (const [key, text] of Object.entries(brought)) {
    if (!(key in here) || text === here[key]) continue;
    const [one, other] = [parsed(here[key]), parsed(text)];
    if (key.startsWith("nnlib.work.")) both[key] = JSON.stringify(mergeWork(readWork(here[key]), readWork(text)));
    else if (!isStructured(other))
      continue; // a setting, such as the color scheme
    else if (!isStructured(one)) Object.assign(both, { [key]: text, [asideOf(key)]: here[key] });
    else if (one.v !== other.v) both[asideOf(key)] = text;
    else both[key] = JSON.stringify(blend(one, other));
  }
  return both;
}

/** When something was noted, if it says so. @param {any} value */
const timeOf = (value) => value.last ?? value.at ?? 0;

/** @param {any} one here @param {any} other brought @returns {any} */
function blend(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    const known = new Set(one.map((value) => JSON.stringify(value)));
    return [...one, ...other.filter((value) => !known.has(JSON.stringify(value)))];
  }
  if (typeof one === "boolean" && typeof other === "boolean") return one || other; // an answer that was shown
  if (!isObject(one) || !isObject(other)) return one || other;
  if (timeOf(one) !== timeOf(other)) return timeOf(one) > timeOf(other) ? one : other;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in one && key in other ? blend(one[key], other[key]) : (one[key] ?? other[key])]),
  );
}
