// The study: codes that notice slips, forms by the code, files that are read or refused, answers that no storage loses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { codeIn, formOf, MOST, PHASES, sheet } from "../src/practice/study/codes.js";
import { doseOf, largest } from "../src/practice/study/dose.js";
import { nameOf, opened, packed } from "../src/practice/study/files.js";
import { keptSessions, Own, STUDY_KEY } from "../src/practice/study/sessions.js";
import { textsOf } from "../src/reading/exchange.js";
import { pack } from "../src/reading/file.js";

const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** Chance that comes out the same each time. @returns {() => number} */
function chance(seed = 1) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** @param {Record<string, string>} [texts] */
function storage(texts = {}) {
  const kept = new Map(Object.entries(texts));
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  };
}

const [CODE] = sheet(1, chance());
const given = (id, answer = 2) => ({ id, answer, right: null, ms: 1200, sure: "rather" });

test("any one wrong letter and any two that are swapped are noticed", () => {
  for (const code of sheet(20, chance(7))) {
    const letters = [...code.replace("-", "")];
    assert.equal(codeIn(code), code);
    for (const [at, right] of letters.entries()) {
      for (const wrong of LETTERS) {
        const typed = letters.with(at, wrong).join("");
        assert.equal(codeIn(typed), wrong === right ? code : null, typed);
      }
      for (const [other, letter] of letters.entries()) {
        const typed = letters.with(at, letter).with(other, right).join("");
        assert.equal(codeIn(typed), letter === right ? code : null, typed);
      }
    }
  }
});

test("a code is read however it is typed", () => {
  const letters = CODE.replace("-", "");
  const wide = [...letters].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join("");
  for (const typed of [letters, letters.toLowerCase(), ` ${CODE} `, letters.split("").join(" "), wide, `${CODE}。`])
    assert.equal(codeIn(typed), CODE, typed);
  for (const typed of ["", CODE.slice(0, -1), `${CODE}2`, "O0-1IL", "22-22é"]) assert.equal(codeIn(typed), null, typed);
});

test("half of a sheet begins with each form, and no code is there twice", () => {
  for (const count of [2, 40, MOST]) {
    const codes = sheet(count, chance(count));
    assert.equal(new Set(codes).size, count);
    assert.equal(new Set(codes.map((code) => code.slice(0, 2))).size, 1, "a sheet is a group");
    assert.equal(codes.filter((code) => formOf(code, "pre") === "A").length, count / 2);
  }
  assert.notDeepEqual(
    sheet(40, chance(3)).map((code) => formOf(code, "pre")),
    sheet(40, chance(4)).map((code) => formOf(code, "pre")),
    "who sits beside whom says nothing",
  );
});

test("the third time asks the first form again", () => {
  const orders = sheet(40, chance(5)).map((code) => PHASES.map((phase) => formOf(code, phase)).join(""));
  assert.deepEqual([...new Set(orders)].sort(), ["ABA", "BAB"]);
});

const words = { stem: "Why?", options: ["a", "b", "c", "d"] };
const forms = {
  kind: "nnlib-book-forms",
  v: 1,
  forms: { A: [{ id: "A01", en: words, zh: words }], B: [{ id: "B01", en: words, zh: words }] },
};

test("what is no file with questions is refused by its reason", () => {
  const read = (value, language = "en") => opened(typeof value === "string" ? value : JSON.stringify(value), language);
  assert.deepEqual(read(forms), { forms });
  assert.deepEqual(read(`\uFEFF${JSON.stringify(forms)}`), { forms });
  for (const [refused, value] of [
    ["refused_text", ""],
    ["refused_text", "<html>"],
    ["refused_text", [forms]],
    ["refused_kind", { format: "nnlib-book-record" }],
    ["refused_keys", { kind: "nnlib-book-keys", v: 1 }],
    ["refused_forms", { ...forms, v: 2 }],
    ["refused_forms", { ...forms, forms: { A: forms.forms.A } }],
    ["refused_forms", { ...forms, forms: { ...forms.forms, B: [] } }],
    ["refused_forms", { ...forms, forms: { ...forms.forms, B: [{ id: "B01", en: { ...words, options: ["a"] } }] } }],
  ])
    assert.deepEqual(read(value), { refused }, JSON.stringify(value));
  assert.deepEqual(read(forms, "fr"), { refused: "refused_forms" });
});

