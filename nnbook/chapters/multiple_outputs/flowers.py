"""The networks of the chapter, trained on many splits of the iris flowers.

Networks train side by side, as one whose layers lead from each network's units to its own units
only. Their losses add up, so each gets the gradients of its own, and takes the steps that it would
take by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

import nnlib
from nnlib._typing import FloatArray, IntArray

BoolArray: TypeAlias = NDArray[np.bool_]

BLOCK = 10
"""So many networks train together: more make matrices too large, fewer too many steps."""
LARGE = 1e3
"""A parameter that has grown to this size is held there: its network does not come back."""
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
SLOPES = {"mse": nnlib.mse_derivative, "ce": nnlib.cross_entropy_with_logits_derivative}


@dataclass
class Trained:
    """What came of each network: an entry for each split."""

    training: FloatArray  # the accuracy on the training set
    test: FloatArray  # the accuracy on the test set
    named: (
        IntArray  # (splits, 3), how many flowers of the training set got the name of each species
    )
    dead: IntArray  # how many hidden neurons are silent on the whole training set


@cache
def trained(
    hidden: int = 2,
    loss: str = "mse",
    *,
    rate: float = 0.2,
    steps: int = 1000,
    inputs: str = "widths",
    scale: float = 1,
    activation: str = "relu",
    seeds: int = 20,
    offset: int = 0,
) -> Trained:
    """Train a network on each split: seed `offset` and those after it deal split and start.

    Without hidden neurons it is a single layer. The weights of the start are multiplied by `scale`.
    """
    found = [
        _block(range(first, min(first + BLOCK, offset + seeds)), hidden, loss, rate, steps, inputs,
               scale, activation)
        for first in range(offset, offset + seeds, BLOCK)
    ]  # fmt: skip
    return Trained(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _block(
    seeds: Sequence[int], hidden: int, loss: str, rate: float, steps: int, inputs: str,
    scale: float, activation: str,
) -> tuple[NDArray[Any], ...]:  # fmt: skip
    models, parts = [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        iris = nnlib.datasets.iris()
        X, X_test, y, y_test = nnlib.split(iris.X[:, MEASURED[inputs]], iris.y, rng=rng)
        X, scaler = nnlib.standardize(X)
        parts.append((X, scaler.transform(X_test), y, y_test))
        models.append(drawn(X.shape[1], hidden, activation, scale, rng))
    train_side_by_side(models, [part[0] for part in parts], [part[2] for part in parts],
                        loss, rate, steps)  # fmt: skip
    return tuple(
        np.array(row)
        for row in zip(*(_judged(m, *part) for m, part in zip(models, parts, strict=True)),
                       strict=True)
    )  # fmt: skip


def drawn(
    inputs: int, hidden: int, activation: str, scale: float, rng: np.random.Generator
) -> nnlib.Sequential:
    """Draw a network with three outputs; without hidden neurons it is a single layer."""
    sizes = [inputs, hidden, 3] if hidden else [inputs, 3]
    model = nnlib.mlp(sizes, activation, rng=rng)
    for layer in model.layers[::2]:
        layer.weight.value[...] *= scale
    return model


def _judged(
    model: nnlib.Sequential, X: FloatArray, X_test: FloatArray, y: IntArray, y_test: IntArray
) -> tuple[float, float, IntArray, int]:
    test = nnlib.accuracy(model.forward(X_test), y_test)
    silent = ~(model.layers[0].forward(X) > 0).any(axis=0)
    raw = model.forward(X)
    named = np.bincount(raw.argmax(axis=1), minlength=3)
    return nnlib.accuracy(raw, y), test, named, int(silent.sum())


def train_side_by_side(
    models: Sequence[nnlib.Sequential], inputs: Sequence[FloatArray], labels: Sequence[IntArray],
    loss: str, rate: float, steps: int,
) -> None:  # fmt: skip
    """Train each on inputs and labels of its own, all with as many samples."""
    together = [model.layers[::2] for model in models]
    joined, owned = [], []
    for layers in zip(*together, strict=True):
        blocks = [np.ones_like(layer.weight.value) for layer in layers]
        owned.append(_diagonal(blocks))
        weights = _diagonal([layer.weight.value for layer in layers])
        biases = np.hstack([layer.bias.value for layer in layers])
        joined += [nnlib.Linear.from_arrays(weights, biases), *models[0].layers[1:2]]
    whole = nnlib.Sequential(*joined[: 2 * len(owned) - 1])
    X, n = np.hstack(inputs), len(inputs[0])
    targets = np.stack([nnlib.one_hot(y, 3) for y in labels], axis=1).reshape(-1, 3)
    sgd = nnlib.SGD(whole.parameters(), lr=rate)
    for _ in range(steps):
        sgd.zero_grad()
        slopes = SLOPES[loss](whole.forward(X).reshape(-1, 3), targets) * len(models)
        whole.backward(slopes.reshape(n, -1))
        for layer, own in zip(whole.layers[::2], owned, strict=True):
            layer.weight.grad *= own
        sgd.step()
        np.clip(whole.theta, -LARGE, LARGE, out=whole.theta)
    for k, layers in enumerate(zip(*together, strict=True)):
        layer, row, column = whole.layers[2 * k], 0, 0
        for one in layers:
            d, h = one.weight.value.shape
            one.weight.value[...] = layer.weight.value[row : row + d, column : column + h]
            one.bias.value[...] = layer.bias.value[column : column + h]
            row, column = row + d, column + h


def _diagonal(blocks: Sequence[FloatArray]) -> FloatArray:
    rows, columns = zip(*(block.shape for block in blocks), strict=True)
    whole, row, column = np.zeros((sum(rows), sum(columns))), 0, 0
    for block in blocks:
        d, h = block.shape
        whole[row : row + d, column : column + h] = block
        row, column = row + d, column + h
    return whole
