import assert from "node:assert/strict";
import { test } from "node:test";
import { Turns } from "../src/live/turns.js";

test("runs come one after the other, and one that waits can be taken back or asked for again", async () => {
  const turns = new Turns();
  const [a, b, c] = "abc".split("").map((name) => ({ name, state: "idle" }));
  const done = [];
  const ends = [];
  const run = (cell) =>
    turns.wait(cell, () => {
      done.push(cell.name);
      return new Promise((end) => ends.push(end));
    });
  run(a);
  await null;
  run(b);
  run(c);
  assert.equal(b.state, "queued");
  turns.takeBack(b);
  assert.equal(b.state, "idle");
  run(b);
  await null;
  assert.deepEqual(done, ["a"]);
  for (let at = 0; at < 3; at += 1) {
    ends.at(-1)();
    await new Promise(setImmediate);
  }
  await turns.last;
  assert.deepEqual(done, ["a", "b", "c"], "once each");
});
