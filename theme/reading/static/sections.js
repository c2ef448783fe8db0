// The list of the page's sections: beside the text on a wide screen, elsewhere behind a button in the bar that shows the name
// of the section being read. A part of site.js.
"use strict";
{
  const TOP = ".page-contents > ul > li > ul > li";
  const inTheMiddle = (/** @type {Element} */ entry, /** @type {Element} */ list) => {
    const below = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
    list.scrollTop += below - list.clientHeight / 2;
  };

  // The page itself, in the list of all pages.
  const contents = /** @type {HTMLElement} */ (document.querySelector(".contents"));
  const showPage = () => {
    const page = contents.querySelector(".current > a");
    if (!page || !contents.checkVisibility()) return;
    const { top, bottom } = page.getBoundingClientRect();
    const list = contents.getBoundingClientRect();
    if (top < list.top || bottom > list.bottom) inTheMiddle(page, contents);
  };
  requestAnimationFrame(showPage);
  contents.addEventListener("toggle", showPage);

  // A page without sections has neither; then there are no links, and nothing is done.
  const panel = /** @type {HTMLElement} */ (document.querySelector(".page-contents"));
  const name = /** @type {HTMLElement} */ (document.querySelector(".section-name"));
  /** @type {Map<HTMLElement, HTMLAnchorElement>} */
  const links = new Map();
  /** @type {Iterable<HTMLAnchorElement>} */
  const all = panel?.querySelectorAll("a[href^='#']") ?? [];
  for (const link of all) {
    const section = document.getElementById(link.hash.slice(1));
    if (section && !link.closest("ul ul ul ul")) links.set(section, link); // deeper ones are not listed
  }
  const title = [...(name?.childNodes ?? [])];
  const report = /** @type {HTMLAnchorElement} */ (panel?.querySelector(".report"));
  /** @type {HTMLAnchorElement | null} */
  let marked = null;
  /** Which end of the page the reader asked for last, and when. */
  let asked = { key: "", at: Number.NEGATIVE_INFINITY };

  /** Keep the mark in view where the list is longer than the screen; above the first section, the beginning of the list. */
  function showMark() {
    if (!panel.checkVisibility()) return;
    if (marked) inTheMiddle(marked, panel);
    else panel.scrollTop = 0;
  }

  /** Only the way there makes the browser lay out the sections, and they are seldom just as high as expected:
   * End then stops short of the last lines, Home on its way. */
  function goOn() {
    if (performance.now() - asked.at > 5000) return;
    scrollTo({ top: asked.key === "End" ? document.documentElement.scrollHeight : 0, behavior: "instant" });
  }

  /** Whatever the reader does next lets the page go.
   * @param {Event & {key?: string}} event */
  function ask(event) {
    const inside = /** @type {Element} */ (event.composedPath()[0]); // an editor is in a shadow root
    const writing = inside.closest?.("input, textarea, select, [contenteditable]");
    const { key = "" } = event;
    asked = { key, at: ["Home", "End"].includes(key) && !writing ? performance.now() : Number.NEGATIVE_INFINITY };
  }

  /** A mistake that is reported from the list is in the section being read: the form says which it is. */
  function toldWhere() {
    const address = new URL(report.href);
    if (marked) address.searchParams.set("section", `${marked.textContent?.trim()} ${marked.hash}`);
    else address.searchParams.delete("section");
    report.href = address.href;
  }

  function mark() {
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
    marked?.closest(TOP)?.classList.remove("reading"); // which unfolds its parts
    current?.closest(TOP)?.classList.add("reading");
    marked = current;
    name.replaceChildren(...(current ? current.cloneNode(true).childNodes : title));
    toldWhere();
    showMark();
  }

  if (links.size > 0) {
    document.addEventListener("scroll", mark, { passive: true });
    for (const doing of ["keydown", "wheel", "touchstart", "pointerdown"])
      document.addEventListener(doing, ask, { passive: true });
    document.addEventListener("scrollend", goOn);
    new ResizeObserver(goOn).observe(document.body);
    document.addEventListener("contentvisibilityautostatechange", mark); // laid out only after the last scroll
    panel.addEventListener("toggle", showMark);
    addEventListener("resize", showMark); // the list may be longer than the screen now
    // Closed before the browser follows the link: the keyboard then goes on from the section, not from the button.
    panel.addEventListener("click", ({ target }) => {
      if (/** @type {Element} */ (target).closest("a") && panel.matches(":popover-open")) panel.hidePopover();
    });
    requestAnimationFrame(mark); // at once, it would lay the page out before the other scripts have changed it
  }
}
