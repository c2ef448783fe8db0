// Settings for Sphinx's search: loaded after it and before its index, with which the search begins.
"use strict";
const SPHINX_HIGHLIGHT_ENABLED = false;
const TERM = "#term-"; // begins the anchors of the glossary's terms
const MOST_TERMS = 3;

// A page opened from a file may not fetch other pages, so there are no excerpts then.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// A function of nnlib comes after the chapter with that title and before pages that only mention it.
Scorer.objPrio = { 0: 0, 1: 0, 2: -5 };

/** A term as the glossary writes it: the index has small letters alone, the anchor has blanks as hyphens. */
const written = (term, id) => term.replace(/./gu, (letter, at) => (id[at]?.toLowerCase() === letter ? id[at] : letter));

/** The glossary's terms that fit a query, as results; the one that fits best comes last. */
function definitions(query) {
  const { indexentries, docnames, titles, filenames } = Search._index;
  const stemmer = new Stemmer();
  const stems = (text) => splitQuery(text).map((word) => stemmer.stemWord(word));
  const wanted = query.toLowerCase().trim();
  const words = stems(wanted).filter((word) => !stopwords.includes(word));
  const fits = (term) => term.includes(wanted) || (words.length > 0 && words.every((word) => stems(term).includes(word)));
  const found = [];
  for (const [term, places] of Object.entries(indexentries)) {
    for (const [file, id] of places) {
      if (!`#${id}`.startsWith(TERM) || !fits(term)) continue;
      const name = written(term, id.slice(TERM.length - 1));
      found.push([docnames[file], `${name} · ${titles[file]}`, `#${id}`, null, 100 - term.length, filenames[file]]);
    }
  }
  return found.sort((a, b) => a[4] - b[4]).slice(-MOST_TERMS);
}

// Definitions first, then the rest, each place once.
const allResults = Search._performSearch;
Search._performSearch = (query, ...terms) => {
  const seen = new Set();
  const isNew = ([page, , anchor]) => seen.size < seen.add(page + anchor).size;
  const others = allResults(query, ...terms).filter(([, , anchor]) => !anchor.startsWith(TERM));
  return [...others.reverse().filter(isNew).reverse(), ...definitions(query)];
};

// A formula stands in a page twice, once for the eye and once for screen readers: excerpts need one.
// The excerpt of a term is its definition.
const pageText = Search.htmlToText;
Search.htmlToText = (page, anchor) => {
  const once = page.replace(/<span class="katex-mathml">.*?<\/math><\/span>/gs, "");
  if (!anchor?.startsWith(TERM)) return pageText(once, anchor);
  let element = new DOMParser().parseFromString(once, "text/html").getElementById(anchor.slice(1));
  while (element && element.localName !== "dd") element = element.nextElementSibling;
  return element?.textContent.trim() ?? "";
};
