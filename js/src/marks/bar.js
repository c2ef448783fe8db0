// The small bar below what is selected, or below a mark: what can be done with it, a note to be written, and what was done.

import { h } from "../core/dom.js";
import { LONGEST } from "./kept.js";
import { button, t } from "./words.js";

const EDGE = 8; // px to the edges of the screen
const BELOW = matchMedia("(pointer: coarse)").matches ? 30 : 8; // the handles of a selection

const element = h("div", { class: "kept-bar", role: "group", "aria-label": t("bar"), hidden: true });
const aloud = h("p", { class: "unseen", role: "status" });
document.body.append(element, aloud);
// A click in the bar leaves what is selected.
element.addEventListener("pointerdown", (event) => {
  if (/** @type {Element} */ (event.target).localName !== "textarea") event.preventDefault();
});

/** Whether it offers something for what is selected. */
let offering = false;
/** Where it stands. @type {DOMRect | null} */
let below = null;

export const hasFocus = () => element.contains(document.activeElement);
export const isOffering = () => offering;
/** Whether a note is being written: nothing but its writer ends that. */
export const isEditing = () => !element.hidden && element.querySelector("textarea") !== null;
export const contains = (/** @type {Node} */ node) => element.contains(node);

export function hide() {
  element.hidden = true;
  offering = false;
  aloud.textContent = "";
}

/** Say something aloud. @param {string} words */
const say = (words) => {
  aloud.textContent = words;
};

/** @param {(Node | string)[]} content @param {DOMRect | null} [rect] */
function show(content, rect = below) {
  element.replaceChildren(...content);
  element.hidden = false;
  offering = false;
  below = rect;
  if (!rect) return;
  const { offsetWidth: width, offsetHeight: height } = element;
  const left = Math.max(EDGE, Math.min(rect.left, document.documentElement.clientWidth - EDGE - width));
  const top = Math.max(EDGE, Math.min(rect.bottom + BELOW, innerHeight - EDGE - height));
  Object.assign(element.style, { left: `${left + scrollX}px`, top: `${top + scrollY}px` });
}

/**
 * Offer to mark what is selected.
 * @param {DOMRect} rect its last line @param {() => void} highlight @param {(note: string) => void} note
 */
export function offer(rect, highlight, note) {
  show([button("highlight", highlight), button("note", () => edit("", note, hide))], rect);
  offering = true;
  say(t("keys"));
}

/** The keyboard comes to the bar. */
export const focus = () => element.querySelector("button")?.focus();

/**
 * A mark: its note, if it has one, and what can be done with it.
 * @param {DOMRect} rect @param {{note?: string, keep: (note: string) => void, remove: () => void}} mark
 */
export function open(rect, { note = "", keep, remove }) {
  const again = () => {
    open(below ?? rect, { note, keep, remove });
    focus();
  };
  show(
    [
      ...(note ? [h("p", { class: "kept-note", text: note })] : []),
      button(note ? "edit" : "note", () => edit(note, keep, again)),
      button("delete", remove),
      button("close", hide),
    ],
    rect,
  );
}

/** @param {string} note @param {(note: string) => void} keep @param {() => void} back */
function edit(note, keep, back) {
  const field = h("textarea", { rows: 3, maxlength: LONGEST.note, "aria-label": t("text") });
  field.value = note;
  const save = () => keep(field.value.trim());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  });
  show([field, button("save", save), button("cancel", back)]);
  field.focus();
}

/** What was done or why it was not, and how to take it back. @param {string} words @param {(() => void) | null} [undo] */
export function tell(words, undo = null) {
  const focused = hasFocus() || !element.hidden;
  show([h("span", { text: words }), ...(undo ? [button("undo", undo)] : []), button("close", hide)]);
  say(words);
  if (focused) focus();
}
