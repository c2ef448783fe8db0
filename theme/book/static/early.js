// Runs before the page is painted. A part of site-early.js.
"use strict";

// A chosen color scheme does not flash, nor does code that was hidden.
// The key bears the book's name: all pages of one host, and all local files, share this storage.
const SCHEME_KEY = "nnlib-book:scheme";
{
  let chosen = null;
  document.documentElement.dataset.python = "off";
  try {
    chosen = localStorage.getItem(SCHEME_KEY);
    const code = localStorage.getItem("nnlib-book:code");
    if (code === "hidden" || code === "all") document.documentElement.dataset.code = code === "all" ? "all" : "none";
    // Where one stopped reading gets a line in the contents (js/src/reading): its room is there from the beginning.
    const { place } = JSON.parse(localStorage.getItem("nnlib-book:read") ?? "{}");
    if (place && !location.pathname.endsWith(`/${place.page}.html`))
      document.documentElement.dataset.place = place.page;
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
}

// Fonts of the text and of formulas set out with the style sheet, not after it, so that text does not move when they come.
// (By script, because Chromium refuses to preload a font for a page opened from a file.)
if (location.protocol !== "file:") {
  const { textFont, mathFont } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  for (const href of [textFont, mathFont].filter(Boolean)) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
    document.head.append(link);
  }
}
