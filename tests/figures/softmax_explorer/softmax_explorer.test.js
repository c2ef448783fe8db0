import assert from "node:assert/strict";
import test from "node:test";
import { softmax, softmaxJacobian } from "../../../js/src/math/softmax.js";
import { allClose, close, fixtures } from "../../../js/test/close.js";
import { logits, place, probabilities } from "../../../nnbook/figures/softmax_explorer/math.js";

const near = (actual, expected, where) =>
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < 1e-12, `${where}: ${actual} instead of ${expected}`),
  );

for (const [name, cases] of Object.entries(fixtures("softmax_explorer"))) {
  const K = Number(name);

  test(`${K} classes: the softmax of z / T, its slopes and its place`, () => {
    assert.ok(cases.length >= 40);
    cases.forEach(({ z, T, p, place: expected, jacobian }, index) => {
      const actual = softmax(z.map((value) => value / T));
      allClose(actual, p, 1e-11, `case ${index}`);
      allClose(softmaxJacobian(z.map((value) => value / T)), jacobian, 1e-11, `case ${index}`);
      near(place(p), expected, `case ${index}`);
      assert.ok(
        Math.abs(
          softmaxJacobian(z)
            .flat()
            .reduce((a, b) => a + b, 0),
        ) < 1e-12,
      );
    });
  });

  test(`${K} classes: back from p to the logits`, () => {
    cases
      .filter(({ p }) => Math.min(...p) > 1e-3)
      .forEach(({ z, T, p, mean }, index) => {
        logits(p, T, mean).forEach((value, i) => assert.ok(Math.abs(value - z[i]) < 1e-9, `case ${index}`));
      });
  });

  if (K > 3) continue;
  test(`${K} classes: back from the place to p`, () => {
    cases.forEach(({ p }, index) => near(probabilities(place(p), K), p, `case ${index}`));
    const outside = probabilities([9, 7], K, 0.01);
    close(
      outside.reduce((a, b) => a + b, 0),
      1,
    );
    assert.ok(Math.min(...outside) > 0);
  });
}
