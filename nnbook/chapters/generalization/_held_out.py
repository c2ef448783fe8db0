"""What the exercise on held-out data is tried on: preparing data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case
from nnlib import standardize
from nnlib._typing import FloatArray, IntArray

# -- leak: choosing and scaling on all rows ------------------------------------------------


def prepared(
    X: FloatArray, keep: int, choose: FloatArray, y: IntArray, scale: FloatArray
) -> FloatArray:
    """Some columns of X: `choose` and its labels say which, `scale` says how they are scaled."""
    A, _ = standardize(choose)
    kept = np.argsort(np.abs(A.T @ y))[-keep:]
    return standardize(scale[:, kept])[1].transform(X[:, kept])


def in_order(A: Any) -> Any:
    """The same columns in the order of their first entries, as any order is right."""
    return A[:, np.argsort(A[0])] if isinstance(A, np.ndarray) and A.ndim == 2 else A


def prepare(answer: Callable[..., Any], *arguments: Any) -> Any:
    """Try a function that prepares data."""
    return in_order(answer(*arguments))


def leak_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Two columns go with the labels of the training rows, two others with the held-out ones."""
    for label, n, new, columns in (
        ("ordinary", 20, 10, 4),
        ("random", 24, 12, 6),
        ("batch", 60, 30, 12),
        ("edge", 30, 14, 5),
    ):
        y = rng.permutation(np.arange(n + new) % 2)
        signs = np.where(y == 1, 1.0, -1.0)[:, np.newaxis]
        X = rng.normal(0, 0.3, size=(n + new, columns))
        X[:n, :2] += signs[:n] * [1.0, -1.0]
        X[n:, :2] -= signs[n:] * [1.0, -1.0]
        X[n:, 2:4] += signs[n:] * [6.0, -6.0]
        X = X[:, rng.permutation(columns)] * rng.uniform(1, 5, columns)
        yield label, (X + rng.normal(size=columns), y, n, 2)
