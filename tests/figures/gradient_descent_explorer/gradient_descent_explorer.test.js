import assert from "node:assert/strict";
import test from "node:test";
import { close, fixtures, near } from "../../../js/test/close.js";
import { descend, lossOver } from "../../../nnbook/figures/gradient_descent_explorer/math.js";

const found = fixtures("gradient_descent_explorer");

test("a walk takes the steps of nnlib.gradient_descent and stops for the same reason", () => {
  const over = lossOver(found.fixed);
  for (const { name, start, rate, tolerance, maxSteps, points, slopes, sizes, stop, best, losses } of found.walks) {
    const mine = descend(over.slope, start, { rate, tolerance, maxSteps });
    close(over.best, best, 1e-12, "best");
    assert.equal(mine.stop, stop, name);
    assert.equal(mine.points.length, points.length, name);
    assert.equal(mine.slopes.length, slopes.length, name);
    points.forEach((point, t) =>
      near(mine.points[t], point, 1e-12 * Math.max(1, Math.abs(point)), `${name}, step ${t}`),
    );
    slopes.forEach((slope, t) =>
      near(mine.slopes[t], slope, 1e-11 * Math.max(1, Math.abs(slope)), `${name}, slope ${t}`),
    );
    sizes.forEach((size, t) => near(mine.sizes[t], size, 1e-11 * Math.max(1, Math.abs(size)), `${name}, size ${t}`));
    losses.forEach((loss, t) => near(over.at(mine.points[t]), loss, 1e-12 * Math.max(1, loss), `${name}, loss ${t}`));
  }
});
