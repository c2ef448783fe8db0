// Is published as worker.js where no copies are to be kept (keep_offline: false in _config.yml): readers who have one lose it.
"use strict";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      const copies = (await caches.keys()).filter((name) => name.startsWith(`nnlib-book:${registration.scope}:`));
      await Promise.all(copies.map((name) => caches.delete(name)));
      await registration.unregister();
    })(),
  ),
);
