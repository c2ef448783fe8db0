// The page's notebook as a file: with the reader's code and outputs out, and the reader's code in again.

import { saveFile } from "../core/files.js";

/** @import { Brought, Filled, Kept, Notebook, StoredCell } from "./types.js" */

const MOST = 100_000; // characters of a cell: an editor shows more, but so slowly that the page stands still
const MOST_BYTES = 50e6; // of a file: the longest chapter has a fiftieth of it

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
  const filled = notebook.cells.map((stored) =>
    stored.cell_type === "code" ? filledIn(stored, byId.get(stored.id)) : stored,
  );
  return { ...notebook, cells: filled };
}

/** @param {StoredCell} stored @param {Filled} [cell] @returns {StoredCell} */
function filledIn(stored, cell) {
  if (!cell || (cell.written === null && !cell.outputs.records.length)) return stored;
  const ran = cell.outputs.records.length > 0;
  const count = ran ? (cell.count ?? null) : null;
  const outputs = cell.outputs.records.map((record) => asStored(record, count));
  return { ...stored, source: lines(cell.code), outputs, execution_count: count };
}

/** @param {string} refused a key of the words @param {Record<string, string | number>} [values] @returns {Brought} */
const refuse = (refused, values = {}) => ({ codes: {}, refused, values });
const isText = (/** @type {unknown} */ source) => typeof source === "string";
const isSource = (/** @type {unknown} */ source) => isText(source) || (Array.isArray(source) && source.every(isText));

/**
 * The code of a notebook's code cells by their ids, or why it is not taken.
 * @param {string} text
 * @returns {Brought}
 */
export function codesOf(text) {
  /** @type {[string, string][]} */
  const codes = [];
  try {
    /** @type {Notebook} */
    const { cells } = JSON.parse(text);
    for (const { cell_type, id, source } of cells) {
      if (cell_type !== "code" || typeof id !== "string") continue;
      if (!isSource(source)) return refuse("broken_cell", { id });
      const code = joined(source);
      if (code.length > MOST) return refuse("large_cell", { id, count: code.length, most: MOST });
      codes.push([id, code]);
    }
  } catch {
    return refuse("broken_file");
  }
  return { codes: Object.fromEntries(codes) };
}

/** Offer the notebook as a file. @param {Notebook} notebook @param {Filled[]} cells @param {string} name */
export function keepNotebook(notebook, cells, name) {
  const text = JSON.stringify(fill(notebook, cells), null, 1);
  saveFile(`${text}\n`, "application/x-ipynb+json", `${name.split("/").at(-1)}.ipynb`);
}

const chosen = (/** @type {HTMLInputElement} */ input) => /** @type {FileList} */ (input.files)[0];

/** Let the reader choose a file. @returns {Promise<Brought>} as `codesOf` */
export function bringNotebook() {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".ipynb,application/json";
  return new Promise((resolve) => {
    input.addEventListener("change", async () => {
      const file = chosen(input);
      resolve(file.size > MOST_BYTES ? refuse("large_file", { most: MOST_BYTES / 1e6 }) : codesOf(await file.text()));
    });
    input.click();
  });
}
