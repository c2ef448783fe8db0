"""Places that have moved: an old address leads on.

nnbook/chapters/moved.json says where each is now. A script goes there before the page is painted
(js/src/reading/moved.js); without scripts the page shows a link to whoever came for such a place.
"""

from __future__ import annotations

import json
import posixpath
from pathlib import Path

from sphinx.application import Sphinx

from nnbook import chapters
from theme.stages import Context, Doctree, on_page

TABLE = Path(chapters.__file__).with_name("moved.json")


def moved_from(page: str) -> list[tuple[str, str, str]]:
    """Return what was on a page: (its anchor there, its page now, its anchor now)."""
    addresses = json.loads(TABLE.read_text(encoding="utf-8"))["addresses"]
    found = []
    for old, now in addresses.items():
        before, anchor = old.split("#")
        if before == page:
            found.append((anchor, *now.split("#")))
    return found


def add_moved(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template of a page what has moved from there."""
    context["moved"] = [
        {
            "anchor": anchor,
            "way": f"{posixpath.relpath(page, posixpath.dirname(pagename) or '.')}.html#{now}",
            "title": app.env.titles[page].astext(),
        }
        for anchor, page, now in moved_from(pagename)
        if page in app.env.titles  # a part of the book is built
    ]


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    on_page(app, add_moved)
