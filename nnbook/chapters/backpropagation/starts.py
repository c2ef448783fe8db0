"""Networks with one hidden layer of softplus, trained on the dosage data from many starts at once.

The slopes are those of the chapter, for every network and every hidden neuron side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, softplus
from nnlib.datasets import dosage
from nnlib.losses import ssr_derivative
from nnlib.networks import mlp

Parameters = tuple[FloatArray, FloatArray, FloatArray, FloatArray]
"""Incoming weights, hidden biases and outgoing weights (networks, neurons); last biases."""


def draw(seeds: range, width: int, scale: float = 1.0) -> Parameters:
    """Draw networks 1-h-1 as `nnlib.mlp` does, with all weights times `scale`."""
    drawn = [
        [
            np.ravel(parameter.value)
            for parameter in mlp([1, width, 1], "softplus", rng=seed).parameters()
        ]
        for seed in seeds
    ]
    W, b, V, c = (np.array(part) for part in zip(*drawn, strict=True))
    return scale * W, b, scale * V, c


def predict(theta: Parameters, x: float | FloatArray) -> FloatArray:
    """What each network says at x, or at each x of shape (numbers, 1, 1)."""
    W, b, V, c = theta
    return np.sum(V * softplus(W * x + b), axis=-1) + c[:, 0]


def gradient(
    theta: Parameters, X: FloatArray, y: FloatArray, *, at_output: bool = False
) -> tuple[Parameters, FloatArray]:
    """The slopes of each network's SSR, and the SSR; with the mistake of taking f' at f(z)."""
    W, b, V, c = theta
    Z = X[:, None, None] * W + b
    A = softplus(Z)
    y_hat = np.sum(V * A, axis=-1) + c[:, 0]
    target = np.broadcast_to(y[:, None], y_hat.shape)
    G = ssr_derivative(y_hat, target)[..., None]
    deltas = G * V * sigmoid(A if at_output else Z)
    slopes = (deltas * X[:, None, None], deltas, G * A, G)
    to_W, to_b, to_V, to_c = (np.sum(part, axis=0) for part in slopes)
    return (to_W, to_b, to_V, to_c), np.sum((target - y_hat) ** 2, axis=0)


def descend(
    theta: Parameters, rate: float, *, top: float = 1.0, at_output: bool = False
) -> Iterator[tuple[Parameters, FloatArray]]:
    """Yield the parameters and the SSR before each step; `top` is the target in the middle."""
    X, y = dosage().X[:, 0], top * dosage().y[:, 0]
    while True:
        slopes, losses = gradient(theta, X, y, at_output=at_output)
        yield theta, losses
        W, b, V, c = (old - rate * slope for old, slope in zip(theta, slopes, strict=True))
        theta = W, b, V, c


def suited(rate: float, width: int, scale: float, top: float) -> float:
    """Return a smaller rate where the loss is steeper: more neurons, larger weights or targets."""
    return rate * min(2 / width, 1) / max(scale, top, 1) ** 2


@cache
def trained(
    *,
    width: int,
    rate: float,
    flow: float,
    seeds: int,
    first: int = 500,
    scale: float = 1.0,
    top: float = 1.0,
    at_output: bool = False,
) -> tuple[Parameters, FloatArray]:
    """Train for `flow / rate` steps at the suited rate.

    Return the parameters and the SSR at the end in parts of top².
    """
    start = draw(range(first, first + seeds), width, scale)
    walk = descend(start, suited(rate, width, scale, top), top=top, at_output=at_output)
    for _ in range(round(flow / rate)):
        next(walk)
    theta, losses = next(walk)
    return theta, losses / top**2
