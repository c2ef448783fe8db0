"""A reader's way through the book: its layers and minutes, what was read, what is looked up.

A notebook's sections come in; marks on its page go out, and the data of the pages that tell a
reader or a teacher where one is.
"""

from sphinx.application import Sphinx

from theme.reading import (
    answer_first,
    formula_sheet,
    in_place,
    layers,
    linked_data,
    progress,
    section_heights,
    short_way,
    teachers,
)


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    shown = (layers, section_heights, formula_sheet, progress, teachers, in_place, short_way)
    for part in (*shown, answer_first, linked_data):
        part.setup(app)
