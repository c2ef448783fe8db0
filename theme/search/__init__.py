"""The book's own search: pages come in, an index goes out, which a page's scripts read."""

from sphinx.application import Sphinx

from theme.search import index


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    index.setup(app)
