"""The exercise on the price of a wrong belief: its cases, and how its mistakes are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case
from nnlib import softmax
from nnlib._typing import FloatArray


def divergence(q: FloatArray, p: FloatArray) -> Any:
    """The sum over what can happen: 0 ln 0 counts as 0."""
    can = q > 0
    return np.sum(q[can] * (np.log(q[can]) - np.log(p[can])))


def divergence_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Distributions over two to ten outcomes, also with impossible ones."""
    yield "ordinary", (np.array([0.7, 0.2, 0.1]), np.array([0.5, 0.3, 0.2]))
    for K in (2, 4, 10):
        yield "random", (softmax(rng.normal(size=K)), softmax(rng.normal(size=K)))
    yield "edge", (np.array([0.25, 0.25, 0.5]), np.array([0.25, 0.25, 0.5]))
    yield "extreme", (np.array([0.0, 1.0, 0.0]), np.array([0.5, 0.25, 0.25]))
    yield "extreme", (np.array([0.0, 0.5, 0.5]), np.array([1e-300, 0.5, 0.5]))
    yield (
        "extreme",
        (np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.5, 0.5])),
    )  # what cannot be, happens


def almost(got: FloatArray, want: FloatArray) -> bool:
    """Whether numbers agree but for something small that was added on the way."""
    return bool(np.allclose(got, want, rtol=1e-3, atol=1e-3))
