"""What the chapter says of small classifiers of iris flowers: which start stands still."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

import nnlib
from nnlib._typing import FloatArray, IntArray

FEATURES = {"widths": [3, 1], "petals": [2, 3], "flowers": [0, 1, 2, 3]}


def _known(features: str, seed: int) -> tuple[np.random.Generator, FloatArray, IntArray]:
    """Draw a training set and scale it; the generator goes on with the start."""
    iris, rng = nnlib.datasets.iris(), np.random.default_rng(seed)
    X, _, y, _ = nnlib.split(iris.X[:, FEATURES[features]], iris.y, rng=rng)
    return rng, nnlib.standardize(X)[0], y


@cache
def _curve(
    features: str, width: int, rate: float, batch: int, epochs: int, seed: int
) -> FloatArray:
    """Return, epoch by epoch, which share of each species and of all flowers is right."""
    rng, A, y = _known(features, seed)
    net = nnlib.mlp((A.shape[1], width, 3), rng=rng)
    shares = np.zeros((epochs + 1, 4))

    def look(epoch: int, history: nnlib.History) -> None:
        right = net.forward(A).argmax(axis=1) == y
        shares[epoch] = [*(right[y == k].mean() for k in range(3)), right.mean()]

    nnlib.fit(
        net,
        A,
        y,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=rate),
        epochs=epochs,
        batch_size=batch,
        rng=rng,
        callback=look,
    )
    return shares


def _low(shares: FloatArray, below: float) -> bool:
    return bool(shares[-1, 3] < below)


def fails_less(
    *, few: int, run: str, below: float, seeds: int, offset: int, **setting: Any
) -> FloatArray:
    """Whether the small network ends low, minus whether the large one, as in `run`, does."""
    many, epochs, rate = run.split("/")
    setting |= {"epochs": int(epochs), "rate": float(rate)}
    return np.array(
        [
            float(_low(_curve(width=few, seed=seed, **setting), below))
            - float(_low(_curve(width=int(many), seed=seed, **setting), below))
            for seed in range(offset, offset + seeds)
        ]
    )


def recovers(
    *, run: str, later: int, below: float, low: int, seeds: int, offset: int, **setting: Any
) -> NDArray[np.bool_]:
    """Of the first runs that are low early, which are not low later."""
    width, epochs, rate = run.split("/")
    setting |= {"width": int(width), "rate": float(rate)}
    early = (
        seed
        for seed in range(offset, offset + seeds)
        if _low(_curve(epochs=int(epochs), seed=seed, **setting), below)
    )
    found = list(islice(early, low))
    if len(found) < low:
        raise ValueError(f"only {len(found)} of {seeds} runs are low, {low} are needed")
    return np.array([not _low(_curve(epochs=later, seed=seed, **setting), below) for seed in found])
