"""Deep networks whose starting weights are multiplied by a factor, and how far they get."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

import nnlib
from nnlib._typing import FloatArray

TARGETS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "sine": lambda x: np.sin(3 * x),
    "square": lambda x: x**2,
    "wave": lambda x: np.cos(4 * x),
    "corner": np.abs,
}

OPTIMIZERS = {"sgd": nnlib.SGD, "adam": nnlib.Adam}


def ready(
    name: str, scale: float = 1, *, hidden: int = 8, width: int = 16, seed: int = 0
) -> nnlib.Sequential:
    """Draw a deep network as `nnlib.mlp` does, and multiply all its weights by a factor."""
    model = nnlib.mlp([1, *[width] * hidden, 1], name, rng=seed)
    for layer in model.layers[::2]:
        layer.weight.value[...] *= scale
    return model


def gradients(name: str, scale: float = 1, seed: int = 0) -> FloatArray:
    """Return the mean size of the gradients of the weights at the start, layer by layer."""
    x = np.linspace(-1, 1, 21)[:, np.newaxis]
    model = ready(name, scale, seed=seed)
    model.backward(2 * (model.forward(x) - TARGETS["sine"](x)) / len(x))
    return np.array([np.abs(layer.weight.grad).mean() for layer in model.layers[::2]])


@cache
def errors(
    name: str = "sigmoid",
    scale: float = 1,
    *,
    rate: float = 0.03,
    hidden: int = 8,
    width: int = 16,
    steps: int = 600,
    seeds: int = 20,
    target: str = "sine",
    optimizer: str = "sgd",
    offset: int = 0,
) -> FloatArray:
    """Train from several starts, the first of them being the one with the number `offset`.

    Returns
    -------
    array (seeds,)
        The mean squared error in the end, as a part of the variance of the targets: 1 for a network
        that knows their mean only, infinite for one that has diverged.
    """
    x = np.linspace(-1, 1, 21)[:, np.newaxis]
    y = TARGETS[target](x)
    ends = []
    with np.errstate(all="ignore"):  # some diverge
        for seed in range(offset, offset + seeds):
            model = ready(name, scale, hidden=hidden, width=width, seed=seed)
            taking = OPTIMIZERS[optimizer](model.parameters(), lr=rate)
            for _ in range(steps):
                taking.zero_grad()
                model.backward(2 * (model.forward(x) - y) / len(x))
                taking.step()
            ends.append(np.mean((model.predict(x) - y) ** 2) / np.var(y))
    return np.nan_to_num(ends, nan=np.inf, posinf=np.inf)
