// Python, off the page's thread. The page brings all parts, and then cells, one at a time. This script comes in one Blob with
// Pyodide's, into a worker that can reach nothing but the page (cage.js).
import { MIME, unpacked } from "./packed.js";

/** @import { Bytes, FromWorker, Part, Parts, Piece, Reason, Run, ToWorker } from "./protocol.js" */
/** @typedef {Error & {reason?: Reason}} Failure */

const NOWHERE = "http://in.memory/"; // where Pyodide believes to find its parts

/** Name -> a part that Pyodide has not requested yet. @type {Map<string, Response>} */
const parts = new Map();
/** Name -> where the page's pieces of it go. @type {Map<string, ReadableStreamDefaultController<Bytes>>} */
const coming = new Map();
/** Why a part did not come: Pyodide would go on without it. @type {Failure | null} */
let lost = null;
// These are there from the start on.
/** @type {(message: FromWorker) => void} */
let post;
/** What drawing needs, until it is there. @type {Part[] | null} */
let drawing;
/** The font that Chinese needs, until it is there. @type {Part | null} */
let letters;
/** @type {Pyodide} */
let pyodide;
/** @type {Session} */
let session;

/** @param {Part[]} files */
function expect(files) {
  for (const { name } of files) {
    /** @type {ReadableStream<Bytes>} */
    const stream = new ReadableStream({ start: (controller) => void coming.set(name, controller) });
    parts.set(name, new Response(stream, { headers: { "Content-Type": MIME(name) } }));
  }
}

/** @param {string} name @param {Piece} piece */
async function take(name, piece) {
  const part = coming.get(name);
  if (piece) part?.enqueue(piece instanceof Uint8Array ? piece : await unpacked(piece));
  if (piece instanceof Uint8Array) return;
  part?.close();
  coming.delete(name);
}

/** @param {string} message */
function lose(message) {
  lost = Object.assign(new Error(message), { reason: /** @type {const} */ ("network") });
  for (const part of coming.values()) part.error(lost);
  coming.clear();
}

// What Pyodide requests is on its way, once. There is nothing else.
self.fetch = async (request) => {
  const { pathname } = new URL(request instanceof Request ? request.url : request, NOWHERE);
  const name = pathname.split("/").pop() ?? "";
  const part = parts.get(name);
  if (!part) throw new TypeError(`There is no network here: ${request}`);
  parts.delete(name);
  return part;
};

/** @param {Parts} python */
async function start({ folder, python, numpy, book, ...later }) {
  expect([...python, ...numpy, book]);
  ({ drawing, letters } = later);
  const indexURL = NOWHERE + folder;
  pyodide = await self.loadPyodide({
    indexURL,
    lockFileURL: `${indexURL}lock-live.json`,
    packages: ["numpy"],
    env: { MPLBACKEND: "module://nnbook.live.backend" },
  });
  const archive = await (await self.fetch(book.name)).arrayBuffer();
  const target = pyodide.runPython("import site; site.getsitepackages()[0]");
  pyodide.unpackArchive(archive, "zip", { extractDir: target });
  const Session = pyodide.pyimport("nnbook.live").Session;
  session = Session((output) => post({ type: "output", output }));
  post({ type: "ready" });
}

/** Have matplotlib, now that something draws. */
async function draw() {
  if (drawing) {
    expect(drawing);
    post({ type: "draws" });
    await pyodide.loadPackage("matplotlib", { messageCallback: () => null });
    if (lost) throw lost;
    drawing = null;
  }
  session.drawing_has_come();
  post({ type: "ready" });
}

/** Have the font of Chinese, now that something draws with it. Without it, pictures say what they lack. */
async function spell() {
  if (letters) {
    expect([letters]);
    post({ type: "spells" });
    try {
      const bytes = await (await self.fetch(letters.name)).arrayBuffer();
      pyodide.FS.writeFile(`/${letters.name}`, new Uint8Array(bytes));
      session.letters_have_come(`/${letters.name}`);
      letters = null;
    } catch (error) {
      if (!lost) throw error;
      lost = null;
    }
  }
  post({ type: "ready" });
}

/** @param {Run} message */
async function run({ code, id, space, fresh, moved, own }) {
  lost = null;
  const go = () => JSON.parse(session.run.callKwargs(code, id, space, { fresh, moved, own }));
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
  error instanceof WebAssembly.CompileError || /wasm|WebAssembly/i.test(error.message) ? "blocked" : "crashed";

/** @param {MessageEvent<ToWorker>} event */
async function hear({ data }) {
  try {
    if (data.type === "start") await start(data.python);
    else if (data.type === "part") await take(data.name, data.piece);
    else if (data.type === "lost") lose(data.message);
    else if (data.type === "run") await run(data);
    else post({ type: "done", result: JSON.parse(session.names(JSON.stringify([data.codes, data.modules]))) });
  } catch (error) {
    const failure = /** @type {Failure} */ (error);
    post({ type: "failed", reason: reasonOf(failure), message: String(failure.message ?? failure) });
  }
}

/**
 * The page believes what comes through its port, which the reader's code must not get hold of: through JavaScript's objects it
 * can change all that functions look up, but not what is frozen. Nor can it close the worker: the page would wait for ever.
 * @param {MessagePort} port
 */
function listen(port) {
  for (const { prototype } of [MessagePort, MessageEvent, Event, EventTarget]) Object.freeze(prototype);
  for (let scope = self; scope; scope = Object.getPrototypeOf(scope)) Reflect.deleteProperty(scope, "close");
  post = (message) => port.postMessage(message);
  port.addEventListener("message", hear);
  port.start();
}

addEventListener("message", ({ ports: [port] }) => listen(port), { once: true });
