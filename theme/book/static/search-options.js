// Settings for Sphinx's search, loaded before it.
"use strict";
const SPHINX_HIGHLIGHT_ENABLED = false;
// A page opened from a file may not fetch other pages, so there are no excerpts then.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
