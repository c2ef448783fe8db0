"""A network that predicts a mean and a spread: its loss, and what the spread is worth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

import nnlib
from nnlib._typing import FloatArray


def _normal(outputs: FloatArray, y: Any) -> tuple[float, FloatArray]:
    """Minus the logarithm of the normal density, without its constant, and the slopes of it.

    The outputs are the mean and the logarithm of the spread; `y` holds the target twice.
    """
    mean, log_spread = outputs[:, :1], outputs[:, 1:]
    r = (y[:, :1] - mean) / np.exp(log_spread)
    slopes = np.hstack([-r / np.exp(log_spread), 1 - r**2])
    return float(np.mean(log_spread + r**2 / 2)), slopes / len(r)


NORMAL = nnlib.Loss("normal", _normal)
JUDGING = 2000
"""The first of the seeds that judge."""


def pairs(name: str, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """One input and one target per row, in a random order."""
    order, iris = rng.permutation(150), nnlib.datasets.iris()
    if name == "petals":  # the width of a petal, from its length
        return iris.X[order][:, [2]], iris.X[order][:, [3]]
    if name == "sepals":
        return iris.X[order][:, [0]], iris.X[order][:, [1]]
    X = rng.uniform(0, 1, (150, 1))
    grows = 3 * X if name == "growing" else 1
    return X, X + 0.1 * (1 + grows) * rng.normal(size=X.shape)


def spread_gain(
    seeds: int, data: str, width: int, rate: float, steps: int, points: int
) -> ArrayLike:
    """How much less a sample loses that was not trained with, in nats, if the spread may vary."""
    judging = range(JUDGING, JUDGING + seeds)
    return np.array([_gain(seed, data, width, rate, steps, points) for seed in judging])


def _gain(seed: int, data: str, width: int, rate: float, steps: int, points: int) -> float:
    X, y = (nnlib.standardize(part)[0] for part in pairs(data, np.random.default_rng(seed)))
    new = slice(points, None)
    net = _trained(X[:points], np.hstack([y, y])[:points], NORMAL, width, rate, steps, seed)
    varying = NORMAL.function(net.predict(X[new]), np.hstack([y, y])[new])
    net = _trained(X[:points], y[:points], nnlib.LOSSES["mse"], width, rate, steps, seed)
    spread = np.sqrt(nnlib.mse(net.predict(X[:points]), y[:points]))
    mean = net.predict(X[new])
    fixed = NORMAL.function(
        np.hstack([mean, np.full_like(mean, np.log(spread))]), np.hstack([y, y])[new]
    )
    return fixed - varying


def _trained(
    X: FloatArray, y: FloatArray, loss: nnlib.Loss, width: int, rate: float, steps: int, seed: int
) -> nnlib.Sequential:
    """A network with `width` hidden neurons, or without a hidden layer."""
    sizes = (1, width, y.shape[1]) if width else (1, y.shape[1])
    net = nnlib.mlp(sizes, "tanh", rng=seed)
    net.layers[-1].weight.value *= 0  # the same mean and spread for all: no sample pulls too hard
    sgd = nnlib.SGD(net.parameters(), lr=rate)
    nnlib.fit(net, X, y, loss=loss, optimizer=sgd, epochs=steps, evaluate_training=False)
    return net
