"""A slide, before it is a part of a deck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Words = dict[str, str]


@dataclass(kw_only=True)
class Slide:
    """One idea.

    Attributes
    ----------
    kind : str
        How it is laid out (`tools/slides.css`): title, section, points, question, answer,
        statement, formula, picture, live, table or end.
    heading : str
        HTML of the line at its top; of a title and a section its large one.
    body : str
        HTML below it.
    notes : list of str
        HTML for the speaker alone.
    """

    kind: str
    heading: str
    body: str
    notes: list[str] = field(default_factory=list)


def chunks(parts: Sequence[str], sizes: Sequence[int], most: int) -> list[list[str]]:
    """Share out parts to as few slides as hold them, and evenly: none holds more than `most`.

    A part that is longer than that is alone.
    """
    fewest = len(_shared_out(parts, sizes, most))
    enough = (room for room in range(most) if len(_shared_out(parts, sizes, room)) == fewest)
    return _shared_out(parts, sizes, next(enough, most))


def _shared_out(parts: Sequence[str], sizes: Sequence[int], most: int) -> list[list[str]]:
    found: list[list[str]] = [[]]
    room = most
    for part, size in zip(parts, sizes, strict=True):
        if found[-1] and size > room:
            found.append([])
            room = most
        found[-1].append(part)
        room -= size
    return found
