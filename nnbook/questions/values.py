"""Exercises: numbers as the answer, each with the tolerance that the exercise asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnbook.questions.code import Exercise
from nnbook.questions.judge import Judgement, accepted, judge
from nnlib._typing import FloatArray

PLACES = range(10)
"""Decimals to which people round."""
RTOL, ATOL = 1e-5, 1e-8
"""How near a number is to one that was rounded."""


@dataclass(frozen=True, kw_only=True)
class Values(Exercise):
    """The answer is a number, or an array of them.

    Attributes
    ----------
    answer : function
        Computes the right answer.
    mistakes : mapping
        Name -> function that computes what this mistake leads to.
    rtol : float
        How far a right answer may be off, in proportion to it: for what is worked out in the head
        or read off a page, as far as the exercise asks for digits.
    atol : float
        How far it may be off besides, near 0.
    """

    answer: Callable[[], ArrayLike]
    mistakes: Mapping[str, Callable[[], ArrayLike]] = field(default_factory=dict)
    rtol: float = 1e-9
    atol: float = 0.0

    @cached_property
    def right(self) -> FloatArray:
        """The right answer."""
        return np.asarray(self.answer(), dtype=float)

    @cached_property
    def wrong(self) -> list[tuple[str, FloatArray]]:
        """What the mistakes lead to: its own, then those that are made anywhere."""
        own = [(name, np.asarray(made(), dtype=float)) for name, made in self.mistakes.items()]
        return [*own, *anywhere(self.right)]

    def judging(self, shape: tuple[int, ...]) -> dict[str, Any]:
        """Return by what answers of this shape are judged, here and on the page."""
        wrong = [
            (name, value.ravel().tolist()) for name, value in self.wrong if value.shape == shape
        ]
        right = self.right.ravel().tolist()
        return {
            "kind": "numbers",
            "limits": self._around(right) if shape == self.right.shape else [],
            "mistakes": [[name, self._around(values)] for name, values in wrong],
            "written": [[name, [rounded(value) for value in values]] for name, values in wrong],
        }

    def judge(self, answer: FloatArray) -> Judgement | None:
        """Judge an array; None where its shape alone is wrong."""
        described, numbers = self.judging(answer.shape), answer.ravel().tolist()
        if answer.shape == self.right.shape:
            return judge(described, numbers)
        named = judge(described | {"limits": [NOTHING] * len(numbers)}, numbers)
        return named if named.verdict == "mistake" else None

    def accepted(self, answer: FloatArray) -> list[bool]:
        """Tell of each number of an array of the right shape whether it is right."""
        return accepted(self.judging(answer.shape)["limits"], answer.ravel().tolist())

    def _around(self, values: list[float]) -> list[list[float]]:
        """Return an interval for each number."""
        reach = [self.atol + self.rtol * abs(value) for value in values]
        return [[value - off, value + off] for value, off in zip(values, reach, strict=True)]


NOTHING = [np.inf, -np.inf]


def anywhere(right: FloatArray) -> Iterator[tuple[str, FloatArray]]:
    """Yield what mistakes lead to that are made with any numbers."""
    if np.any(right):
        yield "missing_minus", -right
        yield "percent", 100 * right
        yield "twice", 2 * right
        yield "half", right / 2
        yield "rounded_too_far", right
    if right.ndim == 2:
        yield "transposed", right.T


def rounded(value: float) -> list[list[float]]:
    """Return where a number lies that is this one, written with two significant digits or more."""
    found = []
    for places in PLACES:
        center, least = round(value, places), 10.0 ** (1 - places)
        reach = ATOL + RTOL * abs(center)
        low, high = sorted((abs(center) - reach, abs(center) + reach))
        if high >= least:
            interval = [max(low, least), high]
            found.append(interval if center > 0 else [-high, -interval[0]])
    return [[float(f"{end:.9g}") for end in one] for one in found]
