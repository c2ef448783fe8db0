// A term, an equation, a figure or a source shows itself where it is mentioned. Loaded with the first one that is asked for.
"use strict";
{
  const WAIT = 300; // ms: who only passes over a link is not disturbed
  const LEAVE = 250; // enough to reach the box
  const EDGE = 8; // px between the box and what is around it
  /** @type {Record<string, string>} */
  const NAMESPACES = { math: "http://www.w3.org/1998/Math/MathML", svg: "http://www.w3.org/2000/svg" };
  const root = document.documentElement;
  const meta = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-in-place]"));
  const way = root.dataset.content_root ?? ""; // to the first page
  const here = new URL(way, location.href).pathname;

  const box = document.createElement("div");
  box.id = "in-place";
  box.className = "in-place";
  box.popover = "manual";
  box.setAttribute("role", "note");
  document.querySelector("main")?.append(box);
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  /** @type {HTMLAnchorElement | null} */
  let coming = null;
  let timer = 0;
  let pinned = false; // by a click: it stays when the pointer leaves
  let returning = false; // the focus goes back to what was shown

  /**
   * The elements that theme/reading/in_place.py has written as [name, attributes, children and texts ...].
   * @param {ElementTree | string} tree @returns {Node}
   */
  function built(tree, inherited = "http://www.w3.org/1999/xhtml") {
    if (typeof tree === "string") return document.createTextNode(tree);
    const [name, attributes, ...children] = tree;
    const namespace = NAMESPACES[name] ?? inherited;
    const element = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (attributes.href && !/^(\w+:|#)/.test(attributes.href)) element.setAttribute("href", way + attributes.href);
    element.append(...children.map((child) => built(child, namespace)));
    return element;
  }

  /** A copy that is no place of its own: no ids, no buttons, no figure that answers. */
  function copied(/** @type {Element} */ element) {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    for (const part of copy.querySelectorAll(".headerlink, .nn-figure, noscript, script, .cell_input")) part.remove();
    for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
    return copy;
  }

  const target = (/** @type {HTMLAnchorElement} */ link) =>
    link.pathname === location.pathname ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;

  function content(/** @type {HTMLAnchorElement} */ link) {
    const there = target(link);
    if (there) return copied((there.matches("dt") && there.nextElementSibling) || there);
    const tree = globalThis.nnlibSaidElsewhere?.[decodeURIComponent(link.pathname.slice(here.length) + link.hash)];
    return tree && built(tree);
  }

  const inView = (/** @type {Element} */ element) => {
    if (!element.checkVisibility({ contentVisibilityAuto: true })) return false;
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  };

  function hide() {
    clearTimeout(timer);
    coming = null;
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    target(shown)?.classList.remove("mentioned");
    const within = box.contains(document.activeElement) && shown;
    shown = null;
    pinned = false;
    if (box.matches(":popover-open")) box.hidePopover();
    if (!within) return;
    returning = true;
    within.focus({ preventScroll: true });
    returning = false;
  }

  /** Below the line that mentions it, or above where there is more room. */
  function place(/** @type {DOMRect} */ line) {
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = line.bottom + EDGE;
    const top = below + height + EDGE <= innerHeight ? below : Math.max(EDGE, line.top - EDGE - height);
    const left = Math.max(EDGE, Math.min(line.left, root.clientWidth - EDGE - width));
    box.style.top = `${top}px`;
    box.style.left = `${left}px`;
  }

  function show(/** @type {HTMLAnchorElement} */ link, /** @type {boolean} */ tapped) {
    hide();
    const there = target(link);
    // What can be seen lights up where it is, but who taps wants to stay in the line.
    if (there && inView(there)) {
      there.classList.add("mentioned");
      shown = link;
      return;
    }
    const said = content(link);
    if (!said) return;
    box.replaceChildren(said);
    if (tapped) {
      const way = document.createElement("a");
      way.className = "in-place-way";
      way.href = link.href;
      way.textContent = meta.dataset.go ?? "";
      way.addEventListener("click", hide);
      box.append(way);
    }
    pinned = tapped;
    box.setAttribute("aria-label", link.textContent);
    box.showPopover();

    place(link.getClientRects()[0]);
    link.setAttribute("aria-describedby", box.id);
    shown = link;
  }

  const linkAt = (/** @type {Event} */ { target }) =>
    /** @type {HTMLAnchorElement | null} */ (
      target instanceof Element && !box.contains(target) ? target.closest(meta.content) : null
    );

  function soon(/** @type {HTMLAnchorElement} */ link) {
    clearTimeout(timer);
    if (link === shown) return;
    coming = link;
    timer = setTimeout(show, WAIT, link, false);
  }
  function leave() {
    clearTimeout(timer);
    coming = null;
    timer = setTimeout(hide, LEAVE);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event);
    if (link) soon(link);
    else if (box.contains(/** @type {Node} */ (event.target))) clearTimeout(timer);
    else if ((shown && !pinned) || coming) leave();
  });
  document.addEventListener("focusin", (event) => {
    if (returning) return;
    const link = linkAt(event);
    if (link?.matches(":focus-visible")) soon(link);
    else if (!box.contains(/** @type {Node} */ (event.target))) hide();
  });
  document.addEventListener("focusout", () => coming && leave());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  document.addEventListener("scroll", () => shown && hide(), { passive: true });
  addEventListener("resize", hide);
  /** Show what a link leads to, with a link that does go there; who came by the keyboard is at that link. */
  function tap(/** @type {HTMLAnchorElement} */ link, /** @type {boolean} */ keyed) {
    show(link, true);
    if (keyed) /** @type {HTMLElement | null} */ (box.querySelector(".in-place-way"))?.focus();
  }

  // No link leaves the page by itself, but with a key that opens it elsewhere. On the page the first tap shows, the second goes there.
  document.addEventListener("click", (event) => {
    const link = linkAt(event);
    const { pointerType, detail, ctrlKey, metaKey, shiftKey } = /** @type {PointerEvent} */ (event);
    const stays = link && (link.pathname !== location.pathname || (pointerType === "touch" && link !== shown));
    if (stays && !(ctrlKey || metaKey || shiftKey) && content(link)) {
      event.preventDefault();
      tap(link, detail === 0);
    } else if (!box.contains(/** @type {Node} */ (event.target))) hide();
  });

  globalThis.nnlibInPlace = { soon, tap };
}
