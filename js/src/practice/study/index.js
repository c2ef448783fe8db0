// A study takes the page of the mixed practice for itself. Loaded only where the address asks for it (../index.js).

import { h } from "../../core/index.js";
import { codeSheet } from "./sheet.js";
import { lead, Study } from "./study.js";
import { t } from "./words.js";

/** @param {HTMLElement} place the part of the page that knows where the files are */
export function begin(place) {
  const asked = new URLSearchParams(location.search);
  const { look = "", forms = "", book = "" } = place.dataset;
  document.head.append(h("link", { rel: "stylesheet", href: look }));
  const page = /** @type {HTMLElement} */ (document.querySelector("article"));
  const own = h("section", { class: "study", "aria-label": t("title") });
  for (const child of page.children) /** @type {HTMLElement} */ (child).hidden = true;
  page.prepend(h("h1", { text: t("title") }), own);
  document.documentElement.toggleAttribute("data-studying", true);
  document.title = document.title.replace(/^[^·]*/, `${t("title")} `);
  lead(location.search);
  const codes = asked.get("codes");
  if (codes !== null) codeSheet(own, codes);
  else new Study(own, { forms, book }).enter(asked.get("study") ?? "", asked.get("phase"));
}
