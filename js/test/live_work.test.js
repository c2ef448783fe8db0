import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, fill } from "../src/live/notebook_file.js";
import { isWhole, merge, readWork, Work } from "../src/live/work.js";

const work = (cells, forgotten = 0) => ({ forgotten, cells, tries: {}, ordered: {} });

test("of two tabs the newest of each cell is kept", () => {
  const one = work({ a: { code: "1", at: 5 }, b: { code: "2", at: 1 } });
  const other = work({ b: { code: "3", at: 2 }, c: { code: null, at: 3 } });
  assert.deepEqual(merge(one, other).cells, { a: one.cells.a, b: other.cells.b, c: other.cells.c });
  assert.deepEqual(merge(other, one).cells, merge(one, other).cells);
});

test("what was forgotten does not come back from another tab", () => {
  const old = work({ a: { code: "1", at: 5 } });
  assert.deepEqual(merge(old, work({}, 6)).cells, {});
  assert.deepEqual(merge(work({ a: { code: "2", at: 7 } }), work({}, 6)).cells.a.code, "2");
});

test("what a wrong clock has dated can be written anew, and forgotten", () => {
  const [key, texts] = ["nnlib.work.x", {}];
  const old = { c: { code: "old", at: 9e15 }, d: { code: "old", at: 9e15 } };
  texts[key] = JSON.stringify({ ...work(old, 8e15), tries: { "t:1": { at: 9e15 } } });
  globalThis.localStorage = {
    getItem: (name) => texts[name] ?? null,
    setItem: (name, text) => {
      texts[name] = text;
    },
  };
  Object.assign(globalThis, { addEventListener: () => {}, dispatchEvent: () => {} });
  const own = new Work("x", { trouble: assert.fail, changed: () => {} });
  own.put("c", "new");
  own.tried("t", "answer");
  assert.equal(own.cells.c, "new");
  assert.equal(readWork(texts[key]).cells.c.code, "new");
  own.forget([]);
  assert.deepEqual(readWork(texts[key]).cells, {});
  own.put("c", "newest");
  own.tried("t", "answer");
  assert.equal(readWork(texts[key]).cells.c.code, "newest");
});

test("what is not of the type that was stored is not taken", () => {
  assert.deepEqual(readWork("{").cells, {});
  assert.deepEqual(readWork(null).cells, {});
  assert.deepEqual(readWork('{"cells": {"a": {"code": 3, "at": 1}, "b": {"code": "x", "at": 1}, "c": 4}}').cells, {
    b: { code: "x", at: 1 },
  });
  const good = '{"a":{"code":"x","at":1}}';
  for (const rest of ['"tries": null', '"ordered": 5', '"tries": [], "ordered": "x"'])
    assert.deepEqual(readWork(`{"cells": ${good}, ${rest}}`), work(JSON.parse(good)), rest);
  assert.equal(readWork('{"forgotten": "later"}').forgotten, 0);
  assert.deepEqual(readWork('{"ordered": {"a": {"at": 1}, "b": 2}}').ordered, { a: { at: 1 } });
});

test("work with a part that cannot be read is known as damaged", () => {
  const cells = { a: { code: "x", at: 1 } };
  const whole = [{}, work(cells), { forgotten: 0, cells }, { ...work(cells), tries: { "t:1": { at: 2 } } }];
  for (const one of whole) assert.ok(isWhole(JSON.stringify(one)), JSON.stringify(one));
  const damaged = [{ cells: { ...cells, b: 3 } }, { cells: [1] }, { forgotten: "later" }, { v: 9, cells }, [cells], 7];
  for (const one of damaged) assert.ok(!isWhole(JSON.stringify(one)), JSON.stringify(one));
  assert.ok(!isWhole("{"));
});

const notebook = {
  nbformat: 4,
  cells: [
    { id: "t", cell_type: "markdown", metadata: {}, source: ["# T"] },
    { id: "a", cell_type: "code", metadata: {}, source: ["1"], outputs: ["stored"], execution_count: 1 },
    { id: "b", cell_type: "code", metadata: {}, source: ["2\n", "3"], outputs: ["stored"], execution_count: 2 },
  ],
};
const live = (id, written, records = []) => ({
  data: { id },
  code: written ?? "1",
  written,
  count: 7,
  outputs: { records },
});

test("a notebook takes in what was edited and what came out, and keeps the rest", () => {
  const stream = { type: "stream", name: "stdout", text: "x\ny\n" };
  const result = { type: "result", data: { "text/plain": "8", "image/png": "iVBO" }, metadata: {} };
  const { cells } = fill(notebook, [live("a", "5\n6", [stream, result]), live("b", null)]);
  assert.deepEqual(cells[0], notebook.cells[0]);
  assert.deepEqual(cells[2], notebook.cells[2]);
  assert.deepEqual(cells[1].source, ["5\n", "6"]);
  assert.equal(cells[1].execution_count, 7);
  assert.deepEqual(cells[1].outputs, [
    { output_type: "stream", name: "stdout", text: ["x\n", "y\n"] },
    {
      output_type: "execute_result",
      data: { "text/plain": ["8"], "image/png": "iVBO" },
      metadata: {},
      execution_count: 7,
    },
  ]);
  assert.deepEqual(fill(notebook, [live("a", "5")]).cells[1].outputs, [], "the stored output is not that code's");
});

test("the code of a notebook comes back by the ids of its cells", () => {
  assert.deepEqual(codesOf(JSON.stringify(notebook)), { codes: { a: "1", b: "2\n3" } });
  assert.equal(codesOf("{}").refused, "broken_file");
  assert.equal(codesOf("no notebook").refused, "broken_file");
});

test("a notebook whose code is no text, or too long, is refused as a whole", () => {
  const withSource = (source) =>
    codesOf(JSON.stringify({ cells: [...notebook.cells, { ...notebook.cells[1], source }] }));
  for (const source of [undefined, null, 5, {}, ["x", 5]])
    assert.deepEqual(withSource(source), { codes: {}, refused: "broken_cell", values: { id: "a" } });
  assert.deepEqual(withSource("x".repeat(6e6)).refused, "large_cell");
  assert.deepEqual(withSource(["x\n", "y"]).codes.a, "x\ny");
});
