"""The catalogue of messages: every word that a figure, a verdict or a page says, in each language.

`languages.json` lists the languages of the book: nothing else does, in Python or in JavaScript.
A catalogue is a folder with a file for each language, and its name is its path below `nnbook`:
``messages/shared`` has the words of all figures, ``messages/site/pages`` those of the pages. The
front ends read the same files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nnlib._validation import one_of

FOLDER = Path(__file__).parent
HOME = FOLDER.parent


@dataclass(frozen=True)
class Language:
    """A language of the book, and so an edition of it.

    Parameters
    ----------
    name : str
        As those who speak it write it.
    tag : str
        As pages and browsers name it, such as ``zh-CN``.
    letters : str
        Ranges of its letters, for tests: a text without any is not in this language.
    folder : str
        Where its notebooks are in the repository, and its pages in the site: the root is ``""``.
    """

    name: str
    tag: str
    letters: str
    folder: str

    @property
    def prefix(self) -> str:
        """What the paths and addresses of its pages begin with."""
        return f"{self.folder}/" if self.folder else ""


def _languages() -> dict[str, Language]:
    listed = json.loads((FOLDER / "languages.json").read_text(encoding="utf-8"))
    original = next(iter(listed))
    return {
        key: Language(**entry, folder="" if key == original else key)
        for key, entry in listed.items()
    }


LANGUAGES = _languages()
"""The languages by their short names; the others are translated from the first."""

ORIGINAL = next(iter(LANGUAGES))
TRANSLATIONS = tuple(LANGUAGES)[1:]

_language = ORIGINAL


def set_language(language: str) -> None:
    """Choose the language of figures and verdicts from here on.

    Until then it is English. Each notebook of the book chooses in its first cell.

    Parameters
    ----------
    language : str
        Its short name: ``"en"`` or ``"zh"``.

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
    path = HOME / catalogue / f"{language}.json"
    if not path.exists():
        remedy = f"write it, or take {language} out of languages.json"
        raise FileNotFoundError(f"nnbook/{catalogue}/{path.name} is missing: {remedy}")
    return json.loads(path.read_text(encoding="utf-8"))


def load(catalogue: str, language: str | None = None) -> dict[str, Any]:
    """Return the messages of one catalogue, such as ``messages/site/pages``.

    `language` is that of the session unless it is given.
    """
    return _read(language or _language, catalogue)


def catalogues() -> list[str]:
    """Return the names of all catalogues."""
    files = HOME.rglob(f"{ORIGINAL}.json")
    return sorted(file.parent.relative_to(HOME).as_posix() for file in files)
