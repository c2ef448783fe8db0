// Exercises that ask for numbers: judged on the page as `nnbook.exercises.check` judges them in Python.

/** As `numpy.isclose`. @param {number} got @param {number} want @param {number} rtol @param {number} atol */
const near = (got, want, rtol, atol) => Math.abs(got - want) <= atol + rtol * Math.abs(want);

/**
 * Whether a number is another one, written down with two significant digits or more (`rounds_to`).
 * @param {number} one @param {number} other
 */
function roundsTo(one, other) {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].some(
    (places) => near(one, rounded(other, places), 1e-5, 1e-8) && Math.abs(one) >= 10 ** (1 - places),
  );
}

/**
 * As Python rounds: by all of a number's digits, and what lies in the middle to the even neighbor.
 * @param {number} value @param {number} places
 */
function rounded(value, places) {
  const text = value.toFixed(places);
  const middle = /^50*$/.test(value.toFixed(places + 40).slice(-40));
  const odd = Number(text.at(-1)) % 2 === 1;
  return middle && odd ? Number(text) - Math.sign(value) * 10 ** -places : Number(text);
}

/**
 * Judge the numbers that a reader typed; one that was left open is null.
 * @param {{right: number[], rtol: number, atol: number, mistakes: {name: string, values: number[], text: string}[],
 *   words: Record<string, string>}} data what theme/live/numbers.py computed
 * @param {(number | null)[]} given
 * @param {string[]} typed the same as they were typed, for the sentence
 * @param {boolean} again whether other numbers were tried before; then no number is told to be wrong, or the right ones
 *   could be found by trying
 * @returns {{correct: boolean, text: string, mistake: string | null, hint: boolean}} `hint`: whether nothing but the hint
 *   of the exercise can help
 */
export function judgeNumbers(data, given, typed, again) {
  const { right, rtol, atol, words } = data;
  const numbers = given.filter((value) => value !== null);
  /** @type {{correct: boolean, text: string, mistake: string | null, hint: boolean}} */
  const wrong = { correct: false, text: words.incomplete, mistake: null, hint: false };
  if (numbers.length < given.length) return wrong;
  const agrees = (/** @type {number[]} */ values) =>
    values.every((value, index) => near(numbers[index], value, rtol, atol));
  if (agrees(right)) return { ...wrong, correct: true, text: words.right };
  const named =
    data.mistakes.find(({ values }) => agrees(values)) ??
    data.mistakes.find(({ values }) => values.every((value, index) => roundsTo(numbers[index], value)));
  if (named) return { ...wrong, text: named.text, mistake: named.name };
  const off = numbers.map((value, index) => !near(value, right[index], rtol, atol));
  const first = off.indexOf(true);
  const size = numbers[first] > right[first] ? "value_large" : "value_small";
  const [alone, among] = again ? ["again", "again_some"] : [size, `field_${size}`];
  /** @type {Record<string, string | number>} */
  const values = {
    got: typed[first].trim(),
    place: first + 1,
    right: off.filter((one) => !one).length,
    all: right.length,
  };
  const text = words[right.length === 1 ? alone : among].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  return { ...wrong, text, hint: true };
}
