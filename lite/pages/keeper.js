// Shows JupyterLite in a sandboxed frame, which is of an origin like no other and may request nothing. All that it has of the
// site comes through a port: the files of lite/ and python/, and the notebooks that the reader wrote in it.
"use strict";
(() => {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const SITE = new URL("..", src).href;
  const FOLDERS = [new URL(".", src).href, new URL("../python/", src).href];
  // As localForage made them when JupyterLite kept its notebooks itself.
  /** @type {Record<string, string[]>} */
  const DATABASES = {
    "nnlib-book: contents": ["files", "counters", "checkpoints"],
    "nnlib-book: settings": ["settings"],
  };
  const KEY = /^([^/]+)\/([^/]+)\/(.+)$/s;
  const QUESTION = {
    en: "This leads out of the book, to the address\n\n",
    zh: "这会离开本书，前往以下地址：\n\n",
  };
  const path = new URLSearchParams(location.search).get("path") ?? "intro.ipynb";

  /** @param {string} page @param {string} notebook @param {string} hash */
  const addressOf = (page, notebook, hash) => new URL(`${page}?path=${encodeURIComponent(notebook)}${hash}`, src).href;

  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  /** A database with all its stores. @param {string} name @param {number} [version] @returns {Promise<IDBDatabase>} */
  async function database(name, version) {
    const stores = DATABASES[name];
    const request = indexedDB.open(name, version);
    const lacks = () => stores.filter((store) => !request.result.objectStoreNames.contains(store));
    request.onupgradeneeded = () => lacks().forEach((store) => request.result.createObjectStore(store));
    const opened = await done(request);
    opened.onversionchange = () => opened.close();
    if (!lacks().length) return opened;
    opened.close();
    return database(name, opened.version + 1);
  }

  /** All that is kept, as localForage would put it into a local storage. */
  async function kept() {
    /** @type {[string, string][]} */
    const found = [];
    for (const name of Object.keys(DATABASES)) {
      const opened = await database(name);
      for (const store of DATABASES[name]) {
        const entries = opened.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(entries.getAllKeys()), done(entries.getAll())]);
        keys.forEach((key, index) => found.push([`${name}/${store}/${key}`, JSON.stringify(values[index])]));
      }
      opened.close();
    }
    return found;
  }

  /** @param {string} entry @param {string | null} value */
  async function keep(entry, value) {
    const [, name = "", store = "", key = ""] = KEY.exec(entry) ?? [];
    if (!Object.hasOwn(DATABASES, name) || !DATABASES[name].includes(store)) return;
    const content = value === null ? null : JSON.parse(value);
    const opened = await database(name);
    const entries = opened.transaction(store, "readwrite").objectStore(store);
    if (value === null) await done(entries.delete(key));
    else await done(entries.put(content, key));
    opened.close();
  }

  /** A file of the app or of Python, and nothing else. @param {string} address */
  async function file(address) {
    const { href } = new URL(address);
    if (!FOLDERS.some((folder) => href.startsWith(folder))) throw new Error(`Not for JupyterLite: ${href}`);
    const response = await fetch(href, { redirect: "error" });
    const body = await response.arrayBuffer();
    return { status: response.status, type: response.headers.get("Content-Type") ?? "", body };
  }

  /** @param {string} address */
  function open(address) {
    const { protocol, href, searchParams, hash } = new URL(address);
    if (!/^https?:$/.test(protocol)) return;
    const notebook = href.startsWith(FOLDERS[0]) && searchParams.get("path"); // in the app's list, which is not here
    const own = notebook ? addressOf("index.html", notebook, hash) : href.startsWith(SITE) && href;
    const question = QUESTION[path.startsWith("zh/") ? "zh" : "en"];
    if (own || confirm(question + href)) window.open(own || href, "_blank", "noopener");
  }

  /** @param {string} name @param {Blob} content */
  function save(name, content) {
    const href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  let last = Promise.resolve();
  /** Answer the app, or one of its workers. @param {MessagePort} port */
  function serve(port) {
    port.onmessage = async ({ data: { type, id, address, entry, value, name, content }, ports }) => {
      if (type === "worker") serve(ports[0]);
      else if (type === "open") open(String(address));
      else if (type === "save") save(String(name), content);
      else if (type === "keep") last = last.then(() => keep(String(entry), value)).catch(console.error);
      else if (type === "file") {
        const answer = await file(String(address)).catch(({ message }) => ({ error: message }));
        port.postMessage({ id, ...answer }, "body" in answer ? [answer.body] : []);
      }
    };
  }

  async function show() {
    /** @type {[string, string][]} */
    let entries = [];
    await kept().then((found) => (entries = found), console.error); // storage may be forbidden
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-modals");
    frame.title = document.title = path.split("/").pop() || document.title;
    Object.assign(frame.style, { position: "fixed", inset: 0, width: "100%", height: "100%", border: 0 });
    const { port1, port2 } = new MessageChannel();
    serve(port1);
    const begin = () => {
      frame.contentWindow?.postMessage(entries, "*", [port2]);
      frame.focus();
    };
    frame.addEventListener("load", begin, { once: true });
    frame.src = addressOf("notebooks/index.html", path, location.hash);
    document.body.append(frame);
  }

  show();
})();
