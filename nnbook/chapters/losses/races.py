"""How many steps two losses for probabilities need, each at a rate that suits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

import nnlib
from nnlib._typing import FloatArray

CHOOSING, CHOOSING_FINE = 10, 20
"""How many other starts choose the rate of a loss; what has chosen does not judge."""
JUDGING = 2000
"""The first of the starts that judge."""
RATES = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
FINER = 1.5
"""The best of these rates, or that times or divided by this, is the best rate."""
MOST_CHOOSING, MOST = 800, 3000
"""Where a run ends that has not arrived: it counts as one that needed so many steps."""


def _squares(z: FloatArray, y: Any) -> tuple[float, FloatArray]:
    """The mean squared residual of p = sigmoid(z), and its slopes with respect to z."""
    p = nnlib.sigmoid(z)
    return float(np.mean((y - p) ** 2)), 2 * (p - y) * p * (1 - p) / len(z)


CROSS_ENTROPY = nnlib.LOSSES["binary_cross_entropy_with_logits"]
SQUARES = nnlib.Loss(
    "squares of probabilities", _squares, target="binary", predict=CROSS_ENTROPY.predict
)


def two_classes(name: str) -> tuple[FloatArray, FloatArray]:
    """Inputs with mean 0 and standard deviation 1, and targets 0 or 1 of shape (n, 1)."""
    iris = nnlib.datasets.iris()
    match name:
        case "moons":
            data = nnlib.datasets.moons(200, noise=0.2, rng=0)
            X, y = data.X, data.y
        case "blobs":
            data = nnlib.datasets.blobs(200, classes=2, spread=0.6, rng=0)
            X, y = data.X, data.y
        case "iris":
            X, y = iris.X[iris.y > 0], iris.y[iris.y > 0] - 1
        case _:  # virginica or not, from the length of the petal
            X, y = iris.X[:, [2]], iris.y == 2
    return nnlib.standardize(X)[0], y.astype(float)[:, None]


def steps_needed(
    loss: nnlib.Loss,
    rate: float,
    seed: int,
    *,
    data: str,
    goal: float,
    scale: float,
    width: int,
    activation: str,
    most: int = MOST,
) -> int:
    """Steps until a network gets the share `goal` of the samples right."""
    X, y = two_classes(data)
    net = nnlib.mlp((X.shape[1], width, 1), activation, rng=seed)
    net.layers[-1].weight.value *= scale
    history = nnlib.fit(
        net,
        X,
        y,
        loss=loss,
        optimizer=nnlib.SGD(net.parameters(), lr=rate),
        epochs=most,
        callback=lambda epoch, history: history.accuracies[-1] >= goal,
    )
    return len(history.step_losses)


def at_own_rate(loss: nnlib.Loss, seeds: int, **setting: Any) -> FloatArray:
    """Doublings of steps from each start, at the rate that needs the fewest from other starts."""

    def fewest(rates: Sequence[float], others: int, most: int) -> float:
        starts = range(1000, 1000 + others)
        return min(rates, key=lambda r: doublings(loss, r, starts, most=most, **setting).mean())

    near = fewest(RATES, CHOOSING, MOST_CHOOSING)
    best = fewest([near / FINER, near, near * FINER], CHOOSING_FINE, MOST)
    return doublings(loss, best, range(JUDGING, JUDGING + seeds), **setting)


def doublings(loss: nnlib.Loss, rate: float, starts: range, **setting: Any) -> FloatArray:
    """The logarithm to base 2 of the steps: one long run does not outweigh all others."""
    return np.log2([1 + steps_needed(loss, rate, start, **setting) for start in starts])


def own_rates(net: str, seeds: int, **setting: Any) -> ArrayLike:
    """How much longer it needs, each loss at its own best rate."""
    both = setting | network(net)
    return at_own_rate(SQUARES, seeds, **both) - at_own_rate(CROSS_ENTROPY, seeds, **both)


def network(name: str) -> dict[str, Any]:
    """The activation function and the number of hidden neurons."""
    activation, width = name.split()
    return {"activation": activation, "width": int(width)}
