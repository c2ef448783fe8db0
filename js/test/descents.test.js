import assert from "node:assert/strict";
import test from "node:test";
import { change, curvature } from "../../nnbook/figures/chain_rule/math.js";
import { descend, lossOver } from "../../nnbook/figures/gradient_descent_explorer/math.js";
import { bowl, decodeOrders, standardize, train } from "../../nnbook/figures/stochastic_gradient/math/sgd.js";
import { close, fixtures } from "./close.js";

const found = fixtures("descents");

/** As exact as numbers of that size can be. */
function near(actual, expected, size, where) {
  assert.ok(Math.abs(actual - expected) <= size, `${where}: ${actual} instead of ${expected}`);
}

test("a change passes through the chain as in nnlib", () => {
  for (const { z, dz, change: expected, curvature: bend } of found.changes) {
    const { a, L, fSlope, gSlope, lineA, lineL, trueA, trueL, error } = change(z, dz);
    const mine = {
      a,
      L,
      f_slope: fSlope,
      g_slope: gSlope,
      line_a: lineA,
      line_L: lineL,
      true_a: trueA,
      true_L: trueL,
      error,
    };
    assert.deepEqual(Object.keys(mine).sort(), Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) near(mine[name], value, 4e-15, `${name} at ${z}, ${dz}`);
    near(curvature(z), bend, 4e-15, `curvature at ${z}`);
  }
});

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

test("SGD takes the path of nnlib.fit, ten epochs long, and diverges where it does", () => {
  const { x, y, orders } = found.data;
  let longest = 0;
  for (const { batchSize, rate, seed, standardized, path, excess, curvatures, minimum } of found.runs) {
    const where = `B = ${batchSize}, rate ${rate}, seed ${seed}`;
    const inputs = standardized ? standardize(x) : x;
    const mine = train({ x: inputs, y, orders: decodeOrders(orders[seed], x.length), batchSize, rate });
    assert.equal(mine.path.length, path.length, where);
    assert.equal(mine.diverged, path.length - 1 < (10 * x.length) / batchSize, where);
    longest = Math.max(longest, path.length - 1);
    const valley = bowl(inputs, y);
    path.forEach((point, t) =>
      point.forEach((value, k) =>
        near(mine.path[t][k], value, 1e-9 * Math.max(1, ...point.map(Math.abs)), `${where}, step ${t}`),
      ),
    );
    excess.forEach((value, t) => {
      if (Number.isFinite(value))
        near(valley.excess(mine.path[t]), value, 1e-9 * Math.max(1, value), `${where}, excess ${t}`);
    });
    valley.minimum.forEach((value, k) => near(value, minimum[k], 1e-12, "minimum"));
    for (const point of valley.ring(0.7)) near(valley.excess(point), 0.7, 1e-12, "contour");
    close(valley.flattest, curvatures[0], 1e-11, "flattest");
    close(valley.steepest, curvatures[1], 1e-12, "steepest");
  }
  assert.ok(longest >= 1000);
});
