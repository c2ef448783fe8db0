// On every page: notice which sections are read and where one stops, and show it in the contents. A part of site.js.

import { later } from "../core/store.js";
import { pageName } from "../marks/place.js";
import { offerMarks } from "../marks/rest.js";
import { waiting } from "../practice/schedule.js";
import { askedOf, PREDICTION, READ_KEY, REVIEW_KEY, readingOf, SOLVED_KEY, solvedOf } from "./record.js";
import { followWay, isOnWay, lookAtStop } from "./way.js";

/** @import { Place, Reading } from "./types.js" */

const STEP = 2; // seconds between two looks
const IDLE = 120; // seconds without a move, after which nobody is reading
const ARRIVED = 20; // seconds on a page, before it is where one stopped
const FAIR = 1 / 4; // of the minutes that a section takes

const { dataset, content } = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-exercises]"));
/** chapter -> what its path has: how many sections, which predictions and exercises */
const counts = new Map(
  content.split(" ").map((entry) => {
    const [chapter, sections, ...asked] = entry.split(":");
    const [predictions, exercises] = asked.map((names) => names.split(",").filter(Boolean));
    return [chapter, { sections: Number(sections), predictions, exercises }];
  }),
);
const nameOf = (/** @type {string} */ path) =>
  path
    .split("/")
    .at(-1)
    ?.replace(/\.html$/, "") ?? "";
const here = nameOf(location.pathname);
/** Whether it is a chapter: the reminder before them has no number. @param {string} page */
const isChapter = (page) =>
  [...chapterLinks()].some((link) => nameOf(link.pathname) === page && heading(link).number !== "");

const recall = (/** @type {string} */ key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden
  }
};
const reading = () => readingOf(recall(READ_KEY));

/** @param {(record: Reading) => void} edit */
function change(edit) {
  const record = reading();
  if (!record) return; // damaged, or of a newer book
  edit(record);
  try {
    localStorage.setItem(READ_KEY, JSON.stringify(record));
  } catch {
    // Forbidden or full: the page "Where I am" says so.
  }
}

// ---- What is read and solved: ticks ----

/** @param {string} className @param {string} label @param {string} text */
function mark(className, label, text) {
  const made = document.createElement("span");
  Object.assign(made, { className: `live-tick ${className}`, role: "img", ariaLabel: label, title: label });
  made.textContent = text;
  return made;
}
/** @param {string | undefined} words @param {number} done @param {number} count */
const said = (words = "", done, count) => words.replace("{solved}", `${done}`).replace("{count}", `${count}`);

function show() {
  for (const old of document.querySelectorAll(".live-tick:not(.stop)")) old.remove();
  const solved = solvedOf(recall(SOLVED_KEY));
  const exercises = Object.keys(solved).filter((name) => solved[name] > 0);
  for (const name of exercises) {
    const id = `ex-${name}`.replaceAll("_", "-");
    const tick = () => mark("", dataset.solved ?? "", "✓");
    document.getElementById(id)?.querySelector(".admonition-title")?.append(tick());
    for (const link of document.querySelectorAll(`.exercise-index a[href$="#${CSS.escape(id)}"]`)) link.after(tick());
  }
  const sections = Object.keys(reading()?.read ?? {});
  for (const link of chapterLinks()) {
    const chapter = nameOf(link.pathname);
    const of = counts.get(chapter);
    if (!of) continue;
    const read = sections.filter((key) => key.startsWith(`${chapter}#`)).length;
    /** @type {[string | undefined, number, number][]} */
    const parts = [
      [dataset.read, Math.min(read, of.sections), of.sections],
      [
        dataset.answered,
        of.predictions.filter((name) => recall(`${PREDICTION}${chapter}-${name}`)).length,
        of.predictions.length,
      ],
      [
        dataset.count,
        of.exercises.filter((name) => exercises.includes(`${chapter}-${name}`)).length,
        of.exercises.length,
      ],
    ];
    const [done, whole] = [1, 2].map((at) => parts.reduce((sum, part) => sum + Number(part[at]), 0));
    if (chapter === here) praise(done === whole);
    if (!done) continue;
    const words = parts.filter(([, , count]) => count).map((part) => said(...part));
    const ring = mark("ring", words.join(", "), done === whole ? "✓" : "");
    ring.style.setProperty("--part", `${(100 * done) / whole}%`);
    link.prepend(ring);
  }
  for (const [section, { link }] of path)
    if (sections.includes(`${here}#${section.id}`)) link.before(mark("side", dataset.seen ?? "", "✓"));
}

/** A word at the chapter's end, when its path is done. @param {boolean} is */
function praise(is) {
  const end = document.querySelector("article p.practice-link");
  const there = document.querySelector(".path-done");
  if (!is || there) return is || there?.remove();
  const word = Object.assign(document.createElement("p"), { className: "path-done", role: "status" });
  end?.before(word);
  word.textContent = dataset.done ?? "";
}

/** How many questions wait for another look, in the bar. */
function showWaiting() {
  for (const old of document.querySelectorAll(".waiting")) old.remove();
  const count = waiting(Object.entries(askedOf(recall(REVIEW_KEY))), Date.now());
  if (!count) return;
  const words = said(dataset.waiting, 0, count);
  const link = Object.assign(document.createElement("a"), {
    className: "waiting",
    href: dataset.mixed,
    title: words,
  });
  link.ariaLabel = words;
  link.textContent = String(count);
  document.querySelector(".bar .brand")?.after(link);
}

/** @returns {NodeListOf<HTMLAnchorElement>} */
const chapterLinks = () => document.querySelectorAll(".contents .toctree-l1 > a");

// ---- What is being read ----

