// The page's notebook as a file: with the reader's code and outputs out, and the reader's code in again.

import { saveFile } from "../core/files.js";

/** @import { Filled, Kept, Notebook } from "./types.js" */

const joined = (/** @type {string | string[]} */ source) => (Array.isArray(source) ? source.join("") : source);
const lines = (/** @type {string} */ text) => text.split(/(?<=\n)/);

/** An output of this page as a notebook stores it (nbformat 4). @param {Kept} output @param {number | null} count */
function asStored(output, count) {
  if (output.type === "stream") {
    const text = `${output.left ? "[…]\n" : ""}${output.text}`;
    return { output_type: "stream", name: output.name, text: lines(text) };
  }
  const { type, data, metadata } = output;
  const kept = Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [
      mime,
      typeof value === "string" && mime !== "image/png" ? lines(value) : value,
    ]),
  );
  if (type === "result")
    return { output_type: "execute_result", data: kept, metadata: plain(metadata), execution_count: count };
  return { output_type: "display_data", data: kept, metadata: plain(metadata) };
}

/** The dark twins of pictures are the page's own affair. @param {Record<string, unknown>} [metadata] */
const plain = (metadata) =>
  Object.fromEntries(Object.entries(metadata ?? {}).filter(([mime]) => mime !== "image/svg+xml"));

/**
 * The notebook with what cells hold now. Cells that were neither edited nor run stay as the book has them.
 * @param {Notebook} notebook @param {Filled[]} cells
 */
export function fill(notebook, cells) {
  const byId = new Map(cells.map((cell) => [cell.data.id, cell]));
  const filled = notebook.cells.map((stored) => {
    const cell = byId.get(stored.id);
    if (!cell || stored.cell_type !== "code" || (cell.written === null && !cell.outputs.records.length)) return stored;
    const ran = cell.outputs.records.length > 0;
    const count = ran ? (cell.count ?? null) : null;
    const outputs = cell.outputs.records.map((record) => asStored(record, count));
    return { ...stored, source: lines(cell.code), outputs, execution_count: count };
  });
  return { ...notebook, cells: filled };
}

/**
 * id -> code of a notebook's code cells; null if the text is no notebook.
 * @param {string} text
 * @returns {Record<string, string> | null}
 */
export function codesOf(text) {
  try {
    /** @type {Notebook} */
    const { cells } = JSON.parse(text);
    const code = cells.filter(({ cell_type, id }) => cell_type === "code" && typeof id === "string");
    return Object.fromEntries(code.map(({ id, source }) => [id, joined(source)]));
  } catch {
    return null;
  }
}

/** Offer the notebook as a file. @param {Notebook} notebook @param {Filled[]} cells @param {string} name */
export function keepNotebook(notebook, cells, name) {
  const text = JSON.stringify(fill(notebook, cells), null, 1);
  saveFile(`${text}\n`, "application/x-ipynb+json", `${name.split("/").at(-1)}.ipynb`);
}

const chosen = (/** @type {HTMLInputElement} */ input) => /** @type {FileList} */ (input.files)[0];

/** Let the reader choose a file. @returns {Promise<Record<string, string> | null>} as `codesOf` */
export function bringNotebook() {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".ipynb,application/json";
  return new Promise((resolve) => {
    input.addEventListener("change", async () => resolve(codesOf(await chosen(input).text())));
    input.click();
  });
}
