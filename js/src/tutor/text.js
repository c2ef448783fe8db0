// What is copied for a tutor, as text: the task, what the reader tried, what the page said, the known mistakes, the rules. It never
// tells the answer: of what the book says about mistakes, a sentence that would is left out.

/** @import { Interval } from "../questions/judge.js" */

/**
 * What must not be told: an interval for each number that is right, lines of code.
 * @typedef {{limits?: Interval[], code?: string}} Secret
 */
/**
 * @typedef {object} Asked what one kind of exercise knows of itself
 * @property {string} task in Markdown
 * @property {string[]} tries the reader's answers, the latest last; code stands between fences
 * @property {string} verdict what the page said about the latest, "" if it said nothing yet
 * @property {string[]} mistakes what the book says about answers that are wrong
 * @property {Secret} secret
 */

const NUMBER = /(?<![\p{L}\d.])[-−]?\d+(?:[.,]\d+)*(?:\/\d+)?/gu;
const LONGEST = 6; // letters of code that a sentence may share with the answer, where the task does not have them

/** @param {string} text @returns {number[]} of mini-TeX, too */
function numbersIn(text) {
  const found = text.replace(/\\[dt]?frac\{(\d+)\}\{(\d+)\}/g, "$1/$2").match(NUMBER) ?? [];
  return found.flatMap((one) => {
    const [above, below] = one.replace("−", "-").replaceAll(",", "").split("/").map(Number);
    return below === undefined ? [above] : [above, above / below];
  });
}

/** Code without what differs between code and prose. @param {string} text */
const packed = (text) =>
  text
    .replaceAll("−", "-")
    .replaceAll("·", "*")
    .replace(/[\s`$]/g, "");

/** Every part of some letters, with an operator or a bracket in it. @param {string} code */
const partsOf = (code) => {
  const parts = new Set();
  for (const line of code.split("\n").map(packed))
    for (let at = 0; at + LONGEST < line.length; at += 1) {
      const part = line.slice(at, at + LONGEST + 1);
      if (/[-+*/@[\]()=<>]/.test(part.slice(1, -1))) parts.add(part);
    }
  return [...parts];
};

/**
 * Whether a text tells the answer, or a part of it that the task does not have.
 * @param {string} text @param {Secret} secret @param {string} task
 */
export function tells(text, { limits = [], code = "" }, task) {
  const given = numbersIn(task);
  const known = packed(task);
  const said = packed(text);
  return (
    numbersIn(text).some(
      (number) => !given.includes(number) && limits.some(([low, high]) => low <= number && number <= high),
    ) || partsOf(code).some((part) => said.includes(part) && !known.includes(part))
  );
}

/** @param {Record<string, string>} words @param {Asked} asked @param {string} book its title */
export function tutorText(words, { task, tries, verdict, mistakes, secret }, book) {
  const safe = (/** @type {string} */ text) => text !== "" && !tells(text, secret, task);
  const known = [...new Set(mistakes)].filter(safe);
  const parts = [
    words.about.replace("{book}", book),
    words.rules,
    `## ${words.task}\n\n${task}`,
    `## ${words.tried}\n\n${tries.length ? tries.join("\n\n") : words.nothing}`,
    verdict && `## ${words.verdict}\n\n${safe(verdict) ? verdict : words.wrong}`,
    known.length && `## ${words.mistakes}\n\n${known.map((one) => `- ${one}`).join("\n")}`,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}
