// The page "Where I am": what was read, predicted and solved, chapter by chapter; to be exported, imported, forgotten.

import { h } from "../core/dom.js";
import { asideOf } from "../core/store.js";
import { tried } from "./exchange.js";
import { addressOf, headline, idOf, line, say, titleOf } from "./parts.js";
import { picture } from "./picture.js";
import { READ_KEY, readingOf } from "./record.js";
import { countOf, sumsOf } from "./sums.js";
import { offerToUndo, offerTransfer, status, texts } from "./transfer.js";

/** @import { Sum, Texts } from "./types.js" */

const book = nnlibBook;
const places = {
  sums: /** @type {HTMLElement} */ (document.getElementById("reading-progress")),
  data: /** @type {HTMLElement} */ (document.getElementById("reading-data")),
};
const trouble = h("p", { class: "reading-trouble", hidden: true });

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

/** The way to the questions that are due. @param {Sum[]} sums */
function toRepeat(sums) {
  const count = sums.reduce((whole, { due }) => whole + due, 0);
  const go = h("a", { href: "practice.html#sec-mixed-practice", text: say(book, "due_practice") });
  return count ? h("p", {}, say(book, "due_now", { count }), " ", go) : "";
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
  const begun = sums.some(({ read, answered, solved, due }) => read.size + answered.size + solved.size + due > 0);
  const total = h("p", { class: "reading-total" }, h("span", { class: "reading-title", text: say(book, "total") }));
  for (const [label, value] of numbersOf(sums))
    total.append(
      h("span", { class: "reading-number" }, h("span", { class: "reading-label", text: label }), " ", value),
    );
  places.sums.replaceChildren(
    trouble,
    picture(sums),
    begun
      ? headline(
          say(book, "chapter"),
          LABELS.map((label) => say(book, label)),
        )
      : h("p", { text: say(book, "nothing") }),
    ...lines,
    begun ? total : "",
    toRepeat(sums),
  );
  if (focused)
    [...places.sums.querySelectorAll("input")].find((box) => box.getAttribute("aria-label") === focused)?.focus();
  sayTrouble(found);
  offerToUndo();
  dispatchEvent(new Event("nnlib-solved")); // the ticks in the contents
}

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
  const damaged = damagedIn(found).filter((key) => !key.includes(":aside"));
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
      localStorage.setItem(asideOf(key), found[key]);
      localStorage.removeItem(key);
    }
  } catch {
    status.textContent = say(book, "full");
  }
  show();
}

offerTransfer(places.data, show);
addEventListener("storage", ({ key }) => (key === null || key.startsWith("nnlib")) && show());
addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
