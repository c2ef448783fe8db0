import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { testsIn } from "../src/practice/kept.js";
import { backupOf, forget, replace, textsOf, tried, undo } from "../src/reading/exchange.js";
import { BACKUP_KEY, pack, unpack } from "../src/reading/file.js";
import { kindOf, merge } from "../src/reading/join.js";
import { askedOf, readingOf } from "../src/reading/record.js";
import {
  classOf,
  countOf,
  csvOf,
  distinct,
  doneOf,
  isBegun,
  isDone,
  ofTen,
  partsOf,
  spread,
  sumsOf,
} from "../src/reading/sums.js";
import { fixtures } from "./close.js";

/** A browser's storage with room for so many characters. */
class Shelf {
  constructor(texts = {}, room = Number.POSITIVE_INFINITY) {
    this.texts = new Map(Object.entries(texts));
    this.room = room;
  }
  get length() {
    return this.texts.size;
  }
  key(at) {
    return [...this.texts.keys()][at] ?? null;
  }
  getItem(key) {
    return this.texts.get(key) ?? null;
  }
  removeItem(key) {
    this.texts.delete(key);
  }
  setItem(key, text) {
    const next = new Map(this.texts).set(key, text);
    const size = [...next].reduce((sum, pair) => sum + pair.join("").length, 0);
    if (size > this.room) throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
    this.texts = next;
  }
}

const number = { kind: "number", limits: [0.4, 0.6], mistakes: { median: [0, 0.1] } };
const choice = { kind: "choice", options: ["up", "down"], answer: "up" };
const book = {
  chapters: [
    {
      name: "losses",
      sections: [
        { id: "a", minutes: 7 },
        { id: "b", minutes: 5 },
      ],
      asked: {
        predict: {
          "losses-constant": { section: "a", more: false, data: number },
          "losses-way": { section: "b", more: true, data: choice },
          "losses-race": { section: "b", more: false, data: { ...number, estimate: true } },
        },
        draw: { "losses-curve": { section: "a", more: false } },
        steps: { "losses-product": { section: "a", more: true } },
      },
      exercises: {
        "losses-one": { title: "One", more: false, minutes: [6, 12] },
        "losses-two": { title: "Two", more: true, minutes: [3, 6] },
      },
    },
  ],
};
const facts = { about: "A reader's record", version: "1.0", saved: "2026-11-27T08:00:00.000Z" };
const record = {
  "nnlib-book:read": '{"v":1,"read":{"losses#a":5,"losses#gone":6}}',
  "nnlib-book:scheme": "dark",
  "nnlib-book:code": "hidden",
  "nnlib.predict.losses-constant": '{"tries":[0.05,0.5]}',
  "nnlib.solved": '{"losses-one":1,"losses-two":0}',
  "nnlib.work.en/chapters/losses": '{"forgotten":0,"cells":{"c":{"code":"1","at":2}},"tries":{}}',
  "nnlib-book:review": '{"v":1,"asked":{"losses-way":{"right":1,"wrong":0,"last":1,"due":7,"days":5,"variant":0}}}',
  "nnlib-playground": "[3,1]",
  "nnlib.odd": ' {"b": 1} ',
  "nnlib.word": '"quoted"',
};

test("a record adds up chapter by chapter", () => {
  const [sum] = sumsOf(book, record, 8);
  assert.deepEqual([...sum.read], ["a"]);
  assert.deepEqual([...sum.answered], [["losses-constant", { outcome: "later", first: "median" }]]);
  assert.deepEqual([...sum.solved], ["losses-one"]);
  assert.equal(sum.due, 1);
  assert.equal(sumsOf(book, record, 6)[0].due, 0);
  const outcome = (data) =>
    sumsOf(book, { "nnlib.predict.losses-way": JSON.stringify(data) })[0].answered.get("losses-way");
  assert.deepEqual(outcome({ tries: ["up"] }), { outcome: "first", first: null });
  assert.deepEqual(outcome({ tries: ["down"], shown: true }), { outcome: "shown", first: "down" });
  assert.deepEqual(outcome({ tries: ["down"] }), { outcome: "open", first: "down" });
  assert.equal(outcome({ tries: ["sideways"] }), undefined); // of an older question
});

