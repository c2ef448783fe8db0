"""What the chapters bring, by names such as ``losses-constant``: the chapter, then its own name.

Exercises and predictions are found alike: each chapter has a module of its own for either.
"""

from __future__ import annotations

import difflib
import importlib
from importlib.util import find_spec
from typing import Any, Generic, TypeVar

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
    "digits",
    "diagnosis",
    "playground",
)
"""In the order of the book."""

Thing = TypeVar("Thing")


class ByName(Generic[Thing]):
    """All things of one kind. A chapter's module is imported when it is first needed.

    Parameters
    ----------
    kind : str
        What to call one of them, with its article.
    package : str
        The package with the chapters' modules.
    variable : str
        What a module calls its things: a dictionary, by their own names.
    listing : str
        Where a reader finds all names.
    """

    def __init__(self, kind: str, package: str, variable: str, listing: str) -> None:
        self._kind, self._listing = kind, listing
        self._package, self._variable = package, variable
        self._found: dict[str, dict[str, Thing]] = {}
        self.chapters = tuple(name for name in CHAPTERS if find_spec(f"{package}.{name}"))

    def of(self, chapter: str) -> dict[str, Thing]:
        """Return those of one chapter, by their own names."""
        if chapter not in self._found:
            module: Any = importlib.import_module(f"{self._package}.{chapter}")
            self._found[chapter] = getattr(module, self._variable)
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
        near = difflib.get_close_matches(name, self.names(), n=3, cutoff=0.4)
        near = near or [known for known in self.names() if known.startswith(f"{chapter}-")][:3]
        meant = f"did you mean {', '.join(near)}?" if near else f"see {self._listing}"
        raise ValueError(f"there is no {self._kind.partition(' ')[2]} {name!r}; {meant}")
