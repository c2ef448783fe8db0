// Where the page has the parts of Python from: from the server; or, opened from a file, which can fetch nothing, from scripts.
import { unpacked } from "./packed.js";

/** @import { Bytes, Packed, Part, Piece, Parts, Reason } from "./protocol.js" */
/** @import { Failure } from "./types.js" */
/** Takes a part: its bytes as they come, and null at the end; or all of it, packed. @typedef {(piece: Piece) => void} Take */
/**
 * @typedef {object} Source
 * @property {(python: Parts, signal: AbortSignal) => Promise<Blob>} script what the worker runs
 * @property {(part: Part, signal: AbortSignal, take: Take) => Promise<void>} bring
 */

const OF_PYODIDE = ["pyodide.asm.js", "pyodide.js"]; // in this order before the worker's own

/** @type {HTMLMetaElement | null} */
const meta = document.querySelector("meta[name=book-python]");
/** @type {DOMStringMap} */
const { worker, parts } = meta?.dataset ?? {};
const absolute = (/** @type {string | undefined} */ address) => address && new URL(address, location.href).href;
// A site without Python has none of these, which `listOfParts` finds out first.
const WORKER = /** @type {string} */ (absolute(worker));
const PARTS = absolute(parts); // the list of all parts, in their folder
const FOLDER = /** @type {string} */ (PARTS && new URL("./", PARTS).href);

/** @param {Reason} reason @param {string} message @returns {Failure} */
export const failure = (reason, message) => Object.assign(new Error(message), { reason });

/** Python's own scripts. @param {string} address */
const asOwn = (address) => {
  if (!address.startsWith(FOLDER)) throw new TypeError(`Not a script of the book: ${address}`);
  return address;
};
/** @type {ScriptPolicy | null} */
let policy = null;

/** What the page makes of strings that is more than text: scripts, and the frame of the worker. */
export function trusted() {
  const rules = { createScriptURL: asOwn, createHTML: (/** @type {string} */ html) => html };
  policy ??= globalThis.trustedTypes?.createPolicy("nnlib-python", rules) ?? rules;
  return policy;
}

/** @param {string} address @returns {Promise<void>} */
function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", () => resolve(script.remove()));
    script.addEventListener("error", () => {
      script.remove();
      reject(failure("network", address));
    });
    script.src = trusted().createScriptURL(address);
    document.head.append(script);
  });
}

/** The list of parts. */
export async function listOfParts() {
  if (!PARTS) throw failure("missing", "");
  if (!globalThis.nnlibPython) await loadScript(PARTS);
  return /** @type {Parts} */ (globalThis.nnlibPython);
}

/** @param {BlobPart[]} scripts */
const joined = (scripts) =>
  new Blob(
    scripts.flatMap((script) => [script, "\n;\n"]),
    { type: "text/javascript" },
  );

/** @param {string} address @param {AbortSignal} signal @param {(body: ReadableStream<Bytes>) => Promise<void>} read */
async function fetched(address, signal, read) {
  try {
    const { ok, status, body } = await fetch(address, { signal });
    if (!ok || !body) throw new Error(`${status}`);
    await read(body);
  } catch (error) {
    throw failure("network", `${address}: ${/** @type {Error} */ (error).message}`);
  }
}

/** @type {Source} */
const server = {
  async script({ folder }, signal) {
    const addresses = [...OF_PYODIDE.map((name) => FOLDER + folder + name), WORKER];
    /** @type {Blob[]} */
    const scripts = [];
    const keep = addresses.map((address, index) =>
      fetched(address, signal, async (body) => {
        scripts[index] = await new Response(body).blob();
      }),
    );
    await Promise.all(keep);
    return joined(scripts);
  },

  bring: ({ address }, signal, take) =>
    fetched(FOLDER + address, signal, async (body) => {
      const reader = body.getReader();
      for (let { value } = await reader.read(); value; { value } = await reader.read()) take(value);
      take(null);
    }),
};

/** By name. @type {Map<string, Promise<Packed>>} */
const packed = new Map();
/** Is kept for the next worker. @type {Promise<Blob> | null} */
let script = null;

/** A part by a script of its own. @param {string} name */
function loaded(name) {
  let part = packed.get(name);
  if (!part) {
    const { taken } = /** @type {NonNullable<typeof nnlibPython>} */ (globalThis.nnlibPython);
    part = loadScript(`${FOLDER}packed/${name}.js`).then(() => {
      const content = taken[name];
      delete taken[name];
      return content;
    });
    part.catch(() => packed.delete(name));
    packed.set(name, part);
  }
  return part;
}

/** @type {Source} */
const scripts = {
  script() {
    const names = [...OF_PYODIDE, "worker.js"];
    script ??= Promise.all(names.map(async (name) => unpacked(await loaded(name)))).then((all) => {
      for (const name of names) packed.delete(name);
      return joined(all);
    });
    script.catch(() => {
      script = null;
    });
    return script;
  },

  bring: async ({ name }, _, take) => take(await loaded(name)),
};

export const source = location.protocol === "file:" ? scripts : server;
