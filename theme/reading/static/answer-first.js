// A question of the text waits for an answer: the next things after it are blurred until the reader answers, whatever the answer, or
// skips the question. They only look blurred: they can be searched, printed and heard, and whoever comes to them by a link, the
// keyboard or a search opens them. An open book blurs nothing, nor does the first page. A part of site.js.
"use strict";
{
  const BOOK_KEY = "nnlib-book:open-book";
  const SKIPPED_KEY = "nnlib-book:skipped";
  const QUESTION = ".page .predict";
  const HELD_BACK = 5; // paragraphs after a question, with the figures and cells among them; they give the answer
  const END = ":is(section, h2, h3, h4, .predict, .try, .exercise):not(details *), details:has(section)";
  const root = document.documentElement;
  const gentle = matchMedia("(prefers-reduced-motion: no-preference)");
  const words = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-exercises]")).dataset;
  /** What was blurred -> its question. @type {Map<Element, Element>} */
  const closed = new Map();

  /** @param {string} key */
  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  /** @param {string} key @param {string | null} text */
  const keep = (key, text) => {
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch {
      // It then lasts for this page.
    }
  };
  /** The names of skipped questions; null if what is kept is no list, which then stays as it is. @returns {string[] | null} */
  const skipped = () => {
    try {
      const found = JSON.parse(recall(SKIPPED_KEY) ?? "[]");
      return Array.isArray(found) ? found : null;
    } catch {
      return null;
    }
  };

  /** The name of the question that a box asks, as its answer is kept, or "". @param {Element} box */
  const nameOf = (box) =>
    /** @type {HTMLElement | null} */ (box.querySelector("[data-place]"))?.dataset.place?.split("/")[1] ?? "";

  /** @param {Element} box */
  function open(box) {
    for (const [part, question] of closed) {
      if (question !== box) continue;
      part.removeAttribute("data-closed");
      closed.delete(part);
      if (gentle.matches) part.animate({ opacity: [0.2, 1] }, 250);
    }
    box.querySelector(".answer-first")?.remove();
  }

  /** Open what a place is in. @param {Node | null | undefined} place */
  function openAt(place) {
    if (!place) return;
    for (const [part, box] of closed) if (part.contains(place)) return open(box);
  }

  /** @param {boolean} isOpen */
  function setBook(isOpen) {
    root.toggleAttribute("data-open-book", isOpen);
    document.querySelector('[data-name="open_book"]')?.setAttribute("aria-pressed", String(isOpen));
  }

  function switchBook() {
    setBook(!root.hasAttribute("data-open-book"));
    keep(BOOK_KEY, root.hasAttribute("data-open-book") ? "yes" : null);
  }

  /** @param {string} text @param {() => void} press */
  function button(text, press) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", press);
    return made;
  }

  /** @param {Element} box @param {string} name */
  function noteOn(box, name) {
    const note = Object.assign(document.createElement("span"), { className: "answer-first" });
    const leave = () => {
      const [first] = [...closed].find(([, question]) => question === box) ?? [];
      open(box);
      if (!(first instanceof HTMLElement)) return;
      first.tabIndex = -1; // the button is gone: reading goes on there
      first.focus({ preventScroll: true });
    };
    const skip = button(words.skip ?? "", () => {
      const names = skipped();
      if (names) keep(SKIPPED_KEY, JSON.stringify([...new Set([...names, name])]));
      leave();
    });
    note.append(skip, button(words.open ?? "", switchBook));
    return note;
  }

  const passed = skipped() ?? [];
  for (const box of document.querySelectorAll(QUESTION)) {
    const name = nameOf(box);
    if (!/^(?:predict|draw)\./.test(name)) continue;
    box.toggleAttribute("data-answered", Boolean(recall(`nnlib.${name}`)));
    if (passed.includes(name) || box.hasAttribute("data-answered")) continue;
    let paragraphs = 0;
    for (let next = box.nextElementSibling; next && !next.matches(END); next = next.nextElementSibling) {
      paragraphs += Number(!next.matches(".cell"));
      if (paragraphs > HELD_BACK) break;
      next.setAttribute("data-closed", "");
      closed.set(next, box);
    }
    const figure = box.querySelector("[data-place]");
    if (!figure || ![...closed.values()].includes(box)) continue;
    box.querySelector(".admonition-title")?.append(noteOn(box, name));
    const watch = new MutationObserver(() => {
      const { progress } = /** @type {HTMLElement} */ (box.querySelector("[data-progress]"))?.dataset ?? {};
      if (!progress || progress === "open") return;
      watch.disconnect();
      box.setAttribute("data-answered", "");
      open(box);
    });
    watch.observe(box, { subtree: true, attributeFilter: ["data-progress"] });
  }

  const openTarget = () => {
    try {
      openAt(document.getElementById(decodeURIComponent(location.hash.slice(1))));
    } catch {
      // No such place.
    }
  };
  openTarget();
  addEventListener("hashchange", openTarget);
  document.addEventListener("focusin", ({ target }) => openAt(/** @type {Node} */ (target)));
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection && !selection.isCollapsed) openAt(selection.anchorNode); // such as what a search of the browser found
  });
  addEventListener("storage", ({ key }) => {
    for (const box of new Set(closed.values())) if (key === `nnlib.${nameOf(box)}`) open(box); // answered in another tab
  });
  addEventListener("nnlib-open-book", switchBook); // the menu (js/src/live/rest.js)
  setBook(root.hasAttribute("data-open-book")); // early.js has recalled it
}
