// Serves an edition of the book from a copy of it that the browser keeps, so that after one visit it is there without a network.
// Every file bears the digest of its content in its address, also in the copy, and is checked when it comes: what is
// found under an address is right, whatever version is open or being published. theme/offline.py fills in the files.
"use strict";

const FILES = ["FILES"]; // all that one version consists of, as PATH?v=DIGEST
const PARTS = ["PARTS"]; // of Python, large: a reader who has used it keeps these, too
const VERSION = "VERSION";
const KEPT = `nnlib-book:${registration.scope}:`;
const COPY = KEPT + VERSION;
const PYTHON = `${KEPT}python`;
const LANES = 4;

/** @param {string} file */
const addressOf = (file) => new URL(file, registration.scope).href;
const addresses = new Map(FILES.map(addressOf).map((address) => [new URL(address).pathname, address]));
const parts = new Set(PARTS.map(addressOf));

/** Fetch a file, and make sure that it is the one. @param {string} address */
async function fetched(address) {
  const response = await fetch(address, { cache: "no-cache" });
  const body = await response.arrayBuffer();
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const wanted = new URL(address).searchParams.get("v");
  if (!response.ok || !wanted || !digest.startsWith(wanted)) throw new Error(`Not what was published: ${address}`);
  return new Response(body, { headers: { "Content-Type": response.headers.get("Content-Type") ?? "" } });
}

/** Make a whole copy; what did not change comes from an older one. */
async function copyAll() {
  const copy = await caches.open(COPY);
  const left = FILES.map(addressOf);
  const lane = async () => {
    for (let address = left.shift(); address; address = left.shift()) {
      const kept = await caches.match(address);
      await copy.put(address, kept ?? (await fetched(address)));
    }
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
  const older = (await caches.keys()).filter((name) => name.startsWith(KEPT) && ![COPY, PYTHON].includes(name));
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  await Promise.all((open.length ? older.slice(0, -1) : older).map((name) => caches.delete(name)));
  const kept = await caches.open(PYTHON);
  const left = (await kept.keys()).filter(({ url }) => !parts.has(url));
  await Promise.all(left.map((request) => kept.delete(request)));
}

/** A part of Python, kept when it first comes: its address means one content for ever. @param {Request} request */
async function part(request) {
  const store = await caches.open(PYTHON);
  const kept = await store.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) store.put(request.url, response.clone()).catch(() => null); // full or forbidden: it comes again
  return response;
}

addEventListener("install", (event) => event.waitUntil(copyAll()));
addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method === "GET" && parts.has(url)) {
    event.respondWith(part(event.request).catch(() => fetch(event.request)));
    return;
  }
  const address = addresses.get(pathname.replace(/\/$/, "/index.html"));
  if (method !== "GET" || origin !== location.origin || !address) return; // JupyterLite, the other edition, downloads
  // A page is of this version. What it loads is what its address says: an open page may be of the last one.
  const kept = caches.match(address.includes(".html?") ? address : url).catch(() => null); // what is lost comes from the server
  event.respondWith(kept.then((response) => response ?? fetch(event.request)));
});
