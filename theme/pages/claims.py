"""The mark of a claim: {claim}`networks-gap` says in how many of how many settings it holds.

It leads to the entry of the claim on the page of all claims, and opens in place.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from nnbook import claims

logger = logging.getLogger(__name__)


class ClaimMark(SphinxRole):
    """In how many settings a claim holds."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the mark."""
        try:
            entry = claims.entry(self.text)
        except ValueError as error:
            logger.warning("%s", error, location=self.get_location())
            return [nodes.literal(text=self.text)], []
        return [nodes.inline(text=f"{entry.holds}/{entry.tried}", classes=["claim"])], []


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("claim", ClaimMark())
