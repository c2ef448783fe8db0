import assert from "node:assert/strict";
import test from "node:test";
import { forward, POINTS, predictor, ssr } from "../../../js/src/math/dosage.js";
import { allClose, fixtures } from "../../../js/test/close.js";
import { descent } from "../../../nnbook/figures/squiggle_builder/math/dosage_descent.js";
import { diagnose, outward, progress, residuals } from "../../../nnbook/figures/squiggle_builder/math/squiggle.js";

const found = fixtures("squiggle_builder");

test("residuals are those of nnlib", () => {
  for (const { theta, activation, residuals: expected } of found.curves) {
    residuals(theta, activation).forEach((value, i) => {
      assert.ok(
        Math.abs(value - expected[i]) <= 1e-12 * (1 + Math.max(...theta.map(Math.abs)) ** 2),
        `${activation} ${theta}`,
      );
    });
  }
});

test("what is said of a curve is true of the curve that nnlib draws", () => {
  const seen = new Set();
  for (const { theta, activation, ssr, residuals: all, climbs, falls, between } of found.curves) {
    const { key, ...facts } = diagnose(theta, activation, found.fitted);
    const where = `${key}: ${activation} ${theta}`;
    seen.add(key);
    assert.equal(["fits", "fits_otherwise"].includes(key), ssr < 0.01, where);
    if (key === "both_rise") assert.ok(climbs, where);
    if (key === "both_fall") assert.ok(falls, where);
    if (key === "misses") {
      assert.ok(Math.abs(Math.abs(facts.residual) - Math.max(...all.map(Math.abs))) < 1e-12, where);
      assert.ok(Math.abs(facts.percent - (100 * facts.residual ** 2) / ssr) < 1e-9, where);
    }
    if (key === "fits_otherwise")
      assert.ok(
        between.some((value) => Math.abs(value - facts.here) < 1e-12),
        where,
      );
  }
  assert.equal(
    diagnose(found.fitted, "softplus", [-40, 20, 0, 0, 1, 0, 0]).x,
    0.25,
    "where it is farthest from the other",
  );
  for (const key of ["fits", "fits_otherwise", "flat", "silent", "both_rise", "both_fall", "misses"])
    assert.ok(seen.has(key), key);
});

test("a neuron that its weights silence is named", () => {
  assert.equal(diagnose([0, 1, 2, -1, 1, 1, 0], "softplus", found.fitted).n, 2);
  assert.equal(diagnose([2, -1, 2, -1, 1, 0, 0], "softplus", found.fitted).n, 1);
  assert.equal(diagnose([2, -2, 2, 1, 1, 1, 0], "relu", found.fitted).key, "silent");
  assert.notEqual(diagnose([2, -1, 2, 1, 1, 1, 0], "relu", found.fitted).key, "silent");
  assert.notEqual(diagnose([2, -2, 2, 1, 1, 1, 0], "softplus", found.fitted).key, "silent");
});

test("limits hold all values and rest on their steps", () => {
  assert.deepEqual(outward([-0.2, 0.9], [-0.5, -2], [1, 3]), [-0.5, 1]);
  assert.deepEqual(outward([-0.6, 1.1], [-0.5, -2], [1, 3]), [-2, 3]);
  assert.deepEqual(outward([-9, 9], [-0.5, -2], [1, 3]), [-2, 3]);
});

test("gradient descent takes the steps of nnlib, and ends where nnlib ends", () => {
  for (const { run, path, losses } of found.descents) {
    const mine = descent(run);
    const where = JSON.stringify(run);
    assert.equal(mine.reach(run.steps), losses.length - 1, where);
    assert.equal(mine.last(), losses.length - 1, where);
    losses.forEach((loss, step) => {
      assert.ok(Math.abs(mine.losses[step] - loss) <= 1e-9 * (1 + loss), `${where}, SSR after ${step}`);
      mine.thetaAt(step).forEach((value, k) => {
        assert.ok(Math.abs(value - path[step][k]) <= 1e-9 * (1 + Math.abs(value)), `${where}, step ${step}`);
      });
    });
  }
  assert.ok(found.descents.some(({ run, losses }) => losses.length - 1 < run.steps));
});

test("a descent goes no further than somebody looks", () => {
  const [{ run }] = found.descents;
  const mine = descent(run);
  assert.equal(mine.reach(3), 3);
  assert.ok(mine.losses[3] > 0);
  assert.equal(mine.losses[4], 0);
});

test("the curve of a picture goes through the values of the forward pass", () => {
  const theta = [3.34, -1.43, -3.53, 0.57, -1.22, -2.3, 2.61];
  for (const activation of ["softplus", "relu", "sigmoid"]) {
    const predict = predictor(theta, activation);
    for (const x of [-0.06, 0, 0.3, 0.5, 1, 1.06])
      allClose([predict(x)], [forward(theta, x, activation).prediction], 1e-13);
  }
});

test("a neuron is said to change with x where it does", () => {
  const weights = [-3.5, 0, 2];
  for (const activation of ["softplus", "relu", "sigmoid"])
    for (const w1 of weights)
      for (const w2 of weights)
        for (const w3 of weights)
          for (const w4 of weights) {
            const theta = [w1, 0.7, w2, 0.5, w3, w4, 0.4];
            const { key, n, here } = diagnose(theta, activation, [3.34, -1.43, -3.53, 0.57, -1.22, -2.3, 2.61]);
            const moves = [0, 1].filter((j) => theta[2 * j] * theta[4 + j] !== 0);
            const where = `${key}: ${activation} ${theta}`;
            if (key === "one") assert.deepEqual(moves, [n - 1], where);
            if (key === "level" || key === "flat") assert.deepEqual(moves, [], where);
            if (key === "level") assert.equal(here, forward(theta, 0.83, activation).prediction, where);
          }
  assert.equal(diagnose([0, 1, 0, 1, 2, -1, 0], "softplus", [1, 1, 1, 1, 1, 1, 1]).key, "level");
});

test("a curve that passes through the points says how close", () => {
  const theta = [3.34, -1.43, -3.53, 0.57, -1.22, -2.3, 2.65];
  const { key, gap } = diagnose(theta, "softplus", theta);
  assert.equal(key, "fits");
  const all = POINTS.map(([x, y]) => Math.abs(y - forward(theta, x, "softplus").prediction));
  assert.equal(gap, Math.max(...all));
  assert.ok(gap ** 2 <= ssr(theta, POINTS, "softplus"));
});

test("training that jumps about is on no plateau, even where the SSR is what it was", () => {
  const jumps = Array.from({ length: 60 }, (_, t) => (t % 2 ? 3 : 1));
  assert.equal(progress(jumps, 40), "falls");
  assert.equal(progress(jumps, 41), "rises");
  const still = Array.from({ length: 60 }, (_, t) => 0.67 + 0.001 * Math.sin(t));
  assert.equal(progress(still, 40), "plateau");
  assert.equal(progress([1, 0.5, 0.005], 2), "learned");
});
