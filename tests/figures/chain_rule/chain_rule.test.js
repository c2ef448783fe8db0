import assert from "node:assert/strict";
import test from "node:test";
import { fixtures, near } from "../../../js/test/close.js";
import { change, curvature, judge } from "../../../nnbook/figures/chain_rule/math.js";

const sliderOf = (min, max, step) =>
  Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => Number((min + i * step).toFixed(4)));

test("a change passes through the chain as in nnlib", () => {
  for (const { z, dz, change: expected, curvature: bend } of fixtures("chain_rule")) {
    const { a, L, fSlope, gSlope, lineA, lineL, trueA, trueL, error } = change(z, dz);
    const mine = {
      a,
      L,
      f_slope: fSlope,
      g_slope: gSlope,
      line_a: lineA,
      line_L: lineL,
      true_a: trueA,
      true_L: trueL,
      error,
    };
    assert.deepEqual(Object.keys(mine).sort(), Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) near(mine[name], value, 4e-15, `${name} at ${z}, ${dz}`);
    near(curvature(z), bend, 4e-15, `curvature at ${z}`);
  }
});

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
