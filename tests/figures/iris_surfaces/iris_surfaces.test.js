import assert from "node:assert/strict";
import test from "node:test";
import { forward } from "../../../js/src/math/mlp.js";
import { allClose, fixtures } from "../../../js/test/close.js";
import { see } from "../../../nnbook/figures/iris_surfaces/math.js";

const { box, points, seen, layers, flowers, hidden, outputs } = fixtures("iris_surfaces");

test("a point in space is seen where nnlib sees it", () => {
  assert.ok(points.length > 100);
  points.forEach((point, index) => allClose(see(point, box), seen[index], 1e-11, `point ${index}`));
});

test("the iris network computes as in nnlib", () => {
  flowers.forEach((x, index) => {
    const { zs } = forward(layers, x);
    // Sums of a few terms near 1: an error that is small against these, not against a sum near 0.
    [
      [zs[0], hidden[index]],
      [zs[1], outputs[index]],
    ].forEach(([actual, expected]) =>
      actual.forEach((value, k) => {
        assert.ok(Math.abs(value - expected[k]) < 1e-12, `flower ${index}: ${value} instead of ${expected[k]}`);
      }),
    );
  });
});
