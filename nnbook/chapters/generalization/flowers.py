"""What the chapter says of iris flowers, and of noise that seems to be predictable."""

from __future__ import annotations

from functools import cache

import numpy as np

import nnlib
from nnlib._typing import FloatArray

FEATURES = {"widths": [3, 1], "petals": [2, 3], "sepals": [0, 1], "flowers": [0, 1, 2, 3]}

# -- Flowers -------------------------------------------------------------------------------------


@cache
def _right(features: str, run: str, batch: int, seed: int) -> float:
    """Return the accuracy on the test set of one split; 0 hidden neurons are no hidden layer."""
    hidden, epochs, rate = run.split("/")
    iris, rng = nnlib.datasets.iris(), np.random.default_rng(seed)
    X, X_test, y, y_test = nnlib.split(iris.X[:, FEATURES[features]], iris.y, rng=rng)
    A, scaler = nnlib.standardize(X)
    net = nnlib.mlp((A.shape[1], *([int(hidden)] if int(hidden) else []), 3), rng=rng)
    nnlib.fit(
        net,
        A,
        y,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=float(rate)),
        epochs=int(epochs),
        batch_size=batch,
        rng=rng,
    )
    return nnlib.accuracy(net.forward(scaler.transform(X_test)), y_test)


def features_gain(
    *, few: str, many: str, run: str, batch: int, seeds: int, offset: int
) -> FloatArray:
    """By how much more features raise the accuracy; "0/100/0.3" are width, epochs and rate."""
    return np.array(
        [
            _right(many, run, batch, seed) - _right(few, run, batch, seed)
            for seed in range(offset, offset + seeds)
        ]
    )


def no_hidden_layer(
    *, features: str, run: str, batch: int, worth: float, seeds: int, offset: int
) -> FloatArray:
    """How far a hidden layer stays below a gain in accuracy that would be worth it."""
    without = "/".join(["0", *run.split("/")[1:]])
    return np.array(
        [
            worth + _right(features, without, batch, seed) - _right(features, run, batch, seed)
            for seed in range(offset, offset + seeds)
        ]
    )


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
