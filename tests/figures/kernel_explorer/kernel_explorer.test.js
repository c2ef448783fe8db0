import assert from "node:assert/strict";
import test from "node:test";
import { allClose, fixtures } from "../../../js/test/close.js";
import {
  bent,
  misfits,
  moved,
  products,
  slopes,
  sums,
  windowAt,
} from "../../../nnbook/figures/kernel_explorer/math.js";

const cases = fixtures("kernel_explorer");

test("the map, the products and the slopes are those of nnlib", () => {
  assert.ok(cases.length >= 60);
  let off = 0;
  cases.forEach((one, index) => {
    const { picture, kernel, bias, relu, at, right, down } = one;
    const where = `case ${index}`;
    const shown = moved(picture, right, down);
    assert.deepEqual(shown, one.shown, where);
    const z = sums(shown, { kernel, bias });
    allClose(bent(z, relu), one.map, 1e-9, where);
    const window = windowAt(shown, ...at);
    assert.deepEqual(window, one.window, where);
    allClose(products(kernel, window), one.products, 1e-12, where);
    const passes = !relu || z[at[0]][at[1]] > 0;
    off += Number(!passes);
    const back = slopes(shown, kernel, ...at, Number(passes));
    allClose(back.pixels, one.pixels, 1e-12, where);
    allClose(back.weights, one.weights, 1e-12, where);
  });
  assert.ok(off >= 5);
});

test("a map moves with its picture, but where something was pushed over the rim", () => {
  const far = [0, 0, 0, 0, 0, 0, 0].map((_, r) => [0, 0, 0, 0, 0, 0, 0].map((_, c) => Number(r === 3 && c === 3)));
  const filter = {
    kernel: [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ],
    bias: 1,
  };
  const before = sums(far, filter);
  for (const [right, down] of [
    [1, 0],
    [0, -2],
    [-2, 2],
    [3, 3],
  ])
    assert.equal(misfits(before, sums(moved(far, right, down), filter), right, down), 0);
  // The pixel in the upper left corner leaves: of the map the two numbers that saw it, and stay, have changed.
  const corner = far.map((line, r) => line.map((_, c) => Number(r === 0 && c === 0)));
  const count = misfits(sums(corner, filter), sums(moved(corner, -1, 0), filter), -1, 0);
  assert.equal(count, 2);
});
