// Export, import, forget: the part of the page "Where I am" that takes the record as a whole.

import { h } from "../core/dom.js";
import { saveFile } from "../core/files.js";
import { marksIn } from "../marks/kept.js";
import { ownsIn } from "../own/parts.js";
import { testsIn } from "../practice/kept.js";
import { backupOf, forget, replace, textsOf, undo } from "./exchange.js";
import { ID_KEY, pack } from "./file.js";
import { merge } from "./join.js";
import { choosing, opened, say } from "./page_parts.js";
import {
  askedOf,
  KINDS,
  MARKS_KEY,
  OWN_KEY,
  PREDICTION,
  READ_KEY,
  REVIEW_KEY,
  readingOf,
  SOLVED_KEY,
  solvedOf,
  TESTS_KEY,
} from "./record.js";

/** @import { Texts, Trouble } from "./types.js" */

const book = nnlibBook;
/** What happened, aloud. */
export const status = h("p", { class: "reading-status", role: "status" });
/** What the page does when the record has changed. */
let changed = () => {};

/** The record as it is stored; none where storage is forbidden. @returns {Texts} */
export function texts() {
  try {
    return textsOf(localStorage);
  } catch {
    return {};
  }
}

/** What a record holds, in words. @param {Texts} found */
function contentsOf(found) {
  const count = (/** @type {(key: string) => boolean} */ is) => Object.keys(found).filter(is).length;
  const size = (/** @type {unknown} */ value) => Object.keys(value ?? {}).length;
  const solved = solvedOf(found[SOLVED_KEY]);
  const counts = {
    has_sections: size(readingOf(found[READ_KEY])?.read),
    has_answers: count((key) => key.startsWith(PREDICTION)),
    has_drawn: count((key) => KINDS.some((kind) => kind !== "predict" && key.startsWith(`nnlib.${kind}.`))),
    has_solved: Object.keys(solved).filter((name) => solved[name] > 0).length,
    has_code: count((key) => key.startsWith("nnlib.work.")),
    has_own: Object.values(ownsIn(found[OWN_KEY])).filter(({ code }) => code !== null).length,
    has_marks: marksIn(found[MARKS_KEY]).length,
    has_review: size(askedOf(found[REVIEW_KEY])),
    has_tests: testsIn(found[TESTS_KEY]).length,
  };
  const parts = Object.entries(counts).filter(([, number]) => number);
  const named = parts.map(([key, number]) => say(book, key, { count: number }));
  return named.join(say(book, "comma")) || say(book, size(found) ? "has_settings" : "has_nothing");
}

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

/** So that of two files of one reader a teacher counts the later. Random, as nothing else is to be known of the reader. */
function named() {
  try {
    if (!localStorage.getItem(ID_KEY)) {
      const random = crypto.getRandomValues(new Uint32Array(3));
      localStorage.setItem(ID_KEY, [...random].map((part) => part.toString(36)).join("-"));
    }
  } catch {
    // Forbidden or full: the file has none.
  }
}

function exportAll() {
  named();
  const name = `nnlib-book-${today()}.json`;
  const facts = { about: say(book, "about"), version: book.version, saved: new Date().toISOString() };
  saveFile(pack(texts(), facts), "application/json", name);
  status.textContent = say(book, "exported", { name });
}

/**
 * Ask in a window of its own.
 * @param {string} title @param {string[]} sentences
 * @param {string[]} choices keys of words; the last one leaves everything as it is
 * @returns {Promise<string>}
 */
function ask(title, sentences, choices) {
  const dialog = h(
    "dialog",
    { class: "reading-dialog", "aria-label": title },
    h("h2", { text: title }),
    sentences.map((text) => h("p", { text })),
    h(
      "form",
      { method: "dialog", class: "reading-buttons" },
      choices.map((key) =>
        h("button", { class: "reading-button", value: key, "data-name": key, text: say(book, key) }),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  /** @type {HTMLElement} */ (dialog.querySelector("button:last-child")).focus(); // what changes nothing
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || /** @type {string} */ (choices.at(-1)));
    }),
  );
}

/** @param {Trouble | null} problem @param {string} done */
function report(problem, done) {
  status.textContent = say(book, problem ? `not_changed_${problem}` : done);
  changed();
}

/** @param {File[]} files */
async function bring([file]) {
  if (!file) return;
  const found = await opened(book, file);
  if ("sentence" in found) {
    status.textContent = found.sentence;
    return;
  }
  const left = found.foreign ? [say(book, "import_foreign", { count: found.foreign })] : [];
  const brings = Object.keys(found.texts).some((key) => key === OWN_KEY || key.startsWith("nnlib.work."));
  const code = brings ? [say(book, "import_code")] : [];
  const date = new Date(found.saved);
  const saved = Number.isNaN(date.getTime()) ? "?" : date.toLocaleDateString(document.documentElement.lang);
  const choice = await ask(
    say(book, "import_title"),
    [
      say(book, "import_has", { saved, contents: contentsOf(found.texts) }),
      say(book, "import_here", { contents: contentsOf(texts()) }),
      ...left,
      ...code,
      say(book, "import_ways"),
    ],
    ["merge", "replace", "cancel"],
  );
  if (choice === "cancel") return;
  try {
    const next = choice === "merge" ? merge(texts(), found.texts) : found.texts;
    report(replace(localStorage, next), choice === "merge" ? "merged" : "replaced");
  } catch {
    report("blocked", "");
  }
}

async function forgetAll() {
  const title = say(book, "forget_title");
  const goes = say(book, "forget_what", { contents: contentsOf(texts()) });
  if ((await ask(title, [goes, say(book, "forget_how")], ["forget_yes", "cancel"])) !== "forget_yes") return;
  try {
    forget(localStorage);
    report(null, "forgotten");
  } catch {
    report("blocked", "");
  }
}

/** @param {string} name @param {() => void} click */
const button = (name, click) =>
  h("button", { type: "button", class: "reading-button", "data-name": name, text: say(book, name), click });

const undoing = button("undo", () => report(undo(localStorage), "undone"));

/** Show whether there is an import to undo. */
export function offerToUndo() {
  try {
    undoing.hidden = !backupOf(localStorage);
  } catch {
    undoing.hidden = true;
  }
}

/** @param {HTMLElement} place gets the buttons @param {() => void} show what follows a change */
export function offerTransfer(place, show) {
  changed = show;
  const choose = choosing(place, false, bring);
  const buttons = [button("export", exportAll), button("import", choose), button("forget", forgetAll), undoing];
  place.append(h("div", { class: "reading-buttons" }, buttons), status);
}
