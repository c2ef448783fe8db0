"""The claims of the book: their marks in the text, and the page that lists them.

Through it go the claims of `nnbook/claims/` with what trying them has found.
"""

from sphinx.application import Sphinx

from theme.claims import mark, page


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    for part in (mark, page):
        part.setup(app)
