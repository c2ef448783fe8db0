"""The site's theme: what the book adds to Jupyter Book, as one Sphinx extension.

`book/` holds the templates, the style and the few scripts of the pages. The modules beside this
one each do one thing: `site` tells the templates about the page, `findable` tells search engines
and previews, `editions` joins the English and the Chinese book, `search_index` lists what the
book's own search finds, `mathematics` renders formulas while the book is built and
`plain_formulas` writes them without markup, `figures` makes pictures right in the dark,
`interactive` brings figures to life and `places` keeps room for them, `live` lets cells be edited
and run (`live_words.json`, `live_numbers`, `needs`), `heights` estimates how high
sections are, `folding` is for proofs and solutions, `exercises` lists the exercises, `reference`
the public names of `nnlib`, `markup` mends the HTML of other packages, `versions` puts digests
into addresses, `python` brings what runs cells, `offline` keeps the book for readers without a
network.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from theme import (
    editions,
    exercises,
    figures,
    findable,
    folding,
    heights,
    interactive,
    live,
    markup,
    mathematics,
    offline,
    python,
    reference,
    search_index,
    site,
    versions,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the theme with Sphinx."""
    app.add_html_theme("book", str(Path(__file__).parent / "book"))
    parts = (site, findable, search_index, editions, mathematics, figures, live, interactive)
    for part in (*parts, heights, folding, exercises, reference, markup, python, versions, offline):
        part.setup(app)
    # Forked writers would share the pipes of one KaTeX process: each waits for another's answer.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