test("what is left is a range, as the pages show it", () => {
  const [sum] = sumsOf(book, record, 8);
  assert.deepEqual(sum.left, [4.5, 6.5], "its exercise is solved");
  assert.deepEqual(sumsOf(book, { ...record, "nnlib.solved": "{}" })[0].left, [10.5, 18.5]);
  // The same in tests/theme/test_reading_time.py.
  for (const [minutes, low, high] of [
    [0.2, 1, 2],
    [1, 1, 2],
    [2, 2, 3],
    [6, 5, 8],
    [9.9, 9, 13],
    [10, 10, 15],
    [14, 15, 20],
    [21, 20, 25],
    [42, 40, 55],
    [46, 40, 60],
    [80, 70, 105],
  ])
    assert.deepEqual(spread([0.9 * minutes, 1.3 * minutes]), { low, high }, `${minutes}`);
});

test("damaged data add up to nothing, and are not taken for the book's", () => {
  for (const text of ["{", "null", "3", '{"v":2,"read":{}}', '{"v":1,"read":null}']) {
    assert.equal(readingOf(text), null, text);
    const damaged = Object.fromEntries(Object.keys(record).map((key) => [key, text]));
    const [sum] = sumsOf(book, damaged);
    assert.deepEqual([sum.read.size, sum.answered.size, sum.solved.size, sum.due], [0, 0, 0, 0], text);
  }
});

test("a file brings back every letter, and can be read", () => {
  const file = pack({ ...record, [BACKUP_KEY]: "{}" }, facts);
  const { "nnlib-playground": _, "nnlib.odd": odd, "nnlib.word": word, ...known } = record;
  assert.deepEqual(unpack(file), { texts: known, saved: facts.saved, foreign: 3 });
  const own = { "nnlib-book:code": odd, "nnlib-book:language": word };
  assert.deepEqual(unpack(pack(own, facts)).texts, own);
  const gone = { "nnlib-book:second-reading": "open" };
  assert.doesNotMatch(pack({ ...own, ...gone }, facts), /second-reading/);
  const old = file.replace('"data": {', '"data": {"nnlib-book:second-reading": "open",');
  assert.deepEqual(unpack(old), unpack(file), "an old file brings a setting that is gone, in silence");
  assert.match(file, /^\{\n "about": "A reader's record",\n "format": "nnlib-book-record",\n "version": 1,/);
  assert.deepEqual(JSON.parse(file).data["nnlib.predict.losses-constant"], { tries: [0.05, 0.5] });
});

const DEEP = "[".repeat(20_000) + "]".repeat(20_000);
const many = (count) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`nnlib.predict.losses-${at}`, "{}"]));

test("what nests too deep to be written again is exported as the text that it is", () => {
  const strange = { "nnlib.solved": DEEP, "nnlib.predict.losses-way": '{"tries":["[[[[[[[[[[[[[[[[[[[[[["]}' };
  assert.deepEqual(unpack(pack(strange, facts)).texts, strange);
  assert.ok(unpack(pack(many(3000), facts)).texts);
});

test("data that the book does not write are left out", () => {
  const good = { "nnlib.solved": '{"losses-one":1}' };
  for (const odd of ['{"x\\"y":1}', '{"losses-one":"today"}', '{"losses-one":null}', "[1]"]) {
    assert.deepEqual(unpack(pack({ "nnlib.solved": odd }, facts)), { refused: "refused_data", got: "" }, odd);
    const mixed = unpack(pack({ ...good, "nnlib.predict.losses-way": "5", "nnlib-book:read": odd }, facts));
    assert.deepEqual(mixed, { texts: good, saved: facts.saved, foreign: 2 }, odd);
  }
});

