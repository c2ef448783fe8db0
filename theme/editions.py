"""Two editions, one book: each page leads to its counterpart, and both bear the same anchors."""

from __future__ import annotations

import pickle
import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from theme.strings import STRINGS, edition_of

ROOT = Path(__file__).resolve().parent.parent
# The language of each edition as a page names it, and the edition's folder in the site.
EDITIONS = {"en": ("en", ""), "zh": ("zh-CN", "zh/")}
logger = logging.getLogger(__name__)


def counterpart(pagename: str, language: str) -> tuple[str, str]:
    """Tell the language of the other edition, and the way from this page to the same one in it."""
    other = "en" if language == "zh" else "zh"
    here, there = (EDITIONS[edition][1] + pagename + ".html" for edition in (language, other))
    return other, posixpath.relpath(there, posixpath.dirname(here) or ".")


def add_other_edition(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Tell the templates of both editions of a page."""
    context["editions"] = []
    if not (ROOT / "zh" / "_toc.yml").exists():
        return
    language = edition_of(app.config.language)
    other, address = counterpart(pagename, language)
    context["other_edition"] = {
        "address": address,
        "language": EDITIONS[other][0],
        "words": STRINGS[other],
    }
    base = app.config.html_baseurl.removesuffix(EDITIONS[language][1])
    page = "" if pagename == app.config.root_doc else f"{pagename}.html"
    context["editions"] = [
        {"language": code, "address": f"{base}{folder}{page}"} for code, folder in EDITIONS.values()
    ]


class SameAnchors(SphinxTransform):
    """Give the sections of a Chinese page the ids that the English page has.

    A link into a page then works in both editions, and can be read: docutils makes ids of Latin
    letters alone. The English edition is built first and leaves its pages as doctrees.
    """

    default_priority = 10  # before anything refers to an id

    def apply(self, **kwargs: object) -> None:
        """Rename, or warn where the pages do not have the same sections."""
        if edition_of(self.config.language) == "en":
            return
        built = ROOT / "_build" / ".doctrees" / f"{self.env.docname}.doctree"
        if not built.exists():
            logger.warning("The English edition is not built yet", location=self.env.docname)
            return
        english = list(pickle.loads(built.read_bytes()).findall(nodes.section))
        chinese = list(self.document.findall(nodes.section))
        if len(english) != len(chinese):
            logger.warning(
                "%d sections, but %d in English", len(chinese), len(english), location=chinese[0]
            )
            return
        renamed = {}
        for before, section in zip(english, chinese, strict=True):
            old = section["ids"][0]
            new = before["ids"][0]
            section["ids"][0] = renamed[old] = new
            self.document.ids.pop(old, None)
            for name in section["names"]:
                self.document.nameids[name] = new
        self.document.ids.update({section["ids"][0]: section for section in chinese})
        slugs = getattr(self.document, "myst_slugs", {})
        for slug, (line, identifier, title) in list(slugs.items()):
            slugs[slug] = (line, renamed.get(identifier, identifier), title)


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.connect("html-page-context", add_other_edition)
    app.add_transform(SameAnchors)
