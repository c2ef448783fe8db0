// The files of a study: the forms that a teacher hands out, and what a student hands in. Pure.

import { isObject } from "../../core/store.js";
import { codeIn, formOf, PHASES } from "./codes.js";

/** @import { Dose, Forms, Given, ItemWords, Session } from "./types.js" */

const OPTIONS = 4;

const isCount = (/** @type {unknown} */ found) => Number.isSafeInteger(found) && Number(found) >= 0;

/** @param {unknown} found @returns {found is string} */
const isDate = (found) =>
  typeof found === "string" && Number.isFinite(Date.parse(found)) && new Date(found).toISOString() === found;

/** @param {any} found @returns {found is Dose} */
const isDose = (found) =>
  isObject(found) && ["minutes", "predictions", "exercises", "review"].every((kind) => isCount(found[kind]));

/** @param {unknown} found @returns {found is Given} */
export const isGiven = (found) => {
  const { id, answer, right, ms, sure } = /** @type {any} */ (found ?? {});
  return (
    typeof id === "string" &&
    isCount(answer) &&
    answer < OPTIONS &&
    right === null &&
    isCount(ms) &&
    ["sure", "rather", "guess"].includes(sure)
  );
};

/** Whether it is what a student began, here or elsewhere. @param {any} found @returns {found is Session} */
export const isSession = (found) =>
  isObject(found) &&
  found.kind === "nnlib-book-study" &&
  found.v === 1 &&
  typeof found.code === "string" &&
  codeIn(found.code) === found.code &&
  PHASES.includes(found.phase) &&
  found.form === formOf(found.code, found.phase) &&
  isDate(found.started) &&
  Array.isArray(found.items) &&
  found.items.every(isGiven) &&
  (found.dose === null || isDose(found.dose));

/** @param {unknown} words @returns {words is ItemWords} */
const areWords = (words) => {
  const { stem, options, alt = "" } = /** @type {any} */ (words ?? {});
  const texts = [stem, alt, ...(Array.isArray(options) ? options : [])];
  return texts.length === 2 + OPTIONS && texts.every((text) => typeof text === "string");
};

/** @param {any} found @param {string} language @returns {found is Forms} */
const areForms = (found, language) => {
  const lists = ["A", "B"].map((form) => found.forms?.[form]);
  const fits = (/** @type {any} */ item) => isObject(item) && typeof item.id === "string" && areWords(item[language]);
  return found.v === 1 && lists.every((list) => Array.isArray(list) && list.length > 0 && list.every(fits));
};

/**
 * What a file is; what is refused says why: a key of the words.
 * @param {string} text @param {string} language of the edition, in which the forms have to be
 * @returns {{forms: Forms} | {session: Session} | {refused: string}}
 */
export function opened(text, language) {
  let found;
  try {
    found = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { refused: "refused_text" };
  }
  if (!isObject(found)) return { refused: "refused_text" };
  const { kind } = found;
  if (kind === "nnlib-book-forms") return areForms(found, language) ? { forms: found } : { refused: "refused_forms" };
  if (kind === "nnlib-book-study") return isSession(found) ? { session: found } : { refused: "refused_study" };
  return { refused: kind === "nnlib-book-keys" ? "refused_keys" : "refused_kind" };
}

/** What is handed in. @param {Session} session */
export function packed({ ended: _, ...file }) {
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** @param {Session} session */
export const nameOf = ({ code, phase }) => `study-${code}-${phase}.json`;