test("what is no such file is refused, and named", () => {
  for (const [text, refused, got] of [
    ["", "refused_empty", ""],
    ["name,points\nA,3", "refused_text", "name,points\nA,3"],
    ["[1, 2]", "refused_value", "[1,2]"],
    ["null", "refused_value", "null"],
    ['{"nbformat": 4, "cells": []}', "refused_notebook", ""],
    ['{"a": 1, "b": 2}', "refused_fields", "a, b"],
    [pack(record, facts).replace('"version": 1', '"version": 2'), "refused_version", "2"],
    [pack(record, facts).replace('"version": 1', '"version": "x"'), "refused_version", "x"],
    [pack({ other: "1" }, facts), "refused_data", ""],
    [pack({ "nnlib.word": "1" }, facts), "refused_data", ""],
    [pack(record, facts).replace('"losses#a"', `"deep": ${DEEP}, "losses#a"`), "refused_deep", "20004"],
    [DEEP, "refused_deep", "20000"],
    ["{", "refused_cut", "{"],
    [pack(record, facts).slice(0, -9), "refused_cut", pack(record, facts).trim().slice(0, 40)],
    [pack(many(3001), facts), "refused_many", "3001"],
  ])
    assert.deepEqual(unpack(text), { refused, got }, text.slice(0, 99));
});

/** Of every kind of entry that the book stores two, and what they are joined to. */
const HEIGHTS = (from, to) => Array.from({ length: 25 }, (_, at) => (at >= from && at < to ? at / 25 : -1));
const JOINED = {
  "nnlib-book:read": [
    { v: 1, read: { "losses#a": 5, "losses#c": 1 }, place: { page: "losses", id: "a", at: 9 } },
    { v: 1, read: { "losses#b": 6, "losses#c": 3 }, place: { page: "softmax", at: 8 } },
    { v: 1, read: { "losses#a": 5, "losses#b": 6, "losses#c": 3 }, place: { page: "losses", id: "a", at: 9 } },
  ],
  "nnlib-book:review": [
    { v: 1, asked: { x: { last: 1, right: 1 }, y: { last: 9, right: 2 }, w: { last: 3, right: 1, wrong: 1 } } },
    { v: 1, asked: { x: { last: 2, right: 3 }, z: { last: 1, right: 1 }, w: { last: 3, right: 1, wrong: 0 } } },
    {
      v: 1,
      asked: {
        w: { last: 3, right: 1, wrong: 1 },
        x: { last: 2, right: 3 },
        y: { last: 9, right: 2 },
        z: { last: 1, right: 1 },
      },
    },
  ],
  "nnlib-book:tests": [
    {
      about: "A",
      v: 1,
      tests: [
        { chapter: "losses", date: "2026-03" },
        { chapter: "losses", date: "2026-01" },
      ],
    },
    {
      about: "B",
      v: 1,
      tests: [
        { chapter: "softmax", date: "2026-02" },
        { chapter: "losses", date: "2026-01" },
      ],
    },
    {
      about: "B",
      v: 1,
      tests: [
        { chapter: "losses", date: "2026-01" },
        { chapter: "softmax", date: "2026-02" },
        { chapter: "losses", date: "2026-03" },
      ],
    },
  ],
  "nnlib.solved": [{ "losses-one": 0, "losses-two": 3 }, { "losses-one": 4 }, { "losses-one": 4, "losses-two": 3 }],
  "nnlib.work.en/chapters/losses": [
    { forgotten: 0, cells: { c: { code: "1", at: 2 }, d: { code: "x", at: 5 } }, tries: {} },
    { forgotten: 0, cells: { c: { code: "2", at: 3 }, d: { code: "y", at: 5 } }, tries: { "one:7": { at: 1 } } },
    {
      forgotten: 0,
      cells: { c: { code: "2", at: 3 }, d: { code: "x", at: 5 } },
      tries: { "one:7": { at: 1 } },
      ordered: {},
    },
  ],
  "nnlib.predict.losses-constant": [{ tries: [0.5] }, { tries: [0.05, 0.5] }, { tries: [0.05, 0.5] }],
  "nnlib.predict.losses-way": [{ tries: ["down"], shown: true }, { tries: ["down"] }, { tries: ["down"], shown: true }],
  "nnlib.predict.losses-below": [{ tries: [-1] }, { shown: true }, { tries: [-1] }],
  "nnlib.draw.softmax-curve": [
    { heights: HEIGHTS(0, 9) },
    { heights: HEIGHTS(0, 25), compared: true },
    { heights: HEIGHTS(0, 25), compared: true },
  ],
  "nnlib.draw.losses-curve": [
    { heights: HEIGHTS(0, 25), compared: true },
    { heights: HEIGHTS(0, 25).reverse(), compared: true },
    { heights: HEIGHTS(0, 25).reverse(), compared: true },
  ],
  "nnlib.steps.softmax-product": [
    { round: 2, tries: [[1, 3, 0.25]] },
    {
      round: 1,
      tries: [
        [1, 3, 0.5],
        [1, 3, 0.25],
      ],
    },
    {
      round: 1,
      tries: [
        [1, 3, 0.5],
        [1, 3, 0.25],
      ],
    },
  ],
  "nnlib.ward.beds": [
    { log: [["A", "look"]], bed: "A" },
    {
      log: [
        ["B", "look"],
        ["B", "heart"],
      ],
      bed: "B",
    },
    {
      log: [
        ["B", "look"],
        ["B", "heart"],
      ],
      bed: "B",
    },
  ],
  "nnlib.playground.challenges": [
    [3, 12],
    [2, 3],
    [2, 3, 12],
  ],
};
const [HERE, BROUGHT, BOTH] = [0, 1, 2].map((at) =>
  Object.fromEntries(Object.entries(JOINED).map(([key, values]) => [key, JSON.stringify(values[at])])),
);

