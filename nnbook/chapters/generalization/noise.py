"""What the chapter says of noise that seems to be predictable."""

from __future__ import annotations

import numpy as np

import nnlib
from nnlib._typing import FloatArray


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
