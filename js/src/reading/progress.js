// The page "Where I am": what was read, predicted and solved, chapter by chapter; to be exported, imported, forgotten.

import { h } from "../core/dom.js";
import { asideOf } from "../core/store.js";
import { tried } from "./exchange.js";
import { kindOf } from "./join.js";
import { parsed } from "./json.js";
import { showMarks } from "./marked.js";
import { addressOf, headline, idOf, line, say, titleOf } from "./page_parts.js";
import { picture } from "./picture.js";
import { READ_KEY, readingOf } from "./record.js";
import { countOf, doneOf, isBegun, isDone, partsOf, spread, sumsOf } from "./sums.js";
import { offerToUndo, offerTransfer, status, texts } from "./transfer.js";

/** @import { Besides, Sum, Texts } from "./types.js" */

const book = nnlibBook;
const places = {
  sums: /** @type {HTMLElement} */ (document.getElementById("reading-progress")),
  data: /** @type {HTMLElement} */ (document.getElementById("reading-data")),
};
const trouble = h("p", { class: "reading-trouble", hidden: true });

// ---- What it adds up to ----

const LABELS = ["label_read", "label_answered", "label_first", "label_solved", "label_more", "label_due"];
const NAMED = 3; // so many damaged parts are called by their names

/** @param {Sum[]} sums @returns {[string, string][]} */
function numbersOf(sums) {
  const total = (/** @type {(sum: Sum) => number} */ of) => sums.reduce((whole, sum) => whole + of(sum), 0);
  const part = (/** @type {keyof ReturnType<typeof partsOf>} */ kind) => {
    const count = total(({ chapter }) => partsOf(chapter)[kind].length);
    return count ? `${total((sum) => doneOf(sum)[kind])} / ${count}` : "–";
  };
  const values = [
    part("sections"),
    part("predictions"),
    String(total((sum) => countOf(sum, "first"))),
    part("exercises"),
    part("more"),
    String(total(({ due }) => due)),
  ];
  return values.map((value, at) => [say(book, LABELS[at]), value]);
}

/** @param {Sum} sum @param {string} id */
function predictionsIn({ chapter, answered }, id) {
  const all = chapter.asked.predict;
  const names = Object.keys(all).filter((name) => all[name].section === id);
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
  const exercises = Object.entries(chapter.exercises).map(([name, { title, more }]) => {
    const done = solved.has(name);
    const tick = h("span", {
      class: "reading-tick",
      role: "img",
      "aria-label": say(book, done ? "solved" : "open"),
      text: done ? "✓" : "·",
    });
    const layer = more ? h("span", { class: "reading-layer", text: say(book, "teach_more") }) : null;
    return h("li", {}, tick, h("a", { href: addressOf(chapter, idOf(name)), text: title }), layer && " ", layer);
  });
  const made = line(
    titleOf(chapter),
    isBegun(sum) ? numbersOf([sum]) : [],
    isDone(sum) ? h("p", { class: "reading-done", text: say(book, "path_done") }) : null,
    h("p", {}, h("a", { href: addressOf(chapter), text: say(book, "to_chapter") })),
    isBegun(sum) ? timeLeft([sum]) : null,
    besidesOf([sum]),
    h("ul", { class: "reading-list" }, sections),
    exercises.length ? h("p", { text: say(book, "exercises") }) : null,
    h("ul", { class: "reading-list" }, exercises),
  );
  made.dataset.chapter = chapter.name;
  return made;
}

/**
 * What is done and has no column: self-tests, answers in practice, curves, calculations, the own network,
 * challenges. @param {Sum[]} sums
 */
function besidesOf(sums) {
  const all = sums.map(({ besides }) => besides);
  const total = (/** @type {Exclude<keyof Besides, "before" | "after">} */ of) =>
    all.reduce((whole, one) => whole + one[of], 0);
  const [{ before, after }] = all;
  const result = (/** @type {Besides["before"]} */ test) =>
    sums.length === 1 && test ? say(book, `besides_${test.when}`, { right: test.right, of: test.of }) : "";
  const counted = /** @type {const} */ (["tests", "practiced", "drawn", "stepped", "own", "challenges"])
    .filter((key) => total(key) && !(key === "tests" && (before || after) && sums.length === 1))
    .map((key) => say(book, `besides_${key}`, { count: total(key), known: total("known") }));
  const said = [result(before), result(after), ...counted].filter(Boolean);
  return said.length ? h("p", { class: "reading-besides", text: said.join(" ") }) : null;
}

/** How long the rest of the path takes. @param {Sum[]} sums */
function timeLeft(sums) {
  const minutes = [0, 1].map((end) => sums.reduce((whole, { left }) => whole + left[end], 0));
  if (!minutes[1]) return null;
  const inHours = minutes[0] >= 80;
  const times = inHours ? minutes.map((time) => time / 60) : minutes;
  return h("p", { text: say(book, inHours ? "left_hours" : "left", spread(times)) });
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
  const begun = sums.some(isBegun);
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
    ...(begun ? [total, besidesOf(sums), timeLeft(sums)].filter((one) => one !== null) : []),
    toRepeat(sums),
  );
  if (focused)
    [...places.sums.querySelectorAll("input")].find((box) => box.getAttribute("aria-label") === focused)?.focus();
  showMarks();
  sayTrouble(found);
  offerToUndo();
  dispatchEvent(new Event("nnlib-solved")); // the ticks in the contents
}

// ---- What is wrong with the storage ----

/** Keys under which something lies that is not what the book puts there. @param {Texts} found */
function damagedIn(found) {
  return Object.keys(found).filter((key) => {
    const fits = kindOf(key)?.fits;
    return fits && !fits(parsed(found[key]));
  });
}

/** The first of them; thousands in one sentence would take a browser a minute to lay out. @param {string[]} keys */
const named = (keys) => keys.slice(0, NAMED).join(", ") + (keys.length > NAMED ? ` (+ ${keys.length - NAMED})` : "");

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
    ...(damaged.length ? [say(book, "damaged", { keys: named(damaged) }), " ", anew] : []),
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
