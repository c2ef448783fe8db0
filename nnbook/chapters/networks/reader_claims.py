"""Readers of digits, and what they make of images that they have not seen."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbook.claims.claim import Claim, Setting
from nnlib import SGD, accuracy, average_pool, fit, mlp, standardize
from nnlib._typing import FloatArray
from nnlib.datasets import digits
from nnlib.networks import Sequential
from nnlib.preprocessing import Scaler

STARTS = range(100, 120)
"""Of networks and of splits; what the text says was found on others."""
Indices = NDArray[np.int64]


def divided(count: int, seed: int, points: int) -> tuple[Indices, Indices]:
    """Draw which samples are seen; the others are not."""
    order = np.random.default_rng(seed).permutation(count)
    return order[:points], order[points:]


# -- networks that read digits -------------------------------------------------------------------


@cache
def reader(
    seed: int,
    *,
    points: int,
    width: int,
    rate: float,
    steps: int,
    activation: str = "relu",
    inputs: str = "standardized",
) -> tuple[Sequential, Scaler, Indices]:
    """Train a network as the chapter does, once; return what it has not seen, too."""
    data = digits()
    seen, unseen = divided(len(data.X), seed, points)
    scaler = (
        standardize(data.X[seen])[1]
        if inputs == "standardized"
        else Scaler(np.zeros(64), np.full(64, 16.0))
    )
    network = mlp([64, width, 10], activation=activation, rng=seed)
    fit(
        network,
        scaler.transform(data.X[seen]),
        data.y[seen],
        loss="cross_entropy_with_logits",
        optimizer=SGD(network.parameters(), lr=rate),
        epochs=steps,
        evaluate_training=False,
    )
    return network, scaler, unseen


def share_of_unseen(seed: int, *, moved: str = "", **settings: Any) -> float:
    """How many unseen images it reads, perhaps after each was moved by one pixel."""
    data = digits()
    network, scaler, unseen = reader(seed, **settings)
    images = shifted(data.X[unseen], moved) if moved else data.X[unseen]
    return accuracy(network.forward(scaler.transform(images)), data.y[unseen])


def shifted(X: FloatArray, direction: str) -> FloatArray:
    """Move images by one pixel; what leaves at one edge is lost."""
    rows, columns = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}[direction]
    wide = np.pad(X.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))
    return wide[:, 1 - rows : 9 - rows, 1 - columns : 9 - columns].reshape(len(X), 64)


def reads(*, points: int, width: int, rate: float, steps: int, activation: str) -> ArrayLike:
    """Whether it is right on more than nine in ten of the images that it has not seen."""
    settings: Setting = {"points": points, "width": width, "rate": rate, "steps": steps}
    shares = [share_of_unseen(seed, activation=activation, **settings) for seed in STARTS]
    return np.array(shares) > 0.9


def falls(
    *, points: int, width: int, rate: float, steps: int, direction: str, inputs: str
) -> ArrayLike:
    """How much less it reads when every image is moved by one pixel."""
    settings: Setting = {"points": points, "width": width, "rate": rate, "steps": steps}
    settings = {**settings, "inputs": inputs}
    return [
        share_of_unseen(seed, **settings) - share_of_unseen(seed, moved=direction, **settings)
        for seed in STARTS
    ]


# -- smaller pictures ----------------------------------------------------------------------------


def nearest(X: FloatArray, labels: NDArray[Any], seen: Indices, unseen: Indices) -> float:
    """How many unseen images get the label of the most similar seen one."""
    squares = (X[seen] ** 2).sum(axis=1) - 2 * X[unseen] @ X[seen].T
    return float(np.mean(labels[seen][squares.argmin(axis=1)] == labels[unseen]))


def coarser(*, points: int, ink: str) -> ArrayLike:
    """How much less that reads after average pooling."""
    data = digits()
    small = average_pool(data.X.reshape(-1, 8, 8), 2).reshape(-1, 16)
    both = [
        X / np.linalg.norm(X, axis=1)[:, np.newaxis] if ink == "equal" else X
        for X in (data.X, small)
    ]
    pairs = []
    for seed in STARTS:
        parts = divided(len(data.X), seed, points)
        fine, coarse = (nearest(X, data.y, *parts) for X in both)
        pairs.append(fine - coarse)
    return pairs


READER = {"points": 900, "width": 32, "rate": 0.5, "steps": 200}
TRAININGS: dict[str, list[Any]] = {
    "points": [170, 300, 600, 1530],
    "width": [16, 64, 160],
    "rate": [0.1, 0.2, 1.0],
    "steps": [70, 140, 630],
}
COVERED: dict[str, list[Any]] = {
    "points": [600, 750, 1200, 1530],
    "width": [8, 16, 64, 160],
    "rate": [0.1, 0.2, 1.0, 3.0],
    "steps": [30, 70, 140, 630],
}
TOO_LITTLE: dict[str, list[Any]] = {
    "points": [170, 300],
    "width": [4],
    "rate": [0.03],
    "steps": [10],
}

CLAIMS = {
    "reads": Claim(
        judge=reads,
        usual={**READER, "activation": "relu"},
        varied={**COVERED, "activation": ["softplus", "tanh"]},
        beyond=TOO_LITTLE,
    ),
    "moved": Claim(
        judge=falls,
        usual={**READER, "direction": "right", "inputs": "standardized"},
        varied={
            **TRAININGS,
            "direction": ["left", "up", "down"],
            "inputs": ["divided by 16"],
        },
        least=0.45,
    ),
    "pooled": Claim(
        judge=coarser,
        usual={"points": 900, "ink": "raw"},
        varied={"points": [170, 300, 1530], "ink": ["equal"]},
        least=0.02,
    ),
}
