// On every page, before anything else: an old address leads on, and what was kept under old names gets its new ones. A part of
// site-early.js.

import { addressNow, isConcerned, renamed } from "./names.js";

function lead() {
  const now = addressNow(location.pathname, location.hash);
  if (now) location.replace(document.documentElement.dataset.content_root + now);
}

function rename() {
  try {
    const keys = Object.keys(localStorage).filter((key) => isConcerned(key));
    const found = Object.fromEntries(keys.map((key) => [key, localStorage.getItem(key) ?? ""]));
    const now = renamed(found);
    // First what is new: if there is no room for it, the old is still there.
    for (const [key, text] of Object.entries(now)) if (text !== found[key]) localStorage.setItem(key, text);
    for (const key of keys) if (!(key in now)) localStorage.removeItem(key);
  } catch {
    // Forbidden or full: it is tried again on the next page.
  }
}

lead();
addEventListener("hashchange", lead);
rename();
