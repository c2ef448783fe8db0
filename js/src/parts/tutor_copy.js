// An exercise is copied for a tutor by a script that comes when that is first asked for.

/** @import { Asked } from "../tutor/text.js" */

/** What the page says of it. @returns {DOMStringMap} */
export const words = () =>
  /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=book-words]"))?.dataset ?? {};

export async function bring() {
  if (!globalThis.nnlibTutor) await globalThis.nnlibLoad(words().tutorScript ?? "");
  return globalThis.nnlibTutor;
}

/**
 * Copy an exercise, and say what happened.
 * @param {Element | null} box the admonition with the task, if it stands in one
 * @param {Asked} asked what else the exercise knows of itself
 * @param {HTMLElement} status
 */
export async function copyForTutor(box, asked, status) {
  try {
    const tutor = await bring();
    await tutor.copy(tutor.textFor(box, asked), status);
  } catch {
    status.textContent = words().tutorLost ?? ""; // the script did not come
  }
}
