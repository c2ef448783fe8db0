import assert from "node:assert/strict";
import test from "node:test";
import { allClose, close, fixtures, near as nearly } from "../../../js/test/close.js";
import {
  isVowel,
  LETTERS,
  neighbors,
  setsOf,
  training,
  vowelPairs,
  windows,
} from "../../../nnbook/figures/embedding_trainer/math.js";

const { data, runs } = fixtures("embedding_trainer");
const sets = setsOf(data.names.split(" "), data);

for (const { seed, step, points, losses, near } of runs)
  test(`start ${seed}, after ${step} steps: points and losses are those of nnlib`, () => {
    const run = training(seed, sets, data);
    run.points(step).forEach((value, i) => nearly(value, points[i], 1e-9, `coordinate ${i}`));
    allClose(run.losses(step), losses, 1e-9);
    const found = neighbors(run.points(step), LETTERS.indexOf("a"));
    assert.deepEqual(
      found.map(({ letter }) => LETTERS[letter]),
      near.map(([letter]) => letter),
    );
    found.forEach(({ distance }, i) => close(distance, near[i][1], 1e-7));
  });

test("the past of a training stays, whatever was looked at first", () => {
  const [one, other] = [training(1, sets, data), training(1, sets, data)];
  const later = [...one.points(30)];
  assert.deepEqual([...one.points(10)], [...other.points(10)]);
  assert.deepEqual([...other.points(30)], later);
  assert.notDeepEqual([...one.points(10)], later);
  assert.equal(one.losses(data.every - 1).length, 1);
});

test("windows of names, with the end of each", () => {
  const { X, labels, count } = windows(["ab", "c"], 2);
  assert.equal(count, 5);
  assert.deepEqual([...X], [0, 0, 0, 1, 1, 2, 0, 0, 0, 3]);
  assert.deepEqual([...labels], [1, 2, 0, 3, 0]);
  const all = data.names.split(" ").length;
  assert.equal(sets.train.count + sets.aside.count, data.names.replaceAll(" ", "").length + all);
});

test("vowels whose nearest letter is a vowel", () => {
  const points = new Float64Array(54);
  for (let k = 0; k < 27; k += 1) points[2 * k] = 10 * k;
  assert.equal(vowelPairs(points), 0);
  const at = (letter, x) => points.set([x], 2 * LETTERS.indexOf(letter));
  at("a", -100);
  at("e", -101);
  assert.equal(vowelPairs(points), 2);
  assert.deepEqual([...LETTERS].filter((_, k) => isVowel(k)).join(""), "aeiou");
});
