"""The mark of a claim: {claim}`networks-gap` says in how many of how many settings it holds.

No line ends before it. It leads to the entry on the page of all claims, which also opens in place.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from nnbook import claims
from nnbook.messages import load
from theme.strings import edition_of

PAGE = "chapters/claims"
MARK = (
    '&#8288;<a class="claim reference internal"{place} href="{page}#{entry}"'
    ' aria-label="{shown}: {words}" title="{words}">{shown}</a>'
)

logger = logging.getLogger(__name__)


def entry_id(name: str) -> str:
    """Return the anchor of a claim on the page of all claims."""
    return f"claim-{name}"


def mark_id(name: str) -> str:
    """Return the anchor of the first mark of a claim on its page."""
    return f"mark-{name}"


class ClaimMark(SphinxRole):
    """In how many settings a claim holds."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the mark."""
        name = self.text
        try:
            entry = claims.entry(name)
        except ValueError as error:
            logger.warning("%s", error, location=self.get_location())
            return [nodes.literal(text=name)], []
        words = load("messages/claims", edition_of(self.config.language))["mark"]
        marked = self.env.temp_data.setdefault("claims", set())
        first = name not in marked and self.env.docname != PAGE
        html = MARK.format(
            place=f' id="{mark_id(name)}"' if first else "",
            page=self.env.app.builder.get_relative_uri(self.env.docname, PAGE),
            entry=entry_id(name),
            shown=entry.short,
            words=escape(words.format(holds=entry.holds, tried=entry.tried)),
        )
        marked.add(name)
        return [nodes.raw("", html, format="html")], []


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("claim", ClaimMark())
