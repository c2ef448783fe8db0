// What happened to a patient, and what was known of it: follows from the list of what the reader did.
//
// A fault *fits* what was measured if each of the tests found signs with which the fault is known to show itself in a training
// of this kind. So much is a name worth: if it alone fits, and was not named in vain, it is proven; if five do, it is a guess.

import ward from "../../patients/measured.json" with { type: "json" };

/** @typedef {Record<string, any> & {signs: string}} Numbers what a test measured; its signs, with commas */
/** @typedef {Record<string, Numbers>} Exam test -> what it measures */
/** @typedef {Record<string, Record<string, string[]>>} Profiles fault -> test -> the signs with which it may show itself */
/** @typedef {{faults: string[], kind: string, exams: Record<string, Exam>}} Bed */
/** @typedef {{bed: Bed, exam: Exam, measured: string[], tried: string[]}} Known what one knows of a patient */
/** @typedef {[string, string]} Act a bed, and a test or `=fault` */
/**
 * @typedef {object} Verdict
 * @property {"proven" | "guess" | "contradicted" | "wrong"} kind
 * @property {string} fault that was named
 * @property {number} fit among how many names it was chosen
 * @property {boolean} sign whether a sign was seen that only this fault gives
 * @property {number} cost in minutes, for a guess or a wrong name
 * @property {string} [against] the test that contradicts it
 * @property {number} spent minutes for tests since the patient came, or was mended
 * @property {string[]} best the cheapest tests that prove it
 * @property {number} list what the list takes, in its order
 */
/**
 * @typedef {object} Story
 * @property {Bed} bed
 * @property {string[]} left the faults that it still has
 * @property {Exam} exam
 * @property {string[]} measured tests, in the order of the reader
 * @property {number} minutes all in all, with what guesses cost
 * @property {number} list what the list in its order would have taken
 * @property {string[]} tried names that are no longer open: wrong ones, and faults that are mended
 * @property {boolean} done
 * @property {Verdict | null} last
 */

/** @type {Record<string, Bed>} */
export const BEDS = ward.beds;
/** @type {Record<string, number>} */
export const MINUTES = ward.minutes;
/** @type {Record<string, Profiles>} how many outputs -> what is known of such trainings */
const PROFILES = ward.profiles;
/** @type {Record<string, Exam>} how many outputs -> the healthy one */
const WELL = ward.well;
/** @type {Record<string, string>} */
export const IMAGES = ward.images;

export const KNOWN = "ABCDEFGHIJKL".split("");
export const UNKNOWN = Object.keys(BEDS).filter((name) => !KNOWN.includes(name)); // numbers come first in an object
export const TESTS = Object.keys(MINUTES).filter((test) => test !== "record"); // the record comes with the patient
export const MEND = 20; // minutes for a name without proof: a mend by guess, which hits or not
export const HEALTHY = "healthy";

/** A layer that the step leaves alone, or that no gradient reaches: one name for both. @param {string} fault */
export const named = (fault) => (fault === "detached" ? "layer" : fault);
/** What may be wrong in a kind of training. @param {string} kind */
const namesOf = (kind) => [...new Set(Object.keys(PROFILES[kind]).map(named))];
export const FAULTS = [...new Set(Object.keys(PROFILES).flatMap(namesOf))];

/** The names that a reader may give a patient. @param {Bed} bed @param {string[]} tried */
export const open = ({ kind }, tried) => namesOf(kind).filter((fault) => !tried.includes(fault));

/** What the healthy training gives, which is like this one but for its faults. @param {Bed} bed @returns {Exam} */
export const wellOf = ({ kind }) => WELL[kind];

/** What the tests measure as long as some faults are left. @param {Bed} bed @param {string[]} left @returns {Exam} */
const examOf = (bed, left) => bed.exams[left.join("+")] ?? wellOf(bed);

/** @param {Record<string, string[]>} profile @param {Exam} exam @param {string} test */
const agrees = (profile, exam, test) => profile[test].includes(exam[test].signs);

/** The open names of all faults that fit what was measured. @param {Known} known */
export function fitting({ bed, exam, measured, tried }) {
  const tests = ["record", ...measured];
  const fit = Object.entries(PROFILES[bed.kind]).filter(([, profile]) =>
    tests.every((test) => agrees(profile, exam, test)),
  );
  return open(bed, tried).filter((name) => fit.some(([fault]) => named(fault) === name));
}

/** @param {string} signs */
const signsOf = (signs) => signs.split(",").filter(Boolean);

