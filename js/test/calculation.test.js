// Calculations that fade: each line is judged as in Python, and the first one that waits is open.

import assert from "node:assert/strict";
import test from "node:test";
import { isLeftOut, judgeLine, lineState, openLine, writtenOut } from "../src/questions/calculation.js";
import { fixtures } from "./close.js";

const { calculations } = fixtures("questions");

for (const [name, { data }] of Object.entries(calculations)) {
  test(`${name}: the example leaves nothing out, the last round everything`, () => {
    const [example, ...others] = data.rounds.map(({ lines }) => lines.filter(isLeftOut).length);
    assert.equal(example, 0);
    assert.deepEqual(
      others,
      others.toSorted((a, b) => a - b),
    );
    assert.equal(others.at(-1), data.steps.length);
  });
}

test("lines open one after the other; a right answer or a shown value closes one", () => {
  const { data } = calculations["refresher-chain"];
  assert.equal(openLine(data, [], 0), -1);
  assert.equal(openLine(data, [], 2), 2);
  assert.equal(openLine(data, [[2, 2, 5]], 2), 2);
  assert.equal(openLine(data, [[2, 2, -6]], 2), 3);
  assert.equal(openLine(data, [[1, 3, 72]], 2), 2);
  const tries = [
    [2, 2, null],
    [2, 3, 1],
    [2, 3, 36],
  ];
  assert.equal(openLine(data, tries, 2), -1);
  assert.equal(lineState(data, tries, 2, 2).shown, true);
  assert.deepEqual(
    lineState(data, tries, 2, 3).wrong.map(({ answer }) => answer),
    [1],
  );
  assert.throws(() => judgeLine(data.rounds[0].lines[0], 4), /not left out/);
});

test("a line says nothing twice", () => {
  const { steps, rounds } = calculations["refresher-chain"].data;
  assert.equal(writtenOut(steps[0], rounds[0].lines[0]), "\\frac{du}{dw} = 4");
  assert.equal(writtenOut(steps[1], rounds[0].lines[1]), "\\frac{dv}{du} = 2\\,u = 2 \\cdot 3 = 6");
});
