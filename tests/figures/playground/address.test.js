import assert from "node:assert/strict";
import test from "node:test";
import { LONGEST, read, write } from "../../../nnbook/figures/playground/address.js";

const INITIAL = {
  dataset: "moons",
  count: 300,
  noise: 0.15,
  points: [],
  hidden: [6, 4],
  standardized: true,
  batch_size: 16,
  rate: 0.1,
  step: 0,
};
const CONTROLS = {
  dataset: { values: ["moons", "none"] },
  count: { min: 20, max: 500, whole: true },
  noise: { min: 0, max: 0.5 },
  points: { min: -1e6, max: 1e6, most: 500 },
  hidden: { min: 1, max: 8, most: 6 },
  standardized: {},
  batch_size: { min: 1, max: 500, whole: true },
  rate: { min: 1e-4, max: 10 },
  step: { min: 0, max: 20000, whole: true },
};

test("what is written is read again", () => {
  const states = [
    {},
    {
      dataset: "none",
      hidden: [],
      points: [
        [0.125, -1, 2],
        [1e-5, 3, 0],
      ],
    },
    { standardized: false, rate: 0.00123, step: 12345 },
    { hidden: [8, 8, 8, 8, 8, 8], count: 20, noise: 0 },
  ];
  for (const change of states) {
    const state = { ...INITIAL, ...change };
    const { text, lacking } = write("playground", state, INITIAL);
    assert.equal(lacking, false);
    assert.equal(text === "", Object.keys(change).length === 0);
    assert.ok(/^[\w?=&.,~-]*$/.test(text), text);
    if (text) assert.deepEqual(read("playground", `#${text}`, INITIAL, CONTROLS), { patch: state, refused: [] });
  }
  assert.equal(
    write("playground", { ...INITIAL, hidden: [8, 8], dataset: "none" }, INITIAL).text,
    "playground?dataset=none&hidden=8-8",
  );
});

test("an address of something else is left alone; parts that are no settings are named", () => {
  for (const hash of ["", "#sec-playground", "#playground-2?step=3", "#playgrounds"])
    assert.equal(read("playground", hash, INITIAL, CONTROLS), null);
  const bad =
    "count=19&noise=x&points=1,2&hidden=9&standardized=yes&rate=&step=1.5&nothing=1&dataset=%E0%A4%A&__proto__=1";
  const found = read("playground", `#playground?${bad}&batch_size=4`, INITIAL, CONTROLS);
  assert.deepEqual(found.patch, { ...INITIAL, batch_size: 4 });
  assert.equal(found.refused.length, 10);
});

test("too many points for a link are left out, and that is said", () => {
  const points = Array.from({ length: 300 }, (_, n) => [n / 300, -n / 300, n % 5]);
  const { text, lacking } = write("playground", { ...INITIAL, points, rate: 0.5 }, INITIAL);
  assert.deepEqual([text, lacking], ["playground?rate=0.5", true]);
  assert.ok(text.length <= LONGEST);
});
