// What the tests share: the fixtures that nnlib wrote, and what "equal" means.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** Read _build/fixtures/NAME.json; numbers that JSON lacks come as text. */
export function fixtures(name) {
  const numbers = { NaN, Infinity, "-Infinity": -Infinity };
  const text = readFileSync(new URL(`../../_build/fixtures/${name}.json`, import.meta.url), "utf8");
  return JSON.parse(text, (_, value) => (typeof value === "string" && value in numbers ? numbers[value] : value));
}

/** Equal within a relative error; below the normal range, where digits end, within one step. */
export function close(actual, expected, relative = 1e-12, where = "") {
  if (Number.isNaN(expected) || !Number.isFinite(expected) || expected === 0) {
    assert.ok(Object.is(actual + 0, expected + 0), `${where}: ${actual} instead of ${expected}`);
    return;
  }
  const error = Math.abs(actual - expected);
  assert.ok(error <= relative * Math.abs(expected) + 5e-324, `${where}: ${actual} instead of ${expected}`);
}

/** The same, entry by entry, through nested arrays. */
export function allClose(actual, expected, relative = 1e-12, where = "") {
  if (!Array.isArray(expected)) return close(actual, expected, relative, where);
  assert.equal(actual.length, expected.length, `${where}: length`);
  expected.forEach((value, index) => allClose(actual[index], value, relative, `${where}[${index}]`));
}

/** As exact as numbers of that size can be. */
export function near(actual, expected, size, where = "") {
  assert.ok(Math.abs(actual - expected) <= size, `${where}: ${actual} instead of ${expected}`);
}
