"""What the chapter says of iris flowers, and of noise that seems to be predictable."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

import nnlib
from nnlib._typing import FloatArray, IntArray

FEATURES = {"widths": [3, 1], "petals": [2, 3], "sepals": [0, 1], "flowers": [0, 1, 2, 3]}

# -- Flowers -------------------------------------------------------------------------------------


@cache
def accuracy(features: str, hidden: int, rate: float, batch: int, epochs: int, seed: int) -> float:
    """Return the accuracy on the test set of one split; 0 hidden neurons are no hidden layer."""
    net, A, y = _classifier(features, hidden, rate, batch, epochs, seed)[:3]
    return nnlib.accuracy(net.forward(A), y)


def _classifier(
    features: str, hidden: int, rate: float, batch: int, epochs: int, seed: int
) -> tuple[nnlib.Sequential, FloatArray, IntArray, FloatArray]:
    """Train on a split; return the network and its test set, scaled and as it was measured."""
    iris, rng = nnlib.datasets.iris(), np.random.default_rng(seed)
    parts = nnlib.split(iris.X[:, FEATURES[features]], iris.y, rng=rng)
    A, scaler = nnlib.standardize(parts[0])
    net = nnlib.mlp((A.shape[1], *([hidden] if hidden else []), 3), rng=rng)
    nnlib.fit(
        net,
        A,
        parts[2],
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=rate),
        epochs=epochs,
        batch_size=batch,
        rng=rng,
    )
    return net, scaler.transform(parts[1]), parts[3], parts[1]


def features_gain(
    *, few: str, many: str, hidden: int, seeds: int, offset: int, **setting: Any
) -> FloatArray:
    """By how much more features raise the accuracy, with the same hidden layer."""
    return np.array(
        [
            accuracy(many, hidden, seed=seed, **setting)
            - accuracy(few, hidden, seed=seed, **setting)
            for seed in range(offset, offset + seeds)
        ]
    )


def no_hidden_layer(
    *, hidden: int, features: str, worth: float, seeds: int, offset: int, **setting: Any
) -> FloatArray:
    """How far a hidden layer stays below a gain in accuracy that would be worth it."""
    return np.array(
        [
            worth
            + accuracy(features, 0, seed=seed, **setting)
            - accuracy(features, hidden, seed=seed, **setting)
            for seed in range(offset, offset + seeds)
        ]
    )


def own_mean_loses(
    *, species: int, seeds: int, offset: int, hidden: int, features: str, **setting: Any
) -> FloatArray:
    """How many more flowers of a species are recognized with the scaler of the training set."""
    found = []
    for seed in range(offset, offset + seeds):
        net, A, y, measured = _classifier(features, hidden, seed=seed, **setting)
        apart = nnlib.standardize(measured[y == species])[0]
        shares = [
            np.mean(net.forward(some).argmax(axis=1) == species)
            for some in (A[y == species], apart)
        ]
        found.append(shares[0] - shares[1])
    return np.array(found)


# -- Noise ---------------------------------------------------------------------------------------


def noise_predicted(
    *, samples: int, features: int, keep: int, rate: float, epochs: int, seeds: int, offset: int
) -> FloatArray:
    """How much higher the accuracy on noise is if all labels have a say in choosing features."""
    return np.array(
        [
            _on_noise(True, samples, features, keep, rate, epochs, seed)
            - _on_noise(False, samples, features, keep, rate, epochs, seed)
            for seed in range(offset, offset + seeds)
        ]
    )


def _on_noise(
    leaks: bool, samples: int, features: int, keep: int, rate: float, epochs: int, seed: int
) -> float:
    rng, n = np.random.default_rng(seed), 3 * samples // 4
    X, y = rng.normal(size=(samples, features)), rng.integers(2, size=samples)
    seen = slice(None) if leaks else slice(n)
    kept = np.argsort(np.abs(nnlib.standardize(X[seen])[0].T @ y[seen]))[-keep:]
    A, scaler = nnlib.standardize(X[:n, kept])
    net = nnlib.mlp((keep, 2), rng=rng)
    sgd, judge = nnlib.SGD(net.parameters(), lr=rate), "cross_entropy_with_logits"
    nnlib.fit(net, A, y[:n], loss=judge, optimizer=sgd, epochs=epochs, rng=rng)
    return nnlib.accuracy(net.forward(scaler.transform(X[n:, kept])), y[n:])
