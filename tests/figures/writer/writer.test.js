import assert from "node:assert/strict";
import test from "node:test";
import { allClose, close, fixtures } from "../../../js/test/close.js";
import { editDistance, nearest } from "../../../nnbook/figures/writer/math/names.js";
import { hesitation, readerOf, windowOf, write } from "../../../nnbook/figures/writer/math/reader.js";

const { cases, distances, names, near } = fixtures("writer");

for (const [name, { data, runs, looks }] of Object.entries(cases))
  test(`${name}: every draw is that of nnlib`, () => {
    const reader = readerOf(data.layers, data.window);
    assert.ok(runs.length >= 12);
    for (const { state, draws } of runs) {
      const made = write(reader, state, data.longest);
      assert.equal(made.length, draws.length, JSON.stringify(state));
      draws.forEach(([before, letter, p], i) => {
        assert.equal(made[i].before, before);
        assert.equal(made[i].letter, letter);
        allClose(made[i].p, p, 1e-9, `${JSON.stringify(state)}, draw ${i}`);
      });
    }
    for (const [word, weights] of looks) {
      if (!weights) assert.equal(reader.looks, null);
      else allClose(reader.looks(windowOf(reader, word)), weights, 1e-11, word);
    }
    assert.equal(reader.looks !== null, name === "attention");
  });

test("letters to be put in, taken out or exchanged", () => {
  for (const [one, other, distance] of distances) {
    assert.equal(editDistance(one, other), distance, `${one}, ${other}`);
    assert.equal(editDistance(other, one), distance, `${other}, ${one}`);
  }
  assert.equal(editDistance("kitten", "sitting"), 3);
  assert.equal(editDistance("tirex", "trex"), 1);
});

test("the nearest of all names", () => {
  for (const [word, name, distance] of near) assert.deepEqual(nearest(word, names), { name, distance });
  assert.deepEqual(nearest("ab", ["abcd", "b", "a"]), { name: "b", distance: 1 });
});

test("equal probabilities hesitate between as many letters as there are", () => {
  close(hesitation(Array(27).fill(1 / 27)), 27, 1e-12);
  close(hesitation([0, 1, 0]), 1);
  close(hesitation([0.5, 0.5, 0]), 2);
});
