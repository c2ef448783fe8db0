import assert from "node:assert/strict";
import test from "node:test";
import { fixtures } from "../../../js/test/close.js";
import { outlines, recorded } from "../../../nnbook/figures/training_replay/math.js";

/** Is a point inside an odd number of outlines? And how far is it from the nearest edge? */
function inside(shapes, [x, y]) {
  let odd = false;
  let distance = Infinity;
  for (const corners of shapes) {
    corners.forEach(([ax, ay], index) => {
      const [bx, by] = corners[(index + 1) % corners.length];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
      const along = Math.max(
        0,
        Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)),
      );
      distance = Math.min(distance, Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y));
    });
  }
  return { odd, distance };
}

test("a recorded region holds the points where nnlib's network gives that answer", () => {
  let clear = 0;
  for (const { run, epoch, alphabet, regions, points, answers, sure } of fixtures("training_replay")) {
    points.forEach((point, n) =>
      regions.forEach((levels, k) =>
        levels.forEach((text, level) => {
          const expected = answers[n] === k && (level === 0 || sure[n]);
          const { odd, distance } = inside(outlines(text, alphabet), point);
          if (distance < 0.006) return; // on the border, as wide as a line
          clear += 1;
          assert.equal(odd, expected, `${run}, epoch ${epoch}, class ${k}, level ${level}, at ${point}`);
        }),
      ),
    );
  }
  assert.ok(clear > 10000);
});

test("no outline, one outline, two", () => {
  assert.deepEqual(outlines("", "AB"), []);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  assert.deepEqual(outlines("AA____AA AAAA", alphabet), [
    [
      [0, 1],
      [1, 0],
    ],
    [[0, 0]],
  ]);
});

test("numbers that were written as text", () => {
  const { points, curves, epochs, answers, best } = recorded({
    points: ["0.5 -1 2 3 4 0", "1 1 1"],
    curves: ["1.635 0.804"],
    epochs: "0 1",
    answers: ["3 0", "2 1"],
    best: 1,
  });
  assert.deepEqual(points, [
    [
      [0.5, -1, 2],
      [3, 4, 0],
    ],
    [[1, 1, 1]],
  ]);
  assert.deepEqual(
    { curves, epochs, answers, best },
    {
      curves: [[1.635, 0.804]],
      epochs: [0, 1],
      answers: [
        [3, 0],
        [2, 1],
      ],
      best: 1,
    },
  );
});
