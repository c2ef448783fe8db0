"""The two layers of a chapter: the path, and what is for a second reading.

Below the heading of a section is the time it takes. A section of the second layer folds into one
line, its title; links and the search unfold it, so does paper, and a button unfolds all.
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
from theme.pages.joining import beside
from theme.reading.reading_time import Section, read, spread, total
from theme.stages import Context, Doctree, on_page
from theme.strings import strings

logger = logging.getLogger(__name__)
HEADING = re.compile(r"<h[2-6]\b")
PERMALINK = '<a class="headerlink"'  # what unfolds may hold no other link
LINK = re.compile(r'(<a class="[^"]*" href="(?P<page>[^"#]*)(?:#(?P<section>[^"]*))?")')

CHAPTERS = re.compile(r'id="sec-map">.*?</ol>', re.DOTALL)


class facts(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """The line below a heading: minutes and layer."""


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
        words = strings(self.config.language)
        minutes: dict[str, tuple[float, float]] = {}
        work = set()
        for index, (section, node) in enumerate(zip(sections, found, strict=True)):
            path_minutes, more_minutes = total(sections, index)
            minutes |= dict.fromkeys(node["ids"], (path_minutes, more_minutes))
            if self.env.docname == self.config.root_doc:
                continue  # the first page is no chapter
            folds = begins_more(found, sections, index)
            works = index > 0 and has_exercises(node)
            if works:
                work.add(node["ids"][0])
            if folds:
                fold(node, facts_of_more(0 if works else more_minutes, words))
            elif section.level <= 2 and not works:
                times = {"path": path_minutes, "more": more_minutes}
                node.insert(1, facts(**times, words=words, whole=index == 0))  # below the heading
        self.env.metadata[self.env.docname] |= {"minutes": minutes, "work": work}


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


def has_exercises(section: nodes.section) -> bool:
    """Whether exercises are in a section: nobody knows how long they take, so it has no minutes."""
    return any("exercise" in node["classes"] for node in section.findall(nodes.admonition))


def facts_of_more(minutes: float, words: dict[str, str]) -> str:
    """Say that something is for a second reading, and how long it takes if one knows."""
    layer = words["layer_more"]
    timed = words["minutes"].format(minutes=range_of(minutes, words)) if minutes else ""
    return f"{timed} · {layer}" if timed else layer


def begins_more(found: list[nodes.section], sections: list[Section], index: int) -> bool:
    """Whether a section is of the second layer, and the one around it is not."""
    if index == 0 or not sections[index].more:
        return False
    around = found.index(found[index].parent)
    return not sections[around].more


def fold(node: nodes.section, told: str) -> None:
    """Let everything below the heading fold away."""
    if not isinstance(node[1], nodes.paragraph):
        logger.warning("A section for a second reading must begin with a paragraph", location=node)
    node.insert(1, second_reading(facts=told))
    node.append(second_reading())


def visit_facts(writer: HTML5Translator, node: facts) -> None:
    """Write the line."""
    words = node["words"]
    path, more = (node[layer] and range_of(node[layer], words) for layer in ("path", "more"))
    if node["whole"]:
        text = words[f"page_minutes{work_on(node.document)}"].format(path=path)
        if more:
            text = beside(text, words["page_more"].format(more=more))
        button = ""
        if node.document and any(node.document.findall(second_reading)):
            button = (
                f' <button class="unfold" type="button" hidden data-unfold="{words["unfold"]}"'
                f' data-fold="{words["fold"]}"></button>'
            )
        writer.body.append(f'<p class="facts">{text}{button}</p>\n')
    elif path:
        writer.body.append(f'<p class="facts">{words["minutes"].format(minutes=path)}</p>\n')
    raise nodes.SkipNode


def work_on(page: nodes.document | None) -> str:
    """Tell what a page asks for whose time nobody knows, as its words have it."""
    folds_and_boxes = page.findall(lambda one: isinstance(one, nodes.Element)) if page else ()
    classes = {name for one in folds_and_boxes for name in one["classes"]}
    return "_exercises" * ("exercise" in classes) or "_challenges" * ("discussion" in classes)


def visit_second_reading(writer: HTML5Translator, node: second_reading) -> None:
    """Open or close the fold; what always shows is the heading, which was just written."""
    if "facts" in node:
        body = writer.body
        heading = max(at for at, part in enumerate(body) if HEADING.match(part))
        body[heading:] = [part for part in body[heading:] if not part.startswith(PERMALINK)]
        body.insert(heading, '<details class="second-reading">\n<summary>')
        text = writer.encode(node["facts"])
        body.append(f'<span class="facts" data-layer="more">{text}</span></summary>\n')
    else:
        writer.body.append("</details>\n")
    raise nodes.SkipNode


def with_minutes(app: Sphinx, pagename: str, contents: str) -> str:
    """Write minutes and layer into the links of a list of contents, where the style shows them."""
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
        shown = in_one_line(words["minutes"].format(minutes=range_of(path or more, words)))
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
            lambda it: with_minutes(app, pagename, it[0]), context["body"]
        )


def setup(app: Sphinx) -> None:
    """Register the nodes and connect to the build."""
    app.add_transform(Layers)
    app.add_role("minutes", Minutes())
    app.add_node(facts, html=(visit_facts, None))
    app.add_node(second_reading, html=(visit_second_reading, None))
    on_page(app, add_minutes)
