import assert from "node:assert/strict";
import { test } from "node:test";
import { areOwn, keepParts, newest, ownsIn, parts } from "../src/own/parts.js";
import { notebookOf, textOf } from "../src/own/program.js";
import { merge } from "../src/reading/join.js";
import { renamed } from "../src/reading/names.js";
import { OWN_KEY } from "../src/reading/record.js";

const PROGRAM = {
  words: { title: "Mine" },
  beginning: "import numpy as np\n",
  parts: [
    { number: 1, exercise: "a-own", code: "def a(): pass", heading: "# 1 (book)", own_heading: "# 1 (mine)" },
    { number: 2, exercise: "b-own", code: "def b(): pass", heading: "# 2 (book)", own_heading: "# 2 (mine)" },
  ],
};
const textWith = (parts) => JSON.stringify({ v: 1, parts });

/** Storage that keeps texts in memory, and refuses with an error if one is given. */
function storage(texts = {}, refusal = null) {
  globalThis.localStorage = {
    getItem: (key) => texts[key] ?? null,
    setItem: (key, text) => {
      if (refusal) throw refusal;
      texts[key] = text;
    },
  };
  return texts;
}

test("what is damaged in the storage is no part, and leaves the others", () => {
  const good = { code: "x", at: 1 };
  assert.deepEqual(ownsIn(textWith({ a: good, b: { code: 3, at: 1 }, c: { code: "x" }, d: null })), { a: good });
  assert.deepEqual(ownsIn(textWith({ a: { code: "x".repeat(100_001), at: 1 } })), {});
  for (const text of [null, undefined, "", "{", "[]", '{"v":2,"parts":{}}', '{"v":1}', '{"v":1,"parts":null}'])
    assert.deepEqual(ownsIn(text), {});
});

test("of two states of a part the newer one counts, also where it is the book's again", () => {
  const [old, late] = [
    { code: "old", at: 1 },
    { code: null, at: 2 },
  ];
  assert.deepEqual(newest({ a: old }, { a: late, b: old }), { a: late, b: old });
  assert.deepEqual(newest({ a: late }, { a: old }), { a: late });
});

test("parts are kept, replaced and taken back; what stood there and was damaged is set aside", () => {
  const texts = storage({ [OWN_KEY]: "no data" });
  assert.equal(keepParts({ "a-own": "def a(): return 1" }), null);
  assert.deepEqual(parts(), { "a-own": "def a(): return 1" });
  assert.ok(areOwn(JSON.parse(texts[OWN_KEY])));
  assert.ok(Object.keys(texts).some((key) => key.startsWith(`${OWN_KEY}:aside:`)));
  assert.equal(keepParts({ "a-own": "def a(): return 2" }), null);
  assert.deepEqual(parts(), { "a-own": "def a(): return 2" });
  keepParts({ "a-own": null });
  assert.deepEqual(parts(), {});
});

test("a part that a wrong clock has dated is replaced, and given back to the book", () => {
  const texts = storage({ [OWN_KEY]: textWith({ "future-own": { code: "PLANTED", at: 9e15 } }) });
  keepParts({ "future-own": "def mine(): pass" });
  assert.equal(parts()["future-own"], "def mine(): pass");
  assert.ok(JSON.parse(texts[OWN_KEY]).parts["future-own"].at > 9e15);
  keepParts({ "future-own": null });
  assert.ok(!("future-own" in parts()));
});

test("two tabs keep each other's parts, and what one forgets the other does not bring back", () => {
  const texts = storage();
  keepParts({ "a-own": "def a(): return 1" });
  texts[OWN_KEY] = textWith({ ...ownsIn(texts[OWN_KEY]), "b-own": { code: "other tab", at: 5 } });
  keepParts({ "c-own": "def c(): return 3" });
  assert.deepEqual(Object.keys(parts()).sort(), ["a-own", "b-own", "c-own"]);
  delete texts[OWN_KEY];
  assert.deepEqual(parts(), {});
  keepParts({ "c-own": "def c(): return 4" });
  assert.deepEqual(parts(), { "c-own": "def c(): return 4" });
});

test("where nothing can be stored a part lasts for the visit, and the trouble is told", () => {
  for (const [name, trouble] of [
    ["QuotaExceededError", "full"],
    ["SecurityError", "blocked"],
  ]) {
    storage({}, Object.assign(new Error(), { name }));
    assert.equal(keepParts({ "b-own": name }), trouble);
    assert.deepEqual(parts()["b-own"], name);
  }
});

test("records with parts are joined part by part, whichever is here", () => {
  const one = { [OWN_KEY]: textWith({ a: { code: "1", at: 1 }, b: { code: "1", at: 5 } }) };
  const other = { [OWN_KEY]: textWith({ a: { code: "2", at: 2 }, c: { code: null, at: 1 } }) };
  const both = merge(one, other);
  assert.deepEqual(ownsIn(both[OWN_KEY]), {
    a: { code: "2", at: 2 },
    b: { code: "1", at: 5 },
    c: { code: null, at: 1 },
  });
  assert.deepEqual(ownsIn(merge(other, one)[OWN_KEY]), ownsIn(both[OWN_KEY]));
  assert.deepEqual(merge(both, both), both);
});

test("a part of an exercise with a new name is found under it", () => {
  const names = { "a-own": "b-own" };
  const now = renamed({ [OWN_KEY]: textWith({ "a-own": { code: "x", at: 1 } }) }, { addresses: {}, names, cells: {} });
  assert.deepEqual(ownsIn(now[OWN_KEY]), { "b-own": { code: "x", at: 1 } });
});

test("the program is one text, the notebook has a cell for each part", () => {
  const kept = { "b-own": "def b():\n    return 1" };
  const text = "import numpy as np\n\n\n# 1 (book)\n\n\ndef a(): pass\n\n\n# 2 (mine)\n\n\ndef b():\n    return 1\n";
  assert.equal(textOf(PROGRAM, kept), text);
  const { cells, nbformat, nbformat_minor } = notebookOf(PROGRAM, kept);
  assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
  assert.deepEqual(
    cells.map(({ source }) => source.join("")),
    ["# Mine", "import numpy as np", "# 1 (book)\n\ndef a(): pass", "# 2 (mine)\n\ndef b():\n    return 1"],
  );
  assert.equal(new Set(cells.map(({ id }) => id)).size, 4);
});
