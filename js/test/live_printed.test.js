import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { asTerminal, endOf } from "../src/live/printed.js";

const PATIENCE = 20_000; // ms: work that grows with the square of the text would take hours
const within = (act) => vm.runInNewContext("act()", { act }, { timeout: PATIENCE });

test("a carriage return starts its line over", () => {
  assert.equal(asTerminal("1\r2\r3"), "3");
  assert.equal(asTerminal("a\n10 %\r20 %\nb"), "a\n20 %\nb");
  assert.equal(asTerminal("kept\r\nas on Windows\r"), "kept\nas on Windows");
  assert.equal(asTerminal("\r\r\n\r"), "\n");
  assert.equal(asTerminal("none"), "none");
});

test("long lines are no work", () => {
  const long = "x".repeat(1e6);
  assert.equal(
    within(() => asTerminal(long)),
    long,
  );
  assert.equal(
    within(() => asTerminal(`1\r${long}`)),
    long,
  );
  assert.equal(
    within(() => asTerminal(`${"\r".repeat(1e6)}x`)),
    "x",
  );
  assert.equal(
    within(() => asTerminal("1\r".repeat(1e6))),
    "1",
  );
});

test("the end of a long text begins with a line, if one begins near", () => {
  const lines = Array.from({ length: 30_000 }, (_, n) => `${n}\n`).join("");
  assert.equal(endOf("short"), "short");
  assert.ok(lines.endsWith(`\n${endOf(lines)}`));
  assert.ok(endOf(lines).length > 99_990 && endOf(lines).length <= 100_000);
  assert.equal(endOf("x".repeat(1e6)).length, 100_000);
  assert.equal(endOf(`${"x".repeat(1e6)}\nend\n`).length, 100_000, "the line before the last is not lost");
});
