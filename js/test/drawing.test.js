// Curves drawn by hand: strokes fill places, and each curve is judged by its features.

import assert from "node:assert/strict";
import test from "node:test";
import { blank, complete, filled, judgeDrawing, numberAt, paint, partOf, reaches } from "../src/questions/drawing.js";
import { fixtures } from "./close.js";

const { drawings } = fixtures("questions");

test("a drawing of another length is refused", () => {
  const [{ data, truth }] = Object.values(drawings);
  assert.throws(() => judgeDrawing(data, truth.slice(1)), /24 heights instead of 25/);
});

test("a stroke sets every place that it passes, in both directions, and a tap the nearest", () => {
  const empty = blank(5);
  assert.deepEqual(paint(empty, [0, 0], [1, 1]), [0, 25, 50, 75, 100]);
  assert.deepEqual(paint(empty, [1, 1], [0, 0]), [0, 25, 50, 75, 100]);
  assert.deepEqual(paint(empty, [0, 1], [1, 0]), [100, 75, 50, 25, 0]);
  assert.deepEqual(paint(empty, [0.4, 0.3], [0.4, 0.3]), [-1, -1, 30, -1, -1]);
  assert.deepEqual(paint(empty, [0.6, 0.5], [1.4, 2]), [-1, -1, -1, 78, 100]);
  assert.deepEqual(empty, blank(5));
});

test("gaps are straight, and a curve that nearly reaches the edges is complete", () => {
  assert.deepEqual(filled([-1, 10, -1, 30, -1]), [-1, 10, 20, 30, -1]);
  assert.deepEqual(complete([-1, 10, -1, 30, -1]), [10, 10, 20, 30, 30]);
  assert.deepEqual([[-1, 10, -1, 30, -1], [-1, -1, 10, 20, 30], [0, -1, -1, -1, -1], blank(5)].map(reaches), [
    true,
    false,
    false,
    false,
  ]);
});

test("a logarithmic axis counts in powers of ten", () => {
  const axis = { symbol: "t", low: 1, high: 1000, log: true };
  assert.equal(numberAt(axis, 1 / 3).toFixed(9), "10.000000000");
  assert.equal(partOf(axis, 100).toFixed(9), "0.666666667");
});
