"""The catalogue of messages: every word that a figure says, in the languages of the book.

`LANGUAGE/NAME.json` holds the messages of one figure, `shared.json` those of all. The front ends
of the figures read the same files.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from nnlib._validation import one_of

LANGUAGES: tuple[str, ...] = ("en", "zh")
"""English and Simplified Chinese."""

_language = "en"


def set_language(language: str) -> None:
    """Choose the language of what figures say from now on.

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
    """Return the language that `set_language` chose; English at first."""
    return _language


def message(catalogue: str, key: str, **values: object) -> str:
    """Return a message in the chosen language, with its {places} filled.

    Parameters
    ----------
    catalogue : str
        The name of its file, such as `"shared"`.
    key : str
    **values
        What stands in the places.

    Raises
    ------
    ValueError
        If there is no such message, or a place is left without a value.
    """
    messages = _load(get_language(), one_of("catalogue", catalogue, _names()))
    text = messages[one_of("key", key, messages)]
    try:
        return text.format(**values)
    except KeyError as missing:
        raise ValueError(f"the message {catalogue}.{key} needs a value for {missing}") from None


@cache
def _load(language: str, catalogue: str) -> dict[str, str]:
    path = Path(__file__).parent / language / f"{catalogue}.json"
    messages: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return messages


@cache
def _names() -> list[str]:
    return sorted(path.stem for path in (Path(__file__).parent / "en").glob("*.json"))
