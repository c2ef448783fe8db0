"""What is done when all pages are written: files joined, Python beside them, digests in their
addresses, a copy for readers without a network, a list of what can be downloaded, and what lets a
browser install it.
"""

from sphinx.application import Sphinx

from theme.files import digests, downloads, installed, joined, offline, python


def setup(app: Sphinx) -> None:
    """Connect what is in this room."""
    for part in (python, installed, downloads, joined, digests, offline):
        part.setup(app)
