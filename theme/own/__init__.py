"""The page "My network": the parts that `nnbook.own` knows come in, its list and program go out.

A script (js/src/own) puts the reader's parts in the place of the book's.
"""

from sphinx.application import Sphinx

from theme.own import network


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    network.setup(app)
