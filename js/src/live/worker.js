// Python, off the page's thread. The page tells where its parts are (served) or brings them (opened from a file: there is
// nothing to fetch, and this script comes in one Blob with Pyodide's). Then it sends cells, one at a time.
import { MIME, unpacked } from "./parts.js";

const parts = new Map(); // name -> Promise of its bytes, or of the response that brings them
const waiting = new Map(); // name -> what ends the waiting for a part that the page brings
const loaded = new Map(); // name -> how many of its bytes have come
let total = 0;
let lost = null; // why a part did not come: Pyodide would go on without it, or for ever
let place = null;
let pyodide = null;
let session = null;

const nameOf = (url) => new URL(url, "http://in.memory/").pathname.split("/").pop();
const post = (message) => self.postMessage(message);

/** Tell the page how much of all parts has come. */
function count(part, name, bytes) {
  loaded.set(name, (loaded.get(name) ?? 0) + bytes);
  post({ type: "progress", part, loaded: [...loaded.values()].reduce((sum, size) => sum + size, 0), total });
}

async function fetched(part, { name, address }) {
  const response = await fetchFromServer(new URL(address, place.folder)).catch((error) => error);
  if (!(response instanceof Response && response.ok)) {
    throw Object.assign(new Error(`${address}: ${response.status ?? response.message}`), { reason: "network" });
  }
  const counter = new TransformStream({
    transform(chunk, controller) {
      count(part, name, chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: { "Content-Type": MIME(name) } });
}

/** Begin to get parts; all come at once. */
function get(part, files) {
  for (const file of files) {
    total += file.size;
    const coming = place.packed
      ? new Promise((resolve) => waiting.set(file.name, resolve)).then((bytes) => {
          count(part, file.name, file.size);
          return new Response(bytes, { headers: { "Content-Type": MIME(file.name) } });
        })
      : fetched(part, file);
    coming.catch((error) => {
      lost = error;
      if (!session) fail(error);
    });
    parts.set(file.name, coming);
  }
  if (place.packed) post({ type: "bring", names: files.map(({ name }) => name) });
}

// What Pyodide requests is already on its way; each part is requested once.
const fetchFromServer = self.fetch.bind(self);
self.fetch = (request, options) => {
  const name = nameOf(request.url ?? request);
  const part = parts.get(name);
  if (!part) return fetchFromServer(request, options);
  parts.delete(name);
  return part;
};

async function start({ python, folder, packed }) {
  place = { folder, packed };
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
  post({ type: "ready" });
}

/** Fetch matplotlib, now that something draws. */
async function draw() {
  if (place.drawing) {
    loaded.clear();
    total = 0;
    get("drawing", place.drawing);
    await pyodide.loadPackage("matplotlib", { messageCallback: () => null });
    if (lost) throw lost;
    place.drawing = null;
  }
  session.drawing_has_come();
  post({ type: "ready" });
}

async function run({ code, id, space, fresh, moved }) {
  lost = null;
  const go = () => JSON.parse(session.run.callKwargs(code, id, space, { fresh, moved }));
  try {
    if (session.draws(code)) await draw();
    let result = go();
    if (result.status === "draws") {
      await draw();
      result = go();
    }
    post({ type: "done", result });
  } catch (error) {
    if (error !== lost) throw error;
    // All else goes on, and the next cell that draws tries again.
    const told = { name: "NetworkError", message: error.message, line: null, traceback: error.message };
    post({ type: "done", result: { status: "error", error: { ...told, reason: error.reason }, count: 0 } });
  }
}

const reasonOf = (error) =>
  error.reason ??
  (error instanceof WebAssembly.CompileError || /wasm|WebAssembly/i.test(error.message) ? "blocked" : "crashed");

/** Tell the page, which ends this worker. */
const fail = (error) => post({ type: "failed", reason: reasonOf(error), message: String(error.message ?? error) });

self.addEventListener("message", async ({ data }) => {
  try {
    if (data.type === "start") await start(data);
    else if (data.type === "part") waiting.get(data.name)(await unpacked(data.packed));
    else await run(data);
  } catch (error) {
    fail(lost ?? error);
  }
});
