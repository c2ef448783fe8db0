// The list of the page's sections: beside the text on a wide screen, elsewhere behind a button in the bar that shows the name
// of the section being read. A part of site.js.
"use strict";
{
  /** @type {HTMLElement} */
  const panel = document.querySelector(".page-contents");
  const name = document.querySelector(".section-name");
  const links = new Map();
  /** @type {Iterable<HTMLAnchorElement>} */
  const all = panel?.querySelectorAll("a[href^='#']") ?? [];
  for (const link of all) {
    const section = document.getElementById(link.hash.slice(1));
    if (section && !link.closest("ul ul ul ul")) links.set(section, link); // deeper ones are not listed
  }
  const title = [...(name?.childNodes ?? [])];
  let marked = null;

  /** Keep the mark in view where the list is longer than the screen. */
  function showMark() {
    if (marked && panel.checkVisibility()) panel.scrollTop = marked.offsetTop - panel.clientHeight / 2;
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
    marked = current;
    name.replaceChildren(...(current ? current.cloneNode(true).childNodes : title));
    showMark();
  }

  if (links.size > 0) {
    document.addEventListener("scroll", mark, { passive: true });
    panel.addEventListener("toggle", showMark);
    // Closed before the browser follows the link: the keyboard then goes on from the section, not from the button.
    panel.addEventListener("click", ({ target }) => {
      if (/** @type {Element} */ (target).closest("a") && panel.matches(":popover-open")) panel.hidePopover();
    });
    mark();
  }
}
