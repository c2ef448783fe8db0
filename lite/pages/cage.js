// JupyterLite from within its frame, and from within the worker of its Python: they have neither storage nor network, and ask
// the page around them (keeper.js) instead. Keeping them in is not for this script, but for the frame's sandbox and policy.
"use strict";
(() => {
  const fetchLocal = self.fetch;

  /** What `fetch` is here. @param {Promise<MessagePort>} opened */
  function asking(opened) {
    /** @type {Map<number, (answer: any) => void>} */
    const waiting = new Map();
    let count = 0;
    opened.then((port) => {
      port.onmessage = ({ data }) => waiting.get(data.id)?.(data);
    });
    return async (/** @type {RequestInfo | URL} */ input, /** @type {RequestInit} */ options) => {
      const { url } = new Request(input, options);
      if (!url.startsWith("http")) return fetchLocal(url);
      const port = await opened;
      const id = ++count;
      const { error, body, status, type } = await new Promise((resolve) => {
        waiting.set(id, resolve);
        port.postMessage({ type: "file", id, address: url });
      });
      waiting.delete(id);
      if (error) throw new TypeError(error);
      return new Response(body, { status, headers: { "Content-Type": type } });
    };
  }

  if (typeof document === "undefined") {
    const opened = new Promise((resolve) => {
      const take = (/** @type {MessageEvent} */ event) => {
        event.stopImmediatePropagation();
        resolve(event.ports[0]);
      };
      self.addEventListener("message", take, { once: true });
    });
    Object.assign(self, { fetch: asking(opened) });
    return;
  }

  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  // Opened by itself it would have all that the site has.
  if (self.origin !== "null") {
    location.replace(new URL(`index.html${location.search}${location.hash}`, src));
    return;
  }

  /** A local storage in the page around. */
  class Store {
    /** @param {MessagePort} port @param {[string, string][]} entries */
    constructor(port, entries) {
      this.port = port;
      this.entries = new Map(entries);
    }
    get length() {
      return this.entries.size;
    }
    key(/** @type {number} */ index) {
      return [...this.entries.keys()][index] ?? null;
    }
    getItem(/** @type {string} */ entry) {
      return this.entries.get(entry) ?? null;
    }
    setItem(/** @type {string} */ entry, /** @type {unknown} */ value) {
      this.entries.set(entry, String(value));
      this.port.postMessage({ type: "keep", entry, value: String(value) });
    }
    removeItem(/** @type {string} */ entry) {
      this.entries.delete(entry);
      this.port.postMessage({ type: "keep", entry, value: null });
    }
    clear() {
      for (const entry of [...this.entries.keys()]) this.removeItem(entry);
    }
  }

  /** A script of another origin is none for a worker, but one for a script in it. @param {MessagePort} port */
  const workers = (port) =>
    class extends Worker {
      /** @param {string | URL} address */
      constructor(address) {
        const scripts = [src, new URL(address, location.href).href];
        const script = new Blob([`importScripts(...${JSON.stringify(scripts)})`], { type: "text/javascript" });
        super(URL.createObjectURL(script));
        const { port1, port2 } = new MessageChannel();
        port.postMessage({ type: "worker" }, [port1]);
        this.postMessage(null, [port2]);
      }
    };

  /** Links and downloads. @param {MessagePort} port */
  function leadOut(port) {
    const open = (/** @type {string | URL} */ address) => {
      port.postMessage({ type: "open", address: new URL(address, document.baseURI).href });
      return null;
    };
    window.open = /** @type {any} */ (open);
    window.addEventListener("click", async (event) => {
      const link = /** @type {Element} */ (event.target).closest?.("a[href]");
      if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
      const [page] = location.href.split("#");
      if (!link.download && (link.href.startsWith(`${page}#`) || !link.href.startsWith("http"))) return;
      event.preventDefault();
      if (!link.download) open(link.href);
      else {
        const { download, href } = link; // the link is gone before its content is there
        const content = await (await fetch(href)).blob();
        port.postMessage({ type: "save", name: download, content });
      }
    });
  }

  /** Start the app as its page would. */
  async function start() {
    const script = await (await fetch(new URL("config-utils.js", src))).blob();
    await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    // Its bundle is on its way: there is time to say where the wheels are, for a worker that is not at their site.
    const node = /** @type {HTMLElement} */ (document.getElementById("jupyter-config-data"));
    const configuration = JSON.parse(node.textContent ?? "");
    const { loadPyodideOptions } = configuration.litePluginSettings["@jupyterlite/pyodide-kernel-extension:kernel"];
    const absolute = (/** @type {string} */ name) => (name.endsWith(".whl") ? new URL(name, src).href : name);
    loadPyodideOptions.packages = loadPyodideOptions.packages.map(absolute);
    node.textContent = JSON.stringify(configuration);
  }

  window.addEventListener(
    "message",
    ({ data, ports: [port] }) => {
      Object.defineProperty(window, "localStorage", { value: new Store(port, data) });
      Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined });
      Object.assign(window, { fetch: asking(Promise.resolve(port)), Worker: workers(port) });
      leadOut(port);
      start();
    },
    { once: true },
  );
})();
