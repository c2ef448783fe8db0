// On every page: notice which sections are read and where one stops, and show it in the contents. A part of site.js.

import { READ_KEY, readingOf, SOLVED_KEY, solvedOf } from "./record.js";

/** @import { Place, Reading } from "./types.js" */

const STEP = 2; // seconds between two looks
const IDLE = 120; // seconds without a move, after which nobody is reading
const ARRIVED = 20; // seconds on a page, before it is where one stopped
const FAIR = 1 / 4; // of the minutes that a section takes

const { dataset, content } = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-exercises]"));
/** chapter -> how many exercises, how many sections of the path */
const counts = new Map(
  content.split(" ").map((entry) => {
    const [chapter, exercises, sections] = entry.split(":");
    return [chapter, { exercises: Number(exercises), sections: Number(sections) }];
  }),
);
const nameOf = (/** @type {string} */ path) =>
  path
    .split("/")
    .at(-1)
    ?.replace(/\.html$/, "") ?? "";
const here = nameOf(location.pathname);

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
  for (const old of document.querySelectorAll(".live-tick")) old.remove();
  const solved = solvedOf(recall(SOLVED_KEY));
  const exercises = Object.keys(solved).filter((name) => solved[name] > 0);
  for (const name of exercises) {
    const id = `ex-${name}`.replaceAll("_", "-");
    const tick = () => mark("", dataset.solved ?? "", "✓");
    document.getElementById(id)?.querySelector(".admonition-title")?.append(tick());
    for (const link of document.querySelectorAll(`.exercise-index a[href$="#${id}"]`)) link.after(tick());
  }
  const sections = Object.keys(reading()?.read ?? {});
  for (const link of chapterLinks()) {
    const chapter = nameOf(link.pathname);
    const of = counts.get(chapter);
    if (!of) continue;
    const read = sections.filter((key) => key.startsWith(`${chapter}#`)).length;
    const done = exercises.filter((name) => name.startsWith(`${chapter}-`)).length;
    if (!read && !done) continue;
    const words = [
      said(dataset.read, Math.min(read, of.sections), of.sections),
      of.exercises ? said(dataset.count, done, of.exercises) : "",
    ];
    const all = read >= of.sections;
    const ring = mark("ring", words.filter(Boolean).join(", "), all ? "✓" : "");
    ring.style.setProperty("--part", `${(100 * read) / of.sections}%`);
    link.prepend(ring);
  }
  for (const [section, { link }] of path)
    if (sections.includes(`${here}#${section.id}`)) link.before(mark("side", dataset.seen ?? "", "✓"));
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
let moved = Date.now();
let onPage = 0;
let kept = "";

/** The end of a section was on the screen, and it was on the screen for a fair time. */
function look() {
  if (document.hidden || Date.now() - moved > IDLE * 1000) return;
  onPage += STEP;
  let news = false;
  for (const [section, one] of path) {
    // To ask where something far from the screen lies would make the browser lay all of it out.
    if (!section.checkVisibility({ contentVisibilityAuto: true })) continue;
    const { top, bottom } = section.getBoundingClientRect();
    if (top < innerHeight * 0.8 && bottom > innerHeight * 0.2) one.seen += STEP;
    if (bottom > innerHeight || one.seen < one.fair) continue;
    const key = `${here}#${section.id}`;
    if (!reading() || reading()?.read[key]) continue;
    change(({ read }) => {
      read[key] = Date.now();
    });
    news = true;
  }
  if (news) show();
  if (onPage >= ARRIVED) keepPlace();
}

/** Where one stopped: what place.js remembers for this visit, for the next one; after the last section, the next chapter. */
function keepPlace() {
  const at = history.state?.place;
  const section = at && document.getElementById(at.id);
  if (!section || JSON.stringify(at) === kept) return;
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
    record.place = { ...place, lang: document.documentElement.lang, at: Date.now() };
  });
}

/** Number and title, without what is there for machines. @param {Node | null} node */
function heading(node) {
  const copy = document.createElement("p");
  if (node) copy.append(node.cloneNode(true));
  for (const other of copy.querySelectorAll(".headerlink, .katex-mathml, .live-tick")) other.remove();
  const [, number = "", title = ""] = /^\s*([\d.]*)\s*(.*?)\s*$/s.exec(copy.textContent ?? "") ?? [];
  return { number, title };
}

// ---- Back to where one stopped ----

const SPOTS = ".contents .first, .landing h1 + p, #reading-continue";

function offerToContinue() {
  const place = reading()?.place;
  const link = [...chapterLinks()].find(({ pathname }) => nameOf(pathname) === place?.page);
  if (!place || !link || place.page === here || !counts.has(place.page)) {
    delete document.documentElement.dataset.place; // early.js kept room for it
    return;
  }
  const own = place.lang === document.documentElement.lang;
  // A title without a number, such as "Exercises", does not say of which chapter.
  const name = own && place.number ? `${place.number} ${place.title}` : place.number || heading(link).title;
  for (const spot of document.querySelectorAll(SPOTS)) {
    const go = document.createElement("a");
    go.className = "continue";
    go.href = link.href.replace(/[?#].*|$/, place.id ? "#continue" : "");
    const words = (/** @type {string} */ to) => (dataset.continue ?? "").replace("{place}", () => to);
    const isList = spot.localName === "ul"; // narrow
    go.title = words(name);
    go.textContent = words((isList && place.number) || name);
    if (isList) {
      const item = document.createElement("li");
      item.append(go);
      spot.append(item);
    } else spot.append(go);
  }
}

addEventListener("storage", ({ key }) => (key === SOLVED_KEY || key === READ_KEY) && show());
addEventListener("nnlib-solved", show);
show();
offerToContinue();
if (path.size) {
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
