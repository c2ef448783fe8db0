// The words of the figures, from the catalogue in nnbook/messages, in the reader's language.

/** @import { Catalogue, Translate } from "./types.js" */

/** The languages of the book; a page's `zh-CN` is `zh`. */
export const LANGUAGES = ["en", "zh"];

/** The language nearest to an element. @param {Element} element */
export function languageOf(element) {
  const tag = element.closest("[lang]")?.getAttribute("lang") ?? document.documentElement.lang ?? "";
  const language = tag.toLowerCase().split("-")[0];
  return LANGUAGES.includes(language) ? language : "en";
}

/**
 * Look up messages by key and fill in {places}. In a formula, between dollars, braces that hold no
 * name of a value are mini-TeX's own.
 * @param {Catalogue} catalogue @param {string} language
 * @returns {Translate}
 */
export function translator(catalogue, language) {
  return (key, values = {}) => {
    const text = catalogue[language]?.[key];
    if (text === undefined) throw new Error(`No message ${key} in ${language}`);
    /** @param {string} piece @param {(place: string) => string} missing */
    const fill = (piece, missing) =>
      piece.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : missing(place)));
    /** @param {string} place @returns {never} */
    const needed = (place) => {
      throw new Error(`Message ${key} needs ${place}`);
    };
    return text
      .split("$")
      .map((piece, index) => fill(piece, index % 2 ? (braces) => braces : needed))
      .join("$");
  };
}
