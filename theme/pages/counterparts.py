"""One book in several languages: a page leads to its counterparts, all have the same anchors."""

from __future__ import annotations

import contextlib
import pickle
import posixpath
import time
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from nnbook.messages import LANGUAGES, ORIGINAL, TRANSLATIONS
from theme.pages.foreign import LATIN
from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of, strings

ROOT = Path(__file__).resolve().parents[2]
GIVE_UP = time.monotonic() + 120
"""When the original edition has surely been read, if it is being built at all."""
logger = logging.getLogger(__name__)


def editions() -> list[str]:
    """List the languages in which there is a book, the original first."""
    return [key for key, it in LANGUAGES.items() if (ROOT / it.folder / "_toc.yml").exists()]


def path_in_site(pagename: str, language: str) -> str:
    """Tell the path in the site of a page of an edition."""
    return LANGUAGES[language].prefix + pagename


def way(pagename: str, language: str, other: str) -> str:
    """Tell the way from a page to the same one in another edition."""
    here, there = (f"{path_in_site(pagename, edition)}.html" for edition in (language, other))
    return posixpath.relpath(there, posixpath.dirname(here) or ".")


def leave_out_translations(app: Sphinx, config: Config) -> None:
    """Keep the folders of the translations out of the original edition, which is around them."""
    if edition_of(config.language) == ORIGINAL:
        config.exclude_patterns += [LANGUAGES[language].folder for language in TRANSLATIONS]


def add_counterparts(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the templates of a page in all editions, and which of them is this one."""
    language = edition_of(app.config.language)
    site = app.config.html_baseurl.removesuffix(LANGUAGES[language].prefix)
    file = "" if pagename == app.config.root_doc else f"{pagename}.html"
    context["edition"], context["original"] = language, ORIGINAL
    context["latin"] = LANGUAGES[language].letters == LATIN  # what the text face is for
    context["editions"] = [
        {
            "key": key,
            "language": LANGUAGES[key].tag,
            "name": LANGUAGES[key].name,
            "address": site + path_in_site(file, key),
            "way": way(pagename, language, key),
            "words": strings(key),
        }
        for key in editions()
    ]


def wait_for(file: Path) -> nodes.document | None:
    """Return a doctree that another process may be writing; None if there is none to come."""
    while True:
        with contextlib.suppress(FileNotFoundError, EOFError, pickle.UnpicklingError):
            tree: nodes.document = pickle.loads(file.read_bytes())
            return tree
        if time.monotonic() > GIVE_UP:
            return None
        time.sleep(0.1)


class SameAnchors(SphinxTransform):
    """Give the sections of a translated page the ids that the original has.

    A link into a page then works in all editions, and can be read: docutils makes ids of Latin
    letters only. The original is built before, or at the same time in another process; it leaves
    each page as a doctree as soon as it has read it.
    """

    default_priority = 10  # before anything refers to an id

    def apply(self, **kwargs: object) -> None:
        """Rename, or warn where the pages do not have the same sections."""
        if edition_of(self.config.language) == ORIGINAL:
            return
        built = wait_for(ROOT / "_build" / ".doctrees" / f"{self.env.docname}.doctree")
        if built is None:
            logger.warning("The original edition is not built yet", location=self.env.docname)
            return
        original = list(built.findall(nodes.section))
        own = list(self.document.findall(nodes.section))
        if len(original) != len(own):
            logger.warning(
                "%d sections, but %d in the original", len(own), len(original), location=own[0]
            )
            return
        renamed = {}
        for before, section in zip(original, own, strict=True):
            old = section["ids"][0]
            new = before["ids"][0]
            section["ids"][0] = renamed[old] = new
            self.document.ids.pop(old, None)
            for name in section["names"]:
                self.document.nameids[name] = new
        self.document.ids.update({section["ids"][0]: section for section in own})
        slugs = getattr(self.document, "myst_slugs", {})
        for slug, (line, identifier, title) in list(slugs.items()):
            slugs[slug] = (line, renamed.get(identifier, identifier), title)


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.connect("config-inited", leave_out_translations)
    on_page(app, add_counterparts)
    app.add_transform(SameAnchors)
