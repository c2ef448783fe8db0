// The files of a class that took part in a study: what is read, what is refused, and the tables, beside Python's.

import assert from "node:assert/strict";
import test from "node:test";
import { studyFileOf } from "../src/reading/study_files.js";
import { counting, foreign, gaps, joined, longOf, phaseOf, wideOf } from "../src/reading/study_tables.js";
import { written } from "../src/reading/sums.js";
import { fixtures, near } from "./close.js";

const { damaged, files, keys, long, phases } = fixtures("study");
const read = (found) => studyFileOf(JSON.stringify(found));
const known = counting(files.map((file) => read(file).study));
const rows = joined(known, keys);

test("the table of a simulated class is Python's, letter by letter", () => {
  assert.equal(files.length - known.length, 2); // what was handed in twice
  assert.deepEqual(read(keys), { keys });
  assert.equal(longOf(rows), long);
  const turned = counting([...files].reverse());
  assert.equal(longOf(joined(turned, keys)), long);
});

test("a phase has the points that Python counts", () => {
  for (const [phase, { finished, scores }] of Object.entries(phases)) {
    const found = phaseOf(known, rows, keys, phase);
    const mean = scores.reduce((sum, one) => sum + one, 0) / finished;
    const sd = Math.sqrt(scores.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (finished - 1));
    assert.equal(found.finished, finished);
    near(found.mean, mean, 1e-12, phase);
    near(found.sd, sd, 1e-12, phase);
    if (phase === "post") assert.deepEqual([found.sure, found.sureWrong], phases.post.sure);
  }
});

test("the most missed question comes first, with its commonest wrong answers", () => {
  const { items } = phaseOf(known, rows, keys, "pre");
  const shares = items.map(({ right, answered }) => right / answered);
  assert.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
  );
  for (const { item, answered, right, wrong } of items) {
    const own = rows.filter((row) => row.item === item && row.phase === "pre");
    assert.equal(right + wrong.reduce((sum, { times }) => sum + times, 0), answered);
    for (const { answer, times } of wrong) {
      assert.notEqual(answer, keys.keys[item].key);
      assert.equal(own.filter((row) => row.answer === answer).length, times);
    }
    assert.ok(wrong.every(({ times }, at) => at === 0 || times <= wrong[at - 1].times));
  }
});

test("who misses a phase is named, also who stopped before its end", () => {
  const { begun, missing } = gaps(known, keys);
  assert.deepEqual(begun, ["pre", "post", "delayed"]);
  const half = missing.find(({ code }) => code === files[3].code);
  assert.deepEqual(half.phases[0], { answered: 20, of: 24 });
  for (const { code, phases: own } of missing)
    begun.forEach((phase, at) => {
      assert.equal(own[at] === null, !files.some((file) => file.code === code && file.phase === phase));
    });
  const complete = files.map(({ code }) => code).filter((code) => !missing.some((one) => one.code === code));
  for (const code of complete)
    assert.equal(known.filter((file) => file.code === code && file.items.length === 24).length, 3);
  const alone = gaps(
    known.filter(({ phase }) => phase === "pre"),
    keys,
  );
  assert.deepEqual([alone.begun, alone.missing.length], [["pre"], 1]);
});

test("a line per student has each phase, and nothing where there is none", () => {
  const lines = wideOf(known, rows)
    .trim()
    .split("\r\n")
    .map((line) =>
      line
        .replace(/^\ufeff/, "")
        .slice(1, -1)
        .split('","'),
    );
  const [head, ...own] = lines;
  assert.equal(own.length, 12);
  const at = (name) => head.indexOf(name);
  for (const line of own) {
    for (const phase of ["pre", "post", "delayed"]) {
      const file = known.find(({ code, phase: its }) => code === line[0] && its === phase);
      const right = rows.filter((row) => row.code === line[0] && row.phase === phase && row.right).length;
      assert.equal(line[at(`${phase}_right`)], file ? String(right) : "");
      assert.equal(line[at(`${phase}_form`)], file?.form ?? "");
      assert.equal(line[at(`${phase}_minutes`)], String(file?.dose?.minutes ?? ""));
    }
    assert.equal(line[at("group")], line[0].slice(0, 2));
  }
});

test("what is wrong with a file is said", () => {
  const [, , one] = files;
  const [answer] = one.items;
  const faults = [
    [{ code: "K7-PM3" }, "wrong_code", "K7-PM3"],
    [{ code: 7 }, "wrong_code", "7"],
    [{ phase: "later" }, "wrong_phase", "later"],
    [{ form: one.form === "A" ? "B" : "A" }, "wrong_form", one.form === "A" ? "B" : "A"],
    [{ items: [{ ...answer, answer: 4 }] }, "wrong_items", answer.id],
    [{ items: [{ ...answer, right: 1 }] }, "wrong_items", answer.id],
    [{ items: [answer, answer] }, "wrong_items", answer.id],
    [{ items: null }, "wrong_items", "null"],
    [{ items: [null] }, "wrong_items", "null"],
    [{ started: "yesterday" }, "damaged", `${one.code}, ${one.phase}`],
    [{ v: 2 }, "newer", "2"],
  ];
  for (const [change, refused, got] of faults) assert.deepEqual(read({ ...one, ...change }), { refused, got });
  assert.deepEqual(read({ ...keys, keys: { A01: {} } }), { refused: "damaged", got: "keys.json" });
  assert.deepEqual(read({ kind: "nnlib-book-forms", v: 1 }), { refused: "damaged", got: "forms.json" });
  assert.equal(read({ kind: "nnlib-book-released", v: 1 }).refused, "not_needed");
  for (const other of ["", "[]", "{}", '{"kind":"constructor"}', "not JSON"]) assert.equal(studyFileOf(other), null);
  assert.deepEqual(foreign({ ...one, items: [{ ...answer, id: "toString" }] }, keys), ["toString"]);
});

test("what Python refuses is refused here", () => {
  assert.ok(damaged.length > 40);
  for (const file of damaged) assert.ok("refused" in (read(file) ?? {}), JSON.stringify(file));
});

test("no cell begins like a formula, and numbers stay numbers", () => {
  for (const text of ["=1+1", "+A1", "-2+3", "@SUM(1)", "\tx", "-1_0", "-inf", '=HYPERLINK("http://x","x")'])
    assert.equal(written([[text]]), `\ufeff"'${text.replaceAll('"', '""')}"\r\n`);
  for (const number of ["-5", "+1", "-1.5e-7", "7"]) assert.equal(written([[number]]), `\ufeff"${number}"\r\n`);
});

test("a file of self-tests is read, as far as it can be", () => {
  const taken = { chapter: "losses", when: "before", date: "2026-01-01T00:00:00.000Z", right: 3, of: 10, answers: [] };
  assert.deepEqual(read({ about: "", summary: [], tests: [taken, null] }), { tests: [taken] });
  assert.equal(read({ about: "", tests: [{}] }).refused, "no_tests");
});
