"""Networks without a hidden layer, trained on many splits of the iris flowers."""

from __future__ import annotations

import numpy as np

import nnlib
from nnlib._typing import FloatArray

MEASURED = {
    "widths": [3, 1],
    "lengths": [2, 0],
    "petals": [3, 2],
    "sepals": [1, 0],
    "flowers": [3, 1, 2, 0],
    "petal width": [3],
    "petal length": [2],
    "sepal width": [1],
    "sepal length": [0],
}
"""Which measurements the networks read."""


def planes(
    loss: str, *, rate: float, steps: int, scale: float, inputs: str, seeds: int, offset: int
) -> FloatArray:
    """Train on each split, that seed `offset` and those after it deal; return the test accuracies.

    The weights of the start are multiplied by `scale`.
    """
    right, iris = [], nnlib.datasets.iris()
    for seed in range(offset, offset + seeds):
        rng = np.random.default_rng(seed)
        X, X_test, y, y_test = nnlib.split(iris.X[:, MEASURED[inputs]], iris.y, rng=rng)
        X, scaler = nnlib.standardize(X)
        model = nnlib.mlp([X.shape[1], 3], rng=rng)
        model.layers[0].weight.value[...] *= scale
        sgd, targets = nnlib.SGD(model.parameters(), lr=rate), nnlib.one_hot(y, 3)
        nnlib.fit(model, X, targets, loss=loss, optimizer=sgd, epochs=steps, rng=rng)
        right.append(nnlib.accuracy(model.forward(scaler.transform(X_test)), y_test))
    return np.array(right)