/** @typedef {{link: HTMLAnchorElement, fair: number, seen: number}} Watched */
/** The sections of the path; those that hold exercises have no minutes: these are counted one by one. @type {Map<HTMLElement, Watched>} */
const path = new Map();
/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll(".page-contents > ul > li > ul > li > a[data-minutes]:not([data-layer])");
for (const link of counts.has(here) ? links : []) {
  const section = document.getElementById(link.hash.slice(1));
  const minutes = Number(/\d+/.exec(link.dataset.minutes ?? "")?.[0]);
  if (section) path.set(section, { link, fair: minutes * 60 * FAIR, seen: 0 });
}
/** Where a link led that jumps over what was not read yet: one looks something up, or follows the short way. */
let jumped = jumpedTo();
let moved = Date.now();
let onPage = 0;
let kept = "";

/** The name in an address; none if the address was cut short. @param {string} hash */
function nameIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

/** @returns {HTMLElement | null} */
function jumpedTo() {
  const target = document.getElementById(nameIn(location.hash));
  const all = [...path.keys()];
  const section = all.find((one) => target && one.contains(target));
  const read = reading()?.read ?? {};
  const before = section ? all.slice(0, all.indexOf(section)) : [];
  return before.some(({ id }) => !read[`${here}#${id}`]) ? (section ?? null) : null;
}

/** The end of a section was on the screen, and it was on the screen for a fair time. */
function look() {
  if (document.hidden || Date.now() - moved > IDLE * 1000) return;
  onPage += STEP;
  lookAtStop(STEP);
  let news = false;
  for (const [section, one] of path) {
    // To ask where something far from the screen lies would make the browser lay all of it out.
    if (!section.checkVisibility({ contentVisibilityAuto: true })) continue;
    const { top, bottom } = section.getBoundingClientRect();
    if (top < innerHeight * 0.8 && bottom > innerHeight * 0.2) one.seen += STEP;
    if (bottom > innerHeight + 1 || one.seen < one.fair) continue; // 1: a fraction of a pixel
    const key = `${here}#${section.id}`;
    if (!reading() || reading()?.read[key]) continue;
    change(({ read }) => {
      read[key] = Date.now();
    });
    news = true;
    if (section !== jumped) jumped = null; // who reads on has come to stay
  }
  if (news) show();
  if (onPage >= ARRIVED && path.size && !jumped && !isOnWay()) keepPlace();
}

/** Where one stopped: what place.js remembers for this visit, for the next one; after the last section, the next chapter. */
function keepPlace() {
  const at = history.state?.place;
  const section = at && document.getElementById(at.id);
  if (!section || JSON.stringify(at) === kept) return;
  if (!isChapter(here) && isChapter(reading()?.place?.page ?? "")) return; // the reminder was looked at
  kept = JSON.stringify(at);
  const read = reading()?.read ?? {};
  /** @type {HTMLAnchorElement | null} */
  const next = document.querySelector("a.next");
  const over = [...path.keys()].every(({ id }) => read[`${here}#${id}`]) && counts.has(nameOf(next?.pathname ?? ""));
  /** @type {Place} */
  const place =
    over && next
      ? { page: nameOf(next.pathname), ...heading(next.lastChild) }
      : { page: here, ...at, ...heading(section.querySelector("h1, h2, h3, h4")) };
  change((record) => {
    record.place = { ...place, lang: document.documentElement.lang, at: later(record.place?.at) };
  });
}

/** Number and title, without what is there for machines. @param {Node | null} node */
function heading(node) {
  const copy = document.createElement("p");
  if (node) copy.append(node.cloneNode(true));
  for (const other of copy.querySelectorAll(".headerlink, .live-tick")) other.remove();
  const [, number = "", title = ""] = /^\s*([\d.]*)\s*(.*?)\s*$/s.exec(copy.textContent ?? "") ?? [];
  return { number, title };
}

// ---- Back to where one stopped ----

const SPOTS = ".contents .first, .landing h1 + p + p, #reading-continue";

function offerToContinue() {
  const place = reading()?.place;
  const link = [...chapterLinks()].find(({ pathname }) => nameOf(pathname) === place?.page);
  if (!place || !link || place.page === here || !counts.has(place.page)) {
    delete document.documentElement.dataset.place; // early.js kept room for it
    return;
  }
  const own = place.lang === document.documentElement.lang;
  // A title without a number, such as "Exercises", does not say of which chapter.
  const name = own && place.number ? `${place.number} ${place.title}` : `${place.number} ${heading(link).title}`.trim();
  for (const spot of document.querySelectorAll(SPOTS)) {
    const go = document.createElement("a");
    go.className = "continue";
    go.href = link.href.replace(/[?#].*|$/, place.id ? "#continue" : "");
    const words = (/** @type {string} */ to) => (dataset.continue ?? "").replace("{place}", () => to);
    go.title = go.textContent = words(name);
    if (spot.localName === "ul") {
      const item = document.createElement("li");
      item.append(go);
      spot.append(item);
    } else spot.prepend(go);
  }
}

addEventListener("storage", ({ key }) => {
  if (key === SOLVED_KEY || key === READ_KEY || key?.startsWith(PREDICTION)) show();
  if (key === REVIEW_KEY) showWaiting();
});
addEventListener("nnlib-solved", show);
addEventListener("nnlib-answered", show);
addEventListener("nnlib-practiced", showWaiting);
show();
showWaiting();
offerToContinue();
offerMarks(pageName(location.pathname));
const hasStops = followWay(dataset.seen ?? "", mark);
if (path.size || hasStops) {
  for (const type of ["scroll", "pointermove", "pointerdown", "keydown"])
    addEventListener(
      type,
      () => {
        moved = Date.now();
      },
      { passive: true, capture: true },
    );
  setInterval(look, STEP * 1000);
}
