// Python, off the page's thread. The page tells where its parts are (served) or brings them (opened from a file: there is
// nothing to fetch, and this script comes in one Blob with Pyodide's). Then it sends cells, one at a time.
import { MIME, unpacked } from "./parts.js";

/** @import { FromWorker, Part, Reason, Run, Stage, Start, ToWorker } from "./protocol.js" */
/** @typedef {Error & {reason?: Reason}} Failure */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** Name -> the response that brings it. @type {Map<string, Promise<Response>>} */
const parts = new Map();
/** Name -> what ends the waiting for a part that the page brings. @type {Map<string, (bytes: Bytes) => void>} */
const waiting = new Map();
/** Name -> how many of its bytes have come. @type {Map<string, number>} */
const loaded = new Map();
let total = 0;
/** Why a part did not come: Pyodide would go on without it, or for ever. @type {Failure | null} */
let lost = null;
// These are there from the start on.
/** @type {{folder: string, packed: boolean, drawing: Part[] | null, letters: Part | null}} */
let place;
/** @type {Pyodide} */
let pyodide;
/** @type {Session} */
let session;

const nameOf = (/** @type {string | URL} */ url) => new URL(url, "http://in.memory/").pathname.split("/").pop() ?? "";
const post = (/** @type {FromWorker} */ message) => self.postMessage(message);

/** Tell the page how much of all parts has come. @param {Stage} part @param {string} name @param {number} bytes */
function count(part, name, bytes) {
  loaded.set(name, (loaded.get(name) ?? 0) + bytes);
  post({ type: "progress", part, loaded: [...loaded.values()].reduce((sum, size) => sum + size, 0), total });
}

/** @param {Stage} stage @param {Part} part */
async function fetched(stage, { name, address }) {
  /** @type {Response | Error} */
  const response = await fetchFromServer(new URL(address, place.folder)).catch((error) => error);
  if (response instanceof Error || !response.ok) {
    const why = response instanceof Error ? response.message : response.status;
    throw Object.assign(new Error(`${address}: ${why}`), { reason: "network" });
  }
  /** @type {TransformStream<Bytes, Bytes>} */
  const counter = new TransformStream({
    transform(chunk, controller) {
      count(stage, name, chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const body = /** @type {NonNullable<typeof response.body>} */ (response.body);
  return new Response(body.pipeThrough(counter), { headers: { "Content-Type": MIME(name) } });
}

/** Begin to get parts; all come at once. @param {Stage} stage @param {Part[]} files */
function get(stage, files) {
  for (const file of files) {
    total += file.size;
    const coming = place.packed
      ? brought(file.name).then((bytes) => {
          count(stage, file.name, file.size);
          return new Response(bytes, { headers: { "Content-Type": MIME(file.name) } });
        })
      : fetched(stage, file);
    coming.catch((error) => {
      lost = error;
      if (!session) fail(error);
    });
    parts.set(file.name, coming);
  }
  if (place.packed) post({ type: "bring", names: files.map(({ name }) => name) });
}

/** A part that the page brings. @param {string} name @returns {Promise<Bytes>} */
const brought = (name) => new Promise((resolve) => waiting.set(name, resolve));

// What Pyodide requests is already on its way; each part is requested once.
const fetchFromServer = self.fetch.bind(self);
self.fetch = (request, options) => {
  const name = nameOf(request instanceof Request ? request.url : request);
  const part = parts.get(name);
  if (!part) return fetchFromServer(request, options);
  parts.delete(name);
  return part;
};

/** @param {Start} message */
async function start({ python, folder, packed }) {
  place = { folder, packed, drawing: null, letters: null };
  get("python", python.python);
  get("numpy", python.numpy);
  get("book", [python.book]);
  const indexURL = new URL(python.folder, packed ? "http://in.memory/" : folder).href;
  if (!self.loadPyodide) importScripts(`${indexURL}pyodide.js`);
  pyodide = await self.loadPyodide({
    indexURL,
    lockFileURL: `${indexURL}lock-live.json`,
    packages: ["numpy"],
    env: { MPLBACKEND: "module://nnbook.live.backend" },
  });
  const book = await (await self.fetch(python.book.name)).arrayBuffer();
  const target = pyodide.runPython("import site; site.getsitepackages()[0]");
  pyodide.unpackArchive(book, "zip", { extractDir: target });
  const Session = pyodide.pyimport("nnbook.live").Session;
  session = Session((output) => post({ type: "output", output }));
  place.drawing = python.drawing;
  place.letters = python.letters;
  post({ type: "ready" });
}

/** Fetch what comes later. @param {Stage} stage @param {Part[]} files */
function getLater(stage, files) {
  loaded.clear();
  total = 0;
  get(stage, files);
}

/** Fetch the font of Chinese, now that something draws with it. Without it, pictures say what they lack. */
async function spell() {
  const font = place.letters;
  if (!font) return;
  getLater("letters", [font]);
  try {
    const bytes = new Uint8Array(await (await self.fetch(font.name)).arrayBuffer());
    pyodide.FS.writeFile(`/${font.name}`, bytes);
    session.letters_have_come(`/${font.name}`);
    place.letters = null;
  } catch (error) {
    if (error !== lost) throw error;
    lost = null;
  }
  post({ type: "ready" });
}

/** Fetch matplotlib, now that something draws. */
async function draw() {
  if (place.drawing) {
    getLater("drawing", place.drawing);
    await pyodide.loadPackage("matplotlib", { messageCallback: () => null });
    if (lost) throw lost;
    place.drawing = null;
  }
  session.drawing_has_come();
  post({ type: "ready" });
}

/** @param {Run} message */
async function run({ code, id, space, fresh, moved }) {
  lost = null;
  const go = () => JSON.parse(session.run.callKwargs(code, id, space, { fresh, moved }));
  try {
    if (session.draws(code)) await draw();
    if (session.spells(code)) await spell();
    let result = go();
    if (result.status === "draws") {
      await draw();
      if (session.spells(code)) await spell();
      result = go();
    }
    post({ type: "done", result });
  } catch (error) {
    const { message, reason } = /** @type {Failure} */ (error);
    if (error !== lost) throw error;
    // All else goes on, and the next cell that draws tries again.
    const told = { name: "NetworkError", message, line: null, traceback: message, reason };
    post({ type: "done", result: { status: "error", error: told, count: 0 } });
  }
}

/** @param {Failure} error @returns {Reason} */
const reasonOf = (error) =>
  error.reason ??
  (error instanceof WebAssembly.CompileError || /wasm|WebAssembly/i.test(error.message) ? "blocked" : "crashed");

/** Tell the page, which ends this worker. @param {Failure} error */
const fail = (error) => post({ type: "failed", reason: reasonOf(error), message: String(error.message ?? error) });

addEventListener("message", async (/** @type {MessageEvent<ToWorker>} */ { data }) => {
  try {
    if (data.type === "start") await start(data);
    else if (data.type === "part") waiting.get(data.name)?.(await unpacked(data.packed));
    else if (data.type === "run") await run(data);
    else post({ type: "done", result: JSON.parse(session.names(JSON.stringify([data.codes, data.modules]))) });
  } catch (error) {
    fail(lost ?? /** @type {Failure} */ (error));
  }
});
