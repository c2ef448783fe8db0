"""The catalogue of messages: every word that a figure says, in the languages of the book.

`LANGUAGE/NAME.json` holds the messages of one figure, `shared.json` those of all. The front ends
of the figures read the same files.
"""

from __future__ import annotations

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
