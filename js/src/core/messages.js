// The words of the figures, from the catalogue in nnbook/messages, in the reader's language.
import listed from "../../../nnbook/messages/languages.json" with { type: "json" };

/** @import { Catalogue, Translate } from "./types.js" */

/**
 * The languages of the book by their short names: what each is called, and its tag. A page's `zh-CN` is `zh`.
 * @type {Record<string, {name: string, tag: string}>}
 */
export const LANGUAGES = listed;
const [ORIGINAL] = Object.keys(LANGUAGES);

/** The language nearest to an element. @param {Element} element */
export function languageOf(element) {
  const tag = element.closest("[lang]")?.getAttribute("lang") ?? document.documentElement.lang ?? "";
  const language = tag.toLowerCase().split("-")[0];
  return Object.hasOwn(LANGUAGES, language) ? language : ORIGINAL;
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
    /** What is added stands in parentheses only where it is negative. @param {string} piece @param {(place: string) => string} missing */
    const fill = (piece, missing) =>
      piece
        .replace(/(?<=\+ )\(\{(\w+)\}\)/g, (place, name) =>
          name in values && /^\d/.test(String(values[name])) ? `{${name}}` : place,
        )
        .replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : missing(place)));
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
