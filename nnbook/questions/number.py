"""A number as the answer, and the numbers that the likely mistakes lead to."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nnbook.questions.formats import MINUS, THIN_SPACE, fixed, grouped, significant
from nnbook.questions.judge import Judgement, judge
from nnbook.questions.kind import Kind
from nnbook.questions.picture import Panel, described
from nnlib._validation import positive, real_number

Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Asked(Kind):
    """A question that is answered with one number or one option.

    Attributes
    ----------
    estimate : bool
        Whether nobody can derive the answer, because an experiment found it. One guess is taken
        then, and the page says how far off it was: no verdict, no second try.
    code : str
        Lines to read, in no language: shown below the question.
    picture : function
        Makes the panels to look at, from the question's numbers.
    """

    estimate: bool = False
    code: str = ""
    picture: Callable[[], Sequence[Panel]] = tuple

    @property
    @abstractmethod
    def judging(self) -> dict[str, Any]:
        """By what `judge` and the front end judge an answer."""

    @abstractmethod
    def judge(self, answer: Any) -> Judgement:
        """Judge an answer."""

    @cached_property
    def panels(self) -> Sequence[Panel]:
        """The picture."""
        return self.picture()

    @property
    def words(self) -> Set[str]:
        """A hint, the reason, and what a picture shows for those who do not see it."""
        return {"hint", "reason"} | ({"alt"} if self.panels else set())

    @property
    def _besides(self) -> dict[str, Any]:
        """What the words quote, and what is shown beside them."""
        return {"values": self.quoted} | described(self.code, self.panels) | self._estimate

    @property
    def _estimate(self) -> dict[str, Any]:
        """The part of a description that only an estimate has."""
        return {"estimate": True} if self.estimate else {}


@dataclass(frozen=True, kw_only=True)
class Number(Asked):
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
        if "right" in self.mistakes:
            raise ValueError("mistakes must not contain the name right, which the answer has")
        ways = [self.absolute, self.relative, self.between]
        if sum(way is not None for way in ways) != 1:
            raise ValueError(f"give exactly one of absolute, relative and between, got {ways}")
        for name in ("absolute", "relative"):
            if (tolerance := getattr(self, name)) is not None:
                positive(name, tolerance)
        if self.between is not None and not 0 < self.between[0] * self.between[1]:
            raise ValueError(f"between must lie on one side of 0, got {self.between}")

    def judge(self, answer: float) -> Judgement:
        """Judge a finite number; TypeError or ValueError for anything else."""
        return judge(self.judging, real_number("answer", answer))

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
        numbers = {name: float(mistake()) for name, mistake in self.mistakes.items()}
        found = {
            name: self._around(real_number(f"the mistake {name}", wrong))
            for name, wrong in numbers.items()
        }
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

    @cached_property
    def judging(self) -> dict[str, Any]:
        """The limits of the answer and of each mistake."""
        return {
            "kind": "number",
            "limits": list(self.limits),
            "mistakes": {name: list(limits) for name, limits in self.intervals.items()},
        } | self._estimate

    @property
    def words(self) -> Set[str]:
        """A hint, the reason, a sentence for each mistake."""
        return super().words | {f"mistakes.{name}" for name in self.mistakes}

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
        parts: dict[str, Any] = {
            "kind": "number",
            "symbol": self.symbol,
            "unit": self.unit,
            "answer": f"{self.symbol} {equals} {shown}{unit}",
        }
        parts |= {"limits": self.judging["limits"], "mistakes": self.judging["mistakes"]}
        parts |= self._besides
        if self.estimate:  # from the number itself the front end counts the distance
            parts["right"] = round(self.right, 6 if self.decimals is None else self.decimals)
        return parts
