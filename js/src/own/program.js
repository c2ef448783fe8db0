// The reader's program as a text and as a notebook: what Python makes of the same parts (nnbook/own/program.py).

/**
 * What the build knows of a part: the book's code, and the line above it in the program, where it is the reader's and where not.
 * @typedef {{number: number, exercise: string, code: string, heading: string, own_heading: string}} Part
 * @typedef {{words: Record<string, string>, beginning: string, parts: Part[]}} Program
 */
/** Exercise -> the reader's code. @typedef {Record<string, string>} Kept */

/** @param {Part} part @param {Kept} kept */
const piece = ({ exercise, code, heading, own_heading }, kept) =>
  exercise in kept ? { heading: own_heading, code: kept[exercise] } : { heading, code };

/** @param {Program} program @param {Kept} kept */
export function textOf({ beginning, parts }, kept) {
  const pieces = parts.map((part) => piece(part, kept));
  return beginning + pieces.map(({ heading, code }) => `\n\n${heading}\n\n\n${code}\n`).join("");
}

const lines = (/** @type {string} */ text) => text.split(/(?<=\n)/);

/** A notebook, nbformat 4.5, with a cell for each part. @param {Program} program @param {Kept} kept */
export function notebookOf({ beginning, parts, words }, kept) {
  const code = (/** @type {string} */ id, /** @type {string} */ source) => ({
    cell_type: "code",
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source: lines(source),
  });
  const title = { cell_type: "markdown", id: "title", metadata: {}, source: [`# ${words.title}`] };
  const cells = parts.map((part) => {
    const { heading, code: own } = piece(part, kept);
    return code(`part-${part.number}`, `${heading}\n\n${own}`);
  });
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  return { cells: [title, code("beginning", beginning.trim()), ...cells], metadata, nbformat: 4, nbformat_minor: 5 };
}
