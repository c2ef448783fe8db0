import assert from "node:assert/strict";
import test from "node:test";
import { allClose, close, fixtures } from "../../../js/test/close.js";
import {
  bestShift,
  leastSquaresLine,
  mse,
  residualsOf,
  squaresOf,
  ssr,
} from "../../../nnbook/figures/residual_squares/math.js";

const near = (actual, expected, size = 1) =>
  assert.ok(Math.abs(actual - expected) <= 1e-12 * size, `${actual} instead of ${expected}`);

test("residuals, sums and fits are those of nnlib and numpy", () => {
  for (const { points, w, b, residuals, ssr: sum, mse: mean, best, shift } of fixtures("residual_squares")) {
    const line = (x) => w * x + b;
    residualsOf(points, line).forEach((r, index) => near(r, residuals[index]));
    allClose(ssr(residuals), sum);
    close(mse(residuals), mean);
    near(bestShift(points, line), shift);
    const found = leastSquaresLine(points);
    const size = 1 / Math.abs(points[0][0] - points.at(-1)[0]) + 10 * Math.abs(best[0]) ** 2;
    near(found.w, best[0], 10 * size);
    near(found.b, best[1], 10 * size);
  }
});

test("points above one another have no best slope", () => {
  assert.equal(
    leastSquaresLine([
      [0.1, 0],
      [0.1, 1],
      [0.1, 0.5],
    ]),
    null,
  );
});

test("each square is on its residual; no square hides another at the start", () => {
  const line = (x) => 0.2 * x + 0.4;
  const points = [
    [0, 0],
    [0.5, 1],
    [1, 0],
  ];
  const squares = squaresOf(points, line);
  squares.forEach(({ left, right, bottom, top }, index) => {
    const [x, y] = points[index];
    near(right - left, Math.abs(y - line(x)));
    near(top - bottom, Math.abs(y - line(x)));
    assert.ok(left === x || right === x);
  });
  assert.ok(squares[0].right === 0 && squares[2].left === 1);
  const [middle] = [squares[1]];
  assert.ok(middle.right <= 1 + 1e-12 && middle.left >= 0.5);
});

test("the middle square goes to the emptier side", () => {
  const [, toTheLeft] = squaresOf(
    [
      [0, 0],
      [0.6, 0],
      [1, 0],
    ],
    () => -0.55,
  );
  assert.ok(toTheLeft.right === 0.6); // 0.15 of it on the right would be on the third
});

test("left and right are meant, whatever the order of the points", () => {
  for (const y of [9, -9]) {
    const up = squaresOf(
      [0, 1, 2].map((x) => [x, y]),
      () => 1,
    );
    assert.deepEqual([up[0].right, up[2].left], [0, 2]);
    const down = squaresOf(
      [2, 1, 0].map((x) => [x, y]),
      () => 1,
    );
    assert.deepEqual([down[2].right, down[0].left], [0, 2]);
  }
});
