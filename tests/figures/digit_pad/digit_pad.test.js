import assert from "node:assert/strict";
import test from "node:test";
import { fixtures } from "../../../js/test/close.js";
import {
  boundingBox,
  countBlocks,
  draw,
  enlarge,
  frame,
  fromRows,
  move,
  prepare,
  reduce,
  stretch,
  thicken,
} from "../../../nnbook/figures/digit_pad/math/bitmaps.js";
import { kernelsOf, readByConvolution } from "../../../nnbook/figures/digit_pad/math/convolution.js";
import { layersOf, read } from "../../../nnbook/figures/digit_pad/math/reader.js";

const found = fixtures("digit_pad");

const rows = ({ side, dots }) =>
  Array.from({ length: side }, (_, row) => dots.subarray(row * side, (row + 1) * side).join(""));

test("every dot of every step is that of nnlib", () => {
  for (const one of found.drawn) {
    const scan = move(draw(one.strokes, one.pen), ...one.move);
    assert.deepEqual(rows(scan), one.scan);
    assert.deepEqual(boundingBox(scan), one.box);
    assert.deepEqual(frame(scan, boundingBox(scan)), one.frame);
    assert.deepEqual(rows(reduce(scan)), one.reduced);
    assert.deepEqual(rows(stretch(scan, boundingBox(scan))), one.stretched);
    one.thickened.forEach((expected, index) =>
      assert.deepEqual(rows(thicken(stretch(scan, boundingBox(scan)), [-2, 1][index])), expected),
    );
    const { stretched, prepared } = prepare(scan);
    assert.deepEqual(rows(stretched), one.stretched);
    assert.deepEqual(rows(prepared), one.prepared);
    assert.deepEqual(countBlocks(prepared), one.counts);
  }
});

test("a stored bitmap is laid on the pad and taken off again unchanged", () => {
  for (const stored of found.data.stored) {
    const bitmap = fromRows(stored);
    assert.deepEqual(rows(reduce(enlarge(bitmap))), rows(bitmap));
    assert.deepEqual(
      rows(bitmap),
      stored.map((row) => row.toString(2).padStart(32, "0")),
    );
  }
});

const layers = layersOf(found.data.layers);
const kernels = kernelsOf(found.data.convolution);
for (const [name, expectedOf, answerOf] of [
  ["network", found.read, (counts) => read(layers, counts)],
  ["convolution", found.convolved, (counts) => readByConvolution(kernels, counts)],
])
  test(`the ${name} says what it says in nnlib, and its lead is made of what each pixel gives`, () => {
    assert.ok(expectedOf.length > 20);
    for (const expected of expectedOf) {
      const { first, second, hidden, p, each, constant, lead } = answerOf(expected.counts);
      assert.deepEqual([first, second], [expected.first, expected.second]);
      // Sums of terms of both signs, none of them above a hundred.
      const near = (actual, wanted, where) =>
        actual.forEach((value, i) =>
          assert.ok(Math.abs(value - wanted[i]) <= 1e-12, `${where} ${i}: ${value} instead of ${wanted[i]}`),
        );
      near(hidden, expected.hidden, "a");
      near(p, expected.p, "p");
      near(each, expected.each, "each");
      near([constant], [expected.constant], "constant");
      assert.ok(Math.abs(each.reduce((sum, part) => sum + part, constant) - lead) < 1e-12);
    }
  });
