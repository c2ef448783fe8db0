import assert from "node:assert/strict";
import { test } from "node:test";
import { above, before, groundOf, isFresh, isStale, needs } from "../src/live/order.js";

const cell = (id, code, { makes = [], sets = makes, uses = [], exercise } = {}) => ({
  data: { id, code, makes, sets, uses, exercise },
  code,
  ran: null,
});
const chapter = () => [
  cell("setup", "import numpy as np", { makes: ["np"] }),
  cell("data", "x = load()", { makes: ["x"] }),
  cell("fit", "m = fit(x)", { makes: ["m"], uses: ["x"] }),
  cell("answer", "def f(x):\n    return ...", { makes: ["f"], exercise: "one" }),
  cell("plot", "plot(m)", { uses: ["m"] }),
];
const ids = (cells) => cells.map(({ data }) => data.id);
const run = (cells, ...which) => {
  for (const one of which) {
    turn += 1;
    one.ran = { generation: 1, turn, code: one.code, ground: groundOf(cells, one) };
  }
};
let turn = 0;
/** Run a cell as the page does: first what it rests on. Returns what ran. */
function go(cells, one) {
  const all = [...before(cells, one, 1), one];
  run(cells, ...all);
  return ids(all);
}

test("a cell rests on all of the chapter above it, not on answers", () => {
  const cells = chapter();
  assert.deepEqual(ids(above(cells, cells[4])), ["setup", "data", "fit"]);
  assert.deepEqual(ids(before(cells, cells[4], 1)), ["setup", "data", "fit"]);
});

test("what has run does not run again, unless it was changed or Python is another one", () => {
  const cells = chapter();
  run(cells, cells[0], cells[1]);
  assert.deepEqual(ids(before(cells, cells[4], 1)), ["fit"]);
  assert.deepEqual(ids(before(cells, cells[4], 2)), ["setup", "data", "fit"]);
  cells[1].code = "x = 4";
  assert.deepEqual(ids(before(cells, cells[4], 1)), ["data", "fit"]);
});

test("a cell is stale when something above was changed since, and no more when it is changed back", () => {
  const cells = chapter();
  run(cells, ...cells);
  assert.ok(!isStale(cells, cells[4], 1) && isFresh(cells, cells[4], 1));
  cells[1].code = "x = 4";
  assert.ok(isStale(cells, cells[2], 1) && isStale(cells, cells[4], 1));
  assert.ok(!isStale(cells, cells[0], 1) && !isStale(cells, cells[1], 1));
  assert.ok(!isStale(cells, cells[4], 2), "of another Python there is nothing to say");
  cells[1].code = cells[1].data.code;
  assert.ok(!isStale(cells, cells[4], 1));
});

test("an exercise needs the first cell and what sets the names that it does not bring itself", () => {
  const cells = chapter();
  const answer = cells[3];
  assert.deepEqual(ids(needs(cells, answer)), ["setup"]);
  answer.code = "def f(x):\n    return x"; // the x is its own
  assert.deepEqual(ids(needs(cells, answer)), ["setup"]);
  answer.code = "def f(v):\n    return m(v)"; // and m comes from x
  assert.deepEqual(ids(needs(cells, answer)), ["setup", "data", "fit"]);
});

test("what a function brings is its own, and not that of the lines around it", () => {
  const cells = chapter();
  const answer = cells[3];
  answer.code = "def f(x):\n    m = x\n    return m\n\n\nprint(f(x))";
  assert.deepEqual(ids(needs(cells, answer)), ["setup", "data"]);
  answer.code = "x = 2\nprint((lambda m: m)(\n    x\n))";
  assert.deepEqual(ids(needs(cells, answer)), ["setup"]);
  answer.code = "x = x + 1";
  assert.deepEqual(ids(needs(cells, answer)), ["setup", "data"]);
  answer.code = "for x in range(3):\n    print(x)";
  assert.deepEqual(ids(needs(cells, answer)), ["setup"]);
});

test("what was made anew further down is made again for a cell above, and for what comes after it", () => {
  const cells = [
    cell("setup", "import numpy as np", { makes: ["np"] }),
    cell("first", "x = 1", { makes: ["x"], uses: ["np"] }),
    cell("shown", "print(x)", { uses: ["x"] }),
    cell("trained", "fit(x)", { sets: ["x"], uses: ["x"] }),
    cell("second", "x = 2", { makes: ["x"] }),
    cell("last", "print(x)", { uses: ["x"] }),
  ];
  assert.deepEqual(go(cells, cells[5]), ["setup", "first", "shown", "trained", "second", "last"]);
  assert.deepEqual(go(cells, cells[2]), ["first", "shown"]);
  assert.deepEqual(go(cells, cells[2]), ["shown"]);
  assert.deepEqual(go(cells, cells[5]), ["second", "last"]);
  assert.deepEqual(go(cells, cells[4]), ["second"]);
  cells[3].code = "fit(x, 2)"; // it changes what `first` made, which is gone
  assert.deepEqual(go(cells, cells[3]), ["first", "trained"]);
});

test("exercises that need different cells find the names as the chapter leaves them", () => {
  const cells = [
    cell("setup", "import numpy as np", { makes: ["np"] }),
    cell("moons", "data = moons()", { makes: ["data"] }),
    cell("helper", "size = len(data)", { makes: ["size"], uses: ["data"] }),
    cell("flowers", "data = iris()", { makes: ["data"] }),
    cell("one", "...", { uses: ["data"], exercise: "one" }),
    cell("two", "...", { uses: ["size", "data"], exercise: "two" }),
  ];
  assert.deepEqual(go(cells, cells[4]), ["setup", "moons", "flowers", "one"]);
  assert.deepEqual(go(cells, cells[5]), ["moons", "helper", "flowers", "two"]);
  assert.deepEqual(go(cells, cells[4]), ["one"]);
});

test("texts, comments and attributes name nothing, and f-strings do", () => {
  const cells = chapter();
  const answer = cells[3];
  answer.code = 'def f(v):  # as x\n    return v.m\n\n\ncheck(\'x-m\', """x""", f)';
  assert.deepEqual(ids(needs(cells, answer)), ["setup"]);
  answer.code = 'print(f"{x}")';
  assert.deepEqual(ids(needs(cells, answer)), ["setup", "data"]);
});

test("of a cell that was edited every name may be set", () => {
  const cells = chapter();
  cells[1].code = "fill(table)";
  cells[3].code = "def f(v):\n    return table";
  assert.deepEqual(ids(needs(cells, cells[3])), ["setup", "data"]);
});
