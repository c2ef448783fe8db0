"""Inputs as they are, centered, scaled, or both: with which the loss ends lower."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbook.chapters.networks.reader_claims import STARTS, divided
from nnbook.claims.claim import Claim
from nnlib import SGD, fit, mlp, standardize
from nnlib._typing import FloatArray
from nnlib.datasets import digits, iris

RATES = np.geomspace(1e-3, 10, 7)
GONE = 1e6
"""Stands for the loss of a training that diverged."""


def inputs(data: str) -> tuple[FloatArray, NDArray[Any], int]:
    """Samples, labels, and the number of classes."""
    if data == "digits":
        return digits().X, digits().y, 10
    units = np.array([10.0, 1, 1, 1]) if data == "iris-mm" else 1.0
    return iris().X * units, iris().y, 3


def prepared(X: FloatArray, way: str) -> FloatArray:
    """Subtract the means, divide by the standard deviations, both or neither."""
    _, scaler = standardize(X)
    mean = scaler.mean if way in ("centered", "both") else 0.0
    return (X - mean) / (scaler.scale if way in ("scaled", "both") else 1.0)


def last_loss(seed: int, way: str, rate: float, data: str, width: int, steps: int) -> float:
    """The loss after some steps, on half of the data, at most 200 samples."""
    X, labels, classes = inputs(data)
    seen, _ = divided(len(X), seed, min(200, len(X) // 2))
    network = mlp([X.shape[1], width, classes], rng=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        history = fit(
            network,
            prepared(X[seen], way),
            labels[seen],
            loss="cross_entropy_with_logits",
            optimizer=SGD(network.parameters(), lr=rate),
            epochs=steps,
            evaluate_training=False,
        )
    loss = history.step_losses[-1]
    return min(loss, GONE) if np.isfinite(loss) else GONE


def lower(first: str, second: str, data: str, width: int, steps: int) -> FloatArray:
    """How much lower the loss ends with the second way than with the first, each at its best."""
    ends = []
    for way in (first, second):
        table = [[last_loss(k, way, r, data, width, steps) for k in STARTS] for r in RATES]
        ends.append(min(np.array(table), key=np.mean))
    return ends[0] - ends[1]


def standardized(*, data: str, width: int, steps: int) -> ArrayLike:
    """Standardized inputs against those as they are."""
    return lower("as they are", "both", data, width, steps)


def centered(*, data: str, width: int, steps: int) -> ArrayLike:
    """Inputs whose means are 0 against inputs whose standard deviations are 1."""
    return lower("scaled", "centered", data, width, steps)


USUAL = {"data": "digits", "width": 16, "steps": 60}
VARIED: dict[str, list[Any]] = {
    "data": ["iris", "iris-mm"],
    "width": [4, 8, 64],
    "steps": [20, 100, 200],
}

CLAIMS = {
    "standardized": Claim(judge=standardized, usual=USUAL, varied=VARIED),
    "centered": Claim(judge=centered, usual=USUAL, varied=VARIED),
}
