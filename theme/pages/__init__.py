"""The frame of every page and its text: from what Sphinx and others write to valid HTML.

Through it go the facts that the templates in `theme/book/` ask for, and the body of each page.
"""

from sphinx.application import Sphinx

from theme.pages import (
    context,
    counterparts,
    experiment_numbers,
    findable,
    folding,
    foreign,
    headings,
    joining,
    markup,
    moved,
    numbered,
)


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    facts = (context, findable, counterparts, moved)
    text = (folding, experiment_numbers, numbered, joining, markup, headings, foreign)
    for part in (*facts, *text):
        part.setup(app)
