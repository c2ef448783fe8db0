// Readers who do not exist: each is a way to choose what to do next, from what it has seen of a patient.

import { choices, fitting, MINUTES, open as openNames, TESTS } from "../../../nnbook/figures/ward/math.js";

/** @import { Known } from "../../../nnbook/figures/ward/math.js" */
/** @typedef {Known & {random: () => number}} Seen */

const name = (fault) => `=${fault}`;
/** What still fits, and was not named in vain; where two faults fit together only: what gives the clearest sign of all. */
const open = (seen) => {
  const left = fitting(seen);
  if (left.length) return left;
  const some = openNames(seen.bed, seen.tried).map((fault) => choices(seen, fault));
  return some.reduce((fewest, one) => (one.length < fewest.length ? one : fewest));
};
const rest = ({ measured }, order = TESTS) => order.filter((test) => !measured.includes(test));
const pick = (list, random) => list[Math.floor(random() * list.length)];

/** Measure in an order until one fault is left, or all is measured; then name it. */
const inOrder =
  (order, stop = 1) =>
  (seen) => {
    const left = open(seen);
    const [next] = rest(seen, order);
    return left.length <= stop || !next ? name(pick(left, seen.random)) : next;
  };

/** How many faults are left on average after a test, if each that fits is as probable as the others. */
function leftAfter(seen, test, profiles) {
  const left = open(seen);
  const groups = new Map();
  for (const fault of left) {
    const [sign] = profiles[seen.bed.kind][fault][test];
    groups.set(sign, (groups.get(sign) ?? 0) + 1);
  }
  return [...groups.values()].reduce((sum, count) => sum + count ** 2, 0) / left.length;
}

export const strategies = (profiles) => ({
  "most told per minute": (seen) => {
    const left = open(seen);
    const tests = rest(seen);
    if (left.length === 1 || !tests.length) return name(left[0]);
    const worth = (test) => (left.length - leftAfter(seen, test, profiles)) / MINUTES[test];
    const best = tests.reduce((one, other) => (worth(other) > worth(one) ? other : one));
    return worth(best) > 0 ? best : tests[0];
  },
  "the list in its order": inOrder(TESTS),
  "cheapest first": inOrder([...TESTS].sort((a, b) => MINUTES[a] - MINUTES[b])),
  "everything, then name": inOrder(TESTS, 0),
  "a random order": (seen) => {
    const left = open(seen);
    const tests = rest(seen);
    return left.length === 1 || !tests.length ? name(left[0]) : pick(tests, seen.random);
  },
  "the list backwards": inOrder([...TESTS].reverse()),
  "the rate first": inOrder(["rates", ...TESTS.filter((test) => test !== "rates")]),
  "look, then guess": (seen) => (seen.measured.length ? name(pick(open(seen), seen.random)) : "look"),
  "fitted and validated, then guess": (seen) => (seen.measured.length ? name(pick(open(seen), seen.random)) : "split"),
  "guess at once": (seen) => name(pick(openNames(seen.bed, seen.tried), seen.random)),
});
