"""Words of the text that set a figure: a link to it that says how, with its traits as a query.

In a notebook: ``[With $w = 4$ and $b = -2$](#fig-vanishing-gradient?w=4&b=-2)``, the name of a
preset, ``?preset=stays``, or that of a button to be pressed, ``?press=train``. A value is read as
JSON, or taken as a word. Without scripts, and in a notebook, the link leads to the figure.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

from theme.strings import strings


class moves(nodes.Inline, nodes.TextElement):  # type: ignore[misc]  # noqa: N801
    """Words that set a figure."""


def value_of(text: str) -> object:
    """Read the value of a trait."""
    try:
        return json.loads(text)
    except ValueError:
        return text


class Moving(SphinxTransform):
    """Find the links with a query."""

    default_priority = 870  # before MyST looks for what such links lead to

    def apply(self, **kwargs: object) -> None:
        """Put words that set a figure into the place of such links."""
        for link in list(self.document.findall(nodes.reference)):
            figure, asked, query = link.get("refuri", "").partition("?")
            if not (asked and link.get("id_link") and figure.startswith("#fig-")):
                continue
            traits = {name: value_of(value) for name, value in parse_qsl(unquote(query))}
            words = moves("", "", *link.children, figure=figure, traits=json.dumps(traits))
            link.replace_self(words)


def visit_moves(writer: HTML5Translator, node: moves) -> None:
    """Open the link."""
    title = strings(writer.config.language)["moves"]
    attributes = {"href": node["figure"], "title": title, "data-traits": node["traits"]}
    writer.body.append(writer.starttag(node, "a", "", CLASS="moves", **attributes))


def depart_moves(writer: HTML5Translator, node: moves) -> None:
    """Close it."""
    writer.body.append("</a>")


def setup(app: Sphinx) -> None:
    """Register the transform and the node."""
    app.add_transform(Moving)
    app.add_node(moves, html=(visit_moves, depart_moves))
