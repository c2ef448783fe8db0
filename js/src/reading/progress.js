// The page "Where I am": what was read, predicted and solved, chapter by chapter; to be exported, imported, forgotten.

import { h } from "../core/dom.js";
import { backupOf, forget, replace, textsOf, tried, undo } from "./exchange.js";
import { merge, pack } from "./file.js";
import { addressOf, choosing, headline, idOf, keep, line, opened, say, titleOf } from "./parts.js";
import { READ_KEY, readingOf, SOLVED_KEY, solvedOf } from "./record.js";
import { countOf, sumsOf } from "./sums.js";

/** @import { Sum, Texts, Trouble } from "./types.js" */

const book = nnlibBook;
const places = {
  sums: /** @type {HTMLElement} */ (document.getElementById("reading-progress")),
  data: /** @type {HTMLElement} */ (document.getElementById("reading-data")),
};
const trouble = h("p", { class: "reading-trouble", hidden: true });
const status = h("p", { class: "reading-status", role: "status" });

/** @returns {Texts} */
function texts() {
  try {
    return textsOf(localStorage);
  } catch {
    return {};
  }
}

// ---- What it adds up to ----

const LABELS = ["label_read", "label_first", "label_later", "label_shown", "label_solved", "label_due"];

/** @param {Sum[]} sums @returns {[string, string][]} */
function numbersOf(sums) {
  const total = (/** @type {(sum: Sum) => number} */ of) => sums.reduce((whole, sum) => whole + of(sum), 0);
  const part = (/** @type {number} */ done, /** @type {number} */ count) => (count ? `${done} / ${count}` : "–");
  const asked = total(({ chapter }) => Object.keys(chapter.predictions).length);
  const values = [
    part(
      total(({ read }) => read.size),
      total(({ chapter }) => chapter.sections.length),
    ),
    part(
      total((sum) => countOf(sum, "first")),
      asked,
    ),
    String(total((sum) => countOf(sum, "later"))),
    String(total((sum) => countOf(sum, "shown"))),
    part(
      total(({ solved }) => solved.size),
      total(({ chapter }) => Object.keys(chapter.exercises).length),
    ),
    String(total(({ due }) => due)),
  ];
  return values.map((value, at) => [say(book, LABELS[at]), value]);
}

/** @param {Sum} sum @param {string} id */
function predictionsIn({ chapter, answered }, id) {
  const names = Object.keys(chapter.predictions).filter((name) => chapter.predictions[name].section === id);
  const outcomes = names.map((name) => answered.get(name)?.outcome ?? "none");
  const marks = outcomes.map((outcome) =>
    h("span", {
      class: "reading-outcome",
      "data-outcome": outcome,
      role: "img",
      "aria-label": say(book, `outcome_${outcome}`),
      title: say(book, `outcome_${outcome}`),
    }),
  );
  return marks.length ? h("span", { class: "reading-outcomes" }, marks) : null;
}

/** @param {Sum} sum */
function chapterLine(sum) {
  const { chapter, read, solved } = sum;
  const sections = chapter.sections.map((section) => {
    const box = h("input", { type: "checkbox", "aria-label": say(book, "read_box", { title: titleOf(section) }) });
    box.checked = read.has(section.id);
    box.addEventListener("change", () => markRead(`${chapter.name}#${section.id}`, box.checked));
    return h(
      "li",
      {},
      box,
      h("a", { href: addressOf(chapter, section.id), text: titleOf(section) }),
      predictionsIn(sum, section.id),
    );
  });
  const exercises = Object.entries(chapter.exercises).map(([name, title]) => {
    const done = solved.has(name);
    const tick = h("span", {
      class: "reading-tick",
      role: "img",
      "aria-label": say(book, done ? "solved" : "open"),
      text: done ? "✓" : "·",
    });
    return h("li", {}, tick, h("a", { href: addressOf(chapter, idOf(name)), text: title }));
  });
  const begun = read.size + sum.answered.size + solved.size + sum.due > 0;
  const made = line(
    titleOf(chapter),
    begun ? numbersOf([sum]) : [],
    h("p", {}, h("a", { href: addressOf(chapter), text: say(book, "to_chapter") })),
    h("ul", { class: "reading-list" }, sections),
    exercises.length ? h("p", { text: say(book, "exercises") }) : null,
    h("ul", { class: "reading-list" }, exercises),
  );
  made.dataset.chapter = chapter.name;
  return made;
}

/** A section that was read elsewhere, or that the page took for read. @param {string} key @param {boolean} is */
function markRead(key, is) {
  const record = readingOf(texts()[READ_KEY]);
  if (!record) return;
  if (is) record.read[key] = Date.now();
  else delete record.read[key];
  try {
    localStorage.setItem(READ_KEY, JSON.stringify(record));
  } catch {
    // What cannot be kept is said above.
  }
  show();
}

