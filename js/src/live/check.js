// The line that checks an answer: the notebook has it, the page has a button instead. Nothing here touches the page.

/** @typedef {{check?: string}} Checked the end of a cell's code that checks it */

/** Of code what an editor shows. @param {string} code @param {Checked} data */
export function withoutCheck(code, { check = "" }) {
  const text = code.trimEnd();
  return check && text.endsWith(check.trim()) ? text.slice(0, -check.trim().length).trimEnd() : code;
}

/** The code that an editor's text stands for. @param {string} text @param {Checked} data */
export const withCheck = (text, { check = "" }) => (text.includes("exercises.check(") ? text : text + check);

/** A line of a text, if the text has it. @param {number | null | undefined} line @param {string} text */
export const lineSeen = (line, text) => (line && line <= text.split("\n").length ? line : undefined);
