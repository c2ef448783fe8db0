"""Which rates are safe for a line through a few flowers, and through all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

import nnlib
from nnlib._typing import FloatArray


def few_or_all(seeds: int, data: str, points: int) -> ArrayLike:
    """Whether the largest safe rate of a few flowers is within a factor of 2 of that of all."""
    feature = ("sepal length", "sepal width", "petal length", "petal width").index(data)
    X = np.column_stack([nnlib.datasets.iris().X[:, feature], np.ones(150)])
    all_flowers = _largest_rate(X)
    rngs = (np.random.default_rng(seed) for seed in range(seeds))
    rates = [_largest_rate(X[rng.permutation(150)[:points]]) for rng in rngs]
    return np.abs(np.log2(rates) - np.log2(all_flowers)) < 1


def _largest_rate(X: FloatArray) -> float:
    """Above it gradient descent on the MSE of a line diverges: 2 / the largest curvature."""
    return float(len(X) / np.linalg.eigvalsh(X.T @ X)[-1])
