// The link of a figure that asks, by which it is copied for a tutor.

import { h } from "../core/index.js";
import { bring, copyForTutor, words } from "./tutor_copy.js";

/** @import { Figure } from "../core/figure.js" */
/** @import { Asked } from "../tutor/text.js" */

/**
 * The button of a figure that asks, and where it says what happened; nothing outside the book's pages, where nobody knows the task.
 * @param {Figure<any, any>} figure @param {() => Asked} gather
 */
export function tutorButton({ root }, gather) {
  const { tutor } = words();
  if (!tutor) return { button: null, status: null };
  const status = h("span", { class: "tutor-status", role: "status" });
  // In practice the question tells its own task.
  const box = () => root.closest(".admonition:not([data-question])");
  const click = () => copyForTutor(box(), gather(), status);
  const button = h("button", { type: "button", class: "nn-link", "data-name": "tutor", text: tutor, click });
  // Ahead: between the click and the copying no browser waits for long.
  for (const type of ["pointerenter", "focus"])
    button.addEventListener(type, () => bring().catch(() => {}), { once: true });
  return { button, status };
}
