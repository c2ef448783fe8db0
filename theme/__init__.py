"""The site's theme: what the book adds to Jupyter Book, as one Sphinx extension.

`book/` holds the templates, the style and the few scripts of the pages. The modules beside this
one each do one thing: `site` tells the templates about the page, `findable` tells search engines
and previews, `counterparts` joins the editions, `search_index` lists what the
book's own search finds, `mathematics` renders formulas while the book is built and
`plain_formulas` writes them without markup, `figures` makes pictures right in the dark,
`live` lets cells be edited and run (`live_numbers`, `needs`), `interactive`
brings figures to life and `places` keeps room for them, `heights` estimates how high sections are,
`folding` is for proofs and solutions, `layers` marks what is for a second reading and how long it
takes (`minutes`), `exercises` lists the exercises, `reading` describes the chapters to the reader's
own record and `teachers` to teachers, `experiments` quotes numbers from `experiments/`,
`reference` the public names of `nnlib` and `module_pages` shows their source code,
`markup` repairs the HTML of other packages, `versions` puts digests into addresses, `python` brings
what runs cells, `offline` keeps the book for readers without a network. `internals` refuses
untested versions of other packages.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from theme import (
    counterparts,
    exercises,
    experiments,
    figures,
    findable,
    folding,
    heights,
    interactive,
    internals,
    layers,
    live,
    markup,
    mathematics,
    module_pages,
    offline,
    python,
    reading,
    reference,
    search_index,
    site,
    teachers,
    versions,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the theme with Sphinx."""
    internals.check()
    app.add_html_theme("book", str(Path(__file__).parent / "book"))
    parts = (site, findable, search_index, counterparts, mathematics, figures, live, interactive)
    others = (layers, heights, folding, exercises, reading, teachers, experiments, reference)
    for part in (*parts, *others, module_pages, markup, python, versions, offline):
        part.setup(app)
    # Forked writers would share the pipes of one KaTeX process, where each waits for another's
    # answer, and what they find for the search's index would stay with them.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
