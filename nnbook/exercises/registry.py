"""Every exercise of the book by its name, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nnbook import chapters
from nnbook.chapters import ByName
from nnbook.exercises.wording import printable
from nnbook.questions.code import Exercise

_EXERCISES: ByName[Exercise] = ByName("an exercise", "exercises", "list_exercises()")
CHAPTERS = _EXERCISES.chapters
for _chapter in CHAPTERS:
    # All at once, before a reader can replace a function of `nnlib` that the right answers come
    # from.
    _EXERCISES.of(_chapter)


@dataclass(frozen=True)
class Listing:
    """One exercise in the list: its name, its kind, its level from 1 (warm-up) to 3, its title."""

    name: str
    kind: str
    level: int
    title: str

    def __repr__(self) -> str:
        level = "●" * self.level + "○" * (3 - self.level)
        return printable(f"{self.name:34} {level}  {self.title}")


class Listings(list[Listing]):
    """Exercises in the order of the book; shown one per line."""

    def __repr__(self) -> str:
        return "\n".join(map(repr, self))


class Hint(str):
    """A hint: Markdown, which Jupyter typesets."""

    __slots__ = ()

    def __repr__(self) -> str:
        return printable(self[:])

    def __str__(self) -> str:
        return repr(self)

    def _repr_markdown_(self) -> str:
        return self[:]


def chapter_of(name: str) -> dict[str, Exercise]:
    """Return the exercises of one chapter, without its name in front."""
    return _EXERCISES.of(name)


def names() -> list[str]:
    """Return the names of all exercises, in the order of the book."""
    return _EXERCISES.names()


def find(name: str) -> Exercise:
    """Return an exercise, or raise `ValueError` that says which names come near."""
    return _EXERCISES.find(name)


def words_of(name: str, language: str | None = None) -> dict[str, Any]:
    """Return title, hint and the sentences for the mistakes of an exercise."""
    return chapters.words_of("exercises", name, language)


def hint(name: str) -> Hint:
    """Return the hint of an exercise, in the language of the session.

    Raises
    ------
    ValueError
        If no exercise has this name.
    """
    find(name)
    return Hint(words_of(name)["hint"])


def list_exercises(chapter: str | None = None) -> Listings:
    """List the exercises of the book, or of one chapter: name, level, title.

    Raises
    ------
    ValueError
        If no chapter has this name.
    """
    if chapter is not None and chapter not in CHAPTERS:
        raise ValueError(f"chapter must be one of {', '.join(CHAPTERS)}, got {chapter!r}")
    return Listings(
        Listing(name, find(name).kind, find(name).level, words_of(name)["title"])
        for name in names()
        if chapter is None or name.startswith(f"{chapter}-")
    )
