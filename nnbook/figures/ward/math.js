// What happened to a patient, and what was known of it: follows from the list of what the reader did.
//
// A fault *fits* what was measured if each of its tests found signs with which the fault is known to show itself. So much is
// a name worth: if one fault fits, it is proven; if five do, it is a guess among five.

import ward from "../../patients/measured.json" with { type: "json" };

/** @typedef {Record<string, any> & {signs: string}} Numbers what a test measured; its signs, with commas */
/** @typedef {Record<string, Numbers>} Exam test -> what it measures */
/** @typedef {{faults: string[], one: boolean, exams: Record<string, Exam>}} Bed */
/** @typedef {[string, string]} Act a bed, and a test or `=fault` */
/**
 * @typedef {object} Verdict
 * @property {"proven" | "guess" | "contradicted" | "wrong"} kind
 * @property {string} fault that was named
 * @property {number} fit how many faults fitted
 * @property {number} cost in minutes, for a guess or a wrong name
 * @property {string} [against] the test that contradicts it
 * @property {number} spent minutes for tests since the patient came, or was mended
 * @property {string[]} best the cheapest tests that prove it
 * @property {number} list what the list takes, in its order
 */
/**
 * @typedef {object} Story
 * @property {string[]} left the faults that it still has
 * @property {Exam} exam
 * @property {string[]} measured tests, in the order of the reader
 * @property {number} minutes all in all, with what guesses cost
 * @property {number} list what the list in its order would have taken
 * @property {string[]} tried names that were wrong
 * @property {boolean} done
 * @property {Verdict | null} last
 */

/** @type {Record<string, Bed>} */
export const BEDS = ward.beds;
/** @type {Record<string, number>} */
export const MINUTES = ward.minutes;
/** @type {Record<string, Record<string, string[]>>} */
const PROFILES = ward.profiles;
/** @type {Record<string, string>} */
export const IMAGES = ward.images;

export const KNOWN = "ABCDEFGHIJKL".split("");
export const UNKNOWN = Object.keys(BEDS).filter((name) => !KNOWN.includes(name)); // numbers come first in an object
export const TESTS = Object.keys(MINUTES).filter((test) => test !== "record"); // the record comes with the patient
export const MEND = 20; // minutes that it takes to mend what is not broken
export const HEALTHY = "healthy";

/** A layer that the step leaves alone, or that no gradient reaches: one name for both. @param {string} fault */
export const named = (fault) => (fault === "detached" ? "layer" : fault);
export const FAULTS = [...new Set(Object.keys(PROFILES).map(named))];

/** What the healthy training gives, which is like this one but for its faults. @param {Bed} bed @returns {Exam} */
export const wellOf = ({ one }) => (one ? ward.well.one : ward.well.ten);

/** What the tests measure as long as some faults are left. @param {Bed} bed @param {string[]} left @returns {Exam} */
const examOf = (bed, left) => bed.exams[left.join("+")] ?? wellOf(bed);

/** @param {string} profile @param {Exam} exam @param {string} test */
const agrees = (profile, exam, test) => PROFILES[profile][test].includes(exam[test].signs);

/** The names of all faults that fit what was measured. @param {Exam} exam @param {string[]} measured */
export function fitting(exam, measured) {
  const tests = ["record", ...measured];
  const fit = Object.keys(PROFILES).filter((profile) => tests.every((test) => agrees(profile, exam, test)));
  return [...new Set(fit.map(named))];
}

/** For each sign that was seen, the faults that can give it. @param {Exam} exam @param {string[]} measured */
const givers = (exam, measured) =>
  ["record", ...measured].flatMap((test) =>
    signsOf(exam[test].signs).map((sign) => {
      const all = Object.keys(PROFILES).filter((profile) => signsOf(PROFILES[profile][test].join()).includes(sign));
      return [...new Set(all.map(named))];
    }),
  );

/** @param {string} signs */
const signsOf = (signs) => signs.split(",").filter(Boolean);

/**
 * Among how many faults a name chooses. Of two faults in one patient none may fit all that was measured: then a sign counts
 * that only few give.
 * @param {Exam} exam @param {string[]} measured @param {string} fault
 */
export function choices(exam, measured, fault) {
  const fit = fitting(exam, measured);
  if (fit.includes(fault)) return fit;
  const all = givers(exam, measured).filter((some) => some.includes(fault));
  return all.reduce((fewest, some) => (some.length < fewest.length ? some : fewest), FAULTS);
}

