import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, easier, faultIn, mixed } from "../src/questions/line_order.js";

/** The walk that stops where it is flat (tests/theme/test_lines.py has the real ones). */
const walk = {
  head: "def walk(slope, point):",
  lines: [
    { code: "step = 0.1", depth: 0, block: -1 },
    { code: "for _ in range(9):", depth: 0, block: -1 },
    { code: "if slope(point) == 0:", depth: 1, block: 1 },
    { code: "break", depth: 2, block: 2 },
    { code: "point = point - step * slope(point)", depth: 1, block: 1 },
    { code: "return point", depth: 0, block: -1 },
  ],
  needs: [
    [2, 4, "changes", "point"],
    [0, 4, "needs", "step"],
    [3, 4, "after", ""],
    [4, 5, "renews", "point"],
    [0, 5, "ends", ""],
    [1, 5, "ends", ""],
  ],
};
const say = (order) => {
  const fault = faultIn(walk, order);
  return fault && [fault.key, ...Object.values(fault.values)];
};

test("every order that gives each line what it needs is right", () => {
  assert.equal(say([0, 1, 2, 3, 4, 5]), null);
  assert.equal(faultIn({ ...walk, needs: [] }, [1, 2, 3, 4, 0, 5]), null);
});

test("the first line that is wrong is named, with the line that it waits for", () => {
  assert.deepEqual(say([1, 2, 3, 4, 0, 5]), ["lines_needs", 4, "step", 5]);
  assert.deepEqual(say([0, 1, 4, 2, 3, 5]), ["lines_changes", 3, "point", 4]);
  assert.deepEqual(say([5, 0, 1, 2, 3, 4]), ["lines_renews", 1, "point", 6]);
  assert.deepEqual(faultIn({ ...walk, needs: walk.needs.slice(4) }, [0, 5, 1, 2, 3, 4])?.values.other, 3);
});

test("an indented line belongs to the line above that opens its block", () => {
  assert.deepEqual(say([2, 0, 1, 3, 4, 5]), ["lines_block", 1, "for _ in range(9):"]);
  assert.deepEqual(say([0, 1, 2, 4, 3, 5]), ["lines_after", 4, "", 5]);
  assert.deepEqual(say([1, 0, 2, 3, 4, 5]), ["lines_block", 3, "for _ in range(9):"]);
});

test("lines come mixed: each once, the last one not at the end", () => {
  for (let count = 3; count < 9; count += 1) {
    const order = mixed(count);
    assert.deepEqual([...order].sort(), [...Array(count).keys()]);
    assert.notEqual(order.at(-1), count - 1);
  }
});

test("lines become code again, each as far in as it was", () => {
  assert.equal(
    codeOf({ ...walk, before: "", after: "" }, walk.lines.slice(0, 3)),
    "def walk(slope, point):\n    step = 0.1\n    for _ in range(9):\n        if slope(point) == 0:",
  );
  assert.equal(
    codeOf({ before: "import math", head: "def f():", after: "def g(): f()" }, [{ code: "return 1", depth: 0 }]),
    "import math\n\n\ndef f():\n    return 1\n\n\ndef g(): f()",
  );
});

test("first wrong lines leave, then pieces join until few are left, each block whole", () => {
  const lines = walk.lines.map((line, index) =>
    index === 3 ? { ...line, wrong: { code: "continue", says: "" } } : line,
  );
  const pieces = [[5], [0], [2], [4], [1], [3]];
  assert.deepEqual(easier(lines, pieces, new Set()), { leaves: 3 });
  const joined = [];
  for (let help = easier(lines, pieces, new Set([3])); help; help = easier(lines, pieces, new Set([3]))) {
    const [one, next] = help.joins.map((first) => pieces.find((piece) => piece[0] === first));
    one.push(...next);
    pieces.splice(pieces.indexOf(next), 1);
    joined.push(help.joins);
  }
  assert.deepEqual(joined, [
    [0, 1],
    [2, 3], // 2 follows already
    [0, 2],
  ]);
  assert.deepEqual(pieces, [[5], [0, 1, 2, 3], [4]]);
});
