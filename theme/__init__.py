"""The site's theme: what the book adds to Jupyter Book, as one Sphinx extension.

`book/` holds the templates and the style of all pages. The folders beside it are rooms: a line says
what goes through each, `static/` has the scripts that pages load from it, and a module says in its
first line what it is for. `stages` says when they work, `strings` has words for all of them, and
`internals` refuses versions that were never tried of other packages.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from theme import (
    accessible,
    claims,
    figures,
    files,
    formulas,
    internals,
    live,
    own,
    pages,
    practice,
    reading,
    reference,
    search,
)

HOME = Path(__file__).resolve().parent
ROOMS = (
    *(pages, claims, accessible, formulas, figures, live, reading, practice, own, search),
    *(reference, files),
)


def add_static_files(app: Sphinx, config: Config) -> None:
    """Let Sphinx put the scripts of all rooms where the pages find them: into `_static`."""
    folders = [HOME / room.__name__.rpartition(".")[2] / "static" for room in ROOMS]
    own = [str(folder) for folder in folders if folder.exists()]
    config.html_static_path = [*config.html_static_path, *own]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the theme with Sphinx, room by room."""
    internals.check()
    app.add_html_theme("book", str(HOME / "book"))
    app.connect("config-inited", add_static_files)
    for room in ROOMS:
        room.setup(app)
    # Forked writers would share the pipes of one KaTeX process, where each waits for another's
    # answer, and what they find for the search's index would stay with them.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
