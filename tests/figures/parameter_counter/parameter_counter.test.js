import assert from "node:assert/strict";
import test from "node:test";
import { fixtures } from "../../../js/test/close.js";
import { count, megabytes, parameterCount } from "../../../nnbook/figures/parameter_counter/math.js";

test("parameters are counted as nnlib counts them, to the last one", () => {
  const found = fixtures("parameter_counter");
  assert.ok(found.length > 300);
  for (const { state, ...expected } of found) {
    const counted = count(state);
    for (const [name, value] of Object.entries(expected))
      assert.equal(counted[name], value, `${name} of ${JSON.stringify(state)}`);
  }
});

test("a layer more is a term more", () => {
  assert.equal(parameterCount([64, 32, 32, 10]), 3466);
  assert.equal(parameterCount([1, 2, 1]), 7);
});

test("rows and columns that fill no block are left out", () => {
  const { rows, columns, leftOut } = count({ height: 10, width: 23, channels: 3, pool: 4, hidden: 5, outputs: 2 });
  assert.deepEqual([rows, columns, leftOut], [2, 5, [2, 3]]);
});

test("a megabyte is a million bytes", () => assert.equal(megabytes(150529000), 602.116));
