"""Cells that can be edited and run: a notebook comes in, what the page needs to run it goes out."""

from sphinx.application import Sphinx

from theme.live import cells


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    cells.setup(app)