/** For each sign that was seen, the names of the faults that can give it. @param {Known} known */
const givers = ({ bed, exam, measured }) =>
  ["record", ...measured].flatMap((test) =>
    signsOf(exam[test].signs).map((sign) => {
      const all = Object.entries(PROFILES[bed.kind]).filter(([, ways]) => signsOf(ways[test].join()).includes(sign));
      return [...new Set(all.map(([fault]) => named(fault)))];
    }),
  );

/** Whether a sign was seen that only this fault gives. @param {Known} known @param {string} fault */
const isSigned = (known, fault) => givers(known).some((some) => some.length === 1 && some[0] === fault);

/**
 * Among which open names a name chooses. Of two faults in one patient none may fit all that was measured: then a sign counts
 * that only few give.
 * @param {Known} known @param {string} fault
 */
export function choices(known, fault) {
  const fit = fitting(known);
  if (fit.includes(fault)) return fit;
  const { bed, tried } = known;
  const all = givers(known).filter((some) => some.includes(fault));
  const few = all.map((some) => some.filter((one) => !tried.includes(one)));
  return few.reduce((fewest, some) => (some.length < fewest.length ? some : fewest), open(bed, tried));
}

/** What a reader may name now and be right. @param {string[]} left */
export const truths = (left) => (left.length ? left.map(named) : [HEALTHY]);

/** Whether the tests prove one of the faults that are left. @param {Bed} bed @param {string[]} left @param {string[]} tests */
const proves = (bed, left, tests) => {
  const known = { bed, exam: examOf(bed, left), measured: tests, tried: [] };
  return truths(left).some((fault) => choices(known, fault).length === 1);
};

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
  let best = TESTS;
  for (let some = 0; some < 1 << TESTS.length; some += 1) {
    const tests = TESTS.filter((_, at) => some & (1 << at));
    if (minutesOf(tests) < minutesOf(best) && proves(bed, left, tests)) best = tests;
  }
  return best;
});

/** The minutes of the list in its order, until a fault is proven. */
export const byList = remembered((bed, left) => {
  const length = TESTS.findIndex((_, at) => proves(bed, left, TESTS.slice(0, at + 1)));
  return minutesOf(TESTS.slice(0, length < 0 ? TESTS.length : length + 1));
});

/**
 * What a name is worth at this moment.
 * @param {Bed} bed @param {string[]} left @param {string[]} measured @param {string} fault @param {string[]} [tried]
 * @returns {Verdict}
 */
export function judge(bed, left, measured, fault, tried = []) {
  const known = { bed, exam: examOf(bed, left), measured, tried };
  const base = {
    fault,
    sign: isSigned(known, fault),
    spent: minutesOf(measured),
    best: cheapest(bed, left),
    list: byList(bed, left),
  };
  if (!truths(left).includes(fault)) {
    const same = Object.entries(PROFILES[bed.kind]).filter(([profile]) => named(profile) === fault);
    const against = ["record", ...measured].find((test) => !same.some(([, ways]) => agrees(ways, known.exam, test)));
    return { ...base, kind: against ? "contradicted" : "wrong", fit: fitting(known).length, cost: MEND, against };
  }
  const fit = choices(known, fault).length;
  return { ...base, kind: fit === 1 ? "proven" : "guess", fit, cost: fit === 1 ? 0 : MEND };
}

/** Whether that can have been done. @param {Act} act */
export const isKnown = ([bed, act]) =>
  Object.hasOwn(BEDS, bed) && (TESTS.includes(act) || (act.startsWith("=") && FAULTS.includes(act.slice(1))));

/** Go through all that was done at a bed. @param {Act[]} log @param {string} name @returns {Story} */
export function storyOf(log, name) {
  const bed = BEDS[name];
  /** @type {Story} */
  const story = {
    bed,
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
    if (act.startsWith("=")) called(story, act.slice(1));
    else if (!story.measured.includes(act)) {
      story.measured.push(act);
      story.minutes += MINUTES[act];
      story.last = null;
    }
  }
  return story;
}

/** A fault is named: a wrong name changes nothing, a right one mends it. @param {Story} story @param {string} fault */
function called(story, fault) {
  const { bed, left, measured, tried } = story;
  if (!open(bed, tried).includes(fault)) return;
  const verdict = judge(bed, left, measured, fault, tried);
  story.last = verdict;
  story.minutes += verdict.cost;
  story.tried.push(fault);
  if (verdict.kind === "contradicted" || verdict.kind === "wrong") return;
  story.left = left.filter((one) => named(one) !== fault);
  story.done = story.left.length === 0;
  if (story.done) return;
  story.exam = examOf(bed, story.left);
  story.measured = [];
  story.list += byList(bed, story.left);
}
