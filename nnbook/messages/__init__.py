"""The catalogue of messages: every word that a figure or a verdict says, in both languages.

`LANGUAGE/NAME.json` holds the messages of one figure, `shared.json` those of all. The front ends
of the figures read the same files. `exercises/CHAPTER.json` has the words of a chapter's exercises.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from nnlib._validation import one_of

FOLDER = Path(__file__).parent

LANGUAGES: tuple[str, ...] = ("en", "zh")
"""English and Simplified Chinese."""


_language = "en"


def set_language(language: str) -> None:
    """Choose the language of what figures and verdicts say from now on.

    Until then it is English. Each notebook of the book chooses in its first cell.

    Parameters
    ----------
    language : {"en", "zh"}

    Raises
    ------
    ValueError
        If the book does not speak `language`.
    """
    global _language
    _language = one_of("language", language, LANGUAGES)


def get_language() -> str:
    """Return the language of the session, see `set_language`."""
    return _language


@cache
def _read(language: str, catalogue: str) -> dict[str, Any]:
    return json.loads((FOLDER / language / f"{catalogue}.json").read_text(encoding="utf-8"))


def load(catalogue: str, language: str | None = None) -> dict[str, Any]:
    """Return the messages of one file, such as ``exercises/softmax``.

    `language` is that of the session unless it is given.
    """
    return _read(language or _language, catalogue)
