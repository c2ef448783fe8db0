// The next chapter before it is requested, and the whole edition without a network (worker.js). A part of site.js.
"use strict";
{
  const page = document.documentElement.dataset;
  const served = location.protocol.startsWith("http") && !navigator.connection?.saveData;

  /**
   * A new version waits until no page of the old one is open, or until the reader asks for it.
   * @param {ServiceWorker} worker
   */
  function offer(worker) {
    const notice = /** @type {HTMLElement} */ (document.querySelector(".new-version"));
    notice.hidden = false;
    notice.querySelector("button")?.addEventListener("click", () => {
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated") location.reload();
      });
      worker.postMessage("take over");
    });
  }

  async function keepCopy() {
    const script = new URL(`${page.content_root}worker.js`, location.href).href;
    const policy = globalThis.trustedTypes?.createPolicy("nnlib-worker", { createScriptURL: () => script });
    const registration = await navigator.serviceWorker.register(policy?.createScriptURL("") ?? script);
    const watch = (/** @type {ServiceWorker | null} */ worker) =>
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && registration.active) offer(worker);
      });
    watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));
    if (registration.waiting) offer(registration.waiting);
    else if (registration.active) registration.update().catch(() => null); // a browser asks by itself, but when it likes
  }

  // What lets a browser install the book like a program. Of a page that is a file it could not read it, and would complain.
  if (location.protocol.startsWith("http")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "manifest", href: `${page.content_root}manifest.webmanifest` });
    document.head.append(link);
  }

  if (served) {
    addEventListener("load", () =>
      setTimeout(() => {
        const next = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[rel=next]"));
        if (next && !navigator.serviceWorker?.controller) fetch(next.href, { priority: "low" }).catch(() => null);
        // Where storage is forbidden, so are copies.
        if ("keep_offline" in page && typeof navigator.serviceWorker?.register === "function")
          keepCopy().catch(() => null);
      }),
    );
  }
}
