"""Words of another language say so (`lang`), for screen readers and for the choice of a font.

What is of the other language is told by its letters: in the English edition every run of Chinese,
in the Chinese edition two English words or more in a row (a single one is a name or a symbol).
"""

from __future__ import annotations

import re
from functools import cache

from sphinx.application import Sphinx

from nnbook.messages import LANGUAGES
from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of

TOKEN = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
TAG = re.compile(r"<(/?)([a-z][\w-]*)([^>]*)>")
# No prose is in there, or it has a language of its own.
SILENT = {"annotation", "code", "math", "noscript", "pre", "script", "style", "svg"}
EMPTY = {"br", "hr", "img", "input", "wbr"}
LATIN = "A-Za-z"
JOINING = r"[ ,;:.'’\u2013\-]"  # within a run of Latin words


@cache
def runs_of(language: str) -> re.Pattern[str]:
    """Find what is written in the letters of a language."""
    letters = LANGUAGES[language].letters
    if letters == LATIN:
        word = rf"[{letters}\u00c0-\u017f]{{2,}}"
        return re.compile(rf"(?<![&#\w]){word}(?:{JOINING}{{1,2}}(?:{word}|[aAI]\b))+")
    return re.compile(rf"[{letters}](?:[{letters}\u3000-\u303f\uff00-\uffef·]*[{letters}])?")


def mark(html: str, language: str) -> str:
    """Write the language of each run that is not of the page's own."""
    others = [key for key in LANGUAGES if LANGUAGES[key].letters != LANGUAGES[language].letters]
    marked: list[str] = []
    skipped: list[str] = []  # what is open within an element that is left as it is
    for token in TOKEN.split(html):
        if tag := TAG.match(token):
            closing, name, attributes = tag.groups()
            if closing:
                if skipped:
                    skipped.pop()
            elif name not in EMPTY and not attributes.endswith("/"):
                own = name in SILENT or ' lang="' in attributes
                if skipped or own:
                    skipped.append(name)
        elif not skipped and not token.startswith("<"):
            for key in others:
                tag_of = LANGUAGES[key].tag
                token = runs_of(key).sub(
                    lambda run, tag_of=tag_of: f'<span lang="{tag_of}">{run[0]}</span>', token
                )
        marked.append(token)
    return "".join(marked)


def mark_page(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Do it for the text of a page."""
    if "body" in context and doctree is not None:
        context["body"] = mark(context["body"], edition_of(app.config.language))


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    on_page(app, mark_page, priority=900)  # when the body is complete
