// Room for what changes under the reader's hand: a place is as wide and as high as the largest that
// can appear in it. So no control moves away from the finger, and no text below jumps.
//
// All of it lies in one cell of a grid, what is not shown invisibly: that holds at every width and
// in every font without measuring, and nobody reads aloud, finds or copies what is invisible.

import { h } from "./dom.js";
import { phrase } from "./typeset.js";

/** @import { Figure } from "./figure.js" */
/** @import { Child, Translate, Words } from "./types.js" */

// Some values are short wherever they occur: numbers of things, of steps.
/** @type {[RegExp, string][]} */
const SHORT = [
  [/^(i|j|k|n|on|off|node|digit)$/, "00"],
  [/^(t|step|split|since\d?)$/, "00000"],
];
const RIVAL = 0.8; // a text that is so much shorter than the longest is never the tallest

/** One place for elements of which at most one is not `hidden`. @param {Child[]} elements */
export function room(...elements) {
  return h("div", { class: "nn-place" }, elements);
}

/** What invisibly keeps the room of something that is not there now. @param {Child[]} content */
export function ghost(...content) {
  return h("div", { class: "nn-ghost" }, content);
}

/** An element in a place that has room for any of these texts. @param {Element} element @param {string[]} texts */
export function roomy(element, texts) {
  const longest = Math.max(...texts.map((text) => text.length));
  const rivals = texts.filter((text) => text.length >= RIVAL * longest);
  return room(
    element,
    rivals.map((text) => ghost(phrase(text))),
  );
}

/**
 * All that a figure can say, with the same number in all places but those of short ones. Sentences end with a
 * full stop, names do not; where a value has the name of a message, as a part of a sentence has, it is that.
 * @param {{words: Words, t: Translate, number: string}} figure
 * @param {(key: string, text: string) => boolean} wanted
 */
export function sentences({ words, t, number }, wanted = (_, text) => /[.。)）]$/.test(text)) {
  /** @type {Record<string, string>} */
  const values = new Proxy(
    {},
    {
      has: () => true,
      get: (_, name) => {
        const [, short] = SHORT.find(([names]) => names.test(String(name))) ?? [];
        return short ?? (String(name) in words ? t(String(name), values) : number);
      },
    },
  );
  return Object.keys(words)
    .filter((key) => wanted(key, words[key]))
    .map((key) => t(key, values));
}

/**
 * Make a figure in pieces; until its first drawing has hidden what is not shown, it is no higher than the place kept for it.
 * @template Made
 * @param {Figure} figure whose root is not there yet when this is called
 * @param {Generator<void, Made>} making
 * @returns {Generator<void, Made>}
 */
export function* inItsPlace(figure, making) {
  const { style } = figure.root;
  const place = getComputedStyle(figure.root).minHeight;
  if (Number.parseFloat(place) > 0) style.maxHeight = place;
  style.overflow = "clip";
  try {
    return yield* making;
  } finally {
    style.maxHeight = style.overflow = "";
  }
}