test("what a student hands in comes back as it was, and damaged it does not", () => {
  const shared = storage();
  const kept = new Own(
    keptSessions(() => shared),
    CODE,
    "post",
  );
  kept.begin("zh", 0);
  kept.answer(given("B01"));
  kept.answer(given("B01", 3));
  kept.answer(given("B02", 0));
  const file = packed({ ...kept.session, ended: true });
  assert.deepEqual(JSON.parse(file), {
    kind: "nnlib-book-study",
    v: 1,
    code: CODE,
    phase: "post",
    form: formOf(CODE, "post"),
    started: "1970-01-01T00:00:00.000Z",
    language: "zh",
    items: [given("B01"), given("B02", 0)],
    dose: null,
  });
  assert.equal(nameOf(kept.session), `study-${CODE}-post.json`);
  assert.deepEqual(opened(file, "en"), { session: kept.session });
  for (const damage of [
    { code: "K7-PM2" },
    { phase: "later" },
    { form: formOf(CODE, "pre") },
    { started: "then" },
    { items: [{ ...given("B01"), answer: 4 }] },
    { items: [{ ...given("B01"), right: true }] },
    { items: [{ ...given("B01"), sure: "very" }] },
    { dose: 3 },
  ])
    assert.deepEqual(
      opened(JSON.stringify({ ...JSON.parse(file), ...damage }), "en"),
      { refused: "refused_study" },
      JSON.stringify(damage),
    );
});

test("a storage that fails keeps what was answered, and what cannot be read is set aside", () => {
  for (const [trouble, broken] of [
    [
      "blocked",
      () => {
        throw new DOMException("", "SecurityError");
      },
    ],
    [
      "full",
      () => ({
        getItem: () => null,
        setItem: () => {
          throw new DOMException("", "QuotaExceededError");
        },
      }),
    ],
  ]) {
    const kept = keptSessions(broken);
    const own = new Own(kept, CODE, "pre");
    own.begin("en", 0);
    own.answer(given("A01"));
    own.answer(given("A02"));
    assert.deepEqual(
      own.session?.items.map(({ id }) => id),
      ["A01", "A02"],
    );
    assert.equal(kept.trouble, trouble);
  }
  const damaged = storage({ [STUDY_KEY]: '{"v":1,"sessions":[{"code":"old"}]}' });
  const kept = keptSessions(() => damaged);
  const own = new Own(kept, CODE, "pre");
  own.begin("en", 0);
  assert.equal(kept.trouble, "aside");
  assert.equal(damaged.getItem(kept.aside), '{"v":1,"sessions":[{"code":"old"}]}');
  assert.equal(own.session?.code, CODE);
});

test("the study is apart from the record", () => {
  const both = storage({ "nnlib.solved": "{}", "nnlib-book:study": "no" });
  const own = new Own(
    keptSessions(() => both),
    CODE,
    "pre",
  );
  own.begin("en", 0);
  assert.ok(both.getItem(STUDY_KEY)?.includes(CODE));
  assert.ok(!pack(textsOf(both), { about: "", version: "", saved: "" }).includes(CODE));
  own.forget();
  assert.ok(!both.getItem(STUDY_KEY)?.includes(CODE));
});

const book = {
  language: "en",
  version: "",
  words: {},
  chapters: [
    {
      name: "losses",
      page: "",
      number: "3",
      title: "",
      sections: [
        { id: "a", number: "", title: "", minutes: 4.4 },
        { id: "b", number: "", title: "", minutes: 7 },
      ],
      asked: {
        predict: {
          "losses-mean": {
            section: "a",
            more: false,
            data: { kind: "choice", options: ["x", "y"], answer: "x", values: {} },
          },
        },
        draw: {},
        steps: {},
      },
      exercises: {
        "losses-one": { title: "", more: false, minutes: [3, 6] },
        "losses-two": { title: "", more: true, minutes: [6, 12] },
      },
    },
  ],
};

test("the dose is four numbers of the record", () => {
  const texts = {
    "nnlib-book:read": '{"v":1,"read":{"losses#a":5}}',
    "nnlib.predict.losses-mean": '{"tries":["y"]}',
    "nnlib.solved": '{"losses-one":7}',
    "nnlib-book:review": '{"v":1,"asked":{"losses-mean":{"right":2,"wrong":1,"last":1,"due":2,"days":1,"variant":0}}}',
  };
  const dose = { minutes: 4, predictions: 1, exercises: 1, review: 3 };
  assert.deepEqual(
    doseOf(book, () => storage(texts)),
    dose,
  );
  assert.deepEqual(
    doseOf(book, () => storage()),
    { minutes: 0, predictions: 0, exercises: 0, review: 0 },
  );
  assert.equal(
    doseOf(undefined, () => storage(texts)),
    null,
  );
  const forbidden = () => {
    throw new DOMException("", "SecurityError");
  };
  assert.equal(doseOf(book, forbidden), null);
  assert.deepEqual(largest(dose, { minutes: 9, predictions: 0, exercises: 1, review: 0 }), { ...dose, minutes: 9 });
  assert.deepEqual(largest(null, dose), dose);
  assert.deepEqual(largest(dose, null), dose);
});
