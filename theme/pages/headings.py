"""Where a heading may break: a number never stands alone, a Chinese heading breaks between words.

Chinese has no spaces. The style sheet lets its headings break at marks only, and here pieces that
are too long for the line of a phone may also break elsewhere: behind 的, before 与, and the like.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sphinx.application import Sphinx

from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of

HEADING = re.compile(r"(?<=<h[1-4]>).*?(?=</h[1-4]>)", re.DOTALL)
TITLE = re.compile(r"(?<=<h1>)[^<]*")
NUMBER = re.compile(r'(<span class="section-number">[^<]*) (?=</span>)')
TEXT = re.compile(r"(<[^>]*>)")
PIECE = re.compile(r"[\u3400-\u9fff]{10,}")
# Not in 求和, 总和, 目的, 的确 and 与众不同.
BREAKS = re.compile(
    r"(?<=[^目]的)(?!确)|(?<=[^求总])(?=和)|(?<=.)(?=与(?!众))"
    r"|(?<=[^之以向朝])(?=(?:一个|怎样|为什么|什么|不能|不会|就|都|也|还|却|处处))|(?<=[时上里])(?=.)"
)
# In 第 5 章 and 3 个, not in 2 与.
TIED = re.compile(r"(?<=[第图表]) (?=\d)|(?<=\d) (?=[个次步层种维轮章节])")
LEAST = 2  # characters on either side of a break


def _with_breaks(piece: re.Match[str]) -> str:
    """Mark where a long piece of a Chinese heading may break."""
    text = piece[0]
    breaks = [at.start() for at in BREAKS.finditer(text)]
    cuts = [0, *(at for at in breaks if LEAST <= at <= len(text) - LEAST), len(text)]
    return "<wbr>".join(text[a:b] for a, b in pairwise(cuts))


def breakable(heading: str, language: str) -> str:
    """Bind the number of a heading to what follows, and mark where a Chinese one may break."""
    heading = NUMBER.sub("\\1\u00a0", heading)
    if language != "zh":
        return heading
    parts = TEXT.split(heading)
    return "".join(
        part if part.startswith("<") else PIECE.sub(_with_breaks, TIED.sub("\u00a0", part))
        for part in parts
    )


def in_pieces(title: str) -> str:
    """Let the title of the book break at its comma, if it has to."""
    first, comma, rest = title.partition(", ")
    return f'{first}, <span class="piece">{rest}</span>' if comma else title


def mend_headings(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Do it for all headings of a page, and let the template do it for its lists of them."""
    language = edition_of(app.config.language)
    context["breakable"] = lambda titles: breakable(titles, language)
    if "body" in context and doctree is not None:
        body = HEADING.sub(lambda it: breakable(it[0], language), context["body"])
        if pagename == app.config.root_doc:
            body = TITLE.sub(lambda it: in_pieces(it[0]), body, count=1)
        context["body"] = body


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    on_page(app, mend_headings)
