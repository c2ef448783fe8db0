// What the parts that ask again say, and what the page tells them: its language, the names of its chapters.

import words from "words:messages/site/practice";
import { LANGUAGES, languageOf, translator } from "../core/messages.js";

const root = document.documentElement;
export const language = languageOf(root);
export const t = translator(words, language);

/** A day as one writes it. @param {string | number} time */
export const day = (time) =>
  new Date(time).toLocaleDateString(LANGUAGES[language].tag, { day: "numeric", month: "long", year: "numeric" });

/** The address of a page of this edition, from its root. @param {string} path */
export const address = (path) => `${root.dataset.content_root}${path}`;

/**
 * The chapters in their order, as the list of contents has them: short name -> number and title. A tick in it is no part of a title.
 * @returns {Map<string, string>}
 */
export function chapterNames() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".contents a");
  const title = (/** @type {HTMLAnchorElement} */ link) =>
    [...link.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : "")).join("");
  return new Map([...links].map((link) => [/(\w+)\.html$/.exec(link.pathname)?.[1] ?? "", title(link).trim()]));
}
