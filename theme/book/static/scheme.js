// Runs before the page is painted, so that a chosen color scheme does not flash.
// The key bears the book's name: all pages of one host, and all local files, share this storage.
"use strict";
const SCHEME_KEY = "nnlib-book:scheme";
{
  let chosen = null;
  try {
    chosen = localStorage.getItem(SCHEME_KEY);
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
}
