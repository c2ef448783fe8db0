// The page "My network": what is done, the program with the reader's parts, and both of its files.

import { h } from "../core/dom.js";
import { saveFile } from "../core/files.js";
import { OWN_KEY, SOLVED_KEY, solvedOf } from "../reading/record.js";
import { parts } from "./parts.js";
import { notebookOf, textOf } from "./program.js";

const { words } = nnlibOwn;
const NAME = "my_network";

/** @param {string} key @param {Record<string, string | number>} values */
const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

function solved() {
  try {
    return solvedOf(localStorage.getItem(SOLVED_KEY));
  } catch {
    return {}; // storage may be forbidden
  }
}

/** @param {HTMLElement} place @param {string} words @param {boolean} own */
function mark(place, words, own) {
  const whose = /** @type {HTMLElement} */ (place.querySelector(".own-whose"));
  whose.textContent = words;
  place.toggleAttribute("data-own", own);
}

/** The book's code, in its colors, and the reader's in its place. @param {HTMLElement} place @param {string | undefined} code */
function put(place, code) {
  const [book, old] = place.querySelectorAll("pre");
  old?.remove();
  book.hidden = code !== undefined;
  if (code !== undefined) book.after(h("pre", { text: code, tabindex: 0 })); // it may scroll
}

function show() {
  const kept = parts();
  const done = solved();
  let count = 0;
  for (const { number, exercise } of nnlibOwn.parts) {
    const own = exercise in kept;
    const isDone = own || done[exercise] > 0;
    count += Number(isDone);
    const row = at(`own-part-${number}`);
    mark(row, words[own ? "row_yours" : isDone ? "row_same" : "row_open"], own);
    row.toggleAttribute("data-done", isDone);
    const block = at(`own-code-${number}`);
    mark(block, words[own ? "row_yours" : "row_book"], own);
    put(block, kept[exercise]);
  }
  at("own-count").textContent = say("count", {
    done: count,
    own: Object.keys(kept).length,
    all: nnlibOwn.parts.length,
  });
}

/** @param {string} name @param {() => void} click */
const button = (name, click) =>
  h("button", { type: "button", class: "own-button", "data-name": name, text: words[name], click });

at("own-files").append(
  button("download", () => saveFile(textOf(nnlibOwn, parts()), "text/x-python", `${NAME}.py`)),
  button("download_notebook", () => {
    const text = `${JSON.stringify(notebookOf(nnlibOwn, parts()), null, 1)}\n`;
    saveFile(text, "application/x-ipynb+json", `${NAME}.ipynb`);
  }),
);
addEventListener("storage", ({ key }) => (key === null || key === OWN_KEY || key === SOLVED_KEY) && show());
addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
