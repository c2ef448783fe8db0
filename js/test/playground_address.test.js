import assert from "node:assert/strict";
import test from "node:test";
import { challengesFrom } from "../src/math/challenges.js";
import { setsOf } from "../src/math/plane_data.js";
import { factsOf, look } from "../src/math/playground_facts.js";
import { Run } from "../src/math/playground_run.js";
import { LONGEST, read, write } from "../src/playground/address.js";
import { fixtures } from "./close.js";

const { iris, plain } = fixtures("playground");
const CHALLENGES = challengesFrom(plain);
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

// One way to solve each challenge: [number, changes, the latest step].
const SOLUTIONS = [
  [1, { hidden: [] }, 200],
  [2, { hidden: [2], activation: "tanh", rate: 0.3 }, 1000],
  [3, { hidden: [4], activation: "tanh" }, 2000],
  [4, { hidden: [6, 4], rate: 0.05, momentum: 0.9 }, 1000],
  [5, { rate: 5 }, 50],
  [6, { activation: "softplus" }, 500],
  [7, { hidden: [4, 4, 4, 4, 4, 4] }, 400],
  [8, { activation: "tanh", rate: 0.1 }, 500],
  [9, { rate: 0.03 }, 50],
  [10, { start: 0.05, momentum: 0.9 }, 3000],
  [11, { hidden: [8, 8], momentum: 0.9 }, 600],
  [12, { decay: 0.05 }, 1200],
];

function solvedAt(number, change, last) {
  const { setup, reached } = CHALLENGES[number - 1];
  const run = new Run({ ...setup, ...change }, setsOf({ ...setup, ...change }, iris));
  for (let step = 0; step <= last; step += 10) {
    run.advance(step);
    if (reached(factsOf(run, look(run)))) return run.step;
  }
  return null;
}

test("each of the dozen challenges can be solved, and is not solved as it is set up", () => {
  assert.deepEqual(
    SOLUTIONS.map(([number]) => number),
    CHALLENGES.map((_, index) => index + 1),
  );
  for (const [number, change, last] of SOLUTIONS) {
    assert.notEqual(solvedAt(number, change, last), null, `challenge ${number} with ${JSON.stringify(change)}`);
    assert.equal(solvedAt(number, {}, last), null, `challenge ${number} as it comes`);
  }
});

test("a challenge is not solved on other data or by what it forbids", () => {
  const cheats = [
    [1, { hidden: [], noise: 0.1 }],
    [2, { hidden: [4], activation: "tanh", rate: 0.3 }],
    [3, { hidden: [5], activation: "tanh" }],
    [5, { start: 0 }],
    [6, { activation: "softplus", rate: 0.1 }],
    [7, { hidden: [4, 4, 4, 4, 4, 4], start: 0.05 }],
    [8, { hidden: [6, 6], activation: "tanh" }],
    [10, { start: 1 }],
    [12, { decay: 0.05, hidden: [4] }],
  ];
  for (const [number, change] of cheats)
    assert.equal(solvedAt(number, change, 1000), null, `challenge ${number} with ${JSON.stringify(change)}`);
});
