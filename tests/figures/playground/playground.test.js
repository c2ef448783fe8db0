import assert from "node:assert/strict";
import test from "node:test";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { CLASS_LOSSES, countRight } from "../../../js/src/math/class_losses.js";
import { PageRandom } from "../../../js/src/math/random.js";
import { allClose, fixtures } from "../../../js/test/close.js";
import { factsOf, look } from "../../../nnbook/figures/playground/math/facts.js";
import { setsOf } from "../../../nnbook/figures/playground/math/plane_data.js";
import { isKept, Run } from "../../../nnbook/figures/playground/math/run.js";

const found = fixtures("playground");
const runOf = (state) => new Run(state, setsOf(state, found.iris));
const nameOf = ({ dataset, activation, loss, momentum, batch_size: batch }) =>
  `${dataset}, ${activation}, ${loss}, momentum ${momentum}, batch ${batch}`;

function near(actual, expected, bound, where) {
  assert.equal(actual.length, expected.length, where);
  expected.forEach((value, index) => {
    if (Number.isNaN(value)) assert.ok(Number.isNaN(actual[index]), `${where}[${index}]`);
    else
      assert.ok(
        Math.abs(actual[index] - value) <= bound * Math.max(1, Math.abs(value)),
        `${where}[${index}]: ${actual[index]} instead of ${value}`,
      );
  });
}

test("an answer is right where the true class has the largest output, the first of equal ones", () => {
  const z = Float64Array.of(1, 0, 0, /**/ 0, 2, 1, /**/ 3, 3, 0, /**/ 3, 3, 0);
  assert.equal(countRight(z, Uint8Array.of(0, 2, 0, 1), 4, 3), 2);
  assert.equal(countRight(z, Uint8Array.of(1, 2, 2, 2), 4, 3), 0);
});

test("page and Python draw the same random numbers", () => {
  const random = new PageRandom(2 ** 32 - 1);
  assert.deepEqual(
    found.draws.random.map(() => random.uniform()),
    found.draws.random,
  );
  allClose(
    found.draws.normal.map(() => random.normal()),
    found.draws.normal,
    1e-14,
  );
  assert.deepEqual([...random.permutation(50)], found.draws.permutation);
});

test("losses and activations are those of nnlib, and of their kind", () => {
  const kinds = Object.entries(CLASS_LOSSES).map(([name, { reduction, target }]) => [name, [reduction, target]]);
  assert.deepEqual(Object.fromEntries(kinds), found.losses);
  const starts = Object.entries(ACTIVATIONS).map(([name, { init }]) => [name, init]);
  assert.deepEqual(Object.fromEntries(starts), found.activations);
});

test("data sets are those of nnlib, parted and scaled alike", () => {
  for (const {
    state,
    sets: [parts, classes],
  } of found.sets) {
    const mine = setsOf(state, found.iris);
    const flat = [mine.train, mine.validation].flatMap(({ x, y, inputs }) => [x, y, inputs]);
    parts.forEach((part, index) => near([...flat[index]], part, 1e-13, `${state.dataset}, part ${index}`));
    assert.equal(mine.classes, classes);
    const [[left, right], [bottom, top]] = mine.window;
    for (const set of [mine.train, mine.validation]) {
      set.x.forEach((value, index) =>
        assert.ok(index % 2 ? value > bottom && value < top : value > left && value < right),
      );
    }
  }
});

test("1,000 steps are those of nnlib, for every activation, loss, batch, momentum and decay", () => {
  for (const { state, losses, validation_losses: validationLosses, start, parameters } of found.runs) {
    const run = runOf(state);
    near([...run.net.parameters], start, 1e-13, `${nameOf(state)}: start`);
    run.advance(found.steps);
    assert.equal(run.step, found.steps);
    near([...run.net.parameters], parameters, 1e-9, `${nameOf(state)}: parameters`);
    const kept = run.history.steps;
    assert.ok(kept.length > 150);
    near(
      run.history.train,
      kept.map((step) => losses[step]),
      1e-9,
      `${nameOf(state)}: losses`,
    );
    near(
      run.history.validation,
      kept.map((step) => validationLosses[step]),
      1e-9,
      `${nameOf(state)}: new losses`,
    );
  }
});

