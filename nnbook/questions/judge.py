"""The one judge: what an answer is worth, by a description that the front ends judge by, too.

Whatever makes an answer right or a known mistake is computed before anybody answers, and written
down as intervals or as the name of an option. So `js/src/questions/judge.js` needs no mathematics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Interval = Sequence[float]
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


def judge(described: Mapping[str, Any], answer: Any) -> Judgement:
    """Judge an answer: a number, a list of numbers or the name of an option.

    Parameters
    ----------
    described : mapping
        Of a choice its `answer`. Of a number its `limits`, the interval of what is accepted, and
        `mistakes`, name -> interval. Of several numbers `limits` with an interval for each,
        `mistakes`, pairs of a name and an interval for each, and `written`, the same with several
        intervals for each: the mistake's numbers as one may round them.
    answer : float, sequence of float or str
    """
    if described["kind"] == "choice":
        return Judgement("right" if answer == described["answer"] else "mistake", answer)
    if described["kind"] == "number":
        mistakes = [[name, [interval]] for name, interval in described["mistakes"].items()]
        alone = {"limits": [described["limits"]], "mistakes": mistakes, "written": []}
        return judge({"kind": "numbers"} | alone, [answer])
    numbers, limits = answer, described["limits"]
    if all(accepted(limits, numbers)):
        return Judgement("right")
    for name, intervals in described["mistakes"]:
        if all(accepted(intervals, numbers)):
            return Judgement("mistake", name)
    for name, choices in described["written"]:
        if all(any(map(_inside(one), of)) for one, of in zip(numbers, choices, strict=True)):
            return Judgement("mistake", name)
    first = accepted(limits, numbers).index(False)
    return _missed(limits[first], numbers[first])


def accepted(limits: Sequence[Interval], numbers: Sequence[float]) -> list[bool]:
    """Tell of each number whether it lies in its interval."""
    return [_inside(one)(limit) for one, limit in zip(numbers, limits, strict=True)]


def _inside(number: float) -> Any:
    return lambda interval: interval[0] <= number <= interval[1]


def _missed(limits: Interval, number: float) -> Judgement:
    low, high = limits
    near = high if number > high else low
    ratio = number / near if near else 0.0
    far = ratio >= FAR or 0 < ratio <= 1 / FAR
    return Judgement("large" if number > high else "small", far=far)
