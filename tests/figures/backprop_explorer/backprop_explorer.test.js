import assert from "node:assert/strict";
import test from "node:test";
import { PARAMETERS, ssr } from "../../../js/src/math/dosage.js";
import { fixtures } from "../../../js/test/close.js";
import { check, chosen, factors } from "../../../nnbook/figures/backprop_explorer/math.js";

const found = fixtures("backprop_explorer");

test("the product of the factors, added over the samples, is the slope of nnlib", () => {
  for (const { theta, activation, sample, gradient } of found.sweeps) {
    PARAMETERS.forEach((name, k) => {
      const products = chosen(sample).map((point) =>
        factors(theta, point, activation, name).reduce((a, b) => a * b, 1),
      );
      const size = 1 + Math.max(...products.map(Math.abs), ...theta.map(Math.abs)) ** 2;
      const sum = products.reduce((a, b) => a + b, 0);
      assert.ok(
        Math.abs(sum - gradient[k]) <= 1e-12 * size,
        `${name} ${activation} ${theta}: ${sum} instead of ${gradient[k]}`,
      );
    });
  }
});

test("the finite difference is that of nnlib, up to the rounding of the loss", () => {
  for (const { theta, activation, sample, differences } of found.sweeps) {
    PARAMETERS.forEach((name, k) => {
      const { difference } = check(theta, chosen(sample), activation, name);
      const noise = 1e-8 * (1 + ssr(theta, chosen(sample), activation));
      assert.ok(
        Math.abs(difference - differences[k]) <= noise,
        `${name} ${activation} ${theta}: ${difference} instead of ${differences[k]}`,
      );
    });
  }
});

test("chain rule and finite difference agree where there is a slope, and differ on the corner", () => {
  let compared = 0;
  for (const { theta, activation, sample } of found.sweeps) {
    const onCorner =
      activation === "relu" &&
      [0, 2].some((k) => chosen(sample).some(([x]) => Math.abs(theta[k] * x + theta[k + 1]) < 1e-5));
    if (onCorner) continue;
    for (const name of PARAMETERS)
      assert.ok(check(theta, chosen(sample), activation, name).agrees, `${name} ${activation} ${theta}`);
    compared += 1;
  }
  assert.ok(compared > 600);
  assert.deepEqual(check([1, 0, 1, -0.2, 1, -1.5, 0.5], chosen("1"), "relu", "b1").agrees, false);
});
