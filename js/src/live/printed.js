// What the page shows of printed text. Nothing here touches the page.

const MOST = 100_000; // characters of one stream; of more, the end is shown
const NEAR = 1000; // characters within which a line has to begin, for the end to begin with it

/** What a terminal shows of a line: a carriage return starts it over. @param {string} line */
function lastOf(line) {
  let end = line.length;
  while (line[end - 1] === "\r") end -= 1;
  return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
}

/** What a terminal shows of a text. A regular expression would look at a long line once for each of its characters. @param {string} text */
export const asTerminal = (text) => (text.includes("\r") ? text.split("\n").map(lastOf).join("\n") : text);

/** The end of a text that is too long, from the beginning of a line, if there is one near. @param {string} text */
export function endOf(text) {
  const from = text.length - MOST;
  if (from <= 0) return text;
  const line = text.indexOf("\n", from - 1) + 1;
  return text.slice(line && line < from + NEAR ? line : from);
}
