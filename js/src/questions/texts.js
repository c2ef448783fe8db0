// The words of a question with one of its sets of numbers.

/** A list has a text for each surface: the same idea in another story. @typedef {string | string[]} Text */
/** Nested once: mistakes and options. @typedef {Record<string, Text | Record<string, Text>>} Words */

/**
 * The texts of a variant, by keys such as `mistakes.median`: surfaces take turns, as in nnbook/questions/words.py.
 * @param {Words} words @param {number} variant @returns {Record<string, string>}
 */
export function textsOf(words, variant) {
  const chosen = (/** @type {Text} */ text) => (typeof text === "string" ? text : text[variant % text.length]);
  const flat = Object.entries(words).flatMap(([key, text]) =>
    typeof text === "string" || Array.isArray(text)
      ? [[key, chosen(text)]]
      : Object.entries(text).map(([name, one]) => [`${key}.${name}`, chosen(one)]),
  );
  return Object.fromEntries(flat);
}
