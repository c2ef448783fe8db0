"""Sums of hinges, for the exercise on a bump."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from nnbook.questions.code import Case
from nnlib import relu
from nnlib._typing import FloatArray


def hinges_at(x: FloatArray, places: tuple[float, ...], weights: tuple[float, ...]) -> FloatArray:
    """A sum of hinges."""
    return np.sum([c * relu(x - t) for t, c in zip(places, weights, strict=True)], axis=0)


def bump(x: FloatArray, left: float, middle: float, right: float) -> FloatArray:
    """The bump as a broken line, without hinges."""
    return np.interp(x, [left, middle, right], [0.0, 1.0, 0.0])


def bump_from(slopes: Callable[[float, float], tuple[float, ...]]) -> Callable[..., FloatArray]:
    """Three hinges whose weights come from the lengths of the rise and of the fall."""

    def made(x: FloatArray, left: float, middle: float, right: float) -> FloatArray:
        return hinges_at(x, (left, middle, right), slopes(middle - left, right - middle))

    return made


def bump_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Places on, between and beyond the corners; even and uneven bumps."""
    yield "ordinary", (np.array([-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 9.0]), 0.0, 1.0, 3.0)
    yield "ordinary", (np.linspace(-1, 2, 13), 0.0, 0.5, 1.0)
    for _ in range(3):
        left, middle, right = np.sort(rng.normal(0, 3, 3))
        yield "random", (rng.normal(0, 5, 20), float(left), float(middle), float(right))
    yield "edge", (np.array([-2.0, -1.0, -0.5]), -2.0, -1.0, -0.5)
    yield "extreme", (np.array([-1000.0, 1000.0]), 0.0, 0.001, 2.0)
