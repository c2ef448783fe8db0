import assert from "node:assert/strict";
import test from "node:test";
import { backupOf, forget, replace, textsOf, tried, undo } from "../src/reading/exchange.js";
import { BACKUP_KEY, merge, pack, unpack } from "../src/reading/file.js";
import { readingOf } from "../src/reading/record.js";
import { classOf, csvOf, sumsOf } from "../src/reading/sums.js";

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
      sections: [{ id: "a" }, { id: "b" }],
      predictions: {
        "losses-constant": { section: "a", data: number },
        "losses-way": { section: "b", data: choice },
      },
      exercises: { "losses-one": "One", "losses-two": "Two" },
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
  assert.deepEqual(unpack(file), { texts: record, saved: facts.saved });
  assert.match(file, /^\{\n "about": "A reader's record",\n "format": "nnlib-book-record",\n "version": 1,/);
  assert.deepEqual(JSON.parse(file).data["nnlib.predict.losses-constant"], { tries: [0.05, 0.5] });
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
  ])
    assert.deepEqual(unpack(text), { refused, got }, text);
});

test("joined records have all of both", () => {
  const here = {
    "nnlib-book:read": '{"v":1,"read":{"losses#a":5},"place":{"page":"losses","id":"a","at":9}}',
    "nnlib.predict.losses-constant": '{"tries":[0.5]}',
    "nnlib.solved": '{"losses-one":0}',
    "nnlib-book:scheme": "light",
    "nnlib-book:review": '{"v":1,"asked":{"x":{"last":1,"right":1},"y":{"last":9,"right":2}}}',
    "nnlib.work.en/chapters/losses": "{damaged",
  };
  const brought = {
    "nnlib-book:read": '{"v":1,"read":{"losses#b":6},"place":{"page":"softmax","at":8}}',
    "nnlib.predict.losses-constant": '{"tries":[0.05,0.5],"shown":true}',
    "nnlib.solved": '{"losses-one":4,"losses-two":3}',
    "nnlib-book:scheme": "dark",
    "nnlib-book:review": '{"v":1,"asked":{"x":{"last":2,"right":3},"y":{"last":8,"right":5},"z":{"last":1,"right":1}}}',
    "nnlib.word": "new",
  };
  const both = merge(here, brought);

  const at = (key) => JSON.parse(both[key]);
  assert.deepEqual(at("nnlib-book:read").read, { "losses#a": 5, "losses#b": 6 });
  assert.deepEqual(at("nnlib-book:read").place, { page: "losses", id: "a", at: 9 }); // the newer, unmixed
  assert.deepEqual(at("nnlib.predict.losses-constant"), { tries: [0.5, 0.05], shown: true });
  assert.deepEqual(at("nnlib.solved"), { "losses-one": 4, "losses-two": 3 });
  assert.equal(both["nnlib-book:scheme"], "light");
  assert.equal(both["nnlib.word"], "new");
  const { x, y, z } = at("nnlib-book:review").asked;
  assert.deepEqual([x.right, y.right, z.right], [3, 2, 1]);
});

test("a damaged part gives way, and stays beside what is joined", () => {
  const read = '{"v":1,"read":{"losses#b":6}}';
  for (const old of ["{damaged", '{"v":0,"read":{"losses#a":1}}']) {
    const both = merge({ "nnlib-book:read": old }, { "nnlib-book:read": read });
    assert.deepEqual(new Set(Object.values(both)), new Set([old, read]), old);
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

test("a class adds up, with its commonest wrong first answers", () => {
  const answers = (tries) => sumsOf(book, { "nnlib.predict.losses-constant": JSON.stringify({ tries }) });
  const sums = classOf(book, [[0.5], [0.05, 0.5], [0.05], [3]].map(answers));
  const [question, unasked] = sums[0].questions;
  assert.deepEqual(question, {
    name: "losses-constant",
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
