// What a page of the book does beyond showing itself. Everything can be read without it.
"use strict";

// Also in first-visit.js, which runs before anything is shown.
const LANGUAGE_KEY = "nnlib-book:language";

/** Switch between light and dark and remember the choice. */
function schemeButton() {
  const button = /** @type {HTMLButtonElement} */ (document.querySelector(".scheme-button"));
  const root = document.documentElement;
  button.addEventListener("click", () => {
    const dark =
      getComputedStyle(root).colorScheme === "dark" ||
      (!root.dataset.scheme && matchMedia("(prefers-color-scheme: dark)").matches);
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
  const translated = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-words]"));
  const { copy = "", copied = "" } = translated.dataset;
  const said = document.createElement("p"); // aloud; a mere renaming of the button is not
  said.className = "unseen";
  said.role = "status";
  document.querySelector("main")?.append(said);
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
    /** @param {string} words @param {boolean} done */
    const show = (words, done) => {
      button.title = words;
      button.setAttribute("aria-label", words);
      button.classList.toggle("done", done);
      said.textContent = done ? words : "";
    };
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(cell.querySelector("pre")?.textContent.trimEnd() ?? "");
      show(copied, true);
      setTimeout(show, 1500, copy, false);
    });
    cell.append(button);
  }
}

/** Python in the browser needs a server: a page opened as a file does not offer it. */
function offerLite() {
  /** @type {NodeListOf<HTMLElement>} */
  const served = document.querySelectorAll(".served");
  for (const item of served) item.hidden = location.protocol === "file:";
}

/**
 * What scrolls sideways, and only that, can be reached and scrolled by the keyboard. Of a section far from the screen nobody knows
 * what scrolls, so there all code can be reached; whoever comes to it lays the section out.
 */
function reachableScrollers() {
  const observer = new ResizeObserver((entries) => {
    const scrolls = entries.map(({ target }) => target.scrollWidth > target.clientWidth);
    entries.forEach(({ target }, index) => {
      const caption = target.querySelector("caption")?.offsetHeight;
      if (caption) /** @type {HTMLElement} */ (target).style.setProperty("--caption", `${caption}px`);
      if (scrolls[index]) target.setAttribute("tabindex", "0");
      else if (target !== document.activeElement) target.removeAttribute("tabindex");
    });
  });
  const all = [...document.querySelectorAll("article :is(pre, table, .displayed)")];
  const far = all.filter((one) => one.localName === "pre" && !one.checkVisibility({ contentVisibilityAuto: true }));
  for (const element of far) element.setAttribute("tabindex", "0");
  for (const element of all) observer.observe(element);
}

/** Close an open menu by a click elsewhere or by Escape. */
function closeMenus() {
  const close = (/** @type {Node | null} */ except) => {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const menus = document.querySelectorAll("details.menu[open]");
    for (const menu of menus) if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener("click", ({ target }) => close(/** @type {Node} */ (target)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(null);
  });
}

/** The search field is two keys away; one alone would be taken from those who write or speak to the page. */
function searchKey() {
  const held = /Mac|iPhone|iPad/.test(navigator.platform) ? "metaKey" : "ctrlKey"; // Ctrl+K cuts a line on a Mac
  document.addEventListener("keydown", (event) => {
    if (event.key?.toLowerCase() !== "k" || !event[held] || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // The search page hides the field in the bar.
    const field = /** @type {HTMLInputElement} */ (
      document.querySelector("article .search-form input") ?? document.querySelector(".search-form input")
    );
    field.focus();
  });
}

/** The search page is opened by script: of a page that is a file, Firefox submits no form (the policy's form-action). */
function openSearch() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector(".bar .search-form"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = new URLSearchParams({ q: String(new FormData(form).get("q") ?? "") });
    location.assign(`${form.action}?${query}`);
  });
}

/** The index of the search comes while one types the query. A page opened from a file may not fetch it, and need not. */
function fetchIndexAhead() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector(".bar .search-form"));
  if (location.protocol === "file:") return;
  form.addEventListener("focusin", () => fetch(form.dataset.index ?? "").catch(() => {}), { once: true });
}

/** Another edition opens at the same section, and the choice is remembered. */
function editionLinks() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("a.edition");
  const remember = (/** @type {string} */ language) => {
    try {
      localStorage.setItem(LANGUAGE_KEY, language);
    } catch {
      // Storage may be forbidden; then nobody is led anywhere, either.
    }
  };
  for (const link of links) {
    link.addEventListener("click", () => {
      const read = [...document.querySelectorAll("article section[id]")].filter(
        (section) => section.getBoundingClientRect().top < innerHeight / 4,
      );
      // The first section is the whole page.
      link.hash = read.slice(1).at(-1)?.id ?? "";
      link.search = location.search;
      remember(link.lang.split("-")[0]);
    });
  }
  try {
    const led = /** @type {HTMLElement | null} */ (document.querySelector(".led"));
    if (!led || localStorage.getItem(LANGUAGE_KEY) !== "led") return;
    led.hidden = false;
    remember(document.documentElement.lang.split("-")[0]);
  } catch {
    // As above.
  }
}

/** A term or an equation shows itself where it is mentioned; what does that is loaded when the first link is pointed at or clicked. */
function showInPlace() {
  const { content, dataset } = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=book-in-place]"));
  const reached = new AbortController();
  /** @type {Promise<unknown> | null} */
  let loaded = null;
  const begin = (/** @type {Event} */ event) => {
    /** @type {HTMLAnchorElement | null} */
    const link = /** @type {Element} */ (event.target).closest?.(content);
    if (!link) return;
    const { type, pointerType, detail, ctrlKey, metaKey, shiftKey } = /** @type {PointerEvent} */ (event);
    const touched = pointerType === "touch";
    const stays = touched || link.pathname !== location.pathname;
    const tapped = type === "click" && stays && !(ctrlKey || metaKey || shiftKey);
    if (type === "pointerover" ? touched : !tapped && !link.matches(":focus-visible")) return;
    if (tapped) event.preventDefault();
    loaded ??= Promise.all([dataset.said ?? "", dataset.script ?? ""].map(globalThis.nnlibLoad));
    loaded.then(
      () => {
        reached.abort();
        if (tapped) globalThis.nnlibInPlace.tap(link, detail === 0);
        else globalThis.nnlibInPlace.soon(link);
      },
      () => tapped && location.assign(link.href),
    );
  };
  for (const kind of ["pointerover", "focusin", "click"])
    document.addEventListener(kind, begin, { signal: reached.signal });
}

globalThis.nnlibFigures?.hydrate();
schemeButton();
copyButtons();
offerLite();
reachableScrollers();
closeMenus();
searchKey();
openSearch();
fetchIndexAhead();
editionLinks();
showInPlace();
