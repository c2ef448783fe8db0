// Loaded when a reader first wants to copy an exercise for a tutor. Nothing is sent anywhere: the text goes to the clipboard, and
// where the browser refuses that, as it may on a page opened from a file, into a box with all of it selected.

import catalogue from "words:messages/site/tutor";
import { h } from "../core/dom.js";
import { languageOf } from "../core/messages.js";
import { taskIn } from "./task.js";
import { tutorText } from "./text.js";

/** @import { Asked } from "./text.js" */

/** @type {Record<string, string>} */
const words = catalogue[languageOf(document.documentElement)];

/** @param {Element | null} box the admonition, if the task stands in it @param {Asked} asked */
export const textFor = (box, asked) =>
  tutorText(
    words,
    { ...asked, task: [box && taskIn(box), asked.task].filter(Boolean).join("\n\n") },
    document.querySelector(".brand")?.textContent?.trim() ?? "",
  );

/**
 * Copy, and say what happened.
 * @param {string} text @param {HTMLElement} status
 */
export async function copy(text, status) {
  const { activeElement: before } = document;
  if (status.nextElementSibling?.matches(".tutor-box")) status.nextElementSibling.remove();
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = words.copied;
  } catch {
    const field = h("textarea", { class: "tutor-text", readonly: true, rows: "8", "aria-label": words.label });
    field.value = text;
    const end = () => {
      box.remove();
      status.textContent = "";
      if (before instanceof HTMLElement) before.focus();
    };
    const close = h("button", { type: "button", class: "live-button", text: words.close, click: end });
    const box = h("div", { class: "tutor-box" }, field, close);
    status.textContent = words.by_hand;
    status.after(box);
    field.focus();
    field.select();
    field.scrollTop = 0;
  }
}
