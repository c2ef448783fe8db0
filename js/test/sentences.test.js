// What the figures say of their state is decided here where it is pure mathematics, and tried in all the states that a reader can reach.
import assert from "node:assert/strict";
import test from "node:test";
import { change, judge } from "../src/math/chain.js";
import { forward, POINTS, ssr } from "../src/math/dosage.js";
import { factsOf } from "../src/math/playground_facts.js";
import { endOf } from "../src/math/sgd.js";
import { diagnose, progress } from "../src/math/squiggle.js";

const sliderOf = (min, max, step) =>
  Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => Number((min + i * step).toFixed(4)));

test("what is said of the error of straight lines holds for each z and each change of it", () => {
  const seen = {};
  for (const z of sliderOf(-3, 2, 0.01)) {
    for (let place = 0; place <= 200; place += 5) {
      const dz = Number((0.001 * 1000 ** (place / 200)).toPrecision(3));
      const [now, half] = [change(z, dz), change(z, dz / 2)];
      const L = (at) => (1 - Math.log1p(Math.exp(at))) ** 2;
      const truth = L(z + dz) - L(z);
      const [error, less, line] = [truth - now.lineL, L(z + dz / 2) - L(z) - half.lineL, now.lineL].map(Math.abs);
      const key = judge(z, now, half);
      const where = `${key} at z = ${z}, dz = ${dz}: ${error}, ${less}`;
      if (dz > 0.003) {
        if (key === "cancels") assert.ok(error / less < 1.06, where);
        else assert.ok(error / less > 1.04, where); // "by a factor of 1.0" would be none
      }
      if (key === "flat") assert.ok(error > 0.89 * Math.abs(truth) && line < 0.11 * Math.abs(truth), where);
      if (key === "straight") assert.ok(error < 0.021 * Math.abs(truth), where);
      if (key === "close") assert.ok(error < 0.41 * Math.abs(truth), where);
      if (key === "too_far") assert.ok(error > 0.39 * Math.abs(truth), where);
      seen[key] = (seen[key] ?? 0) + 1;
    }
  }
  for (const key of ["cancels", "flat", "straight", "close", "too_far"]) assert.ok(seen[key] > 0, key);
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

test("the loss is said to stay around a level only once it does", () => {
  const falling = Array.from({ length: 400 }, (_, t) => 2 * 0.97 ** t);
  assert.equal(endOf(falling).isSettled, false);
  // From the third quarter to the last it falls to a third, or to two thirds.
  const slowly = (rate) => Array.from({ length: 400 }, (_, t) => rate ** (t / 100));
  assert.equal(endOf(slowly(1 / 3)).isSettled, false);
  assert.equal(endOf(slowly(2 / 3)).isSettled, true);
  const noisy = Array.from({ length: 400 }, (_, t) => 2 * 0.9 ** t + 0.01 * (1 + Math.sin(7 * t)));
  assert.equal(endOf(noisy).isSettled, true);
  assert.ok(Math.abs(endOf(noisy).level - 0.01) < 1e-3);
});

test("where both losses rise, nothing is learned by heart", () => {
  const overfits = (train, validation) => {
    const numbers = train.map(() => 1);
    const history = { steps: train.map((_, i) => 10 * i), train, validation, first: numbers, last: numbers };
    const run = { history, diverged: null, step: 20, settings: { hidden: [4] }, train: { n: 9 }, validation: { n: 9 } };
    const [loss, fresh] = [train.at(-1), validation.at(-1)];
    const seen = { train: { loss }, validation: { loss: fresh }, gradients: [1, 1], units: [] };
    return factsOf(run, seen).overfits;
  };
  assert.equal(overfits([0.7, 0.3, 0.1], [0.7, 0.35, 0.6]), true);
  assert.equal(overfits([0.7, 0.3, 0.45], [0.7, 0.35, 0.6]), false);
  // Where the losses of both sets are tiny, or as good as equal, a factor says nothing.
  assert.equal(overfits([0.7, 0.06, 0.03], [0.7, 0.05, 0.09]), false);
});
