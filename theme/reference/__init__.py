"""The reference of `nnlib`: docstrings and source code come in, pages in the edition's language
go out.
"""

from sphinx.application import Sphinx

from theme.reference import docstrings, module_pages, public_names


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    for part in (public_names, docstrings, module_pages):
        part.setup(app)
