"""Formulas: LaTeX comes in, MathML or a line of text goes out, while the book is built."""

from sphinx.application import Sphinx

from theme.formulas import rendering


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    rendering.setup(app)
