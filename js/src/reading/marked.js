// The page "Where I am": highlights and notes, chapter by chapter, each with the way to its place.

import { h } from "../core/dom.js";
import { plain } from "../core/minitex.js";
import { keepMark, MOST, marksIn, recallMarks } from "../marks/kept.js";
import { pageName } from "../marks/place.js";
import { button, t } from "../marks/words.js";

/** @import { Gone, Mark } from "../marks/kept.js" */

const place = document.getElementById("reading-marks");
const status = h("p", { class: "marks-status", role: "status" });
const list = h("div", {});
place?.append(list, status);

/** Pages by their names, in the order of the contents. */
function pagesOf() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".contents a");
  return new Map([...links].map((link) => [pageName(link.pathname), link]));
}

/** The address of a page of this edition in the one of another language. @param {string} address @param {string} lang */
function inLanguage(address, lang) {
  /** @type {HTMLAnchorElement | null} */
  const way = document.querySelector(`a.edition[hreflang^="${CSS.escape(lang)}"]`);
  const root = (/** @type {string} */ here) => new URL("..", here).href;
  return way && address.replace(root(location.href), root(way.href));
}

/** @param {string} name @param {Mark | Gone} entry @param {Mark} before */
function change(name, entry, before) {
  const trouble = keepMark(name, entry);
  const undo = () => {
    keepMark(name, { ...before, at: Date.now() });
    status.replaceChildren();
    showMarks();
  };
  const back = button("undo", undo);
  status.replaceChildren(t(trouble ?? "deleted", { most: MOST }), " ", ...(trouble ? [] : [back]));
  showMarks();
  back.focus();
}

/** @param {[string, Mark]} entry @param {string} address */
function item([name, mark], address) {
  const words = mark.exact.replace(/\s+/g, " ");
  const lang = document.documentElement.lang.slice(0, 2);
  const own = mark.lang === lang;
  const way = own ? address : inLanguage(address, mark.lang);
  const quote = h("span", { lang: own ? null : mark.lang, text: readable(words) });
  const remove = () => change(name, { at: Date.now(), gone: true }, mark);
  return h(
    "li",
    {},
    mark.lost ? h("span", { class: "kept-changed" }, t("changed"), " ") : null,
    way ? h("a", { href: mark.lost ? `${way}#${mark.section}` : `${way}#mark-${name}` }, quote) : quote,
    own ? null : h("span", { class: "reading-layer", text: t("other") }),
    mark.note ? h("p", { class: "kept-note", text: mark.note }) : null,
    " ",
    button("delete", remove, words.slice(0, 60)),
  );
}

/** A formula in letters: those of mini-TeX as they are read aloud, others as they are written. @param {string} tex */
function spelled(tex) {
  try {
    return plain(tex.replace(/\\hat (\w)/g, "\\hat{$1}")).normalize();
  } catch {
    return tex;
  }
}
const readable = (/** @type {string} */ words) => words.replace(/\$([^$]*)\$/g, (_, tex) => spelled(tex));

/** A page as the contents call it. @param {HTMLElement} link */
function titleOf(link) {
  const copy = /** @type {HTMLElement} */ (link.cloneNode(true));
  for (const other of copy.querySelectorAll(".live-tick")) other.remove();
  return copy.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

export function showMarks() {
  if (!place) return;
  const all = marksIn(recallMarks());
  const pages = pagesOf();
  const named = [...pages].filter(([page]) => all.some(([, mark]) => mark.page === page));
  const parts = named.map(([page, link]) => {
    const own = all.filter(([, mark]) => mark.page === page);
    const address = link.href.replace(/[?#].*/, "");
    return [
      h("h3", { text: titleOf(link) }),
      h(
        "ul",
        { class: "reading-marks" },
        own.map((entry) => item(entry, address)),
      ),
    ];
  });
  list.replaceChildren(...(parts.length ? parts.flat() : [h("p", { text: t("none") })]));
}
