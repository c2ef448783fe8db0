// Settings for Sphinx's search: loaded after it and before its index, with which the search begins.
"use strict";
const SPHINX_HIGHLIGHT_ENABLED = false;

// A page opened from a file may not fetch other pages, so there are no excerpts then.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// A formula stands in a page twice, once for the eye and once for screen readers: excerpts need one.
const pageText = Search.htmlToText;
Search.htmlToText = (page, anchor) =>
  pageText(page.replace(/<span class="katex-mathml">.*?<\/math><\/span>/gs, ""), anchor);
