"""The directive `dropdown`: what folds away, such as a proof, a hint or a solution.

JupyterLab's MyST extension knows it under the same name, and typesets the formulas inside, which
it does not inside a plain HTML ``<details>``. On paper `proof` and `discussion` are
open.
"""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator


class fold(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """What folds away."""


class summary(nodes.General, nodes.TextElement):  # type: ignore[misc]  # noqa: N801
    """What of it always shows."""


class Dropdown(SphinxDirective):
    """``:::{dropdown} Title``, with the options ``:class:`` and ``:open:``."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {  # noqa: RUF012  the form that docutils asks for
        "class": directives.class_option,
        "open": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Parse title and content."""
        title, messages = self.state.inline_text(self.arguments[0], self.lineno)
        element = fold(classes=self.options.get("class", []), open="open" in self.options)
        element += summary("", "", *title)
        self.state.nested_parse(self.content, self.content_offset, element)
        return [element, *messages]


def visit_fold(writer: HTML5Translator, node: fold) -> None:
    """Open the element."""
    attributes = ({"open": "open"} if node["open"] else {}) | node.get("data", {})
    if "solves" in node:
        attributes["data-solves"] = node["solves"]
    writer.body.append(writer.starttag(node, "details", **attributes))


def depart_fold(writer: HTML5Translator, node: fold) -> None:
    """Close the element."""
    writer.body.append("</details>\n")


def visit_summary(writer: HTML5Translator, node: summary) -> None:
    """Open the element."""
    writer.body.append("<summary>")


def depart_summary(writer: HTML5Translator, node: summary) -> None:
    """Close the element."""
    writer.body.append("</summary>\n")


def setup(app: Sphinx) -> None:
    """Register the directive and its nodes."""
    app.add_directive("dropdown", Dropdown)
    app.add_node(fold, html=(visit_fold, depart_fold))
    app.add_node(summary, html=(visit_summary, depart_summary))
