"""What a cell shows: its stored output comes in, a picture or a figure that answers goes out."""

from sphinx.application import Sphinx

from theme.figures import dark_pictures, interactive, set_by_text


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    for part in (dark_pictures, interactive, set_by_text):
        part.setup(app)
