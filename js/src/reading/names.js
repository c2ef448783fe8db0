// What has moved in the book since a reader was here: nnbook/chapters/moved.json, old name -> new name. Old addresses lead on, and
// what was kept under an old name is read as what it is called now.

import moved from "../../../nnbook/chapters/moved.json" with { type: "json" };
import { objectIn } from "../core/store.js";
import { KINDS, OWN_KEY, READ_KEY, REVIEW_KEY, SOLVED_KEY, TESTS_KEY } from "./record.js";

/** @import { Texts } from "./types.js" */

/**
 * @typedef {Record<string, string>} Names old -> new
 * @typedef {object} Moved
 * @property {Names} addresses page#anchor
 * @property {Names} names of questions and exercises, with their chapters
 * @property {Names} cells page#cell, for what a reader wrote there
 */

const WORK = /^nnlib\.work\.(\w+)\/(.+)$/;
const halves = (/** @type {string} */ address) => address.split("#");
const chapterOf = (/** @type {string} */ name) => `chapters/${name.split("-")[0]}`;

/**
 * Where the anchor of a page is now, as an address from the root of the edition; undefined where it is still there.
 * @param {string} pathname @param {string} hash @param {Names} [addresses]
 */
export function addressNow(pathname, hash, addresses = moved.addresses) {
  const here = pathname.replace(/\.html$/, "");
  const old = Object.keys(addresses).find((address) => {
    const [page, anchor] = halves(address);
    return hash === `#${anchor}` && here.endsWith(`/${page}`);
  });
  return old && addresses[old].replace("#", ".html#");
}

/** Whether something under this key may have another name now. @param {string} key @param {Moved} [table] */
export function isConcerned(key, { names, cells } = moved) {
  const page = WORK.exec(key)?.[2];
  if (page) return [...Object.keys(names).map(chapterOf), ...Object.keys(cells)].some((old) => halves(old)[0] === page);
  const shared = [OWN_KEY, READ_KEY, REVIEW_KEY, SOLVED_KEY, TESTS_KEY].includes(key);
  return shared || Object.keys(names).some((old) => KINDS.some((kind) => key === `nnlib.${kind}.${old}`));
}

/**
 * The same record under the names of today. What already stands under a new name stays; what cannot be read is left as it is.
 * @param {Texts} texts @param {Moved} [table]
 * @returns {Texts}
 */
export function renamed(texts, { addresses, names, cells } = moved) {
  const next = { ...texts };
  const all = Object.entries(names);
  for (const kind of KINDS) for (const [old, now] of all) move(next, `nnlib.${kind}.${old}`, `nnlib.${kind}.${now}`);

  edit(next, SOLVED_KEY, (solved) => all.forEach(([old, now]) => void move(solved, old, now)));
  edit(next, OWN_KEY, ({ parts }) => all.forEach(([old, now]) => void move(parts, old, now)));
  edit(next, REVIEW_KEY, ({ asked }) => all.forEach(([old, now]) => void move(asked, old, now)));
  edit(next, TESTS_KEY, ({ tests }) => {
    for (const answer of tests.flatMap((/** @type {any} */ test) => test.answers))
      answer.id = names[answer.id] ?? answer.id;
  });
  edit(next, READ_KEY, ({ read, place }) => {
    for (const [old, now] of Object.entries(addresses)) {
      const [from, to] = [old, now].map((address) => address.replace(/^chapters\//, ""));
      move(read, from, to);
      if (from !== `${place?.page}#${place?.id}`) continue;
      const [page, id] = halves(to);
      Object.assign(place, { page, id, index: 0, number: "", title: "" });
    }
  });

  const editions = new Set(Object.keys(next).flatMap((key) => WORK.exec(key)?.[1] ?? []));
  for (const edition of editions) {
    const shift = (/** @type {string[]} */ [from, to], /** @type {string} */ part, /** @type {any} */ pick) =>
      moveWork(next, [`nnlib.work.${edition}/${from}`, `nnlib.work.${edition}/${to}`], part, pick);
    for (const [old, now] of Object.entries(cells)) {
      const [[from, one], [to, other]] = [old, now].map(halves);
      shift([from, to], "cells", (/** @type {string} */ id) => id === one && other);
    }
    for (const [old, now] of all) {
      const pages = [old, now].map(chapterOf);
      shift(pages, "ordered", (/** @type {string} */ name) => name === old && now);
      shift(pages, "tries", (/** @type {string} */ key) => key.startsWith(`${old}:`) && key.replace(old, now));
      edit(next, `nnlib.work.${edition}/${pages[1]}`, (work) => {
        // A cell that checks its answer names the exercise.
        for (const cell of Object.values(work.cells)) cell.code = cell.code?.replaceAll(`"${old}"`, `"${now}"`) ?? null;
      });
    }
  }
  return next;
}

/** @param {Record<string, any>} of @param {string} old @param {string} now */
function move(of, old, now) {
  if (!(old in of)) return;
  of[now] ??= of[old];
  delete of[old];
}

/**
 * Change the data under a key, if they are there and what the book writes.
 * @param {Texts} texts @param {string} key @param {(data: any) => void} change
 */
function edit(texts, key, change) {
  const data = objectIn(texts[key] ?? "");
  if (!data) return;
  const before = JSON.stringify(data);
  try {
    change(data);
  } catch {
    return; // damaged inside
  }
  if (JSON.stringify(data) !== before) texts[key] = JSON.stringify(data);
}

/**
 * Let entries of what was written on one page go to another.
 * @param {Texts} texts @param {string[]} keys @param {string} part @param {(id: string) => string | false} pick the new id
 */
function moveWork(texts, [from, to], part, pick) {
  edit(texts, from, (work) => {
    for (const [id, entry] of Object.entries(work[part])) {
      const now = pick(id);
      if (!now) continue;
      const other = from === to ? work : objectIn(texts[to]);
      if (!other) return; // damaged: nothing may be overwritten
      other[part] ??= {};
      other[part][now] ??= entry;
      if (other !== work) texts[to] = JSON.stringify(other);
      delete work[part][id];
    }
  });
}
