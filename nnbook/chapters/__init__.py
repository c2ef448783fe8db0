"""What the chapters ask, by names such as ``losses-constant``: the chapter, then its own name.

A chapter is a folder. Its modules `questions`, `drawings`, `calculations` and `exercises`, as far
as it has them, hold a dictionary in capitals; the words of all are in one file per language.
"""

from __future__ import annotations

import difflib
import importlib
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Generic, TypeVar

from nnbook.messages import load

CHAPTERS = (
    "intro",
    "refresher",
    "networks",
    "activations",
    "losses",
    "gradient_descent",
    "backpropagation",
    "multiple_outputs",
    "softmax",
    "cross_entropy",
    "generalization",
    "digits",
    "pictures",
    "words",
    "diagnosis",
    "playground",
)
"""In the order of the book."""

MOVED: dict[str, str] = json.loads(
    Path(__file__).with_name("moved.json").read_text(encoding="utf-8")
)["names"]
"""Old name -> new name. Readers' browsers keep what they did under the name of its time."""

Thing = TypeVar("Thing")


class ByName(Generic[Thing]):
    """All things of one kind. A chapter's module is imported when it is first needed.

    Parameters
    ----------
    kind : str
        What to call one of them, with its article.
    part : str
        The module of a chapter with its dictionary of things by their own names.
    listing : str
        Where a reader finds all names.
    select : function, optional
        From that dictionary to the things, if they are something in it.
    """

    def __init__(
        self,
        kind: str,
        part: str,
        listing: str,
        select: Callable[[dict[str, Any]], dict[str, Thing]] = dict,
    ) -> None:
        self.part, self._kind, self._listing, self._select = part, kind, listing, select
        self._found: dict[str, dict[str, Thing]] = {}
        self.chapters = tuple(name for name in CHAPTERS if _has(name, part))

    def of(self, chapter: str) -> dict[str, Thing]:
        """Return those of one chapter, by their own names."""
        if chapter not in self._found:
            module: Any = importlib.import_module(f"{__name__}.{chapter}.{self.part}")
            self._found[chapter] = self._select(getattr(module, self.part.upper()))
        return self._found[chapter]

    def names(self) -> list[str]:
        """Return all names, in the order of the book."""
        return [f"{chapter}-{name}" for chapter in self.chapters for name in self.of(chapter)]

    def find(self, name: str) -> Thing:
        """Return the thing of this name, or raise a `ValueError` that suggests similar names."""
        if not isinstance(name, str):
            raise TypeError(f"name must be the name of {self._kind}, got {name!r}")
        chapter, _, own = name.partition("-")
        if chapter in self.chapters and own in self.of(chapter):
            return self.of(chapter)[own]
        if name in MOVED:
            raise ValueError(f"{self._kind.partition(' ')[2]} {name!r} is now {MOVED[name]!r}")
        near = difflib.get_close_matches(name, self.names(), n=3, cutoff=0.4)
        near = near or [known for known in self.names() if known.startswith(f"{chapter}-")][:3]
        meant = f"did you mean {', '.join(near)}?" if near else f"see {self._listing}"
        raise ValueError(f"there is no {self._kind.partition(' ')[2]} {name!r}; {meant}")


def _has(chapter: str, part: str) -> bool:
    """Whether a chapter has this module."""
    try:
        return find_spec(f"{__name__}.{chapter}.{part}") is not None
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            f"CHAPTERS lists {chapter}, but the folder nnbook/chapters/{chapter}/ is missing or "
            "has no __init__.py"
        ) from None


def words_of(part: str, name: str, language: str | None = None) -> dict[str, Any]:
    """Return the words of a thing by its full name, in the session's language if none is given."""
    chapter, _, own = name.partition("-")
    words: dict[str, Any] = load(f"chapters/{chapter}", language)[part][own]
    return words
