import assert from "node:assert/strict";
import { test } from "node:test";
import { batchAt, batchCount } from "../src/math/batches.js";

test("an epoch uses every sample once, in batches whose sizes differ by at most one", () => {
  for (const n of [1, 2, 7, 19, 60, 150]) {
    for (const size of [1, 2, 3, 16, 59, 60, 500]) {
      const count = batchCount(n, size);
      const batches = Array.from({ length: count }, (_, step) => batchAt(count + step, n, size));
      const sizes = batches.map(({ rows }) => rows);
      assert.ok(Math.max(...sizes) <= size && Math.max(...sizes) - Math.min(...sizes) <= 1, `${n} ${size}`);
      const samples = batches.flatMap(({ from, rows }) => Array.from({ length: rows }, (_, i) => from + i));
      assert.deepEqual(samples, [...Array(n).keys()]);
    }
  }
});
