"""The ledger: every claim of the book by its name, and what trying it has found."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from nnbook.chapters import ByName
from nnbook.claims.claim import Claim, Found

CLAIMS: ByName[Claim] = ByName("a claim", "claims", "claims.names()")
RESULTS = "claims.json"

Trial = tuple[dict[str, Any], Found]


@dataclass(frozen=True)
class Entry:
    """What trying a claim has found.

    Attributes
    ----------
    digest : str
        Which version of its program was tried.
    found : list of tuples
        For each setting what it changes, and what it showed. The first changes nothing.
    beyond : list of tuples
        The same for settings that the sentence does not cover.
    """

    digest: str
    found: list[Trial]
    beyond: list[Trial] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """The number of settings."""
        return len(self.found)

    @property
    def holds(self) -> int:
        """In how many of them the claim holds."""
        return sum(found.holds for _, found in self.found)

    @property
    def short(self) -> str:
        """The mark in the text, such as ``"48/50"``."""
        return f"{self.holds}/{self.tried}"

    @property
    def fails(self) -> list[dict[str, Any]]:
        """The settings in which it does not."""
        return [change for change, found in self.found if not found.holds]


def names() -> list[str]:
    """List the names of all claims, in the order of the book.

    Returns
    -------
    list of str
    """
    return CLAIMS.names()


def find(name: str) -> Claim:
    """Find a claim. Nothing is tried yet.

    Parameters
    ----------
    name : str
        The chapter, a hyphen, its own name: ``"networks-gap"``.

    Returns
    -------
    Claim

    Raises
    ------
    TypeError
        If `name` is no string.
    ValueError
        If there is no such claim; the message lists similar names.
    """
    return CLAIMS.find(name)


def entry(name: str) -> Entry:
    """Return what trying a claim has found, as it is stored.

    Parameters
    ----------
    name : str
        As for `find`.

    Returns
    -------
    Entry

    Raises
    ------
    ValueError
        If it has not been tried yet; ``make claims`` tries it.
    """
    CLAIMS.find(name)
    chapter, _, own = name.partition("-")
    known = _results(chapter)
    if own not in known:
        raise ValueError(f"claim {name!r} has not been tried: run `tools/claims.py {name}`")
    one = known[own]
    return Entry(one["digest"], _trials(one["found"]), _trials(one.get("beyond", [])))


def _trials(rows: list[dict[str, Any]]) -> list[Trial]:
    return [(row["change"], Found(row["holds"], row["effect"], row.get("error"))) for row in rows]


@cache
def _results(chapter: str) -> dict[str, Any]:
    path = files(f"nnbook.chapters.{chapter}") / RESULTS
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return known
