"""How good the questions are: one row for each reader, one column for each item."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnbook.study.effects import Estimate, numbers
from nnlib._typing import FloatArray

DRAWS = 2000


def _scores(right: ArrayLike) -> FloatArray:
    X = np.asarray(right, dtype=float)
    if X.ndim != 2 or min(X.shape) < 2 or not np.isin(X, (0, 1)).all():
        raise ValueError(
            "right must be a table of 0 and 1, with two readers and two items at least, "
            f"got shape {X.shape}"
        )
    return X


def cronbach_alpha(right: ArrayLike) -> float:
    r"""Return Cronbach's alpha, $\frac k{k-1}(1 - \sum_j s_j^2 / s^2)$ of $k$ items."""
    X = _scores(right)
    k, total = X.shape[1], X.sum(axis=1).var(ddof=1)
    if total == 0:
        raise ValueError("right must hold different sums: alpha compares readers")
    return float(k / (k - 1) * (1 - X.var(axis=0, ddof=1).sum() / total))


def bootstrap(
    statistic: Callable[[FloatArray], float],
    readers: ArrayLike,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> Estimate:
    """Return a statistic of the rows with the interval of the bootstrap over readers.

    It holds the middle 95 % of what the statistic is for classes drawn from this one with
    replacement. A drawn class for which it is not defined is drawn again.
    """
    rows = np.asarray(readers)
    found: list[float] = []
    for _ in range(10 * draws):
        try:
            found.append(statistic(rows[rng.integers(len(rows), size=len(rows))]))
        except ValueError:
            continue
        if len(found) == draws:
            break
    else:
        raise ValueError(f"the statistic is defined for too few of the drawn classes: {len(found)}")
    low, high = np.quantile(found, (0.025, 0.975))
    return Estimate(float(statistic(rows)), float(low), float(high))


def difficulty(right: ArrayLike) -> FloatArray:
    """Return for each item the share of readers who were right."""
    return _scores(right).mean(axis=0)


def discrimination(right: ArrayLike) -> FloatArray:
    """Return for each item its correlation with the sum of the others; nan if one is constant."""
    X = _scores(right)
    rest = X.sum(axis=1, keepdims=True) - X
    X, rest = X - X.mean(axis=0), rest - rest.mean(axis=0)
    scale = np.sqrt((X**2).sum(axis=0) * (rest**2).sum(axis=0))
    return np.divide(
        (X * rest).sum(axis=0), scale, out=np.full(scale.size, np.nan), where=scale > 0
    )


def option_shares(chosen: Sequence[int | None], options: int = 4) -> FloatArray:
    """Return the share of readers who chose each option, and last of those who chose none."""
    if not chosen or not all(one is None or 0 <= one < options for one in chosen):
        raise ValueError(f"chosen must be places of options, 0 to {options - 1}, or None")
    places = [options if one is None else one for one in chosen]
    return np.bincount(places, minlength=options + 1) / len(places)


def spearman(first: ArrayLike, second: ArrayLike) -> float:
    """Return Spearman's correlation of ranks; equals share theirs. It names no cause."""
    a, b = (_ranks(numbers(name, x, 3)) for name, x in (("first", first), ("second", second)))
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        raise ValueError("first and second must vary")
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(x: FloatArray) -> FloatArray:
    below, upto = (np.searchsorted(np.sort(x), x, side) for side in ("left", "right"))
    return (below + upto + 1) / 2
