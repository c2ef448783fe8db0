import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { areMarks, keepMark, LONGEST, MOST, marksIn, recallMarks } from "../src/marks/kept.js";
import { pack, unpack } from "../src/reading/file.js";
import { merge } from "../src/reading/join.js";
import { MARKS_KEY } from "../src/reading/record.js";

/** @type {Map<string, string>} */
let texts;
beforeEach(() => {
  texts = new Map();
  globalThis.localStorage = {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
  };
});
const PLACE = { page: "losses", lang: "en", section: "sec-losses-what", prefix: "A ", suffix: " judges." };
const mark = (at, more = {}) => ({ ...PLACE, exact: "loss function", made: at, at, ...more });
const kept = () => marksIn(recallMarks()).map(([name]) => name);

test("marks are kept in the order in which they were made, changed and deleted", () => {
  assert.equal(keepMark("b", mark(2)), null);
  assert.equal(keepMark("a", mark(1)), null);
  assert.deepEqual(kept(), ["a", "b"]);
  keepMark("a", { ...mark(1), at: 3, note: "why?" });
  assert.equal(marksIn(recallMarks())[0][1].note, "why?");
  keepMark("b", { at: 4, gone: true });
  assert.deepEqual(kept(), ["a"]);
});

test("a change of a mark is newer than what it changes, also where a clock was wrong", () => {
  keepMark("a", mark(9e15));
  const file = { [MARKS_KEY]: recallMarks() };
  keepMark("a", { ...mark(9e15), lost: true });
  assert.equal(marksIn(recallMarks())[0][1].at, 9e15, "to be looked for is no change");
  keepMark("a", { ...mark(1), note: "mine", at: 5 });
  assert.equal(marksIn(merge({ [MARKS_KEY]: recallMarks() }, file)[MARKS_KEY])[0][1].note, "mine");
  keepMark("a", { at: 6, gone: true });
  assert.deepEqual(marksIn(merge(file, { [MARKS_KEY]: recallMarks() })[MARKS_KEY]), []);
});

test("their number and size are limited, also in a file", () => {
  for (let n = 0; n < MOST; n += 1) assert.equal(keepMark(`m${n}`, mark(n)), null);
  const before = recallMarks();
  assert.equal(keepMark("more", mark(MOST)), "many");
  assert.equal(recallMarks(), before);
  assert.equal(keepMark("m0", mark(0, { note: "one that is there can be changed" })), null);
  assert.equal(keepMark("m1", { at: 9, gone: true }), null);
  assert.equal(keepMark("more", mark(MOST)), null);
  for (let n = 0; n < MOST; n += 1) keepMark(`m${n}`, { at: n, gone: true });
  assert.deepEqual(kept(), ["more"]);
  assert.ok(Object.keys(JSON.parse(recallMarks()).marks).length < MOST, "what was deleted is not remembered for ever");
  for (const name of ["", 'a"]', "x".repeat(31)]) assert.ok(!areMarks({ v: 1, marks: { [name]: mark(1) } }), name);
  const one = (/** @type {object} */ more) => areMarks({ v: 1, marks: { a: mark(1, more) } });
  assert.ok(one({ note: "x".repeat(LONGEST.note) }));
  for (const more of [
    { note: "x".repeat(LONGEST.note + 1) },
    { exact: "x".repeat(LONGEST.exact + 1) },
    { exact: 3 },
    { at: "1" },
  ])
    assert.ok(!one(more), JSON.stringify(more).slice(0, 30));
});

test("a storage that is full, forbidden or damaged loses nothing", () => {
  keepMark("a", mark(1));
  const { setItem } = localStorage;
  for (const [name, said] of [
    ["QuotaExceededError", "full"],
    ["SecurityError", "blocked"],
  ]) {
    localStorage.setItem = () => {
      throw Object.assign(new Error(), { name });
    };
    assert.equal(keepMark("b", mark(2)), said);
    assert.deepEqual(kept(), ["a"]);
  }
  localStorage.setItem = setItem;
  for (const damaged of ["{", "[]", '{"v":2,"marks":{}}', '{"v":1,"marks":{"a":{"at":"soon"}}}']) {
    texts.set(MARKS_KEY, damaged);
    assert.deepEqual(kept(), []);
    keepMark("b", mark(2));
    assert.deepEqual(kept(), ["b"]);
    const aside = [...texts].filter(([key]) => key.startsWith(`${MARKS_KEY}:aside:`)).map(([, text]) => text);
    assert.ok(aside.includes(damaged), damaged);
  }
});

test("the exported file has them, and two records become one in either order", () => {
  const store = (/** @type {object} */ marks) => ({ [MARKS_KEY]: JSON.stringify({ v: 1, marks }) });
  const here = store({ a: mark(1), b: mark(2, { note: "older" }), c: { at: 9, gone: true } });
  const brought = store({ b: mark(2, { note: "newer", at: 5 }), c: mark(3), d: mark(4) });
  const file = unpack(pack(brought, { about: "", version: "1", saved: "" }));
  assert.deepEqual(file.texts, brought);
  const joined = merge(here, file.texts);
  const of = (/** @type {Record<string, string>} */ both) => marksIn(both[MARKS_KEY]);
  assert.deepEqual(
    of(joined).map(([name, { note }]) => [name, note]),
    [
      ["a", undefined],
      ["b", "newer"],
      ["d", undefined],
    ],
  );
  assert.deepEqual(merge(brought, here), joined);
  assert.deepEqual(merge(joined, brought), joined);
});
