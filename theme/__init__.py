"""The site's theme: what the book adds to Jupyter Book, as one Sphinx extension.

`book/` holds the templates, the style and the few scripts of the pages. The modules beside this
one each do one thing.

* Pages: `site` tells the templates about the page, `findable` tells search engines and previews,
  `counterparts` joins the editions, `search_index` lists what the book's own search finds,
  `markup` repairs the HTML of other packages, `foreign` marks words of another language,
  `in_place` lets terms and equations be read where they are mentioned, `numbered` looks numbers up
  in pages that are read once.
* Formulas: `mathematics` renders them while the book is built, `plain_formulas` writes them without
  markup, `formulas` lists those of the path.
* Figures: `figures` makes pictures right in the dark, `interactive` brings figures to life,
  `places` keeps room for them, `moving` lets words of the text set them.
* Chapters: `heights` estimates how high sections are, `folding` is for proofs and solutions,
  `layers` marks what is for a second reading and how long it takes (`minutes`), `exercises` lists
  the exercises, `experiments` quotes numbers from `experiments/`.
* What a reader does: `live` lets cells be edited and run (`live_numbers`), `review` writes
  the review questions and `practice` asks them, `reading` notices what was read, `teachers` sums up
  for teachers.
* The reference: `reference` lists the public names of `nnlib`, `docstrings` says them in the
  language of the edition, `module_pages` shows their source code.
* Files: `versions` puts digests into addresses, `python` brings what runs cells, `offline` keeps
  the book for readers without a network, `internals` refuses untested versions of other packages.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from theme import (
    counterparts,
    docstrings,
    exercises,
    experiments,
    figures,
    findable,
    folding,
    foreign,
    formulas,
    headings,
    heights,
    in_place,
    interactive,
    internals,
    layers,
    live,
    markup,
    mathematics,
    module_pages,
    moving,
    numbered,
    offline,
    practice,
    python,
    reading,
    reference,
    review,
    search_index,
    site,
    teachers,
    versions,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the theme with Sphinx."""
    internals.check()
    app.add_html_theme("book", str(Path(__file__).parent / "book"))
    pages = (site, findable, search_index, counterparts, mathematics, figures, live, interactive)
    chapters = (layers, heights, folding, exercises, reading, teachers, experiments)
    references = (reference, docstrings, module_pages, numbered, formulas, in_place)
    others = (markup, headings, foreign, moving, review, practice, python, versions, offline)
    for part in (*pages, *chapters, *references, *others):
        part.setup(app)
    # Forked writers would share the pipes of one KaTeX process, where each waits for another's
    # answer, and what they find for the search's index would stay with them.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
