"""The formula sheet: the numbered equations of a chapter's path, each with where it comes from.

In a page, inside an ``eval-rst`` block:  ``.. formula-sheet:: chapters/softmax``
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from theme.pages.folding import fold
from theme.reading.layers import second_reading

logger = logging.getLogger(__name__)


class formula_sheet(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """Where the equations of a chapter will be, once all chapters are read."""


class FormulaSheet(SphinxDirective):
    """The equations of one chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Note which chapter."""
        self.env.metadata[self.env.docname]["formula_sheet"] = True
        return [formula_sheet(chapter=self.arguments[0])]


def on_the_path(node: nodes.Node) -> bool:
    """Tell whether a node folds away neither with a second reading nor in a proof or solution."""
    while node.parent is not None:
        if isinstance(node.parent, fold):
            return False
        before = node.parent.children[: node.parent.index(node)]
        if any(isinstance(each, second_reading) and each["begins"] for each in before):
            return False
        node = node.parent
    return True


def equations(document: nodes.document) -> Iterator[tuple[nodes.math_block, nodes.section]]:
    """Find the numbered equations of the path, each with its section."""
    for equation in document.findall(nodes.math_block):
        if equation.get("label") and on_the_path(equation):
            section = equation.parent
            while not isinstance(section, nodes.section):
                section = section.parent
            yield equation, section


def row(app: Sphinx, page: str, equation: nodes.math_block) -> nodes.Element:
    """Write an equation, without a number of its own, and the link to it."""
    env, label = app.env, equation["label"]
    formula = nodes.math_block(equation.astext(), equation.astext(), number=None)
    link = env.domains["math"].resolve_xref(
        env, page, app.builder, "eq", label, nodes.Element(), nodes.Text(label)
    )
    return nodes.container("", formula, nodes.paragraph("", "", link), classes=["formula"])


def fill(app: Sphinx, document: nodes.document, page: str) -> None:
    """Put the equations into the sheets."""
    for sheet in list(document.findall(formula_sheet)):
        chapter, found, last = sheet["chapter"], nodes.container(classes=["formulas"]), None
        for equation, section in equations(app.env.get_doctree(chapter)):
            if section is not last:
                title = section.next_node(nodes.title)
                words = [child.deepcopy() for child in title.children]
                link = make_refnode(app.builder, page, chapter, section["ids"][0], words)
                found += nodes.paragraph("", "", link, classes=["formula-title"])
                last = section
            found += row(app, page, equation)
        if not found.children:
            logger.warning("No numbered equation in %s", chapter, location=document)
        sheet.replace_self(found)


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages that change with others: whatever was read, the sheets are written anew."""
    return [page for page in env.found_docs if env.metadata[page].get("formula_sheet")]


def setup(app: Sphinx) -> None:
    """Register the directive and connect to the build."""
    app.add_node(formula_sheet)
    app.add_directive("formula-sheet", FormulaSheet)
    app.connect("doctree-resolved", fill)
    app.connect("env-updated", pages_to_write)
