"""What links to terms, equations, figures, sources and claims show in place, within the line.

What lies on the same page the page's script copies (static/in-place.js). What other pages say
is here: a script, because a page opened from a file may fetch nothing, and trees of elements,
because no page takes HTML from a script.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from nnbook.messages import ORIGINAL
from theme.files.digests import pages_of
from theme.stages import Stage, when_written

FILE = "_static/said-elsewhere.js"
BEFORE, AFTER = "globalThis.nnlibSaidElsewhere = ", ";\n"
LINK = re.compile(
    r'<a class="[^"]*\breference internal"[^>]*'
    r' href="([^"#]+#(?:term-|equation-|fig-|claim-|id\d)[^"]*)"'
)
START = re.compile(r"<(\w+)[^>]*$")
EMPTY = {"br", "hr", "img", "path", "line", "input"}
# Nothing of what is shown is a place of its own, and a small copy has no figure that answers.
DROPPED = {"headerlink", "nn-figure", "label", "cell_input", "claim-trials"}
AFTER_TERM = " · "
Tree = list[Any]


def is_foreign_term(before: Tree) -> bool:
    """Whether this is all that a line begins with: of no help in English is a term in Chinese."""
    words = [part for part in before if part != " "]
    return len(words) == 1 and words[0][1].get("lang", ORIGINAL) != ORIGINAL


class Reader(HTMLParser):
    """Reads one element with all it holds as a tree: [name, attributes, children and texts ...]."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.tree: Tree | None = None
        self.open: list[Tree] = []
        self.skipped = 0  # how deep within an element that is dropped

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, unless all was read."""
        if self.done:
            return
        found = {name: value or "" for name, value in attrs if name not in ("id", "title", "xmlns")}
        dropped = tag in ("noscript", "script") or DROPPED & set(found.get("class", "").split())
        if self.skipped or dropped:
            self.skipped += tag not in EMPTY
            return
        address = found.get("href", "")
        if address and not re.match(r"\w+:|#", address):
            found["href"] = posixpath.normpath(posixpath.join(self.folder, address))
        element: Tree = [tag, found]
        if self.open:
            self.open[-1].append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; the first one ends the tree."""
        if self.done or tag in EMPTY:
            return
        if self.skipped:
            self.skipped -= 1
            return
        element = self.open.pop()
        if not self.open:
            self.tree = element

    def handle_data(self, data: str) -> None:
        """Take text as it is."""
        if self.open and not self.skipped and not self.done:
            element = self.open[-1]
            if data.startswith(AFTER_TERM) and is_foreign_term(element[2:]):
                del element[2:]
                data = data.removeprefix(AFTER_TERM)
            element.append(data if data.strip() else " ")

    @property
    def done(self) -> bool:
        """Whether the element is whole."""
        return self.tree is not None


def element_of(html: str, identifier: str, folder: str) -> Tree | None:
    """Read the element with an id; of a term of the glossary, what explains it."""
    at = html.find(f' id="{identifier}"')
    if at < 0:
        return None
    if identifier.startswith("term-"):
        start = html.find("<dd", at)  # several terms may share an explanation
    else:
        found = START.search(html, html.rfind("<", 0, at), at)
        start = found.start() if found else at
    reader = Reader(folder)
    while not reader.done and start < len(html):
        end = html.find("\n", start) + 1 or len(html)
        reader.feed(html[start:end])
        start = end
    return reader.tree


def linked(pages: Iterable[tuple[str, str]]) -> set[str]:
    """List what pages mention of other pages, as addresses from the root of the edition."""

    def found() -> Iterator[str]:
        for name, html in pages:
            for address in LINK.findall(html):
                yield posixpath.normpath(posixpath.join(posixpath.dirname(name), address))

    return set(found())


def said_elsewhere(outdir: Path, names: Iterable[str]) -> dict[str, Tree]:
    """Return address of a term, an equation, a figure or a source -> its tree."""
    pages = {f"{name}.html": (outdir / f"{name}.html").read_text("utf-8") for name in names}
    said = {}
    for address in sorted(linked(pages.items())):
        page, _, identifier = address.partition("#")
        tree = element_of(pages.get(page, ""), identifier, posixpath.dirname(page))
        if tree:
            said[address] = tree
    return said


def finish(app: Sphinx, outdir: Path) -> None:
    """Write the script, before addresses are stamped."""
    text = json.dumps(
        said_elsewhere(outdir, pages_of(app)), ensure_ascii=False, separators=(",", ":")
    )
    (outdir / FILE).write_text(f"{BEFORE}{text}{AFTER}", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    when_written(app, finish, Stage.LOOKED_UP)
