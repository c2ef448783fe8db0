// Highlights and notes, at rest: what shows them comes when something is selected, or when this page has some. A part of site.js.

import { MARKS_KEY } from "../reading/record.js";

/** @param {string} page its name */
export function offerMarks(page) {
  const { marks = "", marksStyle = "" } = /** @type {HTMLMetaElement} */ (
    document.querySelector("meta[name=book-words]")
  ).dataset;
  const article = document.querySelector("article");
  if (!article) return;
  /** @type {Promise<void> | null} */
  let coming = null;
  const bring = () => {
    if (coming) return;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: marksStyle }));
    coming = globalThis.nnlibLoad(marks).catch(() => {
      coming = null; // the next selection tries again
    });
  };
  let pressed = false; // who still selects is not disturbed
  const look = () => {
    const selection = getSelection();
    if (!pressed && selection && !selection.isCollapsed && article.contains(selection.anchorNode)) bring();
  };
  document.addEventListener("selectionchange", look);
  for (const type of ["pointerdown", "pointerup", "pointercancel"])
    document.addEventListener(type, () => {
      pressed = type === "pointerdown";
      look();
    });
  try {
    if (localStorage.getItem(MARKS_KEY)?.includes(`"page":"${page}"`)) bring();
  } catch {
    // Storage may be forbidden.
  }
}
