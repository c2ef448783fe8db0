import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { AROUND, findQuote, quoteOf } from "../src/marks/quote.js";
import { words } from "./words.js";

/** The text of a chapter, as a page has it. */
function chapter(name) {
  const { cells } = JSON.parse(readFileSync(new URL(`../../${name}.ipynb`, import.meta.url), "utf8"));
  const text = cells.filter(({ cell_type: type }) => type === "markdown").map(({ source }) => [source].flat().join(""));
  return text.join(" ").replace(/\s+/g, " ");
}
const TEXTS = ["chapters/losses", "zh/chapters/losses"].map(chapter);

/** Chance that is the same at each run: mulberry32. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const whole = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** A text with pieces of it taken out, put in or replaced, outside what is kept; and where that is now. */
function edited(text, kept, random, edits) {
  let [now, place] = [text, { ...kept }];
  for (let n = 0; n < edits; n += 1) {
    const at = whole(random, 0, now.length - 1);
    const end = Math.min(now.length, at + whole(random, 0, 40));
    if (at < place.end && end > place.start) continue;
    const put = random() < 0.7 ? words(random) : "";
    now = now.slice(0, at) + put + now.slice(end);
    const by = put.length - (end - at);
    if (end <= place.start) place = { start: place.start + by, end: place.end + by };
  }
  return { now, place };
}

test("a quote is found where it stands, also where its words come often", () => {
  for (const text of TEXTS)
    for (const random = chance(1), at = { n: 0 }; at.n < 300; at.n += 1) {
      const start = whole(random, 0, text.length - 130);
      const range = { start, end: start + whole(random, 2, 120) };
      const found = findQuote(text, quoteOf(text, range));
      const around = ({ start: from, end: to }) => text.slice(Math.max(0, from - AROUND), to + AROUND);
      assert.equal(around(found), around(range)); // the same place, or one that no reader could tell from it
    }
});

test("random edits around it do not move a quote", () => {
  for (const text of TEXTS)
    for (const random = chance(2), at = { n: 0 }; at.n < 150; at.n += 1) {
      const start = whole(random, 0, text.length - 200);
      const range = { start, end: start + whole(random, 40, 160) };
      const { now, place } = edited(text, range, random, 60);
      assert.deepEqual(findQuote(now, quoteOf(text, range)), place, text.slice(range.start, range.end));
    }
});

test("a quote that was itself changed a little is found, within a few letters", () => {
  for (const text of TEXTS)
    for (const random = chance(3), at = { n: 0 }; at.n < 150; at.n += 1) {
      const start = whole(random, 0, text.length - 200);
      const range = { start, end: start + 100 };
      const cut = start + whole(random, 20, 70);
      const now = text.slice(0, cut) + words(random).slice(0, 8) + text.slice(cut + whole(random, 0, 8));
      const found = findQuote(now, quoteOf(text, range));
      assert.ok(found, text.slice(range.start, range.end));
      assert.ok(Math.abs(found.start - range.start) <= 8 && Math.abs(found.end - range.end) <= 16);
    }
});

test("a sentence that is gone is not found elsewhere", () => {
  const text = "The loss falls. The rate is too large, so the step is too long. The loss grows again.";
  const at = text.indexOf("The rate");
  const quote = quoteOf(text, { start: at, end: at + "The rate is too large".length });
  assert.equal(findQuote("The loss falls. The loss grows again.", quote), null);
  // A single word comes often: without its sentence it is not the same.
  const word = quoteOf(text, { start: at + 4, end: at + 8 });
  assert.equal(word.exact, "rate");
  assert.ok(findQuote(`A new beginning. ${text}`, word));
  assert.equal(findQuote("Here the learning rate is chosen by hand, and nothing else.", word), null);
  assert.equal(findQuote(text, { exact: "", prefix: "", suffix: "" }), null);
});

test("of two equal sentences the one with the same neighbors is taken", () => {
  const text = "First it says this. A. Then it says this. B. Last it says this. C.";
  for (const near of ["A.", "B.", "C."]) {
    const end = text.indexOf(near) - 1;
    const range = { start: end - "it says this.".length, end };
    assert.deepEqual(findQuote(text, quoteOf(text, range)), range);
    const now = `${text.replace("First", "At first")} D.`;
    assert.deepEqual(findQuote(now, quoteOf(text, range)), { start: range.start + 3, end: range.end + 3 });
  }
});
