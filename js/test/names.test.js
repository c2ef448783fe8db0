import assert from "node:assert/strict";
import test from "node:test";
import { pack, unpack } from "../src/reading/file.js";
import { addressNow, isConcerned, renamed } from "../src/reading/names.js";

const table = {
  addresses: { "chapters/descent#chain": "chapters/backward#the-chain", "intro#start": "chapters/descent#begin" },
  names: { "descent-ways": "backward-paths", "descent-ways_two": "backward-two", "descent-old": "descent-new" },
  cells: {
    "chapters/descent#answer-ways": "chapters/backward#answer-paths",
    "chapters/descent#a": "chapters/descent#b",
  },
};
const now = (texts) => renamed(texts, table);
/** As texts; what is a text already is damaged. */
const stored = (record) =>
  Object.fromEntries(
    Object.entries(record).map(([key, data]) => [key, typeof data === "string" ? data : JSON.stringify(data)]),
  );

test("an old address leads to where its place is now", () => {
  const to = (path, hash) => addressNow(path, hash, table.addresses);
  assert.equal(to("/book/zh/chapters/descent.html", "#chain"), "chapters/backward.html#the-chain");
  assert.equal(to("/book/chapters/descent", "#chain"), "chapters/backward.html#the-chain");
  assert.equal(to("/C:/book/intro.html", "#start"), "chapters/descent.html#begin");
  for (const other of ["", "#", "#chain2", "#the-chain"])
    assert.equal(to("/book/chapters/descent.html", other), undefined);
  assert.equal(to("/book/chapters/my_descent.html", "#chain"), undefined);
});

test("what was kept under old names is found under the new ones", () => {
  const asked = { right: 1, wrong: 0, last: 1, due: 7, days: 5, variant: 0 };
  const before = {
    "nnlib.predict.descent-ways": { tries: [1] },
    "nnlib.draw.descent-old": { heights: [1] },
    "nnlib.predict.descent-other": { tries: [2] },
    "nnlib.solved": { "descent-ways": 5, "descent-ways_two": 6, "losses-one": 0 },
    "nnlib-book:review": { v: 1, asked: { "descent-old": asked } },
    "nnlib-book:tests": { v: 1, tests: [{ chapter: "descent", answers: [{ id: "descent-ways" }, { id: "b" }] }] },
    "nnlib-book:read": {
      v: 1,
      read: { "descent#chain": 3, "descent#sgd": 4, "intro#start": 5 },
      place: { page: "descent", id: "chain", index: 7, top: 90, number: "4.1", title: "The chain", lang: "en", at: 9 },
    },
    "nnlib-book:scheme": "dark",
  };
  const after = {
    "nnlib.predict.backward-paths": { tries: [1] },
    "nnlib.draw.descent-new": { heights: [1] },
    "nnlib.predict.descent-other": { tries: [2] },
    "nnlib.solved": { "losses-one": 0, "backward-paths": 5, "backward-two": 6 },
    "nnlib-book:review": { v: 1, asked: { "descent-new": asked } },
    "nnlib-book:tests": { v: 1, tests: [{ chapter: "descent", answers: [{ id: "backward-paths" }, { id: "b" }] }] },
    "nnlib-book:read": {
      v: 1,
      read: { "descent#sgd": 4, "backward#the-chain": 3, "descent#begin": 5 },
      place: { page: "backward", id: "the-chain", index: 0, top: 90, number: "", title: "", lang: "en", at: 9 },
    },
    "nnlib-book:scheme": "dark",
  };
  const found = Object.fromEntries(
    Object.entries(now(stored(before))).map(([key, text]) => [key, text.startsWith("{") ? JSON.parse(text) : text]),
  );
  assert.deepEqual(found, after);
  assert.deepEqual(now(now(stored(before))), now(stored(before)));
});

test("what a reader wrote goes with its cell, in each edition, and checks the exercise by its new name", () => {
  const code = 'exercises.check("descent-ways", 3)';
  const cells = { "answer-ways": { code, at: 3 }, a: { code: null, at: 4 }, c: { code: "1", at: 5 } };
  const found = now(
    stored({
      "nnlib.work.en/chapters/descent": {
        forgotten: 2,
        cells,
        tries: { "descent-ways:x1": { at: 3 }, "descent-ways_two:x1": { at: 4 }, "descent-other:x1": { at: 5 } },
        ordered: { "descent-ways": { at: 6 } },
      },
      "nnlib.work.en/chapters/backward": { forgotten: 1, cells: { d: { code: "2", at: 8 } }, tries: {} },
      "nnlib.work.zh/chapters/descent": { forgotten: 0, cells, tries: {} },
    }),
  );
  const of = (edition, page) => JSON.parse(found[`nnlib.work.${edition}/chapters/${page}`]);
  const answer = { "answer-paths": { code: 'exercises.check("backward-paths", 3)', at: 3 } };
  assert.deepEqual(of("en", "descent"), {
    forgotten: 2,
    cells: { b: { code: null, at: 4 }, c: { code: "1", at: 5 } },
    tries: { "descent-other:x1": { at: 5 } },
    ordered: {},
  });
  assert.deepEqual(of("en", "backward"), {
    forgotten: 1,
    cells: { d: { code: "2", at: 8 }, ...answer },
    tries: { "backward-paths:x1": { at: 3 }, "backward-two:x1": { at: 4 } },
    ordered: { "backward-paths": { at: 6 } },
  });
  assert.deepEqual(of("zh", "backward"), { cells: answer });
  assert.equal(of("zh", "descent").cells.a, undefined);
});

test("what stands under a new name stays, and what is damaged is left as it is", () => {
  const both = stored({ "nnlib.solved": { "descent-ways": 5, "backward-paths": 8 } });
  assert.deepEqual(now(both), stored({ "nnlib.solved": { "backward-paths": 8 } }));
  const damaged = {
    "nnlib.solved": "{descent-ways",
    "nnlib-book:tests": '{"v":1,"tests":[null],"descent-ways":1}',
    "nnlib-book:review": '["descent-ways"]',
    "nnlib.work.en/chapters/descent": '{"cells":{"answer-ways":{"code":"1","at":1}}}',
    "nnlib.work.en/chapters/backward": "damaged",
  };
  assert.deepEqual(now(damaged), damaged);
});

test("only what may have another name is looked at, before a page is painted", () => {
  const concerned = ["nnlib.solved", "nnlib.steps.descent-ways", "nnlib.work.zh/chapters/descent"];
  const others = ["nnlib.steps.backward-paths", "nnlib.work.zh/chapters/losses", "nnlib-book:scheme", "other"];
  assert.deepEqual(
    [...concerned, ...others].filter((key) => isConcerned(key, table)),
    concerned,
  );
});

test("the file of an earlier version is read by the names of today", () => {
  const record = stored({ "nnlib-book:read": { v: 1, read: { "digits#before-training-a-check-and-a-baseline": 5 } } });
  const { texts } = unpack(pack(record, { about: "", version: "1.0", saved: "" }));
  assert.deepEqual(texts, stored({ "nnlib-book:read": { v: 1, read: { "digits#sec-digits-train": 5 } } }));
});
