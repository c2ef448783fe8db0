import assert from "node:assert/strict";
import test from "node:test";
import { allClose, fixtures, near } from "../../../js/test/close.js";
import { attend, dot, foot } from "../../../nnbook/figures/attention_explorer/math.js";

const cases = fixtures("attention_explorer");

test("scores, weights and output are those of nnlib.Attention", () => {
  assert.ok(cases.length >= 40);
  cases.forEach(({ q, k, v, scores, weights, output }, index) => {
    const seen = attend(q, k, v);
    seen.scores.forEach((score, t) => near(score, scores[t], 1e-13, `case ${index}`));
    allClose(seen.weights, weights, 1e-11, `case ${index}`);
    seen.output.forEach((value, i) => near(value, output[i], 1e-12, `case ${index}`));
  });
});

test("the foot lies on the query's line, at a right angle to it", () => {
  assert.equal(foot([1, 2], [0, 0]), null);
  cases
    .filter(({ q }) => dot(q, q) > 0)
    .forEach(({ q, k: [key] }) => {
      const [x, y] = foot(key, q);
      near(x * q[1] - y * q[0], 0, 1e-12);
      near(dot([key[0] - x, key[1] - y], q), 0, 1e-12);
    });
});