for (const [key, [, , joined]] of Object.entries(JOINED))
  test(`${key} is joined to the same, whichever of the two is here`, () => {
    assert.deepEqual(JSON.parse(merge(HERE, BROUGHT)[key]), joined);
    assert.equal(merge(BROUGHT, HERE)[key], merge(HERE, BROUGHT)[key]);
  });

test("to join a record with itself, or once more, changes nothing", () => {
  assert.deepEqual(merge(HERE, HERE), HERE);
  const both = merge(HERE, BROUGHT);
  for (const again of [HERE, BROUGHT, BOTH]) assert.deepEqual(merge(both, again), both);
});

test("settings stay as they are here, and what only the file has comes in", () => {
  const here = { "nnlib-book:scheme": "light", "nnlib-book:id": "mine" };
  const brought = { "nnlib-book:scheme": "dark", "nnlib-book:id": "theirs", "nnlib-book:code": "hidden" };
  assert.deepEqual(merge(here, brought), { ...brought, ...here });
});

test("the book knows the keys under which its questions are kept", () => {
  const asked = fixtures("questions");
  for (const [kind, part] of [
    ["predictions", "predict"],
    ["drawings", "draw"],
    ["calculations", "steps"],
  ])
    for (const name of Object.keys(asked[kind])) assert.ok(kindOf(`nnlib.${part}.${name}`), name);
  assert.equal(kindOf("nnlib.word"), undefined);
  assert.equal(kindOf("other:aside:"), undefined);
});