function show() {
  const found = texts();
  const sums = sumsOf(book, found);
  const open = new Set(
    [...places.sums.querySelectorAll("[open]")].map((one) => /** @type {HTMLElement} */ (one).dataset.chapter),
  );
  const focused = document.activeElement?.getAttribute("aria-label");
  const lines = sums.map(chapterLine);
  for (const one of lines) one.open = open.has(one.dataset.chapter);
  const begun = sums.some(({ read, answered, solved }) => read.size + answered.size + solved.size > 0);
  const total = h("p", { class: "reading-total" }, h("span", { class: "reading-title", text: say(book, "total") }));
  for (const [label, value] of numbersOf(sums))
    total.append(
      h("span", { class: "reading-number" }, h("span", { class: "reading-label", text: label }), " ", value),
    );
  places.sums.replaceChildren(
    trouble,
    begun ? "" : h("p", { text: say(book, "nothing") }),
    headline(
      say(book, "chapter"),
      LABELS.map((label) => say(book, label)),
    ),
    ...lines,
    total,
  );
  if (focused)
    [...places.sums.querySelectorAll("input")].find((box) => box.getAttribute("aria-label") === focused)?.focus();
  sayTrouble(found);
  undoing.hidden = !backup();
  dispatchEvent(new Event("nnlib-solved")); // the ticks in the contents
}

const backup = () => {
  try {
    return backupOf(localStorage);
  } catch {
    return null;
  }
};

// ---- What is wrong with the storage ----

/** Keys under which something lies that is not what the book puts there. @param {Texts} found */
function damagedIn(found) {
  const whole = (/** @type {string} */ text) => {
    try {
      return typeof JSON.parse(text) === "object";
    } catch {
      return false;
    }
  };
  return Object.keys(found).filter((key) =>
    key === READ_KEY ? !readingOf(found[key]) : /^nnlib\.|^nnlib-book:(review|tests)$/.test(key) && !whole(found[key]),
  );
}

/** @param {Texts} found */
function sayTrouble(found) {
  const damaged = damagedIn(found).filter((key) => !key.endsWith(":aside"));
  const kind = tried(() => localStorage);
  const anew = h("button", {
    type: "button",
    class: "reading-button",
    text: say(book, "anew"),
    click: () => setAside(damaged),
  });
  trouble.replaceChildren(
    ...(kind ? [say(book, kind), " "] : []),
    ...(damaged.length ? [say(book, "damaged", { keys: damaged.join(", ") }), " ", anew] : []),
  );
  trouble.hidden = !trouble.childNodes.length;
}

/** Damaged data stay under another name, and what comes from now on is kept. @param {string[]} keys */
function setAside(keys) {
  const found = texts();
  try {
    for (const key of keys) {
      localStorage.setItem(`${key}:aside`, found[key]);
      localStorage.removeItem(key);
    }
  } catch {
    status.textContent = say(book, "full");
  }
  show();
}

// ---- Export, import, forget ----

/** What a record holds, in words. @param {Texts} found */
function contentsOf(found) {
  const count = (/** @type {(key: string) => boolean} */ is) => Object.keys(found).filter(is).length;
  const size = (/** @type {unknown} */ value) => Object.keys(value ?? {}).length;
  let asked = {};
  try {
    ({ asked } = JSON.parse(found["nnlib-book:review"]));
  } catch {
    // There are none.
  }
  const solved = solvedOf(found[SOLVED_KEY]);
  const counts = {
    has_sections: size(readingOf(found[READ_KEY])?.read),
    has_answers: count((key) => key.startsWith("nnlib.predict.")),
    has_solved: Object.keys(solved).filter((name) => solved[name] > 0).length,
    has_code: count((key) => key.startsWith("nnlib.work.")),
    has_review: size(asked),
  };
  const parts = Object.entries(counts).filter(([, number]) => number);
  const named = parts.map(([key, number]) => say(book, key, { count: number }));
  return named.join(say(book, "comma")) || say(book, size(found) ? "has_settings" : "has_nothing");
}

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

function exportAll() {
  const name = `nnlib-book-${today()}.json`;
  const facts = { about: say(book, "about"), version: book.version, saved: new Date().toISOString() };
  keep(pack(texts(), facts), "application/json", name);
  status.textContent = say(book, "exported", { name });
}

/** Ask in a window of its own. @param {string} title @param {string[]} sentences @param {string[]} choices keys of words; the last one leaves everything as it is @returns {Promise<string>} */
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
  show();
}

/** @param {File[]} files */
async function bring([file]) {
  if (!file) return;
  const found = await opened(book, file);
  if ("sentence" in found) {
    status.textContent = found.sentence;
    return;
  }
  const date = new Date(found.saved);
  const saved = Number.isNaN(date.getTime()) ? "?" : date.toLocaleDateString(document.documentElement.lang);
  const choice = await ask(
    say(book, "import_title"),
    [
      say(book, "import_has", { saved, contents: contentsOf(found.texts) }),
      say(book, "import_here", { contents: contentsOf(texts()) }),
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

const choose = choosing(places.data, false, bring);
const undoing = button("undo", () => report(undo(localStorage), "undone"));
places.data.append(
  h(
    "div",
    { class: "reading-buttons" },
    button("export", exportAll),
    button("import", choose),
    button("forget", forgetAll),
    undoing,
  ),
  status,
);
addEventListener("storage", ({ key }) => (key === null || key.startsWith("nnlib")) && show());
addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
