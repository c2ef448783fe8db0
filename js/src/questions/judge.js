// The one judge: what an answer is worth, by what Python describes. All that makes an answer right or a known mistake was computed
// there (nnbook/questions/judge.py, which judges in the same way), and comes as intervals or as the name of an option.

/**
 * @typedef {[low: number, high: number]} Interval
 * @typedef {{kind: "choice", options: string[], answer: string, estimate?: boolean}} Choice
 * @typedef {{kind: "number", limits: Interval, mistakes: Record<string, Interval>, estimate?: boolean}} Quantity
 * @typedef {object} Quantities an interval for each number
 * @property {"numbers"} kind
 * @property {Interval[]} limits
 * @property {[name: string, intervals: Interval[]][]} mistakes
 * @property {[name: string, choices: Interval[][]][]} written several for each number: those of a mistake as one may round them
 */
/** @typedef {{verdict: "right" | "mistake" | "large" | "small", name: string | null, far: boolean}} Judgement */

const FAR = 10;

/** @param {number} number @param {Interval} interval */
const inside = (number, [low, high]) => low <= number && number <= high;

/** Tell of each number whether it lies in its interval. @param {Interval[]} limits @param {number[]} numbers */
export const accepted = (limits, numbers) => numbers.map((number, at) => inside(number, limits[at]));

/**
 * Judge an answer: a number, a list of numbers or the name of an option.
 * @param {Choice | Quantity | Quantities} data @param {number | string | number[]} answer
 * @returns {Judgement}
 */
export function judge(data, answer) {
  if (data.kind === "choice") {
    if (typeof answer !== "string" || !data.options.includes(answer)) throw new Error(`Unknown option ${answer}`);
    return { verdict: answer === data.answer ? "right" : "mistake", name: answer, far: false };
  }
  if (data.kind === "number") {
    /** @type {Quantities["mistakes"]} */
    const mistakes = Object.entries(data.mistakes).map(([name, interval]) => [name, [interval]]);
    const alone = { kind: /** @type {const} */ ("numbers"), limits: [data.limits], mistakes, written: [] };
    return judge(alone, [/** @type {number} */ (answer)]);
  }
  const { limits, mistakes, written } = data;
  const numbers = /** @type {number[]} */ (answer);
  if (numbers.length !== limits.length || !numbers.every((number) => Number.isFinite(number)))
    throw new Error(`Not ${limits.length} numbers: ${answer}`);
  const within = (/** @type {Interval[]} */ intervals) => accepted(intervals, numbers).every(Boolean);
  if (within(limits)) return { verdict: "right", name: null, far: false };
  const rounds = (/** @type {Interval[][]} */ choices) =>
    choices.every((intervals, at) => intervals.some((interval) => inside(numbers[at], interval)));
  const mistake = mistakes.find(([, intervals]) => within(intervals)) ?? written.find(([, choices]) => rounds(choices));
  if (mistake) return { verdict: "mistake", name: mistake[0], far: false };
  const first = accepted(limits, numbers).indexOf(false);
  return missed(limits[first], numbers[first]);
}

/** @param {Interval} limits @param {number} number @returns {Judgement} */
function missed([low, high], number) {
  const near = number > high ? high : low;
  const ratio = near === 0 ? 0 : number / near;
  return {
    verdict: number > high ? "large" : "small",
    name: null,
    far: ratio >= FAR || (ratio > 0 && ratio <= 1 / FAR),
  };
}
