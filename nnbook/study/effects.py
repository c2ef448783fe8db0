"""How much a class has learned: sizes of effects, each with the interval that goes with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnbook.study.student import quantile
from nnlib._typing import FloatArray

NORMAL = 1.959963984540054
"""95 % of a normal variable lie within so many standard deviations."""


@dataclass(frozen=True)
class Estimate:
    """A number and the interval that covers the true one in 95 of 100 studies."""

    value: float
    low: float
    high: float

    def __truediv__(self, unit: float) -> Estimate:
        return Estimate(self.value / unit, self.low / unit, self.high / unit)

    def __format__(self, form: str) -> str:
        parts = (f"{part:{form}}".replace("-", "−") for part in (self.value, self.low, self.high))
        return "{} [{}, {}]".format(*parts)

    def covers(self, number: float) -> bool:
        """Whether a number lies in the interval."""
        return self.low <= number <= self.high


@dataclass(frozen=True)
class Mean:
    """Of some scores how many there are, their mean and their standard deviation."""

    n: int
    mean: float
    sd: float

    @classmethod
    def of(cls, scores: ArrayLike) -> Mean:
        """Sum up scores."""
        known = numbers("scores", scores, least=2)
        return cls(len(known), float(known.mean()), float(known.std(ddof=1)))


def numbers(name: str, values: ArrayLike, least: int) -> FloatArray:
    """Return values as one row of finite numbers."""
    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or array.size < least or not np.isfinite(array).all():
        raise ValueError(
            f"{name} must be at least {least} finite numbers in one row, got shape {array.shape}"
            f" with {int((~np.isfinite(array)).sum())} that are missing or infinite"
        )
    return array


def _pairs(before: ArrayLike, after: ArrayLike) -> tuple[FloatArray, FloatArray]:
    first, second = numbers("before", before, 3), numbers("after", after, 3)
    if first.shape != second.shape:
        raise ValueError(
            f"before and after must belong to the same readers, got {first.size} and {second.size}"
        )
    return first, second


def mean_change(before: ArrayLike, after: ArrayLike) -> Estimate:
    """Return how much the mean has grown, in points, with Student's interval."""
    first, second = _pairs(before, after)
    change = second - first
    error = change.std(ddof=1) / math.sqrt(change.size)
    return _around(float(change.mean()), quantile(change.size - 1) * float(error))


def hedges_g(before: ArrayLike, after: ArrayLike) -> Estimate:
    r"""Return Hedges' $g_{av}$: the change in units of the average standard deviation.

    That is $J\,(\bar y - \bar x) / s$ with $s^2 = (s_x^2 + s_y^2) / 2$; the factor
    $J = 1 - 3 / (4(n - 1) - 1)$ makes up for small classes. The interval is that of Bonett (2008)
    for paired samples, whose variances may differ.
    """
    first, second = _pairs(before, after)
    df = first.size - 1
    (a, shared), (_, b) = np.cov(first, second)
    s2 = (a + b) / 2
    if s2 == 0:
        raise ValueError("before and after must vary: every reader has the same score")
    d = float(second.mean() - first.mean()) / math.sqrt(s2)
    variance = d**2 * (a**2 + b**2 + 2 * shared**2) / (8 * df * s2**2)
    variance += (a + b - 2 * shared) / (df * s2)
    return _around((1 - 3 / (4 * df - 1)) * d, NORMAL * math.sqrt(variance))


def normalized_gain(before: ArrayLike, after: ArrayLike, most: float) -> float:
    """Return which part of what was missing before the class has gained (Hake's gain)."""
    first, second = _pairs(before, after)
    missing = most - float(first.mean())
    if missing <= 0:
        raise ValueError(f"most must exceed the mean before, {first.mean():g}, got {most:g}")
    return float(second.mean() - first.mean()) / missing


def adjusted_difference(before: ArrayLike, after: ArrayLike, treated: ArrayLike) -> Estimate:
    """Return by how many points the treated are ahead among those who began alike (ANCOVA).

    It is the coefficient of the group in the least squares of `after` on `before` and the group,
    with Student's interval.
    """
    first, second = _pairs(before, after)
    group = np.asarray(treated, dtype=float)
    if group.shape != first.shape or not np.isin(group, (0, 1)).all() or np.ptp(group) == 0:
        raise ValueError(
            f"treated must say True or False of each of {first.size} readers, and both of some"
        )
    X = np.column_stack([group, np.ones_like(first), first - first.mean()])
    df = first.size - X.shape[1]
    if df < 1 or np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError("before must vary within the groups, and four readers are the least")
    solution, *_ = np.linalg.lstsq(X, second, rcond=None)
    rest = second - X @ solution
    error = math.sqrt(float(rest @ rest) / df * float(np.linalg.inv(X.T @ X)[0, 0]))
    return _around(float(solution[0]), quantile(df) * error)


def form_effect(before: ArrayLike, after: ArrayLike, a_first: ArrayLike) -> Estimate:
    """Return how many points form B is easier than form A.

    Who begins with A changes by what was learned plus this, who begins with B by what was learned
    minus this. So it is half of the difference between the changes of the two orders (Welch's
    interval).
    """
    first, second = _pairs(before, after)
    order = np.asarray(a_first, dtype=bool)
    parts = [(second - first)[order], (second - first)[~order]]
    if order.shape != first.shape or min(part.size for part in parts) < 2:
        raise ValueError("a_first must be true of two readers at least, and false of two")
    errors = [float(part.var(ddof=1)) / part.size for part in parts]
    total = sum(errors)
    if total == 0:
        raise ValueError("the changes must vary within an order: those of each are all alike")
    df = total**2 / sum(e**2 / (p.size - 1) for e, p in zip(errors, parts, strict=True))
    half = quantile(max(1, int(df))) * math.sqrt(total)
    return _around(float(parts[0].mean() - parts[1].mean()), half) / 2


def _around(value: float, half: float) -> Estimate:
    return Estimate(value, value - half, value + half)
