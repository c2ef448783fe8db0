// A reader whose browser prefers the language of a translation finds it, once: what was chosen since is kept,
// and where nothing can be kept nobody is led anywhere. Only pages of the original say where the translations are;
// who opens the address of a translation wants it. A part of site-early.js.
"use strict";
{
  const { translations } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const words = translations?.trim().split(" ") ?? []; // zh, way to it, ...
  const wayTo = new Map([[document.documentElement.lang, ""]]);
  for (let at = 0; at < words.length; at += 2) wayTo.set(words[at], words[at + 1]);
  const languages = navigator.languages.map((language) => language.toLowerCase().split("-")[0]);
  const way = wayTo.get(languages.find((language) => wayTo.has(language)) ?? "");
  const KEY = "nnlib-book:language";
  try {
    if (way && localStorage.getItem(KEY) === null) {
      localStorage.setItem(KEY, "led");
      location.replace(way + location.search + location.hash);
    }
  } catch {
    // Storage may be forbidden.
  }
}
