"""Questions and exercises outside the text: what `nnbook` knows of them comes in, the script of
the review questions, their boxes in chapters and the index of exercises go out.
"""

from sphinx.application import Sphinx

from theme.practice import boxes, exercise_index, review


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    for part in (review, boxes, exercise_index):
        part.setup(app)
