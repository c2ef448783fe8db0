"""For readers who hear the book, enlarge it, or have only a keyboard: what it does, and the proof.

Through it go the criteria of WCAG 2.2 with the tests that are marked with their numbers.
"""

from sphinx.application import Sphinx

from theme.accessible import page


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    page.setup(app)
