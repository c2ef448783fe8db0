// Keeps the reader's place: over a reload, back and forward, and when a phone has dropped the page meanwhile. The place is
// an element and how far below the bar it is, because sections get their true height only near the screen.
// A part of site-early.js: it has to set out before the page is painted.
"use strict";
{
  const BLOCKS = "h1, h2, h3, h4, p, li, dt, pre, tr, div.math, figure, summary, .nn-figure";
  const FRAMES = 30; // after the page has come: sections and figures near the screen get their height
  const REST = 200; // ms without moving
  /** What is being held at its place. @type {{frames: number} | null} */
  let hold = null;

  /**
   * All that can be a place, in a section or in the page; what a figure builds comes and goes.
   * @param {ParentNode} root
   */
  const blocksOf = (root) =>
    [...root.querySelectorAll(BLOCKS)].filter((block) => !block.parentElement?.closest(".nn-figure, .nn-paper"));
  const barBottom = () => /** @type {Element} */ (document.querySelector(".bar")).getBoundingClientRect().bottom;

  /** The uppermost block that begins on the screen, or else the one that fills it. The code of a figure is shown below it. */
  function firstInView() {
    const top = barBottom();
    let least = innerHeight;
    /** @type {Element | null} */
    let first = null;
    /** @type {Element | null} */
    let filling = null;
    for (const block of blocksOf(document.querySelector("article") ?? document)) {
      // To ask where something far from the screen lies would make the browser lay all of it out.
      if (!block.checkVisibility({ contentVisibilityAuto: true })) continue;
      const box = block.getBoundingClientRect();
      if (box.top < top && box.bottom > top) filling = block;
      if (box.top < top || box.top >= least) continue;
      least = box.top;
      first = block;
    }
    return first ?? filling;
  }

  /** Remember the place in the browser's own entry for this visit; it outlasts the page. */
  function save() {
    if (hold) return;
    const block = firstInView();
    const section = block?.closest("section[id]");
    if (!block || !section) return;
    const open = block.matches("details[open] > summary");
    const place = {
      id: section.id,
      index: blocksOf(section).indexOf(block),
      top: block.getBoundingClientRect().top,
      open,
    };
    history.replaceState({ ...history.state, place }, "");
  }

  /**
   * The block of a place, or null; while the page still comes, also null.
   * @param {{id: string, index: number}} place
   */
  const blockAt = ({ id, index }) => {
    const section = document.getElementById(id);
    return section ? (blocksOf(section)[index] ?? null) : null;
  };

  /**
   * Open what an element is folded in, and a section that folds itself; or, on request, what it is the title of.
   * @param {Element} element @param {boolean} titled
   */
  function unfold(element, titled) {
    const section = element.localName === "span" ? element.parentElement : element; // a label begins it
    const fold = titled ? element.parentElement : (section?.querySelector(":scope > .second-reading") ?? element);
    if (fold instanceof HTMLDetailsElement) fold.open = true;
    for (let at = element; at.parentElement; at = at.parentElement) {
      const around = at.parentElement;
      if (around instanceof HTMLDetailsElement && at.localName !== "summary") around.open = true;
    }
  }

  /**
   * Bring an element to its place and hold it there until nothing moves any more, or until the reader moves.
   * @param {() => Element | null} find @param {(element: Element) => void} bring
   */
  function keepAt(find, bring, open = false) {
    const mine = { frames: FRAMES };
    hold = mine;
    /** @type {Element | null} */
    let element = null;
    const follow = () => {
      if (hold !== mine) return;
      if (!element) {
        element = find();
        if (element) unfold(element, open);
      }
      if (element) bring(element);
      if (document.readyState === "complete") mine.frames -= 1;
      if (mine.frames > 0) {
        requestAnimationFrame(follow);
      } else {
        hold = null;
        save(); // nothing was kept while it was held
      }
    };
    follow();
  }

  /** @param {Element} element @param {number} top */
  function bringTo(element, top) {
    const off = element.getBoundingClientRect().top - top;
    if (Math.abs(off) > 0.5) scrollBy({ top: off, behavior: "instant" });
  }

  /** A link to where one stopped reading, at an earlier visit: js/src/reading has kept that place. */
  function takeUp() {
    let place = null;
    try {
      place = JSON.parse(localStorage.getItem("nnlib-book:read") ?? "{}").place;
    } catch {
      // Forbidden or damaged: the page then begins at its beginning.
    }
    history.replaceState({ place }, "", place ? `#${place.id}` : location.pathname);
  }

  /** Go where this visit left off, or to what the address names. */
  function arrive() {
    if (location.hash === "#continue") takeUp();
    const place = history.state?.place;
    if (place)
      keepAt(
        () => blockAt(place),
        // The screen may be another, and lower.
        (block) => bringTo(block, place.top < innerHeight ? place.top : 0.9 * innerHeight),
        place.open,
      );
    else if (location.hash.length > 1)
      keepAt(
        () => document.querySelector(":target"),
        (target) => target.scrollIntoView(),
      );
  }

  arrive();
  addEventListener("hashchange", arrive);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) arrive();
  });
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(
      type,
      () => {
        if (hold) setTimeout(save, REST); // nothing was kept while it was held
        hold = null;
      },
      { passive: true, capture: true },
    );
  addEventListener("DOMContentLoaded", () => {
    if (!document.querySelector("article section[id]")) return; // a page of results
    history.scrollRestoration = "manual";
    let rest = 0;
    addEventListener(
      "scroll",
      () => {
        clearTimeout(rest);
        rest = setTimeout(save, REST);
      },
      { passive: true },
    );
    document.addEventListener("click", save, { capture: true }); // a link leaves the entry
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) save();
    });
    addEventListener("pagehide", save);
  });
}
