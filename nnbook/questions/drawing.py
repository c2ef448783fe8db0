"""What a drawing is: two axes, the true curve, and the features by which a drawn curve is judged.

What a reader drew is judged by where it rises, how high it gets, where it ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnbook.questions.kind import Kind
from nnlib._typing import FloatArray
from nnlib._validation import one_of

FEATURES = ("at", "change", "rise", "fall", "max", "min", "argmax", "argmin")
SAMPLES = 121
"""Points of the true curve, evenly spaced along the axis."""
PLACES = 25
"""Places where a reader sets the height of a curve."""
TOP = 100
"""Heights are whole numbers from 0, the lower edge, to this."""

Curve = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One axis.

    Attributes
    ----------
    symbol : str
        In mini-TeX.
    low : float
        Its left or lower end.
    high : float
        The other one.
    log : bool
        Whether it is logarithmic.
    ticks : sequence of float
        Where numbers stand; by default where they are round.
    """

    symbol: str
    low: float
    high: float
    log: bool = False
    ticks: Sequence[float] = ()

    def scaled(self, number: float) -> float:
        """Return a number as the axis counts: on a logarithmic one its power of ten."""
        return math.log10(number) if self.log else float(number)

    def along(self, count: int) -> FloatArray:
        """Return numbers whose places on the axis are evenly spaced."""
        spaced = np.linspace(self.scaled(self.low), self.scaled(self.high), count)
        return np.asarray(10.0**spaced if self.log else spaced)

    def describe(self) -> dict[str, Any]:
        """Return what the front end needs; what is not said is as usual."""
        parts = {"symbol": self.symbol, "low": self.low, "high": self.high}
        return (
            parts
            | ({"log": True} if self.log else {})
            | ({"ticks": list(self.ticks)} if self.ticks else {})
        )


@dataclass(frozen=True)
class Condition:
    """A feature of the curve between two places, and the limits within which it lies.

    Attributes
    ----------
    feature : {"at", "change", "rise", "fall", "max", "min", "argmax", "argmin"}
        The height at `start`; what it gains from `start` to `end`; between these two the largest
        climb, the largest drop, the largest and the smallest height, and where these two are.
    start : float
        A place on the horizontal axis.
    end : float
        Another one, not left of it.
    above : float
        The lower limit. On a logarithmic axis heights are powers of ten.
    below : float
        The upper limit.
    """

    feature: str
    start: float
    end: float
    above: float = -math.inf
    below: float = math.inf

    def __post_init__(self) -> None:
        one_of("feature", self.feature, FEATURES)

    def describe(self) -> list[Any]:
        """Return it as a list for JSON, where null is no limit."""
        limits = [None if math.isinf(limit) else limit for limit in (self.above, self.below)]
        return [self.feature, self.start, self.end, *limits]


@dataclass(frozen=True)
class Mistake:
    """What a wrong idea draws: an example of it, and the conditions that such curves meet.

    Attributes
    ----------
    example : function
        From places to the heights of a curve that someone with this idea would draw.
    when : Condition
        All of them must hold.
    """

    example: Curve
    when: Sequence[Condition]


@dataclass(frozen=True)
class Given:
    """A curve, or a point, that the reader sees from the start.

    Attributes
    ----------
    symbol : str
        In mini-TeX.
    curve : function
        From places to heights.
    color : str
        Of the quantity.
    at : float, optional
        Where the only point is; by default there is a curve.
    """

    symbol: str
    curve: Curve
    color: str = "muted"
    at: float | None = None


@dataclass(frozen=True, kw_only=True)
class Drawing(Kind):
    """A curve that a reader draws first.

    Attributes
    ----------
    x : Axis
        The horizontal one.
    y : Axis
        The vertical one.
    curve : function
        Computes the true heights at an array of places; NaN where there is none.
    color : str
        Of the true curve: that of its quantity.
    right : sequence of Condition
        What a curve has that shows the right idea.
    mistakes : mapping
        Name -> mistake. The first that a drawing makes is the one that is named.
    given : sequence of Given
        What is there from the start.
    """

    x: Axis
    y: Axis
    curve: Curve
    color: str
    right: Sequence[Condition]
    mistakes: Mapping[str, Mistake]
    given: Sequence[Given] = ()

    @property
    def words(self) -> Set[str]:
        """The reason, and a sentence for each mistake."""
        return {"reason"} | {f"mistakes.{name}" for name in self.mistakes}

    def heights(self, curve: Curve) -> list[int]:
        """Return a curve as a reader would draw it: a whole number for each place."""
        low, high = self.y.scaled(self.y.low), self.y.scaled(self.y.high)
        with np.errstate(divide="ignore"):
            values = curve(self.x.along(PLACES))
            scaled = np.log10(values) if self.y.log else values
        parts = np.nan_to_num((scaled - low) / (high - low), nan=2.0, posinf=2.0, neginf=-1.0)
        return [round(TOP * part) for part in np.clip(parts, 0, 1).tolist()]

    def sampled(self, curve: Curve) -> list[float | None]:
        """Return a curve's heights with few digits: the same on every machine."""
        values = curve(self.x.along(SAMPLES)).tolist()
        return [float(f"{value:.4g}") if math.isfinite(value) else None for value in values]

    def describe(self) -> dict[str, Any]:
        """Return axes, curves and conditions; no words."""
        given = [
            {"symbol": one.symbol, "color": one.color}
            | (
                {"curve": self.sampled(one.curve)}
                if one.at is None
                else {"point": [one.at, float(f"{one.curve(np.array([one.at]))[0]:.4g}")]}
            )
            for one in self.given
        ]
        return {
            "x": self.x.describe(),
            "y": self.y.describe(),
            "places": PLACES,
            "color": self.color,
            "truth": self.sampled(self.curve),
            "given": given,
            "right": [condition.describe() for condition in self.right],
            "mistakes": {
                name: [condition.describe() for condition in mistake.when]
                for name, mistake in self.mistakes.items()
            },
            "values": self.quoted,
        }
