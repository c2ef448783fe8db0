"""Search in Chinese: a text is indexed by its characters and by each pair of neighbors.

Chinese has no blanks between words, so any pair may be the query; the page splits a query into the
same pairs. This finds every query and needs no dictionary.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

RUN = re.compile(r"([\u4e00-\u9fff]+)|[^\W_\u4e00-\u9fff]+")


class SearchChinese(SearchLanguage):
    """What Sphinx asks of a language, for the index and for the page."""

    lang = "zh"
    language_name = "Chinese"
    js_stemmer_code = "var Stemmer = function () { this.stemWord = (word) => word; };"
    js_splitter_code = r"""
var splitRun = /([\u4e00-\u9fff]+)|[^\s_\p{P}\p{S}\u4e00-\u9fff]+/gu;
var splitQuery = (query) =>
  [...query.matchAll(splitRun)].flatMap(([run, chinese]) =>
    chinese?.length > 1 ? [...chinese].slice(1).map((second, k) => chinese[k] + second) : [run]);
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 (Sphinx's name)
        """Return the words of a text, which for Chinese are its characters and pairs."""
        found: list[str] = []
        for run in RUN.finditer(input):
            found += [*run[1], *map("".join, pairwise(run[1]))] if run[1] else [run[0]]
        return found

    def word_filter(self, word: str) -> bool:
        """Keep single characters: 批 and 层 are terms."""
        return bool(word)


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx's own Chinese, which needs a dictionary to find anything."""
    app.add_search_language(SearchChinese)
