import assert from "node:assert/strict";
import test from "node:test";
import { close, fixtures, near } from "../../../js/test/close.js";
import { bowl, decodeOrders, endOf, standardize, train } from "../../../nnbook/figures/stochastic_gradient/math/sgd.js";

const found = fixtures("stochastic_gradient");

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

test("the loss is said to stay around a level only once it does", () => {
  const falling = Array.from({ length: 400 }, (_, t) => 2 * 0.97 ** t);
  assert.equal(endOf(falling).isSettled, false);
  // From the third quarter to the last it falls to a third, or to two thirds.
  const slowly = (rate) => Array.from({ length: 400 }, (_, t) => rate ** (t / 100));
  assert.equal(endOf(slowly(1 / 3)).isSettled, false);
  assert.equal(endOf(slowly(2 / 3)).isSettled, true);
  const noisy = Array.from({ length: 400 }, (_, t) => 2 * 0.9 ** t + 0.01 * (1 + Math.sin(7 * t)));
  assert.equal(endOf(noisy).isSettled, true);
  assert.ok(Math.abs(endOf(noisy).level - 0.01) < 1e-3);
});

test("the slope of a bowl is that of its excess, also where the inputs have another mean than 0", () => {
  const { excess, slope } = bowl([1, 2, 4], [2, 1, 3]);
  const [theta, h] = [[0.3, -0.7], 1e-5];
  slope(theta).forEach((value, c) => {
    const [more, less] = [h, -h].map((by) => excess(theta.map((entry, i) => entry + (i === c ? by : 0))));
    near((more - less) / (2 * h), value, 1e-6);
  });
});
