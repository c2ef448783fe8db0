import assert from "node:assert/strict";
import test from "node:test";
import { fixtures, near } from "../../../js/test/close.js";
import { estimate, piled, possible, taken } from "../../../nnbook/figures/error_of_difference/math.js";

test("mean, standard deviation and standard error are those of numpy", () => {
  const found = fixtures("error_of_difference");
  assert.ok(found.length > 40);
  for (const { state, times, differences, ...expected } of found) {
    const now = estimate(differences);
    for (const name of ["mean", "sd", "error"]) near(now[name], expected[name], 1e-12, `${name} of ${state.splits}`);
    near(now.high - now.low, 4 * expected.error, 1e-12);
    assert.equal(possible(1000, state.splits, 20), times);
  }
});

test("no split is drawn twice", () => {
  const all = Array.from({ length: 1000 }, (_, at) => at);
  for (const n of [5, 33, 50, 100]) {
    const times = possible(all.length, n, 20);
    const drawn = Array.from({ length: times }, (_, at) => taken(all, n, at + 1));
    assert.ok(drawn.every((some) => some.length === n));
    assert.equal(new Set(drawn.flat()).size, n * times);
  }
});

test("equal differences stand on each other", () => {
  const { places, tallest } = piled([1, 0, 1, -2, 1]);
  assert.deepEqual(places, [
    [1, 1],
    [0, 1],
    [1, 2],
    [-2, 1],
    [1, 3],
  ]);
  assert.equal(tallest, 3);
});