test("gradients, lamps and slopes after them are those of nnlib", () => {
  for (const { state, facts } of found.runs) {
    const run = runOf(state);
    run.advance(found.steps);
    const seen = look(run);
    near(seen.gradients, facts.gradients, 1e-9, `${nameOf(state)}: gradients`);
    const { steepest } = ACTIVATIONS[state.activation];
    facts.lit.forEach((layer, l) => {
      near(
        seen.units[l].map((unit) => unit.lit),
        layer,
        1e-12,
        `${nameOf(state)}: lit`,
      );
      near(
        seen.units[l].map((unit) => unit.slope * steepest),
        facts.slopes[l],
        1e-9,
        `${nameOf(state)}: slopes`,
      );
    });
  }
});

test("a run diverges at the step where nnlib does, and goes no further", () => {
  for (const { state, steps } of found.broken) {
    const run = runOf(state);
    run.advance(400);
    assert.equal(run.diverged.step, steps, nameOf(state));
    assert.ok(!Number.isFinite(run.diverged.value));
    assert.equal(run.step, steps);
  }
});

test("going back and on again leads to the same place", () => {
  const { state } = found.runs.find(({ state: { momentum, loss } }) => momentum === 0.9 && loss === "ssr");
  const [there, back] = [runOf(state), runOf(state)];
  there.advance(333);
  back.advance(700);
  back.rewind(333);
  assert.deepEqual(back.net.parameters, there.net.parameters);
  assert.equal(back.step, 333);
  back.advance(700);
  const on = runOf(state);
  on.advance(700);
  assert.deepEqual(back.net.parameters, on.net.parameters);
  assert.deepEqual(back.history, on.history);
  back.rewind(0);
  assert.equal(back.step, 0);
  assert.deepEqual(back.net.parameters, runOf(state).net.parameters);
});

test("moments are kept all along, ever more sparsely", () => {
  const kept = Array.from({ length: 20001 }, (_, step) => step).filter(isKept);
  assert.deepEqual(
    kept.slice(0, 129),
    Array.from({ length: 129 }, (_, step) => step),
  );
  assert.ok(kept.length < 620);
  kept.slice(130).forEach((step, index) => assert.ok(step - kept[129 + index] <= step / 60));
});

test("a start of zeros leaves hidden ReLU units dead; a diverged or empty network has facts, too", () => {
  const dead = runOf({ ...found.runs[0].state, start: 0, activation: "relu" });
  dead.advance(50);
  const facts = factsOf(dead, look(dead));
  assert.deepEqual([facts.dead, facts.deadLayers], [9, [1, 2]]);
  const empty = runOf({ ...found.runs[0].state, dataset: "none", points: [] });
  empty.advance(5);
  assert.equal(empty.step, 0);
  assert.equal(factsOf(empty, look(empty)).n, 0);
});

test("where both losses rise, nothing is learned by heart", () => {
  const overfits = (train, validation) => {
    const numbers = train.map(() => 1);
    const history = { steps: train.map((_, i) => 10 * i), train, validation, first: numbers, last: numbers };
    const run = { history, diverged: null, step: 20, settings: { hidden: [4] }, train: { n: 9 }, validation: { n: 9 } };
    const [loss, fresh] = [train.at(-1), validation.at(-1)];
    const seen = { train: { loss }, validation: { loss: fresh }, gradients: [1, 1], units: [] };
    return factsOf(run, seen).overfits;
  };
  assert.equal(overfits([0.7, 0.3, 0.1], [0.7, 0.35, 0.6]), true);
  assert.equal(overfits([0.7, 0.3, 0.45], [0.7, 0.35, 0.6]), false);
  // Where the losses of both sets are tiny, or as good as equal, a factor says nothing.
  assert.equal(overfits([0.7, 0.06, 0.03], [0.7, 0.05, 0.09]), false);
});