/** What a reader may name now and be right. @param {string[]} left */
export const truths = (left) => (left.length ? left.map(named) : [HEALTHY]);

/** Whether the tests prove one of the faults that are left. @param {Exam} exam @param {string[]} left @param {string[]} tests */
const proves = (exam, left, tests) => truths(left).some((fault) => choices(exam, tests, fault).length === 1);

/** @param {string[]} tests */
const minutesOf = (tests) => tests.reduce((sum, test) => sum + MINUTES[test], 0);

/** @template T @param {(bed: Bed, left: string[]) => T} find @returns {(bed: Bed, left: string[]) => T} */
function remembered(find) {
  /** @type {Map<string, T>} */
  const found = new Map();
  return (bed, left) => {
    const name = Object.keys(BEDS).find((one) => BEDS[one] === bed);
    const key = `${name} ${left.join("+")}`;
    if (!found.has(key)) found.set(key, find(bed, left));
    return /** @type {T} */ (found.get(key));
  };
}

/** The cheapest tests that prove a fault: those of somebody who knows it already. */
export const cheapest = remembered((bed, left) => {
  const exam = examOf(bed, left);
  let best = TESTS;
  for (let some = 0; some < 1 << TESTS.length; some += 1) {
    const tests = TESTS.filter((_, at) => some & (1 << at));
    if (minutesOf(tests) < minutesOf(best) && proves(exam, left, tests)) best = tests;
  }
  return best;
});

/** The minutes of the list in its order, until a fault is proven. */
export const byList = remembered((bed, left) => {
  const exam = examOf(bed, left);
  const length = TESTS.findIndex((_, at) => proves(exam, left, TESTS.slice(0, at + 1)));
  return minutesOf(TESTS.slice(0, length < 0 ? TESTS.length : length + 1));
});

/**
 * What a name is worth at this moment.
 * @param {Bed} bed @param {string[]} left @param {string[]} measured @param {string} fault @returns {Verdict}
 */
export function judge(bed, left, measured, fault) {
  const exam = examOf(bed, left);
  const base = { fault, spent: minutesOf(measured), best: cheapest(bed, left), list: byList(bed, left) };
  if (!truths(left).includes(fault)) {
    const same = Object.keys(PROFILES).filter((profile) => named(profile) === fault);
    const against = ["record", ...measured].find((test) => !same.some((profile) => agrees(profile, exam, test)));
    const fit = fitting(exam, measured).length;
    return { ...base, kind: against ? "contradicted" : "wrong", fit, cost: MEND, against };
  }
  const fit = choices(exam, measured, fault).length;
  // What a guess among so many costs on the average: each wrong one a mend for nothing.
  return { ...base, kind: fit === 1 ? "proven" : "guess", fit, cost: ((fit - 1) / 2) * MEND };
}

/** Whether that can have been done. @param {Act} act */
export const isKnown = ([bed, act]) =>
  Object.hasOwn(BEDS, bed) && (TESTS.includes(act) || (act.startsWith("=") && FAULTS.includes(act.slice(1))));

/** Go through all that was done at a bed. @param {Act[]} log @param {string} name @returns {Story} */
export function storyOf(log, name) {
  const bed = BEDS[name];
  /** @type {Story} */
  const story = {
    left: [...bed.faults],
    exam: examOf(bed, bed.faults),
    measured: [],
    minutes: 0,
    list: byList(bed, bed.faults),
    tried: [],
    done: false,
    last: null,
  };
  for (const [at, act] of log) {
    if (at !== name || story.done) continue;
    if (act.startsWith("=")) called(story, bed, act.slice(1));
    else if (!story.measured.includes(act)) {
      story.measured.push(act);
      story.minutes += MINUTES[act];
      story.last = null;
    }
  }
  return story;
}

/** A fault is named: a wrong name changes nothing, a right one mends it. @param {Story} story @param {Bed} bed @param {string} fault */
function called(story, bed, fault) {
  const verdict = judge(bed, story.left, story.measured, fault);
  story.last = verdict;
  story.minutes += verdict.cost;
  if (verdict.kind === "contradicted" || verdict.kind === "wrong") {
    story.tried.push(fault);
    return;
  }
  story.tried = [];
  story.left = story.left.filter((one) => named(one) !== fault);
  story.done = story.left.length === 0;
  if (story.done) return;
  story.exam = examOf(bed, story.left);
  story.measured = [];
  story.list += byList(bed, story.left);
}
