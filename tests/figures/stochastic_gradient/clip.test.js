import assert from "node:assert/strict";
import test from "node:test";
import { clipped } from "../../../nnbook/figures/stochastic_gradient/math/clip.js";

const box = [
  [0, 10],
  [0, 5],
];
const pieces = (points) => clipped(points, ...box).filter(([x]) => !Number.isNaN(x));

test("a line inside stays as it is, one outside vanishes", () => {
  assert.deepEqual(
    pieces([
      [1, 1],
      [2, 4],
      [9, 0],
    ]),
    [
      [1, 1],
      [2, 4],
      [9, 0],
    ],
  );
  assert.deepEqual(
    pieces([
      [-1, 1],
      [-1, 4],
      [-5, 9],
    ]),
    [],
  );
  assert.deepEqual(
    pieces([
      [11, 4],
      [9, 20],
    ]),
    [],
  );
});

test("a line that leaves is cut at the edge, and begins again where it comes back", () => {
  const found = clipped(
    [
      [5, 4],
      [5, 6],
      [7, 6],
      [7, 2],
    ],
    ...box,
  );
  assert.deepEqual(found, [
    [NaN, NaN],
    [5, 4],
    [5, 5],
    [NaN, NaN],
    [7, 5],
    [7, 2],
  ]);
  assert.deepEqual(
    pieces([
      [-10, 2.5],
      [20, 2.5],
    ]),
    [
      [0, 2.5],
      [10, 2.5],
    ],
  );
  assert.deepEqual(
    pieces([
      [-5, -5],
      [20, 20],
    ]),
    [
      [0, 0],
      [5, 5],
    ],
  );
});
