import assert from "node:assert/strict";
import { test } from "node:test";
import { above, before, groundOf, isFresh, isStale, needs } from "../src/live/order.js";

const cell = (id, code, { makes = [], sets = makes, uses = [], exercise } = {}) => ({
  data: { id, code, exercise },
  names: { makes, sets, uses },
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
  answer.names = { ...answer.names, uses: ["m"] }; // and m comes from x
  assert.deepEqual(ids(needs(cells, answer)), ["setup", "data", "fit"]);
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

test("what was trained further down is made again, and trained, for a cell above", () => {
  const cells = [
    cell("setup", "import nnlib", { makes: ["nnlib"] }),
    cell("model", "model = mlp()", { makes: ["model"] }),
    cell("few", "fit(model, 1)", { makes: ["model"], uses: ["model"] }),
    cell("shown", "show(model)", { uses: ["model"] }),
    cell("many", "fit(model, 9)", { makes: ["model"], uses: ["model"] }),
  ];
  assert.deepEqual(go(cells, cells[4]), ["setup", "model", "few", "shown", "many"]);
  assert.deepEqual(go(cells, cells[3]), ["model", "few", "shown"]);
  assert.deepEqual(go(cells, cells[4]), ["many"]);
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

test("what a cell changes it sets, too", () => {
  const cells = chapter();
  cells[1].names = { makes: [], sets: ["table"], uses: [] };
  cells[3].names = { makes: ["f"], sets: ["f"], uses: ["table"] };
  assert.deepEqual(ids(needs(cells, cells[3])), ["setup", "data"]);
});
