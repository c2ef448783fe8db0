"""The whole program as a text, and the reader's parts in such a text."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from nnbook.messages import LANGUAGES, load
from nnbook.own.parts import parts

FILE = "my_network.py"
_HEADING = re.compile(r"^# -- (\d+)\. (.+) \((.+)\) --+\n", re.MULTILINE)
_WIDTH = 88


def words(language: str | None = None) -> dict[str, str]:
    """Return what is said about the program, in the language of the session if none is given."""
    return load("messages/own", language)


def heading(number: int, *, own: bool, language: str | None = None) -> str:
    """Return the line above a part: what it is, and whose."""
    said = words(language)
    whose = said["yours_in_code" if own else "book_in_code"]
    line = f"# -- {number}. {said[f'part_{number}']} ({whose}) "
    return line.ljust(_WIDTH - 2, "-") + "--"


def beginning(language: str | None = None) -> str:
    """Return what is above all parts."""
    return f'"""{words(language)["about"]}"""\n\nimport numpy as np\n'


def text_of(kept: Mapping[str, str], language: str | None = None) -> str:
    """Return the program with the parts that are kept, and the book's for the others.

    Parameters
    ----------
    kept : mapping
        Exercise -> the reader's code.
    language : str, optional
    """
    text = beginning(language)
    for exercise, part in parts().items():
        line = heading(part.number, own=exercise in kept, language=language)
        text += f"\n\n{line}\n\n\n{kept.get(exercise, part.code)}\n"
    return text


def parts_in(text: str) -> dict[str, str] | None:
    """Return the reader's parts in the text of a program, or None if it is none."""
    _, *pieces = _HEADING.split(text)
    numbers, marks, codes = pieces[::4], pieces[2::4], pieces[3::4]
    if [*numbers] != [str(part.number) for part in parts().values()]:
        return None
    own = {words(language)["yours_in_code"] for language in LANGUAGES}
    kept = {
        exercise: code.strip("\n")
        for exercise, mark, code in zip(parts(), marks, codes, strict=True)
        if mark in own
    }
    try:
        all(map(ast.parse, kept.values()))
    except (SyntaxError, ValueError):
        return None
    return kept


def is_as_written(text: str) -> bool:
    """Whether a text holds nothing that would be lost if it were written anew."""
    kept = parts_in(text)
    return kept is not None and any(text == text_of(kept, language) for language in LANGUAGES)
