"""The index of the book's search: every place that can be found, with its text.

A place is a section, a term of the glossary, an exercise, or a function or class of the reference.
The search page loads the index as a script, because a page opened from a file may fetch nothing.
The page's own scripts (static/search-*.js) count the words and cut excerpts out of the text.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from nnbook.messages import load
from theme.formulas.plain import plain
from theme.formulas.rendering import to_html
from theme.pages.folding import fold, summary
from theme.stages import Context, Doctree, on_page, when_written
from theme.strings import edition_of

FILE = "_static/search-index.js"
BEFORE, AFTER = "const BOOK_PAGES = ", ";\n"
OTHER_NAMES = "messages/site/search_names"
SPACE_AT_MARK = re.compile(r"(?<=[。，；：？！、）]) | (?=[（。，；：？！、）])")
TITLES = (nodes.title, nodes.term, addnodes.desc_signature)
# Code is found by the names in the reference; as an excerpt it would say little.
SILENT = (*TITLES, nodes.raw, nodes.image, nodes.comment, nodes.literal_block)
SPEAKING_FOLDS = {"proof", "discussion", "held"}  # no excerpt shows a hint or a solution
logger = logging.getLogger(__name__)


def kind_of(node: nodes.Node) -> str:
    """Tell what kind of place a node is, or "" if it is none."""
    match node:
        case nodes.section():
            return "section"
        case nodes.definition_list_item() if isinstance(node.parent.parent, addnodes.glossary):
            return "term"
        case addnodes.desc() if node[0]["ids"]:
            return "name"
        case nodes.admonition() if "exercise" in node["classes"]:
            return "exercise"
    return ""


def is_silent(node: nodes.Node) -> bool:
    """Tell whether a node adds nothing to the text of the place around it."""
    if isinstance(node, fold):
        return not SPEAKING_FOLDS & set(node["classes"])
    if isinstance(node, summary) and "held" in node.parent["classes"]:
        return True
    if isinstance(node.parent, addnodes.desc_content) and node is not node.parent[0]:
        return True  # a function is described by its first sentences
    return isinstance(node, SILENT) or kind_of(node) != ""


def words(node: nodes.Node) -> str:
    """Give the text of a node, without that of the places within."""
    if isinstance(node, nodes.math | nodes.math_block):
        text = plain(to_html(node.astext(), display=isinstance(node, nodes.math_block)))
        marked = f"{node.get('opening', '')}{text}{node.get('closing', '')}"
        return marked if isinstance(node, nodes.Inline) else f"{marked} "
    if isinstance(node, nodes.Text):
        return str(node)
    text = "".join(words(child) for child in node.children if not is_silent(child))
    return text if isinstance(node, nodes.Inline) else f"{text} "


def line(node: nodes.Node) -> str:
    """Give the text of a node on one line; a Chinese mark needs no space."""
    return SPACE_AT_MARK.sub("", " ".join(words(node).split()))


def sections_of(term: nodes.Element, address: str) -> list[str]:
    """Give the addresses of the sections that teach a term."""
    links = [link.get("refuri", "") for link in term.findall(nodes.reference)]
    return [posixpath.join(posixpath.dirname(address), link) for link in links if "#sec-" in link]


def place(node: nodes.Element, address: str, numbers: dict[str, tuple[int, ...]]) -> list[Any]:
    """Describe a place by what search-places.js reads, in its order."""
    kind = kind_of(node)
    depth, above = 0, node.parent
    while above is not None:
        depth += kind_of(above) != ""
        above = above.parent
    first, *others = node.findall(lambda inner: isinstance(inner, TITLES))
    ids = (first if kind in ("term", "name") else node)["ids"]
    title = ids[0] if kind == "name" else line(first)
    number = ".".join(map(str, numbers.get(f"#{ids[0]}" if depth else "", ())))
    anchor = ids[-1] if depth else ""  # a label, where there is one
    row = [kind, depth, number, title, anchor, line(node)]
    if kind == "term":
        row += [[line(other) for other in others], sections_of(node, address)]
    return row


def add_other_names(places: list[list[Any]], language: str, address: str) -> None:
    """Give terms of the glossary, and sections, the names by which readers of others look."""
    terms = {row[3]: row for row in places if row[0] == "term"}
    sections = {address + (row[4] and f"#{row[4]}"): row for row in places if row[0] == "section"}
    for name, names in load(OTHER_NAMES, language).items():
        if name in terms:
            terms[name][6] += names
        elif name in sections:
            sections[name] += [names, []]
        elif name.partition("#")[0] == address or (terms and ".html" not in name):
            logger.warning("%s has a name of nothing on %s: %s", OTHER_NAMES, address, name)


def in_order(env: BuildEnvironment, root: str) -> Iterator[str]:
    """Give the names of the pages as one reads them."""
    relations = env.collect_relations()
    page: str | None = root
    while page:
        yield page
        page = relations[page][2]


class Index:
    """The places of all pages."""

    def __init__(self) -> None:
        self._pages: dict[str, list[list[Any]]] = {}  # address -> places

    def add_page(self, app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
        """Read a page that is being written."""
        if doctree is not None and has_search(app):
            address = app.builder.get_target_uri(pagename)
            numbers = app.env.toc_secnumbers.get(pagename, {})
            found = [node for node in doctree.findall(nodes.Element) if kind_of(node)]
            places = [place(node, address, numbers) for node in found]
            add_other_names(places, edition_of(app.config.language), address)
            self._pages[address] = places

    def write(self, app: Sphinx, outdir: Path) -> None:
        """Write the index; a page that did not have to be written again stays as it was."""
        file = outdir / FILE
        old = {}
        if file.exists():
            old = dict(json.loads(file.read_text("utf-8").removeprefix(BEFORE).removesuffix(AFTER)))
        addresses = map(app.builder.get_target_uri, in_order(app.env, app.config.root_doc))
        pages = [(address, (old | self._pages)[address]) for address in addresses]
        text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
        file.write_text(BEFORE + text + AFTER, encoding="utf-8")


def has_search(app: Sphinx) -> bool:
    """Tell whether a site is built, and not a book on its own."""
    return app.builder.name == "html"


def make_no_other(app: Sphinx) -> None:
    """Let Sphinx make no index of its own."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False


def add_page(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Add the page that Sphinx would have made with it."""
    return [("search", {}, "search.html")] if has_search(app) else []


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    index = Index()
    app.connect("builder-inited", make_no_other)
    app.connect("html-collect-pages", add_page)
    on_page(app, index.add_page)
    when_written(app, index.write)