/** What is written by its own scripts, in files that no build made; what is left open in a name is an x. */
const NAMES = /(["'`])(nnlib(?:-book)?[.:](?:\$\{[^}]*\}|(?!\1).)*)\1/g;
const SOURCES = ["js/src", "theme", "nnbook/figures"].flatMap((folder) =>
  readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /\.(?:js|html|py)$/.test(path) && !/\/static\/[^/]+\/[^/]+$/.test(path)),
);
/** What begins like a key and is none, or is not taken along. */
const NO_ENTRY = {
  "nnlib.ids": "a symbol",
  "nnlib.more.x": "of the visit",
  "nnlib.x": "what a figure remembers, by its class in Python",
  "nnlib.x.x": "the same, by its kind",
  "nnlib-book:try": "taken away at once",
  "nnlib-book:backup": "of this browser",
  "nnlib-book:skipped": "of an earlier version",
  "nnlib-book:x:": "a cache",
};

test("whatever the book keeps under a name, a file of it brings back", () => {
  const texts = SOURCES.map((path) => readFileSync(path, "utf8"));
  const scripts = texts.filter((_, at) => !SOURCES[at].endsWith(".py"));
  const written = scripts.flatMap((text) => [...text.matchAll(NAMES)].map(([, , name]) => name));
  const figures = texts.flatMap((text) => [...text.matchAll(/"remember": (f?)"([^"]*)"/g)]);
  const keys = texts.flatMap((text) => [...text.matchAll(/^ {4}key = "(\w+)"$/gm)].map(([, key]) => key));
  const named = figures.flatMap(([, open, name]) => (open ? keys.map((key) => `${key}.x`) : [name]));
  const filled = written
    .map((name) => name.replace(/\$\{[^}]*\}/g, "x").replace(/\.$/, ".x"))
    .filter((name) => /^[\w.:/-]+$/.test(name));
  const all = new Set([...filled, ...named.map((name) => `nnlib.${name}`)]);
  assert.deepEqual(
    Object.keys(NO_ENTRY).filter((name) => !all.has(name)),
    [],
  );
  for (const name of ["nnlib-book:read", "nnlib-book:language", "nnlib.ward.beds", "nnlib.draw.x"])
    assert.ok(all.has(name), name);
  for (const name of all) assert.ok(kindOf(name) || name in NO_ENTRY, name);
});

test("a setting comes back from a file, and one that is gone is no stranger", () => {
  const own = { "nnlib-book:scheme": "dark" };
  const gone = { "nnlib-book:open-book": "yes", "nnlib-book:skipped": '["predict.losses-way"]' };
  const expected = { texts: own, saved: facts.saved, foreign: 0 };
  assert.deepEqual(unpack(pack({ ...own, ...gone }, facts)), expected);
  const old = JSON.stringify({
    format: "nnlib-book-record",
    version: 1,
    saved: facts.saved,
    data: { ...own, ...gone },
  });
  assert.deepEqual(unpack(old), expected);
});

test("times that are still to come are now, in whatever the book dates", () => {
  const now = 1000;
  const dated = {
    "nnlib-book:read": {
      v: 1,
      read: { "losses#a": 5, "losses#b": 9e15 },
      place: { page: "losses", top: 2000, at: 9e15 },
    },
    "nnlib-book:way": { v: 1, done: { "sec-a": 9e15 } },
    "nnlib-book:own": { v: 1, parts: { "losses-own": { code: "x", at: 9e15 }, "networks-own": { code: null, at: 7 } } },
    "nnlib.solved": { "losses-one": 9e15, "losses-two": 0 },
    "nnlib.work.en/chapters/losses": { forgotten: 9e15, cells: { c: { code: "1", at: 9e15 } }, tries: {} },
    "nnlib-book:review": {
      v: 1,
      asked: { "losses-way": { right: 1, wrong: 0, last: 9e15, due: 9e15, days: 5, variant: 0 } },
    },
  };
  const wanted = structuredClone(dated);
  wanted["nnlib-book:read"].read["losses#b"] = now;
  wanted["nnlib-book:read"].place.at = now;
  wanted["nnlib-book:way"].done["sec-a"] = now;
  wanted["nnlib-book:own"].parts["losses-own"].at = now;
  wanted["nnlib.solved"]["losses-one"] = now;
  wanted["nnlib.work.en/chapters/losses"].forgotten = now;
  wanted["nnlib.work.en/chapters/losses"].cells.c.at = now;
  wanted["nnlib-book:review"].asked["losses-way"].last = now;
  const plain = { "nnlib.predict.losses-constant": '{"tries":[9000000000000000]}' };
  const texts = Object.fromEntries(Object.entries(dated).map(([key, value]) => [key, JSON.stringify(value)]));
  const { texts: found } = unpack(pack({ ...texts, ...plain }, facts), now);
  for (const [key, value] of Object.entries(wanted)) assert.deepEqual(JSON.parse(found[key]), value, key);
  assert.equal(found["nnlib.predict.losses-constant"], plain["nnlib.predict.losses-constant"]);
});

test("what is no self-test is not counted as one", () => {
  const test = { chapter: "losses", when: "before", date: "2026-01-01", right: 3, of: 10, answers: [] };
  const text = JSON.stringify({ v: 1, tests: [{ junk: 1 }, null, 5, "x", test] });
  assert.deepEqual(testsIn(text), [test]);
  for (const none of [undefined, null, "{", '{"v":1,"tests":5}']) assert.deepEqual(testsIn(none), []);
});

test("a damaged part gives way, and stays beside what is joined", () => {
  const read = '{"v":1,"read":{"losses#b":6}}';
  for (const old of ["{damaged", '{"v":0,"read":{"losses#a":1}}', "[".repeat(20_000), "[[1]]"])
    for (const [here, brought] of [
      [old, read],
      [read, old],
    ]) {
      const both = merge({ "nnlib-book:read": here }, { "nnlib-book:read": brought });
      assert.equal(both["nnlib-book:read"], read);
      assert.deepEqual(new Set(Object.values(both)), new Set([old, read]), old.slice(0, 99));
    }
});

test("an import replaces all or nothing", () => {
  const there = { "nnlib.a": "old", other: "not ours" };
  const shelf = new Shelf(there);
  assert.equal(replace(shelf, { "nnlib.b": "new" }), null);
  assert.deepEqual(Object.keys(textsOf(shelf)).sort(), [BACKUP_KEY, "nnlib.b"].sort());
  assert.equal(shelf.getItem("other"), "not ours");
  assert.equal(undo(shelf), null);
  assert.deepEqual(Object.fromEntries(shelf.texts), { other: "not ours", "nnlib.a": "old" });

  for (const room of [30, 70, 120, 160]) {
    const small = new Shelf(there, room);
    const big = { "nnlib.b": "b".repeat(40), "nnlib.c": "c".repeat(40) };
    assert.equal(replace(small, big), "full", `${room}`);
    assert.deepEqual(Object.fromEntries(small.texts), there, `${room}`);
  }
});

test("the state before is kept for a week", () => {
  const shelf = new Shelf({ "nnlib.a": "old" });
  replace(shelf, { "nnlib.b": "new" }, 0);
  assert.deepEqual(backupOf(shelf, 6 * 86_400_000), { "nnlib.a": "old" });
  assert.equal(backupOf(shelf, 8 * 86_400_000), null);
  assert.equal(shelf.getItem(BACKUP_KEY), null);
});

test("to forget leaves nothing of the book, and the rest alone", () => {
  const shelf = new Shelf({ ...record, other: "not ours", [BACKUP_KEY]: "{}" });
  forget(shelf);
  assert.deepEqual(Object.fromEntries(shelf.texts), { other: "not ours" });
});

test("full and forbidden storage is told apart", () => {
  assert.equal(
    tried(() => new Shelf()),
    null,
  );
  assert.equal(
    tried(() => new Shelf({ a: "1" }, 9)),
    "full",
  );
  assert.equal(
    tried(() => {
      throw new Error("SecurityError");
    }),
    "blocked",
  );
});

test("what is due is what practice would ask, also where the clock was set back", () => {
  const asked = { right: 1, wrong: 0, last: 100, due: 200, days: 5, variant: 0 };
  const text = JSON.stringify({ v: 1, asked: { "losses-way": asked, "softmax-way": asked, "losses-odd": null } });
  const due = (now) => sumsOf(book, { "nnlib-book:review": text }, now)[0].due;
  assert.deepEqual([50, 150, 200].map(due), [1, 0, 1]);
  assert.deepEqual(askedOf(text.replace('"v":1', '"v":2')), {}, "of a newer book");
  const { last, ...timeless } = asked;
  for (const damaged of [timeless, { ...asked, days: "x" }, { ...asked, variant: -1 }])
    assert.deepEqual(askedOf(JSON.stringify({ v: 1, asked: { a: asked, b: damaged } })), { a: asked }, "one of two");
});

const everything = {
  "nnlib-book:read": '{"v":1,"read":{"losses#a":5,"losses#b":6}}',
  "nnlib.predict.losses-constant": '{"tries":[0.05]}',
  "nnlib.predict.losses-race": '{"tries":[3]}',
  "nnlib.solved": '{"losses-one":1}',
};

test("a reader of the path can finish: what is for a second reading counts apart", () => {
  const [sum] = sumsOf(book, everything);
  assert.deepEqual(doneOf(sum), { sections: 2, predictions: 2, exercises: 1, more: 0 });
  assert.deepEqual(partsOf(sum.chapter).more, ["losses-way", "losses-two"]);
  assert.deepEqual(sum.left, [0, 0]);
  assert.ok(isDone(sum));
  for (const key of Object.keys(everything)) {
    const { [key]: _, ...rest } = everything;
    const second = { "nnlib.predict.losses-way": '{"tries":["up"]}', "nnlib.solved": '{"losses-two":1}' };
    const [open] = sumsOf(book, { ...second, ...rest });
    assert.ok(!isDone(open), key);
  }
});

test("an estimate is neither right nor wrong", () => {
  const guess = (tries) => sumsOf(book, { "nnlib.predict.losses-race": JSON.stringify({ tries }) })[0];
  for (const number of [0.5, 3]) {
    assert.deepEqual([...guess([number]).answered.values()], [{ outcome: "guessed", first: null }]);
    assert.equal(countOf(guess([number]), "first"), 0);
  }
  const [{ questions }] = classOf(book, [[guess([0.5])], [guess([3])]]);
  assert.deepEqual(
    questions.map(({ estimate, answered, wrong }) => [estimate, answered, wrong]),
    [
      [false, 0, []],
      [false, 0, []],
      [true, 2, []],
    ],
  );
});

test("whatever a reader has done is a beginning", () => {
  const test = { chapter: "losses", when: "before", date: "2026-01-01", right: 3, of: 10, answers: [] };
  const began = (texts) => isBegun(sumsOf(book, texts, 0)[0]);
  assert.ok(!began({}));
  assert.ok(!began({ "nnlib-book:tests": '{"v":1,"tests":[null,{}]}', "nnlib.draw.losses-curve": "[1]" }));
  assert.ok(!began({ "nnlib-book:own": '{"v":1,"parts":{"losses-own":{"code":null,"at":1}}}' }), "the book's again");
  for (const [key, value] of Object.entries({
    "nnlib-book:tests": { v: 1, tests: [test] },
    "nnlib-book:review": {
      v: 1,
      asked: { "losses-way": { right: 1, wrong: 0, last: -1, due: 7, days: 5, variant: 0 } },
    },
    "nnlib.draw.losses-curve": { heights: [1], compared: true },
    "nnlib.steps.losses-product": { tries: [[1, 2, 3]] },
    "nnlib-book:own": { v: 1, parts: { "losses-own": { code: "def mse(): ...", at: 1 }, "softmax-own": { at: 1 } } },
  }))
    assert.ok(began({ [key]: JSON.stringify(value) }), key);
  const { besides } = sumsOf(book, { "nnlib-book:tests": JSON.stringify({ v: 1, tests: [test] }) })[0];
  assert.deepEqual([besides.before.right, besides.after, besides.tests], [3, undefined, 1]);
});

test("self-tests of a class are paired, and a student who hands in both files is one", () => {
  const test = (when, right, of, day) => ({ chapter: "losses", when, date: `2026-01-0${day}`, right, of, answers: [] });
  const texts = (...tests) => ({ "nnlib-book:tests": JSON.stringify({ v: 1, tests }) });
  const both = texts(test("before", 2, 10, 1), test("after", 4, 8, 2));
  const record = { ...both, "nnlib.solved": "{}" };
  const other = texts(test("before", 4, 8, 3));
  assert.deepEqual(distinct([both, record, other]), [record, other]);
  assert.deepEqual(distinct([both, other, {}]), [both, other, {}]);
  const [found] = classOf(
    book,
    [both, other].map((one) => sumsOf(book, one)),
  );
  assert.equal(found.both.length, 1);
  assert.deepEqual(
    [ofTen(found.both.map(({ before }) => before)), ofTen(found.both.map(({ after }) => after))],
    [2, 5],
  );
});

test("a class adds up, with its commonest wrong first answers", () => {
  const answers = (tries) => sumsOf(book, { "nnlib.predict.losses-constant": JSON.stringify({ tries }) });
  const sums = classOf(book, [[0.5], [0.05, 0.5], [0.05], [3]].map(answers));
  const [question, unasked] = sums[0].questions;
  assert.deepEqual(question, {
    name: "losses-constant",
    estimate: false,
    answered: 4,
    first: 1,
    later: 1,
    shown: 0,
    wrong: [
      ["median", 2],
      ["large", 1],
    ],
  });
  assert.equal(unasked.answered, 0);
  assert.equal(sums[0].begun, 4);
  const mistakes = { "losses-constant": { question: "?", mistakes: { median: 'The "median".' } } };
  const csv = csvOf(sums, 4, mistakes, { large: "too large" });
  assert.match(csv, /^\ufeff"chapter","kind"/);
  assert.ok(csv.includes('"losses","prediction","losses-constant","4","4","1","1","0","The ""median"".","2"\r\n'));
});
