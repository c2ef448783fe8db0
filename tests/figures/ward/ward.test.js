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
  open,
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
  assert.deepEqual(new Set(FAULTS), new Set(Object.values(ward.profiles).flatMap(Object.keys).map(named)));
  assert.equal(TESTS.length, 10);
});

test("whoever measures everything can prove what a patient has", () => {
  for (const [name, { faults, exams }] of Object.entries(BEDS))
    for (const left of Object.keys(exams).map((key) => key.split("+").filter(Boolean))) {
      const tests = cheapest(BEDS[name], left);
      const known = (measured) => ({ bed: BEDS[name], exam: exams[left.join("+")], measured, tried: [] });
      const truth = left.length ? left.map(named) : [HEALTHY];
      assert.ok(
        truth.some((fault) => choices(known(tests), fault).length === 1),
        `${name} ${faults} ${left}`,
      );
      assert.ok(tests.length <= 3, name); // for so many the sentence has room
      if (left.length < 2) assert.deepEqual(fitting(known(TESTS)), truth, name);
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

test("a right name without grounds is a guess, and costs as much as a wrong one", () => {
  for (const [bed, { faults }] of Object.entries(BEDS)) {
    const name = faults.length ? named(faults[0]) : HEALTHY;
    const { last, minutes } = at(bed, `=${name}`);
    assert.ok((last?.fit ?? 0) > 1, bed);
    assert.deepEqual([last?.kind, minutes], ["guess", MEND], bed);
  }
});

test("names given in vain are known: who has refuted all others has proven the last", () => {
  const acts = [];
  for (const wrong of ["dead", "order", "scale"]) {
    acts.push(`=${wrong}`);
    assert.equal(at("A", ...acts).done, false, wrong);
  }
  const { last, minutes, done } = at("A", ...acts, "=rate");
  assert.deepEqual([last?.kind, last?.fit, last?.sign, done], ["proven", 1, false, true]);
  assert.equal(minutes, acts.length * MEND);
  assert.equal(at("A", "=dead", "=order", "=rate").last?.fit, 2);
  assert.equal(at("A", "=dead", "=order").last?.fit, 3);
  // Of two faults, too, and what was mended or refuted is not open any more.
  assert.deepEqual(at("5", "look", "heart", "=rate", "=softmax").tried, ["rate", "softmax"]);
  assert.equal(at("A", "=dead", "=dead").minutes, MEND);
});

test("a proof says whether it is a sign that only this fault gives, or elimination", () => {
  assert.equal(at("B", "heart", "look", "=softmax").last?.sign, false); // a floor has other causes
  assert.equal(at("A", "look", "heart", "=rate").last?.sign, false); // two tests that found nothing
  assert.equal(at("C", "look", "=labels").last?.sign, true);
  assert.equal(at("12", "layers", "split", `=${HEALTHY}`).last?.sign, false);
});

test("one output is judged by trainings with one output, and is not offered what it cannot have", () => {
  for (const bed of ["D", "14", "16"]) {
    assert.equal(BEDS[bed].kind, "one");
    const names = open(BEDS[bed], []);
    assert.ok(names.includes("shapes") && !names.includes("softmax") && !names.includes("rare"));
    assert.equal(at(bed, "=softmax").minutes, 0); // passed over
  }
  // Of a loss that has no ln K the start says nothing.
  const start = { bed: BEDS["16"], exam: BEDS["16"].exams.shapes, tried: [] };
  assert.deepEqual(fitting({ ...start, measured: ["start"] }), fitting({ ...start, measured: [] }));
  assert.ok(fitting({ ...start, measured: ["start"] }).includes("scale"));
  assert.ok(!open(BEDS.A, []).includes("shapes"));
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
    // Half of the known patients are proven by a look; who guesses the others pays more than who goes on with the list.
    assert.ok(found["look, then guess"][part] > 1.5 * found["the list in its order"][part], part);
    assert.ok(ranks.indexOf("a random order") < ranks.indexOf("fitted and validated, then guess"), part);
  }
});
