import assert from "node:assert/strict";
import test from "node:test";
import { allClose, fixtures } from "../../../js/test/close.js";
import { FORMATS, row, stored } from "../../../nnbook/figures/vanishing_gradient/math.js";

test("neurons in a row have the sums, factors and products of nnlib", () => {
  for (const { traits, z, factor, product } of fixtures("vanishing_gradient")) {
    const neurons = row(traits);
    const name = JSON.stringify(traits);
    allClose(
      neurons.map((neuron) => neuron.z),
      z,
      1e-12,
      `${name} z`,
    );
    allClose(
      neurons.map((neuron) => neuron.factor + 0),
      factor,
      1e-11,
      `${name} factor`,
    );
    allClose(
      neurons.map((neuron) => neuron.product + 0),
      product,
      1e-11,
      `${name} product`,
    );
  }
});

test("what a small format makes of a number", () => {
  assert.deepEqual(FORMATS.float32, [Math.fround(1.4e-45), Math.fround(3.4028235e38)]);
  assert.equal(stored(FORMATS.float16[0] * 0.6, "float16"), FORMATS.float16[0] * 0.6);
  assert.equal(stored(FORMATS.float16[0] * 0.4, "float16"), 0);
  assert.equal(stored(-1e6, "float16"), -Infinity);
  assert.equal(stored(-1e6, "float32"), -1e6);
  assert.equal(stored(1e-46, "float32"), 0);
});
