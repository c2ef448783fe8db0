"""Where the squares come from: minus the logarithm of the density of many measurements."""

from __future__ import annotations

from collections.abc import Iterator
from math import log, pi, sqrt

import numpy as np

from nnbook.questions.code import Case, Code
from nnlib import ssr
from nnlib._typing import FloatArray


def normal(y: FloatArray, y_hat: FloatArray, s: float) -> float:
    """The part that only the spread decides, and the part of the residuals."""
    return len(y) * log(s * sqrt(2 * pi)) + ssr(y_hat, y) / (2 * s**2)


def densities(y: FloatArray, y_hat: FloatArray, s: float) -> FloatArray:
    """Of each measurement."""
    density: FloatArray = np.exp(-((y - y_hat) ** 2) / (2 * s**2)) / (s * np.sqrt(2 * np.pi))
    return density


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """A few measurements, then many; spreads on both sides of 1; a perfect prediction."""
    yield "ordinary", (np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.5, 3.0]), 0.5)
    for n, s in ((1, 2.0), (4, 0.3), (50, 1.5)):
        y = rng.normal(0, 3, n)
        yield ("batch" if n > 9 else "random"), (y, y + rng.normal(0, s, n), s)
    yield "edge", (np.array([1.0, -2.0]), np.array([1.0, -2.0]), 3.0)
    y = rng.normal(0, 1, 10_000)
    yield "extreme", (y, y + rng.normal(0, 2, 10_000), 2.0)


NORMAL = Code(
    kind="write",
    level=2,
    reference=normal,
    cases=cases,
    mistakes={
        "product_first": lambda y, y_hat, s: -np.log(np.prod(densities(y, y_hat, s))),
        "density": lambda y, y_hat, s: np.prod(densities(y, y_hat, s)),
        "mean": lambda y, y_hat, s: normal(y, y_hat, s) / len(y),
        "sign": lambda y, y_hat, s: -normal(y, y_hat, s),
        "one_constant": lambda y, y_hat, s: (
            normal(y, y_hat, s) - (len(y) - 1) * log(s * sqrt(2 * pi))
        ),
        "no_constant": lambda y, y_hat, s: ssr(y_hat, y) / (2 * s**2),
        "half_forgotten": lambda y, y_hat, s: normal(y, y_hat, s) + ssr(y_hat, y) / (2 * s**2),
        "spread_not_squared": lambda y, y_hat, s: (
            len(y) * log(s * sqrt(2 * pi)) + ssr(y_hat, y) / (2 * s)
        ),
        "spread_forgotten": lambda y, y_hat, s: (
            len(y) * log(sqrt(2 * pi)) + ssr(y_hat, y) / (2 * s**2)
        ),
    },
)
