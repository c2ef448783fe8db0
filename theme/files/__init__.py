"""What is done when all pages are written: files joined, Python beside them, digests in their
addresses, a copy for readers without a network.
"""

from sphinx.application import Sphinx

from theme.files import digests, joined, offline, python


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    for part in (python, joined, digests, offline):
        part.setup(app)
