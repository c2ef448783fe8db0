// A reader whose browser prefers Chinese finds the Chinese edition, once: what was chosen since is kept,
// and where nothing can be kept nobody is led anywhere. English pages alone say where the Chinese one is; who
// opens a Chinese address wants Chinese. A part of site-early.js.
"use strict";
{
  const { chinese } = document.currentScript.dataset;
  const KEY = "nnlib-book:language";
  const preferred = navigator.languages.find((language) => /^(en|zh)\b/i.test(language)) ?? "en";
  try {
    if (chinese && localStorage.getItem(KEY) === null && /^zh/i.test(preferred)) {
      localStorage.setItem(KEY, "led");
      location.replace(chinese + location.search + location.hash);
    }
  } catch {
    // Storage may be forbidden.
  }
}
