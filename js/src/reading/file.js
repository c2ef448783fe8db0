// The reader's record as one file: what it holds, what is refused, and what is left out.

import { isObject } from "../core/store.js";
import { kindOf, noLater } from "./join.js";
import { DEEPEST, depthOf, parsed } from "./json.js";
import { renamed } from "./names.js";
import { SOLVED_KEY } from "./record.js";

/** @import { Texts } from "./types.js" */

const FORMAT = "nnlib-book-record";
const VERSION = 1;
export const BACKUP_KEY = "nnlib-book:backup";
/** Tells the files of one reader from those of others; made at the first export, and random. */
export const ID_KEY = "nnlib-book:id";
export const LARGEST = 20_000_000; // characters; the storage of a browser holds a quarter of that
const MOST = 3000; // entries; a reader who does everything has three hundred

/**
 * A text of the storage as one reads it in a file: data where it is just what JSON.stringify writes, else the text.
 * So `textOf` gives back the same letters.
 * @param {string} text
 */
function readable(text) {
  const value = parsed(text);
  return value !== undefined && typeof value !== "string" && JSON.stringify(value) === text ? value : text;
}
/** @param {string} key @param {string} text @param {number} now */
function pastOf(key, text, now) {
  const value = kindOf(key)?.dated ? parsed(text) : undefined;
  return value === undefined ? text : textOf(noLater(value, now, key === SOLVED_KEY));
}
const textOf = (/** @type {unknown} */ value) => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * Whether the book writes such data there. A text that was damaged when it was exported comes back as it was.
 * @param {string} key @param {string} text
 */
function isOurs(key, text) {
  const kind = kindOf(key);
  const value = parsed(text);
  return kind !== undefined && (value === undefined || (kind.fits?.(value) ?? true));
}

/**
 * @param {Texts} texts @param {{about: string, version: string, saved: string}} facts
 * @returns {string}
 */
export function pack(texts, { about, version, saved }) {
  const keys = Object.keys(texts).filter((key) => key !== BACKUP_KEY && !GONE.test(key));
  const data = Object.fromEntries(keys.sort().map((key) => [key, readable(texts[key])]));
  return `${JSON.stringify({ about, format: FORMAT, version: VERSION, book: version, saved, data }, null, 1)}\n`;
}

const GONE = /^nnlib-book:(?:open-book|second-reading|skipped)$/; // what earlier versions kept

/**
 * Take a file apart. What is refused says what it is: a key of the words, and what to put into them. Entries that the book does
 * not write are left out and counted; times that are still to come become now.
 * @param {string} text @param {number} [now]
 * @returns {{texts: Texts, saved: string, foreign: number} | {refused: string, got: string}}
 */
export function unpack(text, now = Date.now()) {
  const depth = depthOf(text);
  if (depth > DEEPEST) return { refused: "refused_deep", got: String(depth) };
  const found = parsed(text);
  if (found === undefined) {
    const got = text.trim().slice(0, 40);
    if (!got) return { refused: "refused_empty", got };
    return { refused: /^[[{]/.test(got) ? "refused_cut" : "refused_text", got };
  }
  if (!isObject(found)) return { refused: "refused_value", got: JSON.stringify(found).slice(0, 40) };
  if (Array.isArray(found.cells) && "nbformat" in found) return { refused: "refused_notebook", got: "" };
  if (found.format !== FORMAT) {
    const fields = Object.keys(found).slice(0, 4).join(", ");
    return { refused: "refused_fields", got: fields.slice(0, 60) || "{}" };
  }
  if (!(found.version <= VERSION)) return { refused: "refused_version", got: String(found.version) };
  if (!isObject(found.data)) return { refused: "refused_data", got: "" };
  const all = Object.entries(found.data).filter(([key]) => !GONE.test(key));
  if (all.length > MOST) return { refused: "refused_many", got: String(all.length) };
  const entries = all.filter(([key, value]) => isOurs(key, textOf(value)));
  if (!entries.length) return { refused: "refused_data", got: "" };
  return {
    texts: renamed(Object.fromEntries(entries.map(([key, value]) => [key, pastOf(key, textOf(value), now)]))),
    saved: typeof found.saved === "string" ? found.saved : "",
    foreign: all.length - entries.length,
  };
}
