// A reader whose browser prefers Chinese finds the Chinese edition, once: what was chosen since is kept,
// and where nothing can be kept nobody is led anywhere. The English pages alone have this script; who
// opens a Chinese address wants Chinese.
"use strict";
{
  const KEY = "nnlib-book:language";
  const preferred = navigator.languages.find((language) => /^(en|zh)\b/i.test(language)) ?? "en";
  try {
    if (localStorage.getItem(KEY) === null && /^zh/i.test(preferred)) {
      localStorage.setItem(KEY, "led");
      location.replace(document.currentScript.dataset.chinese + location.search + location.hash);
    }
  } catch {
    // Storage may be forbidden.
  }
}
