import assert from "node:assert/strict";
import test from "node:test";
import {
  BEDS,
  byList,
  cheapest,
  choices,
  FAULTS,
  fitting,
  HEALTHY,
  judge,
  KNOWN,
  MEND,
  MINUTES,
  named,
  storyOf,
  TESTS,
  UNKNOWN,
} from "../../../nnbook/figures/ward/math.js";
import ward from "../../../nnbook/patients/measured.json" with { type: "json" };
import { strategies } from "./strategies.js";

const at = (bed, ...acts) =>
  storyOf(
    acts.map((act) => [bed, act]),
    bed,
  );

test("everybody is there, and every name is a fault's or nobody's", () => {
  assert.deepEqual([...KNOWN, ...UNKNOWN].sort(), Object.keys(BEDS).sort());
  assert.equal(FAULTS.length, Object.keys(ward.profiles).length - 1); // two have one name
  assert.equal(TESTS.length, 10);
});

test("whoever measures everything can prove what a patient has", () => {
  for (const [name, { faults, exams }] of Object.entries(BEDS))
    for (const left of Object.keys(exams).map((key) => key.split("+").filter(Boolean))) {
      const tests = cheapest(BEDS[name], left);
      const exam = exams[left.join("+")];
      const truth = left.length ? left.map(named) : [HEALTHY];
      assert.ok(
        truth.some((fault) => choices(exam, tests, fault).length === 1),
        `${name} ${faults} ${left}`,
      );
      assert.ok(tests.length <= 2, name); // for so many the sentence has room
      if (left.length < 2) assert.deepEqual(fitting(exam, TESTS), truth, name);
      assert.ok(byList(BEDS[name], left) >= tests.reduce((sum, one) => sum + MINUTES[one], 0));
    }
});

test("a look proves what is seen in a batch", () => {
  for (const [bed, fault] of [..."CDFGHJ"].map((bed) => [bed, BEDS[bed].faults[0]])) {
    const { last, done, minutes } = at(bed, "look", `=${fault}`);
    assert.equal(last?.kind, "proven", bed);
    assert.ok(done);
    assert.equal(minutes, MINUTES.look);
  }
});

test("a right name without grounds is a guess, and costs what such guesses cost on average", () => {
  const { last, done, minutes } = at("B", "=softmax");
  assert.equal(last?.kind, "guess");
  assert.ok(done);
  assert.equal(last?.fit, fitting(BEDS.B.exams.softmax, []).length);
  assert.equal(minutes, (((last?.fit ?? 0) - 1) / 2) * MEND);
});

test("a wrong name costs a mend, and what contradicts it is named", () => {
  const { last, done, minutes, measured } = at("B", "look", "=labels", "heart");
  assert.equal(last, null); // one goes on
  assert.equal(minutes, MINUTES.look + MEND + MINUTES.heart);
  assert.deepEqual([measured, done], [["look", "heart"], false]);
  const wrong = judge(BEDS.B, ["softmax"], ["look", "tiny"], "labels");
  assert.deepEqual([wrong.kind, wrong.against], ["contradicted", "look"]);
  assert.deepEqual(judge(BEDS.B, ["softmax"], ["tiny"], "labels").kind, "wrong");
});

test("of two faults one is mended after the other, and everything is measured anew", () => {
  const [first, second] = BEDS["5"].faults;
  const half = at("5", "heart", "look", `=${first}`);
  assert.equal(half.last?.kind, "proven");
  assert.deepEqual([half.done, half.measured, half.left], [false, [], [second]]);
  const whole = at("5", "heart", "look", `=${first}`, "preparation", `=${second}`, "rates");
  assert.ok(whole.done);
  assert.equal(whole.minutes, MINUTES.heart + MINUTES.look + MINUTES.preparation);
});

test("nothing is wrong is an answer, too", () => {
  const healthy = UNKNOWN.filter((name) => BEDS[name].faults.length === 0);
  assert.equal(healthy.length, 4);
  for (const name of healthy) assert.equal(at(name, ...TESTS, `=${HEALTHY}`).last?.kind, "proven");
  assert.equal(at("A", `=${HEALTHY}`).last?.kind, "contradicted");
});

/** The same numbers on every machine (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function minutesOf(choose, bed, random) {
  const acts = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const story = at(bed, ...acts);
    if (story.done) return story.minutes;
    acts.push(choose({ ...story, random }));
  }
  throw new Error(`Never done with ${bed}`);
}

test("who goes by evidence is faster than who guesses", () => {
  const found = Object.fromEntries(
    Object.entries(strategies(ward.profiles)).map(([name, choose]) => {
      const random = randomOf(1);
      const mean = (beds) => {
        const all = Array.from({ length: 20 }, () => beds.map((bed) => minutesOf(choose, bed, random))).flat();
        return all.reduce((sum, minutes) => sum + minutes, 0) / all.length;
      };
      return [name, { known: mean(KNOWN), unknown: mean(UNKNOWN) }];
    }),
  );
  if (process.env.SHOW) console.table(found);
  const order = (part) => Object.keys(found).sort((one, other) => found[one][part] - found[other][part]);
  for (const part of ["known", "unknown"]) {
    const ranks = order(part);
    assert.equal(ranks[0], "most told per minute", part);
    assert.equal(ranks.at(-1), "guess at once", part);
    assert.ok(ranks.indexOf("the list in its order") < ranks.indexOf("a random order"), part);
    assert.ok(ranks.indexOf("a random order") < ranks.indexOf("look, then guess"), part);
  }
});
