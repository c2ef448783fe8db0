// The words of a text, as the search compares them: each has a form, in plain letters, and a stem, without its ending.
"use strict";

// A run of Chinese, or a word. An underscore is a gap: softmax_jacobian is found by its parts.
const RUNS = /(\p{Script=Han}+)|[[\p{L}\p{N}\p{M}]--\p{Script=Han}]+/gv;
const EMPTY_WORDS = new Set(
  (
    "a an and are as at be by can do does for from how i in into is it its of on or so that the " +
    "their this to was we what when where which why with you"
  ).split(" "),
);
const EMPTY_CHINESE = /什么是|是什么|为什么|怎么样?|怎样|如何|什么|的|吗|呢/g;

const isChinese = (/** @type {string} */ text) => /\p{Script=Han}/u.test(text);

/** The same letters, however written: small, without accents, no special digits for indices. @param {string} text */
const plainLetters = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Endings that forms of a word differ in: any form finds every other. Each rule is tried once, in this order.
/** @type {[RegExp, string][]} */
const ENDINGS = [
  [/(matri|indi)ces$/, "$1x"],
  [/ies$/, "y"],
  [/(s|x|ch|sh)es$/, "$1"],
  [/(?<!s)s$/, ""],
  [/i[sz](?:ation|ing|ed|er|e)$/, "iz"],
  [/(?<=t|s)ion$/, ""],
  [/(?<=[aeiouy].*)(?:ing|ed)$/, ""],
  [/([bdfgmnprt])\1$/, "$1"],
  [/(?<=...)e$/, ""],
];

/** A word in plain letters without its ending. @param {string} form */
const stemOf = (form) =>
  /^[a-z]{4,}$/.test(form) ? ENDINGS.reduce((rest, [ending, instead]) => rest.replace(ending, instead), form) : form;

/** What was written -> its form and its word. @type {Map<string, SearchWord>} */
const met = new Map();

/** What was written, in plain letters, and without its ending. @param {string} written */
function wordOf(written) {
  let word = met.get(written);
  if (!word) {
    const form = plainLetters(written);
    word = { form, stem: stemOf(form) };
    met.set(written, word);
  }
  return word;
}

/**
 * Call `visit` with each word of a text, and with where it begins and ends. Chinese has no spaces: its words are the
 * pairs of neighbors, and the last character of a run. So each character begins a word, and any piece of a run is found.
 * @param {string} text @param {(word: SearchWord, start: number, end: number) => void} visit
 */
function eachWord(text, visit) {
  for (const { 0: run, 1: chinese, index: start } of text.matchAll(RUNS)) {
    if (!chinese) visit(wordOf(run), start, start + run.length);
    else
      for (let at = 0; at < run.length; at += 1)
        visit(wordOf(run.slice(at, at + 2)), start + at, start + Math.min(at + 2, run.length));
  }
}

/** The words of a name, but those that say nothing. @param {string} text */
function wordsOf(text) {
  /** @type {SearchWord[]} */
  const words = [];
  eachWord(text, (word) => words.push(word));
  return words.filter(({ form }) => !EMPTY_WORDS.has(form));
}

/**
 * The words of a query: of several Chinese characters only the pairs; words that say nothing if there are no others.
 * @param {string} query
 */
function wordsOfQuery(query) {
  /** @type {SearchWord[]} */
  const words = [];
  eachWord(query, (word, start) => {
    const single = isChinese(word.form) && word.form.length === 1;
    if (!single || !isChinese(query[start - 1] ?? "")) words.push(word);
  });
  const telling = words.filter(({ form }) => !EMPTY_WORDS.has(form));
  return telling.length > 0 ? telling : words;
}

/**
 * How many letters have to be typed, left out, changed or swapped to make one word of the other; with `begins`, of the
 * beginning of the other.
 * @param {string} one @param {string} other
 */
function editDistance(one, other, begins = false) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, k) => k);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let k = 1; k <= other.length; k += 1) {
      const same = one[i - 1] === other[k - 1];
      next[k] = Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + (same ? 0 : 1));
      if (i > 1 && k > 1 && one[i - 1] === other[k - 2] && one[i - 2] === other[k - 1])
        next[k] = Math.min(next[k], before[k - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return begins ? Math.min(...row) : row[other.length];
}
