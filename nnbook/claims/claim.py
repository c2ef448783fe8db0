"""What a conclusion is: a judge of one setting, and the settings in which it is asked.

A conclusion says of trainings, methods or data what is better, faster, larger or more frequent. One
training shows a number and no more, so each constant that was chosen is varied, one at a time, and
the conclusion says as much as survives. A claim holds no words: its sentence is in the folder of
its chapter, a file for each language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnbook.claims import program
from nnlib._typing import FloatArray
from nnlib._validation import one_of

FACTOR = 9
"""By how much the largest number tried exceeds the smallest, if there are less than five."""
VALUES = 5
PAIRS = 20
"""How many pairs a difference needs: seeds or splits, the same on both sides."""
ERRORS = 2
"""How many standard errors a mean difference has to exceed."""

Setting = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """What one setting showed.

    Attributes
    ----------
    holds : bool
        Whether the conclusion holds in it.
    effect : float
        The mean of the paired differences, or the share of the runs in which it holds.
    error : float or None
        The standard error of that mean; None for a share.
    """

    holds: bool
    effect: float
    error: float | None = None

    def __repr__(self) -> str:
        error = "" if self.error is None else f" ± {self.error:.2g}"
        return f"{'holds' if self.holds else 'does not hold'}: {self.effect:.3g}{error}"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A conclusion and how it is tried.

    Attributes
    ----------
    judge : function
        From a setting, by keyword, to what its runs say: an array of booleans, whether it holds in
        each, or of at least 20 paired differences, positive where it holds. `nnlib` computes them.
    usual : mapping
        The constants of the text: name -> value.
    varied : mapping
        Name of a constant -> the values it also gets, while the others are as usual: over a factor
        of nine in all, or five of them. A constant that is no number, such as a data set, gets at
        least one other.
    share : float
        In which part of the runs it has to hold, where the judge returns booleans.
    least : float
        Which mean difference is worth a sentence, where the judge returns differences.
    beyond : mapping
        Like `varied`, but with values that the sentence does not cover: where it ends is shown and
        not counted.
    """

    judge: Callable[..., ArrayLike]
    usual: Setting
    varied: Mapping[str, Sequence[Any]]
    share: float = 1.0
    least: float = 0.0
    beyond: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in {*self.varied, *self.beyond}:
            one_of("a constant that is varied", name, self.usual)
        for name, values in self.varied.items():
            numbers = [self.usual[name], *values]
            if not all(isinstance(number, int | float) for number in numbers):
                continue
            sizes = sorted(abs(number) for number in numbers)
            if len(set(numbers)) < VALUES and (sizes[0] == 0 or sizes[-1] < FACTOR * sizes[0]):
                raise ValueError(
                    f"varied[{name!r}] must cover a factor of {FACTOR} or {VALUES} values, with "
                    f"the usual one, got {numbers}"
                )

    @cached_property
    def settings(self) -> list[dict[str, Any]]:
        """What each setting changes: nothing in the first, then one constant at a time."""
        return [{}, *self._changes(self.varied)]

    @cached_property
    def outside(self) -> list[dict[str, Any]]:
        """What each setting beyond the sentence changes."""
        return list(self._changes(self.beyond))

    def _changes(self, varied: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
        for name, values in varied.items():
            for value in values:
                if value != self.usual[name]:
                    yield {name: value}

    @property
    def program(self) -> str:
        """The module that tries it."""
        return self.judge.__module__

    @property
    def digest(self) -> str:
        """What tells one version of that module, and of what it uses, from another."""
        return program.digest(self.program)

    def tried(self, **changed: Any) -> Found:
        """Judge the usual setting with some constants changed.

        Returns
        -------
        Found

        Raises
        ------
        TypeError
            If the claim has no constant of this name; the message lists those it has.
        ValueError
            If the judge returns fewer than 20 pairs, or a number that is not finite.
        """
        for name in changed:
            if name not in self.usual:
                raise TypeError(f"there is no constant {name!r}; there are {', '.join(self.usual)}")
        said = np.asarray(self.judge(**{**self.usual, **changed}))
        if said.dtype == bool:
            share = float(said.mean())
            return Found(share >= self.share, share)
        return self._difference(said.astype(float).ravel())

    def _difference(self, pairs: FloatArray) -> Found:
        if pairs.size < PAIRS:
            raise ValueError(f"the judge must return at least {PAIRS} pairs, got {pairs.size}")
        if not np.isfinite(pairs).all():
            raise ValueError(f"the judge must return finite differences, got {pairs}")
        effect = float(pairs.mean())
        error = float(pairs.std(ddof=1)) / math.sqrt(pairs.size)
        return Found(effect > max(self.least, ERRORS * error), effect, error)
