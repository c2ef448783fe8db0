"""The two layers of a chapter: the path, and what is for a second reading.

Each section takes its minutes. One of the second layer folds into its title; links and the search
unfold it, so does paper.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from theme.pages.counterparts import ROOT
from theme.reading.reading_time import (
    Section,
    levels_on_path,
    read,
    spread,
    spread_of_page,
    total,
)
from theme.stages import Context, Doctree, on_page
from theme.strings import strings

logger = logging.getLogger(__name__)
HEADING = re.compile(r"<h[2-6]\b")
PERMALINK = '<a class="headerlink"'  # what unfolds may hold no other link
LINK = re.compile(r'(<a class="[^"]*" href="(?P<page>[^"#]*)(?:#(?P<section>[^"]*))?")')

CHAPTERS = re.compile(r'id="sec-map">.*?</ol>', re.DOTALL)


class second_reading(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """Where what folds away begins, or ends: an element around sections would hide them from the
    contents.
    """


class Layers(SphinxTransform):
    """Mark the sections of a notebook with minutes and layer, and let the second layer fold."""

    default_priority = 460  # after labels became ids

    def apply(self, **kwargs: object) -> None:
        """Read the notebook and mark what the page has of it."""
        if Path(self.env.doc2path(self.env.docname)).suffix != ".ipynb":
            return
        sections = read(ROOT / f"{self.env.docname}.ipynb")  # all editions take equally long
        found = list(self.document.findall(nodes.section))
        if len(found) != len(sections):
            logger.warning(
                "%d headings in the notebook, %d on its page", len(sections), len(found),
                location=self.env.docname,
            )  # fmt: skip
            return
        minutes: dict[str, tuple[float, float]] = {}
        work = set()
        for index, node in enumerate(found):
            minutes |= dict.fromkeys(node["ids"], total(sections, index))
            if self.env.docname == self.config.root_doc:
                continue  # the first page is no chapter
            if index > 0 and exercises_in(node):
                work.add(node["ids"][0])
            if begins_more(found, sections, index):
                fold(node)
        noted = {"minutes": minutes, "work": work, "levels": levels_on_path(sections)}
        self.env.metadata[self.env.docname] |= noted


def range_of(minutes: float, words: dict[str, str]) -> str:
    """Write from how many to how many minutes a reader takes."""
    low, high = spread(minutes)
    return words["range"].format(low=low, high=high)


def in_one_line(text: str) -> str:
    """Keep a line from ending in a text: at a space, or after a dash."""
    return text.replace(" ", "\u00a0").replace("–", "–\u2060")


class Minutes(SphinxRole):
    """``{minutes}`losses digits` ``: how long the paths of these pages take together."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words."""
        whole, words = 0.0, strings(self.config.language)
        for name in self.text.split():
            page = ROOT / ("" if name == self.config.root_doc else "chapters") / f"{name}.ipynb"
            if page.exists():
                whole += total(read(page), 0)[0]
            else:
                logger.warning("There is no chapter %r", name, location=self.get_location())
        return [nodes.Text(words["minutes"].format(minutes=range_of(whole, words)))], []


def exercises_in(section: nodes.section) -> list[nodes.admonition]:
    """Find the exercises of a section and of those inside it."""
    return [box for box in section.findall(nodes.admonition) if "exercise" in box["classes"]]


def begins_more(found: list[nodes.section], sections: list[Section], index: int) -> bool:
    """Whether a section is of the second layer, and the one around it is not."""
    if index == 0 or not sections[index].more:
        return False
    around = found.index(found[index].parent)
    return not sections[around].more


def fold(node: nodes.section) -> None:
    """Let everything below the heading fold away."""
    node.insert(1, second_reading(begins=True))
    node.append(second_reading(begins=False))


def visit_second_reading(writer: HTML5Translator, node: second_reading) -> None:
    """Open or close the fold; what always shows is the heading, which was just written."""
    if node["begins"]:
        body = writer.body
        heading = max(at for at, part in enumerate(body) if HEADING.match(part))
        body[heading:] = [part for part in body[heading:] if not part.startswith(PERMALINK)]
        body.insert(heading, '<details class="second-reading">\n<summary>')
        body.append("</summary>\n")
    else:
        writer.body.append("</details>\n")
    raise nodes.SkipNode


def with_minutes(app: Sphinx, pagename: str, contents: str, *, evenings: bool = False) -> str:
    """Write minutes and layer into the links of a list of contents, where the style shows them.

    In a plan of evenings they are those of the exercises, too.
    """
    words = strings(app.config.language)

    def add(link: re.Match[str]) -> str:
        address = posixpath.join(posixpath.dirname(pagename), link["page"])
        page = posixpath.normpath(address).removesuffix(".html") if link["page"] else pagename
        metadata = app.env.metadata.get(page, {})
        sections = metadata.get("minutes", {})
        section = link["section"] or next(iter(sections), None)
        path, more = sections.get(section, (0, 0))
        if not path + more:
            return link[0]
        levels = metadata["levels"] if evenings else []
        low, high = spread_of_page(path or more, levels)
        range_ = words["range"].format(low=low, high=high)
        shown = in_one_line(words["minutes"].format(minutes=range_))
        layer = "" if path else ' data-layer="more"'
        if section in metadata["work"]:
            return link[0] + layer
        return f'{link[0]} data-minutes="{shown}"{layer}'

    return LINK.sub(add, contents)


def add_minutes(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Let the template write minutes into its lists of contents, and the first page's."""
    context["with_minutes"] = lambda contents: with_minutes(app, pagename, contents)
    if pagename == app.config.root_doc and "body" in context:
        context["body"] = CHAPTERS.sub(
            lambda it: with_minutes(app, pagename, it[0], evenings=True), context["body"]
        )


def setup(app: Sphinx) -> None:
    """Register the nodes and connect to the build."""
    app.add_transform(Layers)
    app.add_role("minutes", Minutes())
    app.add_node(second_reading, html=(visit_second_reading, None))
    on_page(app, add_minutes)
