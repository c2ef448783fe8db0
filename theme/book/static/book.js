// What a page of the book does beyond showing itself. Everything can be read without it.
"use strict";

// Also in first-visit.js, which runs before anything is shown.
const LANGUAGE_KEY = "nnlib-book:language";

/** Switch between light and dark and remember the choice. */
function schemeButton() {
  const button = document.querySelector(".scheme-button");
  const root = document.documentElement;
  button.addEventListener("click", () => {
    const dark = getComputedStyle(root).colorScheme === "dark"
      || (!root.dataset.scheme && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.scheme = dark ? "light" : "dark";
    try {
      localStorage.setItem(SCHEME_KEY, root.dataset.scheme);
    } catch {
      // Storage may be forbidden; the choice then lasts for this page.
    }
  });
}

/** A button in the corner of each code cell that copies its source. */
function copyButtons() {
  if (!navigator.clipboard) return;
  const { copy, copied } = document.querySelector("meta[name=book-words]").dataset;
  for (const cell of document.querySelectorAll(".cell_input .highlight, .highlight-shell .highlight")) {
    const button = document.createElement("button");
    button.className = "button copy-button";
    button.type = "button";
    button.title = copy;
    button.setAttribute("aria-label", copy);
    const icon = document.createElement("span");
    icon.className = "icon icon-copy";
    icon.setAttribute("aria-hidden", "true");
    button.append(icon);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(cell.querySelector("pre").innerText.trimEnd());
      button.title = copied;
      button.classList.add("done");
      setTimeout(() => {
        button.title = copy;
        button.classList.remove("done");
      }, 1500);
    });
    cell.append(button);
  }
}

/** Python in the browser needs a server: a page opened as a file does not offer it. */
function offerLite() {
  for (const item of document.querySelectorAll(".served")) item.hidden = location.protocol === "file:";
}

/** What scrolls sideways, and only that, can be reached and scrolled by the keyboard. */
function reachableScrollers() {
  const observer = new ResizeObserver((entries) => {
    const scrolls = entries.map(({ target }) => target.scrollWidth > target.clientWidth);
    entries.forEach(({ target }, index) => {
      if (scrolls[index]) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    });
  });
  for (const element of document.querySelectorAll("article :is(pre, table, .katex-display)")) observer.observe(element);
}

/** Close an open menu by a click elsewhere or by Escape. */
function closeMenus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(null);
  });
}

/** The search field is one key away. */
function searchKey() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The search page hides the field in the bar.
    (document.querySelector("article .search-form input") ?? document.querySelector(".search-form input")).focus();
  });
}

/** The index of the search comes while one types the query. A page opened from a file may not fetch it, and need not. */
function fetchIndexAhead() {
  const form = document.querySelector(".bar .search-form");
  if (location.protocol === "file:") return;
  form.addEventListener("focusin", () => fetch(form.dataset.index).catch(() => {}), { once: true });
}

/** The other edition opens at the same section, and the choice is remembered. */
function editionLinks() {
  const links = document.querySelectorAll("a.edition");
  const remember = (language) => {
    try {
      localStorage.setItem(LANGUAGE_KEY, language);
    } catch {
      // Storage may be forbidden; then nobody is led anywhere, either.
    }
  };
  for (const link of links) {
    link.addEventListener("click", () => {
      const read = [...document.querySelectorAll("article section[id]")]
        .filter((section) => section.getBoundingClientRect().top < innerHeight / 4);
      // The first section is the whole page.
      link.hash = read.length > 1 ? read.at(-1).id : "";
      link.search = location.search;
      remember(link.lang.slice(0, 2));
    });
  }
  try {
    const led = document.querySelector(".led");
    if (!led || localStorage.getItem(LANGUAGE_KEY) !== "led") return;
    led.hidden = false;
    remember(document.documentElement.lang.slice(0, 2));
  } catch {
    // As above.
  }
}

/** Mark, under "On this page", the section that is being read. */
function markSection() {
  const links = new Map();
  for (const link of document.querySelectorAll(".page-contents a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const panel = document.querySelector(".page-contents");
  let marked = null;
  const mark = () => {
    if (!panel.checkVisibility()) return; // on a narrow screen
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    let current = null;
    for (const [section, link] of links) {
      // To ask where something far from the screen lies would make the browser lay all of it out.
      if (!section.checkVisibility({ contentVisibilityAuto: true })) continue;
      if (atEnd || section.getBoundingClientRect().top < innerHeight / 4) current = link;
    }
    if (current === marked) return;
    marked?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
    marked = current;
    // Keep the mark in view where the list is longer than the screen.
    if (current) panel.scrollTop = current.offsetTop - panel.clientHeight / 2;
  };
  if (links.size === 0) return;
  document.addEventListener("scroll", mark, { passive: true });
  mark();
}

/** Sections get their true height when they come near the screen: follow a target until it stands still. */
function settleOn(target) {
  let frames = 30;
  const stop = () => { frames = 0; };
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(type, stop, { once: true, passive: true });
  const follow = () => {
    if (frames <= 0) return;
    frames -= 1;
    target.scrollIntoView();
    requestAnimationFrame(follow);
  };
  follow();
}

/** A link into a folded proof opens it. */
function openFolds() {
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const fold = target.closest("details");
    if (fold) fold.open = true;
    settleOn(target);
  };
  addEventListener("hashchange", reveal);
  reveal();
}

globalThis.nnlibFigures?.hydrate();
schemeButton();
copyButtons();
offerLite();
reachableScrollers();
closeMenus();
searchKey();
fetchIndexAhead();
editionLinks();
markSection();
openFolds();
