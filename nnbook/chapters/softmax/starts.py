"""What networks that differ only in their random start say of a gap."""

from __future__ import annotations

from functools import cache

import numpy as np

import nnlib
from nnbook.chapters.multiple_outputs.flowers import BLOCK, drawn, train_side_by_side
from nnlib._typing import FloatArray

PLACES = {
    "border": (0.8, 3.0),
    "border, right": (1.0, 3.5),
    "below": (0.8, 2.5),
    "above": (0.8, 3.5),
    "highest": (0.8, 3.8),
    "gap": (1.0, 4.0),
    "gap, right": (1.1, 4.2),
}
"""Petal and sepal width of places in the gap: on a border, and beside one."""


@cache
def asked(
    hidden: int = 8,
    *,
    places: tuple[str, ...],
    rate: float = 0.2,
    steps: int = 1000,
    scale: float = 1,
    activation: str = "relu",
    seeds: int = 40,
    offset: int = 0,
) -> FloatArray:
    """Train on all flowers from each start; return the raw outputs (starts, places, classes)."""
    iris = nnlib.datasets.iris()
    X, scaler = nnlib.standardize(iris.X[:, [3, 1]])
    y = np.asarray(iris.y, dtype=int)
    at = scaler.transform([PLACES[place] for place in places])
    raw = []
    for first in range(offset, offset + seeds, BLOCK):
        models = [
            drawn(2, hidden, activation, scale, np.random.default_rng(seed))
            for seed in range(first, min(first + BLOCK, offset + seeds))
        ]
        alike = len(models)
        train_side_by_side(models, [X] * alike, [y] * alike, "ce", rate, steps)
        raw += [model.forward(at) for model in models]
    return np.array(raw)
