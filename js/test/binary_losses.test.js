import assert from "node:assert/strict";
import test from "node:test";
import { sigmoid } from "../src/math/activations.js";
import { lossesAt, race } from "../src/math/binary_losses.js";
import { close, fixtures } from "./close.js";

const found = fixtures("binary_losses");

test("both losses and their slopes are those of nnlib, however far z is", () => {
  for (const { y, z, ...losses } of found.losses) {
    z.forEach((at, index) => {
      for (const name of ["square", "crossEntropy"]) {
        for (const part of ["L", "inP", "inZ"])
          close(lossesAt(at, y)[name][part], losses[name][part][index], 1e-12, `${name}.${part} at ${at}, y = ${y}`);
      }
    });
  }
});

test("where p keeps its digits, nnlib's losses of probabilities say the same", () => {
  for (const { y, z, loss, ...parts } of found.plain) {
    for (const [part, expected] of Object.entries(parts))
      close(lossesAt(z, y)[loss][part], expected, 1e-12, `${loss}.${part} at ${z}, y = ${y}`);
  }
});

test("a thousand steps of each race are those of nnlib", () => {
  for (const {
    loss,
    start: [w, b],
    rate,
    path,
  } of found.races) {
    const mine = race(loss, { w, b, rate, steps: 1000 });
    assert.equal(mine.length, 1001);
    mine.forEach((at, step) => {
      for (const part of ["w", "b", "z", "slope"])
        assert.ok(Math.abs(at[part] - path[part][step]) <= 1e-9, `${loss}, ${part} after ${step}`);
      assert.ok(Math.abs(sigmoid(at.z) - path.p[step]) <= 1e-9);
    });
  }
});
