import assert from "node:assert/strict";
import test from "node:test";
import { fixtures } from "../../../js/test/close.js";
import { factsOf, look } from "../../../nnbook/figures/playground/math/facts.js";
import { setsOf } from "../../../nnbook/figures/playground/math/plane_data.js";
import { Run } from "../../../nnbook/figures/playground/math/run.js";
import {
  beganAlike,
  differences,
  momentOf,
  pinOf,
  STARTS,
  Starts,
} from "../../../nnbook/figures/playground/math/starts.js";
import { isMet, judged, PLAIN, WAYS } from "./challenge_ways.js";

const runOf = (change) => {
  const state = { ...PLAIN, ...change };
  return new Run(state, setsOf(state, []));
};

test("every challenge is met by what the book taught, and not by its settings as they come", () => {
  assert.deepEqual({ ...PLAIN, step: 0 }, fixtures("playground").plain); // as the figure comes
  WAYS.forEach((_, index) => {
    assert.deepEqual(judged(PLAIN, index + 1, 0, 500), { way: true, asItComes: false }, `challenge ${index + 1}`);
  });
});

test("a challenge is not met on other data or by what it forbids", () => {
  const six = [4, 4, 4, 4, 4, 4];
  const cheats = [
    [1, { hidden: [4], loss: "cross_entropy_with_logits" }],
    [1, { dataset: "blobs", loss: "cross_entropy_with_logits" }],
    [2, { hidden: [4], rate: 0.3 }],
    [3, { hidden: [6], momentum: 0.9 }, { starts: true }],
    [3, { hidden: [5], momentum: 0.9 }],
    [5, { start: 0 }],
    [6, { activation: "softplus", rate: 0.1 }],
    [7, { hidden: six, start: 0.05 }],
    [8, { hidden: [6, 6], activation: "tanh" }],
    [9, { rate: 1.3 }, { pinned: { rate: 1.5 } }],
    [9, { rate: 1.3 }, { pinned: { rate: 1.4 } }],
    [10, { start: 1 }],
  ];
  const patient = [{ rate: 0.0001 }, { decay: 0.1 }, { decay: 0.05, hidden: [4] }].map((change) => [
    12,
    change,
    { steps: 3000 },
  ]);
  for (const [number, change, options] of [...cheats, ...patient])
    assert.ok(!isMet(PLAIN, number, change, { steps: 1000, ...options }), `${number}: ${JSON.stringify(change)}`);
});

test("five starts are the trainings of five seeds, however they are sliced", () => {
  const shown = runOf({ seed: 98 });
  const starts = new Starts(shown.settings, setsOf(shown.settings, []));
  assert.deepEqual(
    [shown, ...starts.runs].map(({ settings }) => settings.seed),
    [98, 99, 0, 1, 2],
  );
  let slices = 0;
  for (; !starts.advance(150, 0.5); slices += 1) assert.ok(slices < 10_000);
  starts.runs.forEach((run) => {
    const alone = runOf({ seed: run.settings.seed });
    alone.advance(150);
    assert.deepEqual(run.net.parameters, alone.net.parameters);
    assert.deepEqual(momentOf(run, 100), momentOf(alone, 100));
  });
  assert.equal(starts.runs.length, STARTS - 1);
  const broken = new Starts(
    { ...shown.settings, loss: "ssr", activation: "relu", rate: 5 },
    setsOf(shown.settings, []),
  );
  assert.ok(broken.advance(400)); // who diverges is not waited for
  assert.ok(broken.runs.every((run) => momentOf(run, 400).loss === Infinity));
});

test("a pinned run keeps what it was", () => {
  const run = runOf({});
  run.advance(300);
  const pin = pinOf(run, factsOf(run, look(run)));
  const before = momentOf(run, 300);
  run.advance(500);
  assert.deepEqual(momentOf(pin, 300), before);
  assert.deepEqual(momentOf(pin, 100), momentOf(run, 100));
  assert.deepEqual(differences({ ...run.settings, rate: 1, step: 9 }, pin.settings), ["rate"]);
  assert.ok(Math.abs(momentOf(run, 500).loss - run.judge("train").loss) < 1e-15);
});

test("other settings begin with the same weights just where shape, kind of start and seed are the same", () => {
  const plain = runOf({});
  const alike = [
    { rate: 1 },
    { decay: 0.1 },
    { activation: "sigmoid" },
    { batch_size: 5 },
    { noise: 0.3 },
    { loss: "mse" },
  ];
  const others = [{ hidden: [6, 5] }, { hidden: [6] }, { activation: "relu" }, { seed: 1 }, { start: 0.5 }];
  for (const change of alike) assert.ok(beganAlike(plain, runOf(change)), JSON.stringify(change));
  for (const change of others) assert.ok(!beganAlike(plain, runOf(change)), JSON.stringify(change));
});
