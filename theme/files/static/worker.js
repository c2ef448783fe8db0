// Serves an edition of the book from a copy of it that the browser keeps, so that after one visit it is there without a network.
// Every file bears the digest of its content in its address, also in the copy, and is checked when it comes and when it is
// served: whatever shares the book's origin (other sites of one host) can write into the copy. So what is found
// under an address is right, whatever version is open or being published. theme/files/offline.py fills in the files.
"use strict";

// Address -> SHA-256, its first half.
/** @type {Record<string, string>} */
const FILES = { FILES: "" }; // all that one version consists of, as PATH?v=DIGEST
/** @type {Record<string, string>} */
const PARTS = { PARTS: "" }; // of Python, large: a reader who has used it keeps these, too
const VERSION = "VERSION";
const KEPT = `nnlib-book:${registration.scope}:`;
const COPY = KEPT + VERSION;
const PYTHON = `${KEPT}python`;
const LANES = 4;
/** @type {Record<string, string>} */
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  woff2: "font/woff2",
};

/** @param {string} file */
const addressOf = (file) => new URL(file, registration.scope).href;
const digests = new Map(Object.entries({ ...FILES, ...PARTS }).map(([file, digest]) => [addressOf(file), digest]));
const addresses = new Map(
  Object.keys(FILES).map((file) => [new URL(file, registration.scope).pathname, addressOf(file)]),
);
const parts = new Set(Object.keys(PARTS).map(addressOf));
const notKept = /** @type {string} */ (addresses.get(new URL("offline.html", registration.scope).pathname));

/**
 * The response with a file, made anew, since a kept one could lead elsewhere by its headers; null if it is not the file. A page
 * that is still open may ask for files of the last version, of which only their addresses tell.
 * @param {string} address @param {ArrayBuffer} body @param {number} [status]
 */
async function checked(address, body, status) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const { pathname, searchParams } = new URL(address);
  const wanted = digests.get(address) ?? searchParams.get("v");
  if (!wanted || !digest.startsWith(wanted)) return null;
  const type = TYPES[pathname.split(".").pop() ?? ""] ?? "application/octet-stream";
  return new Response(body, { status, headers: { "Content-Type": type } });
}

/** Fetch a file, and make sure that it is the one. @param {string} address */
async function fetched(address) {
  const response = await fetch(address, { cache: "no-cache" });
  const right = response.ok && (await checked(address, await response.arrayBuffer()));
  if (!right) throw new Error(`Not what was published: ${address}`);
  return right;
}

/** A file from a copy, or null. @param {string} address @param {string} cacheName @param {number} [status] */
async function kept(address, cacheName, status) {
  const response = await caches.match(address, { cacheName }).catch(() => null); // forbidden
  return response ? checked(address, await response.arrayBuffer(), status) : null;
}

/** Copies of other versions. */
const others = async () =>
  (await caches.keys()).filter((name) => name.startsWith(KEPT) && ![COPY, PYTHON].includes(name));

/** A file from this version's copy, or from another's. @param {string} address */
async function copied(address) {
  const found = await kept(address, COPY);
  if (found) return found;
  for (const name of await others().catch(() => [])) {
    const response = await kept(address, name);
    if (response) return response;
  }
  return null;
}

/** Make a whole copy; what did not change comes from an older one. */
async function copyAll() {
  const copy = await caches.open(COPY);
  const left = Object.keys(FILES).map(addressOf);
  const lane = async () => {
    for (let address = left.shift(); address; address = left.shift())
      await copy.put(address, (await copied(address)) ?? (await fetched(address)));
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (error) {
    // A lost network (a TypeError) is tried again at the next visit. Else, no copy rather than an old one for ever.
    if (!(error instanceof TypeError)) {
      await caches.delete(COPY);
      registration.unregister(); // which waits for the end of this
    }
    throw error;
  }
}

/** Forget older copies; but a page that is still open may need the last one. */
async function forgetOlder() {
  const older = await others();
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  await Promise.all((open.length ? older.slice(0, -1) : older).map((name) => caches.delete(name)));
  const store = await caches.open(PYTHON);
  const left = (await store.keys()).filter(({ url }) => !parts.has(url));
  await Promise.all(left.map((request) => store.delete(request)));
}

/** A part of Python, kept when it first comes: its address means one content for ever. @param {Request} request */
async function part(request) {
  const found = await kept(request.url, PYTHON);
  if (found) return found;
  const response = await fetch(request);
  const copy = response.clone();
  const keep = async () => (await caches.open(PYTHON)).put(request.url, copy);
  if (response.ok) keep().catch(() => null); // full or forbidden: it comes again
  return response;
}

/** A file of a version: what the copy has lost, or has otherwise, comes anew. @param {string} address @param {Request} request */
async function file(address, request) {
  const found = await copied(address);
  if (found) return found;
  const again = await fetched(address).catch(() => null);
  if (!again) return fetch(request);
  const copy = again.clone();
  const keep = async () => (await caches.open(COPY)).put(address, copy);
  if (digests.has(address)) keep().catch(() => null);
  return again;
}

/** What a request gets, if it is one for this worker. @param {Request} request @returns {Promise<Response> | null} */
function answer(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return null;
  if (parts.has(request.url)) return part(request);
  const address = addresses.get(pathname.replace(/\/$/, "/index.html"));
  // A page is of this version. What it loads is what its address says: an open page may be of the last one.
  if (address) return file(address.includes(".html?") ? address : request.url, request);
  return request.mode === "navigate" ? fetch(request) : null; // JupyterLite, the other edition, downloads
}

addEventListener("install", (event) => event.waitUntil(copyAll()));
addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const answered = answer(request);
  const lost = async (/** @type {unknown} */ error) => {
    const page = request.mode === "navigate" && (await kept(notKept, COPY, 503));
    if (page) return page;
    throw error;
  };
  if (answered) event.respondWith(answered.catch(lost));
});
