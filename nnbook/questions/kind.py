"""What all kinds of questions have: a description for the front end, and the words they need."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Kind(ABC):
    """A question holds no words: these are in the folder of its chapter, a file per language.

    Attributes
    ----------
    values : function
        Computes what the words quote: name -> the number as text (`nnbook.questions.formats`).
    """

    values: Callable[[], Mapping[str, str]] = dict

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return what the front end needs to ask and to judge, for JSON; no words."""

    @property
    @abstractmethod
    def words(self) -> Set[str]:
        """The keys of its words, such as ``mistakes.median``."""

    @cached_property
    def quoted(self) -> dict[str, str]:
        """The computed `values`."""
        return dict(self.values())
