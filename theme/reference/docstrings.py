"""Docstrings in the language of the edition: they are written in English, and others read them too.

`chapters/reference.json` of another edition says each piece of their prose in its language: a
paragraph, what a parameter is, the label of a list. A piece is found by its English words, so one
that has changed since has no translation: `tests/theme/test_translated_docstrings.py` lists these,
and what is no longer needed. Code, formulas and the titles of sources stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.transforms import SphinxTransform

from nnbook.messages import LANGUAGES, ORIGINAL

LABELS = ("Raises", "References", "Variables")  # Sphinx has other words for them
LISTS = {"Attributes", "Parameters", "Raises", "Returns"}


@cache
def translations(source: Path) -> dict[str, str]:
    """Read those of the edition whose pages are in this folder; the original has none."""
    path = source / "chapters" / "reference.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def indent(line: str) -> int:
    """Count the spaces before a line."""
    return len(line) - len(line.lstrip())


def item(section: str, line: str, say: Callable[[str], str]) -> str:
    """Translate the first line of an entry of a list, such as "z : array of any shape"."""
    name, colon, kind = line.partition(" : ")
    if colon:
        return name + colon + say(kind)
    return say(line) if section == "Returns" else line


def translate(lines: list[str], say: Callable[[str], str]) -> list[str]:
    """Give the lines of a docstring with each piece of prose replaced by what `say` makes of it."""
    out: list[str] = []
    rest = [*lines]
    section = ""

    def deeper(than: str) -> None:  # a block that belongs to the line above it
        while rest and (not rest[0].strip() or indent(rest[0]) > indent(than)):
            out.append(rest.pop(0))

    while rest:
        line = rest.pop(0)
        if rest and re.fullmatch("-{3,}", rest[0]):
            section = line
            out += [line, rest.pop(0)]
        elif not line.strip() or section == "References":
            out.append(line)
        elif line.lstrip().startswith(">>>"):
            out.append(line)
            while rest and rest[0].strip():
                out.append(rest.pop(0))
        elif line.lstrip().startswith(".. "):
            out.append(line)
            deeper(line)
        elif section in LISTS and not indent(line):
            out.append(item(section, line, say))
        else:
            paragraph = [line.strip()]
            while rest and rest[0].strip() and indent(rest[0]) == indent(line):
                if rest[0].lstrip().startswith(".. "):
                    break
                paragraph.append(rest.pop(0).strip())
            out.append(" " * indent(line) + say(" ".join(paragraph)))
            if out[-1].endswith("::"):
                deeper(line)
    return out


def in_language(source: Path, lines: list[str]) -> list[str]:
    """Give the lines of a docstring in the language of the edition in this folder."""
    words = translations(source)
    return translate(lines, lambda piece: words.get(piece, piece)) if words else lines


def process(
    app: Sphinx, what: str, name: str, value: object, options: object, lines: list[str]
) -> None:
    """Translate a docstring that autodoc has read."""
    lines[:] = in_language(app.srcdir, lines)


class Labels(SphinxTransform):
    """Say the labels of lists with our words, and tell what is still English.

    docutils writes a class "language-en" as the attribute `lang`.
    """

    default_priority = 10

    def apply(self, **kwargs: object) -> None:
        """Change what Sphinx has made of the docstrings, where they are translated."""
        words = translations(self.app.srcdir)
        ours = {_(label): words[label] for label in LABELS if label in words}
        for node in self.document.findall(nodes.Element):
            if isinstance(node, nodes.field_name | nodes.rubric) and node.astext() in ours:
                if node.astext() == _("References"):
                    sources = node.next_node(nodes.paragraph, descend=False, siblings=True)
                    sources["classes"].append(f"language-{LANGUAGES[ORIGINAL].tag}")
                node[:] = [nodes.Text(ours[node.astext()])]
        for fields in self.document.findall(nodes.field_list):
            for node in list(fields.findall(nodes.emphasis)):
                if not node.astext().isascii():  # only Latin letters slant
                    whole = node.parent if isinstance(node.parent, pending_xref) else node
                    self.widen(whole)
                    whole.replace_self(nodes.Text(node.astext()))
            for paragraph in fields.findall(nodes.paragraph):
                self.widen_with_code(paragraph)

    @staticmethod
    def widen(kind: nodes.Element) -> None:
        """Make the parentheses around a kind as wide as its letters."""
        at = kind.parent.index(kind)
        for place, narrow, wide in ((at - 1, r" \($", "（"), (at + 1, r"^\)", "）")):
            if 0 <= place < len(kind.parent) and isinstance(kind.parent[place], nodes.Text):
                kind.parent[place] = nodes.Text(re.sub(narrow, wide, kind.parent[place].astext()))

    @staticmethod
    def widen_with_code(paragraph: nodes.paragraph) -> None:
        """Do so where a kind names code: napoleon does not stress it then."""
        kind = re.search(r"^\w+ \((.+?)\)(?= -- |$)", paragraph.astext(), re.DOTALL)
        opens = len(paragraph) > 2 and paragraph[1].astext().startswith(" (")
        if not kind or kind[1].isascii() or not opens:
            return
        texts = [at for at, node in enumerate(paragraph) if isinstance(node, nodes.Text)]
        last = next(at for at in texts if re.search(r"\)(?= -- |$)", paragraph[at].astext()))
        for at, narrow, wide in ((1, r"^ \(", "（"), (last, r"\)(?= -- |$)", "）")):
            paragraph[at] = nodes.Text(re.sub(narrow, wide, paragraph[at].astext(), count=1))


def setup(app: Sphinx) -> None:
    """Connect to autodoc."""
    app.connect("autodoc-process-docstring", process, priority=400)  # before napoleon
    app.add_transform(Labels)
