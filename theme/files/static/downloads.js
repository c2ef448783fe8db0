// Makes links of the files that are there, with size and date; the list stands beside them (tools/downloads.py).
"use strict";
{
  const files = globalThis.nnlibDownloads ?? {};
  const list = /** @type {HTMLScriptElement} */ (document.querySelector("script[src*='downloads/list.js']"));
  const { lang } = document.documentElement;

  /** @param {{bytes: number, date: string}} file */
  const facts = ({ bytes, date }) => {
    const size = (bytes / 1e6).toLocaleString(lang, { maximumSignificantDigits: 2 });
    return `${size} MB · ${new Date(date).toLocaleDateString(lang, { dateStyle: "medium", timeZone: "UTC" })}`;
  };

  if (Object.keys(files).length) {
    for (const missing of document.querySelectorAll(".not-offered")) missing.remove();
    /** @type {NodeListOf<HTMLElement>} */
    const offered = document.querySelectorAll(".offered");
    for (const name of offered) {
      const file = files[name.dataset.file ?? ""];
      const term = name.closest("dt");
      if (file) {
        const link = Object.assign(document.createElement("a"), { textContent: name.textContent, download: "" });
        link.href = new URL(name.dataset.file ?? "", list.src).href;
        const said = Object.assign(document.createElement("small"), { textContent: facts(file) });
        name.replaceChildren(link, " ", said);
      } else {
        term?.nextElementSibling?.remove(); // what it is good for
        term?.remove();
      }
    }
  }
}
