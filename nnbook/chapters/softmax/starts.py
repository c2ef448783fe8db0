"""What networks that differ only in their random start say of the flowers and of the gap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

import nnlib
from nnbook.chapters.multiple_outputs.flowers import BLOCK, drawn, train_side_by_side
from nnlib._typing import FloatArray

PLACES = {
    "border": (0.8, 3.0),
    "border, middle": (0.9, 3.2),
    "border, right": (1.0, 3.5),
    "lowest": (0.8, 2.0),
    "below": (0.8, 2.5),
    "above": (0.8, 3.5),
    "highest": (0.8, 3.8),
    "gap": (1.0, 4.0),
    "gap, right": (1.1, 4.2),
    "flower": (1.8, 3.2),
    "flower 77": (1.7, 3.0),
    "flower 133": (1.5, 2.8),
    "flower 126": (1.8, 2.8),
}
"""Petal and sepal width of the places that are asked about: on and beside a border, flowers."""


@dataclass
class Asked:
    """What each network says: an entry for each start."""

    raw: FloatArray  # (starts, places, classes), the raw outputs
    accuracy: FloatArray  # on the flowers that it was trained with


@cache
def asked(
    hidden: int = 8,
    *,
    places: tuple[str, ...] = ("flower", "gap"),
    rate: float = 0.2,
    steps: int = 1000,
    scale: float = 1,
    activation: str = "relu",
    seeds: int = 40,
    offset: int = 0,
) -> Asked:
    """Train on all flowers from each start, and ask about some places."""
    iris = nnlib.datasets.iris()
    X, scaler = nnlib.standardize(iris.X[:, [3, 1]])
    y = np.asarray(iris.y, dtype=int)
    at = scaler.transform([PLACES[place] for place in places])
    raw, right = [], []
    for first in range(offset, offset + seeds, BLOCK):
        models = [
            drawn(2, hidden, activation, scale, np.random.default_rng(seed))
            for seed in range(first, min(first + BLOCK, offset + seeds))
        ]
        alike = len(models)
        train_side_by_side(models, [X] * alike, [y] * alike, "ce", rate, steps)
        raw += [model.forward(at) for model in models]
        right += [nnlib.accuracy(model.forward(X), y) for model in models]
    return Asked(np.array(raw), np.array(right))
