import assert from "node:assert/strict";
import test from "node:test";
import { evaluate, isDark, moment, predict, train } from "../../../js/src/math/dead_neurons.js";
import { POINTS } from "../../../js/src/math/dosage.js";
import { close, fixtures } from "../../../js/test/close.js";

const near = (actual, expected, where) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${where}: ${actual} instead of ${expected}`,
  );

test("a run takes the path of nnlib, with its sums, its gradients and its SSR", () => {
  for (const { setting, theta, gradient, ssr, sums } of fixtures("dead_neurons")) {
    const run = train(setting, 1000);
    const now = moment();
    const name = JSON.stringify(setting);
    assert.equal(run.last, theta.length - 1, name);
    theta.forEach((expected, step) => {
      evaluate(run.thetaAt(step), setting, now);
      expected.forEach((value, k) => near(run.thetaAt(step)[k], value, `${name}, step ${step}, theta ${k}`));
      gradient[step].forEach((value, k) => near(now.gradient[k], value, `${name}, step ${step}, gradient ${k}`));
      sums[step].forEach((value, at) => {
        near(now.z[at], value, `${name}, step ${step}, z ${at}`);
        if (Math.abs(value) > 1e-9) assert.equal((run.lit[step] >> at) & 1, Number(value > 0));
      });
      near(run.ssr[step], ssr[step], `${name}, step ${step}, SSR`);
    });
    POINTS.forEach(([x, y], i) =>
      close(predict(run.thetaAt(0), x, setting), y - evaluate(run.thetaAt(0), setting, now).residual[i], 1e-12),
    );
  }
});

test("a dead ReLU never moves again, and every one of its gradients is exactly zero", () => {
  const setting = { activation: "relu", rate: 0.1, b2: -0.2, alpha: 0.01 };
  const run = train(setting, 2000);
  assert.deepEqual(run.turns, [{ step: 3, node: 1, dark: true }]);
  const now = moment();
  for (let step = 3; step <= 2000; step += 1) {
    assert.ok(isDark(run.lit[step], 1));
    evaluate(run.thetaAt(step), setting, now);
    for (const k of [2, 3, 5]) assert.equal(now.gradient[k], 0);
  }
});

test("chaos is told from order", () => {
  assert.equal(train({ activation: "softplus", rate: 0.01, b2: -0.2, alpha: 0.01 }, 5000).split, Infinity);
  assert.ok(train({ activation: "softplus", rate: 0.1, b2: -0.2, alpha: 0.01 }, 5000).split < 1000);
  for (const rate of [0.05, 0.1, 0.2])
    assert.equal(train({ activation: "relu", rate, b2: -0.2, alpha: 0.01 }, 2000).split, Infinity);
});

test("a run that leaves the finite numbers ends before it does", () => {
  const run = train({ activation: "leaky_relu", rate: 5, b2: -0.2, alpha: 0.5 }, 2000);
  assert.ok(run.last < 2000);
  assert.ok(run.ssr[run.last] > 1e100);
  assert.ok(run.ssr.slice(0, run.last + 1).every(Number.isFinite));
  assert.ok(run.thetaAt(run.last).every(Number.isFinite));
});
