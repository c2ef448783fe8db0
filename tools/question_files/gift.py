"""GIFT: questions as plain text, which many tools read. It has no pictures.

The format: docs.moodle.org, *GIFT format*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from question_files.items import Item, title


def gift(items: Iterable[Item], book: str) -> str:
    """Return the file; items with a picture are left out."""
    parts = []
    told = (item for item in items if not item.panels)
    for chapter, asked in groupby(told, key=lambda item: item.chapter):
        shown = list(asked)
        parts.append(f"$CATEGORY: $course$/top/{book}/{title(chapter, shown[0].language)}\n")
        parts += [_question(item) for item in shown]
    return "\n".join(parts)


def _question(item: Item) -> str:
    lines = [f"::{item.name}::[html]{escaped(item.stem)}{{{'#' if item.answers else ''}"]
    for option in item.options:
        sign = "=" if option.right else "~"
        told = "" if option.right else f"#{escaped(option.feedback)}"
        lines.append(f"{sign}{escaped(option.text)}{told}")
    for one in item.answers:
        share, told = ("", "") if one.right else ("%0%", f"#{escaped(one.feedback)}")
        lines.append(f"={share}{one.middle:.9g}:{one.tolerance:.9g}{told}")
    return "\n".join([*lines, f"####{escaped(item.reason)}", "}", ""])


def escaped(text: str) -> str:
    r"""Put a backslash before the characters that mean something in GIFT.

    A line of code ends in ``<br>``, because a blank line would end the question.
    """
    text = text.replace("\n", "<br>")
    return re.sub(r"([~=#{}:])", r"\\\1", text)
