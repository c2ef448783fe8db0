"""The three points of the dosage data, fitted by small networks from many starts.

The networks train side by side, as one whose last layer leads from each to its own output only. The
sums of squared residuals of all of them add up, so each gets the gradients of its own, and takes
the steps that it would take by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

import nnlib
from nnlib._typing import FloatArray

BoolArray: TypeAlias = NDArray[np.bool_]

BLOCK = 100
"""So many hidden neurons train together: more make matrices too large, fewer too many steps."""
LARGE = 1e3
"""A parameter that has grown to this size is held there: its network does not come back."""
INPUTS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "raw": lambda X: X,
    "centered": lambda X: X - X.mean(),
    "stretched": lambda X: 4 * X,
}
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)


def draw(
    name: str, alpha: float, neurons: int, start: str, seed: int, scale: float = 1
) -> nnlib.Sequential:
    """Draw a network, as `nnlib.mlp` does, or with biases and all weights normal.

    The weights that lead into its hidden neurons are multiplied by the scale.
    """
    activation = nnlib.LeakyReLU(alpha).activation if name == "leaky_relu" else name
    model = nnlib.mlp([1, neurons, 1], activation, rng=seed)
    if start == "normal":
        rng = np.random.default_rng(seed)
        for parameter in model.parameters()[:3]:
            parameter.value[...] = rng.normal(size=parameter.value.shape)
    model.layers[0].weight.value[...] *= scale
    return model


def able(*, seeds: int = 200, offset: int = 0) -> BoolArray:
    """Say in which starts both of two ReLUs have a positive weight: neither is born dead."""
    drawn = [draw("relu", 0, 2, "mlp", offset + seed) for seed in range(seeds)]
    return np.array([(model.layers[0].weight.value > 0).all() for model in drawn])


def side_by_side(models: Sequence[nnlib.Sequential]) -> tuple[nnlib.Sequential, FloatArray]:
    """Join networks into one; return it with the pattern of its last layer's weights."""
    hidden = [model.layers[0] for model in models]
    outputs = [model.layers[-1] for model in models]
    own = np.kron(np.eye(len(models)), np.ones((outputs[0].weight.value.shape[0], 1)))
    joined = nnlib.Sequential(
        nnlib.Linear.from_arrays(
            np.hstack([layer.weight.value for layer in hidden]),
            np.hstack([layer.bias.value for layer in hidden]),
        ),
        models[0].layers[1],
        nnlib.Linear.from_arrays(
            own * np.vstack([layer.weight.value for layer in outputs]),
            np.hstack([layer.bias.value for layer in outputs]),
        ),
    )
    return joined, own


@cache
def trained(
    name: str = "relu",
    *,
    alpha: float = 0.1,
    neurons: int = 2,
    rate: float = 0.02,
    steps: int = 2000,
    seeds: int = 200,
    start: str = "mlp",
    inputs: str = "raw",
    scale: float = 1,
    offset: int = 0,
) -> tuple[FloatArray, BoolArray]:
    """Train from many starts, the first of them being the one with the number `offset`.

    "centered" inputs have their mean subtracted, "stretched" ones are four times as large.

    Returns
    -------
    array (seeds,)
        The sum of squared residuals of each network in the end.
    array of bool (seeds,)
        Whether a neuron of it that was on for some sample at the start is off for all in the end.
    """
    size = max(1, BLOCK // neurons)
    found = []
    for first in range(0, seeds, size):
        models = [
            draw(name, alpha, neurons, start, offset + seed, scale)
            for seed in range(first, min(first + size, seeds))
        ]
        found.append(_train(models, rate, steps, inputs))
    residuals, died = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return residuals, died


def _train(
    models: Sequence[nnlib.Sequential], rate: float, steps: int, inputs: str
) -> tuple[FloatArray, BoolArray]:
    data = nnlib.datasets.dosage()
    X, y = INPUTS[inputs](data.X), data.y
    model, own = side_by_side(models)
    hidden, output = model.layers[0], model.layers[-1]
    before = _awake(hidden, X, len(models))
    sgd = nnlib.SGD(model.parameters(), lr=rate)
    for _ in range(steps):
        sgd.zero_grad()
        model.backward(2 * (model.forward(X) - y))
        output.weight.grad *= own
        sgd.step()
        np.clip(model.theta, -LARGE, LARGE, out=model.theta)
    residuals = np.sum((model.forward(X) - y) ** 2, axis=0)
    died = np.any(before & ~_awake(hidden, X, len(models)), axis=1)
    return residuals, died


def _awake(hidden: nnlib.Linear, X: FloatArray, networks: int) -> BoolArray:
    """Whether each neuron of each network is on for some sample."""
    return (hidden.forward(X) > 0).any(axis=0).reshape(networks, -1)


@cache
def best_share(name: str = "relu", *, below: float = 0.01, **setting: Any) -> BoolArray:
    """Say of each start whether it ends below this SSR, at the rate at which most of them do."""
    fits = [trained(name, rate=rate, **setting)[0] < below for rate in RATES]
    return max(fits, key=lambda each: float(each.mean()))
