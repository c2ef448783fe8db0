import assert from "node:assert/strict";
import test from "node:test";
import { logarithmic, straight } from "../src/core/scale.js";
import { close } from "./close.js";

test("both limits are at their pixels, and what lies between is in proportion", () => {
  const [x, size] = [straight([-2, 6]), logarithmic([1e-3, 10])];
  x.range([40, 240]);
  size.range([300, 100]); // upwards
  for (const [scale, value, place] of [
    [x, -2, 40],
    [x, 0, 90],
    [x, 6, 240],
    [x, 8, 290],
    [size, 1e-3, 300],
    [size, 0.1, 200],
    [size, 10, 100],
  ]) {
    close(scale(value), place);
    close(scale.invert(place), value, 1e-12);
  }
  assert.equal(size(0), Infinity);
  assert.ok(Number.isNaN(size(-1)));
});

test("new limits move everything", () => {
  const x = straight([0, 1]);
  x.range([0, 100]);
  x.domain([0, 4]);
  assert.deepEqual(x.domain(), [0, 4]);
  assert.deepEqual(x.range(), [0, 100]);
  assert.equal(x(1), 25);
});

test("ticks are round numbers within the limits", () => {
  assert.deepEqual(straight([-0.3, 1.1]).ticks(4), [0, 0.5, 1]);
  assert.deepEqual(straight([0, 40]).ticks(4), [0, 10, 20, 30, 40]);
  assert.deepEqual(straight([3, 3]).ticks(4), [3]);
});

test("on a logarithmic axis they are whole powers of ten, also at limits that rounding misses", () => {
  assert.deepEqual(logarithmic([1e-3, 1e3]).ticks(), [1e-3, 1e-2, 0.1, 1, 10, 100, 1e3]);
  assert.deepEqual(logarithmic([0.2, 30]).ticks(), [1, 10]);
  assert.deepEqual(logarithmic([1.0000000000000001e-20, 9.999999999999999e-18]).ticks(), [1e-20, 1e-19, 1e-18, 1e-17]);
  assert.deepEqual(
    logarithmic([1e-20, 1]).ticks(),
    [1e-20, 1e-18, 1e-16, 1e-14, 1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1],
  );
});
