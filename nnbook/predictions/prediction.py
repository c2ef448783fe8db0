"""What a prediction is: a number or one of several choices, and the mistakes that people make.

A prediction holds no words. Its options, its hint, its reason and a sentence for each mistake are
in `nnbook/messages/predictions/CHAPTER/`.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nnbook.predictions.formats import MINUS, THIN_SPACE, fixed, grouped, significant
from nnlib._validation import one_of, real_number

Interval = tuple[float, float]
JUDGED_BY = ("kind", "limits", "mistakes", "options", "answer", "estimate")
FAR = 10
"""An answer off by such a factor misses an order of magnitude."""


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth.

    Attributes
    ----------
    verdict : {"right", "mistake", "large", "small"}
    name : str or None
        Of the mistake, or of the option chosen.
    far : bool
        Whether the answer is too large or too small by a factor of ten or more.
    """

    verdict: str
    name: str | None = None
    far: bool = False


@dataclass(frozen=True, kw_only=True)
class Prediction(ABC):
    """What both kinds have.

    Attributes
    ----------
    values : function
        Computes what hints and reasons quote: name -> the number as text (`formats`).
    again : str
        The review question that asks for the same thought: who missed the prediction is asked it
        first.
    estimate : bool
        Whether nobody can derive the answer, because an experiment found it. One guess is taken
        then, and the page says how far off it was: no verdict, no second try.
    """

    values: Callable[[], Mapping[str, str]] = dict
    again: str = ""
    estimate: bool = False

    def __post_init__(self) -> None:
        if self.again and self.estimate:
            raise ValueError(
                f"again must be empty, got {self.again!r}: an estimate is neither right nor wrong"
            )

    @abstractmethod
    def judge(self, answer: Any) -> Judgement:
        """Judge an answer."""

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return what the front end needs to judge as `judge` does, for JSON."""

    def _kind(self) -> dict[str, Any]:
        """Return the part of the description that only an estimate has."""
        return {"estimate": True} if self.estimate else {}

    @cached_property
    def quoted(self) -> dict[str, str]:
        """The computed `values`."""
        return dict(self.values())


@dataclass(frozen=True, kw_only=True)
class Number(Prediction):
    """The answer is a number.

    Exactly one of `absolute`, `relative` and `between` says which answers are accepted. An answer
    as near to the number that a mistake leads to names that mistake.

    Attributes
    ----------
    symbol : str
        In mini-TeX, as in the text.
    answer : function
        Computes the right answer.
    absolute : float
        How far from the right answer one may be.
    relative : float
        The same, in proportion to the right answer.
    between : pair of float
        The accepted interval itself, on one side of 0; a mistake has one in proportion.
    mistakes : mapping
        Name -> function that computes what this mistake leads to.
    unit : str
        A symbol, such as ``"MB"``; no word.
    decimals : int, optional
        How many to show; by default enough for three significant digits.
    """

    symbol: str
    answer: Callable[[], float]
    absolute: float | None = None
    relative: float | None = None
    between: Interval | None = None
    mistakes: Mapping[str, Callable[[], float]] = field(default_factory=dict)
    unit: str = ""
    decimals: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if "right" in self.mistakes:
            raise ValueError("mistakes must not contain the name right, which the answer has")
        ways = [self.absolute, self.relative, self.between]
        if sum(way is not None for way in ways) != 1:
            raise ValueError(f"give exactly one of absolute, relative and between, got {ways}")
        if self.between is not None and not 0 < self.between[0] * self.between[1]:
            raise ValueError(f"between must lie on one side of 0, got {self.between}")

    def judge(self, answer: float) -> Judgement:
        """Judge a finite number; TypeError or ValueError for anything else."""
        given = real_number("answer", answer)
        for name, (low, high) in {"right": self.limits, **self.intervals}.items():
            if low <= given <= high:
                return Judgement("right") if name == "right" else Judgement("mistake", name)
        low, high = self.limits
        near = high if given > high else low
        ratio = given / near if near else 0.0
        far = ratio >= FAR or 0 < ratio <= 1 / FAR
        return Judgement("large" if given > high else "small", far=far)

    @cached_property
    def right(self) -> float:
        """The right answer."""
        return real_number("the answer", float(self.answer()))

    @cached_property
    def limits(self) -> Interval:
        """The smallest and the largest answer that is accepted."""
        low, high = self._around(self.right)
        if not low < self.right < high:
            raise ValueError(
                f"the accepted interval {low} to {high} does not contain the answer {self.right}"
            )
        return low, high

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """The same for each mistake."""
        found = {name: self._around(float(mistake())) for name, mistake in self.mistakes.items()}
        taken = {"right": self.limits}
        for name, (low, high) in found.items():
            for other, (start, end) in taken.items():
                if low <= end and start <= high:
                    raise ValueError(f"the mistake {name}, {low} to {high}, overlaps {other}")
            taken[name] = (low, high)
        return found

    def _around(self, number: float) -> Interval:
        """Return the interval around a number, with few digits: the same on every machine."""
        if self.between is not None:
            ends = [end / self.right * number for end in self.between]
        else:
            reach = (
                self.absolute if self.absolute is not None else (self.relative or 0) * abs(number)
            )
            ends = [number - reach, number + reach]
        low, high = sorted(float(f"{end:.6g}") for end in ends)
        return low, high

    def describe(self) -> dict[str, Any]:
        """Return limits, symbol and answer; no words."""
        if self.decimals is None:
            shown = significant(self.right)
        else:
            shown = fixed(self.right, self.decimals) if self.decimals else grouped(self.right)
        plain = shown.replace(MINUS, "-").replace(THIN_SPACE, "")
        exact = "times" not in shown and math.isclose(float(plain), self.right, rel_tol=1e-12)
        equals = "=" if exact else r"\approx"
        unit = rf"\,\text{{{self.unit}}}" if self.unit else ""
        return {
            "kind": "number",
            "symbol": self.symbol,
            "unit": self.unit,
            "answer": f"{self.symbol} {equals} {shown}{unit}",
            "limits": list(self.limits),
            "mistakes": {name: list(limits) for name, limits in self.intervals.items()},
            "values": self.quoted,
        } | self._kind()

    def _kind(self) -> dict[str, Any]:
        """Of an estimate also the number itself, from which the front end counts the distance."""
        right = {"right": round(self.right, 6 if self.decimals is None else self.decimals)}
        return super()._kind() | (right if self.estimate else {})


@dataclass(frozen=True, kw_only=True)
class Choice(Prediction):
    """The answer is one of several options.

    Attributes
    ----------
    options : sequence of str
        Their names; the front end shuffles them, so that their places tell nothing.
    answer : function
        Computes which one is right, and returns its name.
    """

    options: Sequence[str]
    answer: Callable[[], str]

    def judge(self, answer: str) -> Judgement:
        """Judge the name of an option; TypeError or ValueError for anything else."""
        if not isinstance(answer, str):
            raise TypeError(f"answer must be one of {', '.join(self.options)}, got {answer!r}")
        name = one_of("answer", answer, self.options)
        return Judgement("right" if name == self.right else "mistake", name)

    @cached_property
    def right(self) -> str:
        """The name of the right option."""
        return one_of("the answer", self.answer(), self.options)

    def describe(self) -> dict[str, Any]:
        """Return the names of the options and the right one; no words."""
        return {
            "kind": "choice",
            "options": list(self.options),
            "answer": self.right,
            "values": self.quoted,
        } | self._kind()


def judging(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a description by which the front end judges an answer."""
    found = {key: described[key] for key in JUDGED_BY if key in described}
    if found["kind"] == "number":
        del found["answer"]  # written out
    return found


def nearest(value: float, options: Mapping[str, float]) -> str:
    """Return the name of the number that lies nearest to a value."""
    return min(options, key=lambda name: abs(options[name] - value))
