"""Deep networks that a start, normalization or shortcuts are to wake, from many starts at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnbook.claims import Claim
from nnlib._typing import FloatArray
from nnlib.activations import relu
from nnlib.networks import mlp

RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""From which each network takes its own."""
CURES = ("start", "normalize", "shortcut")
TARGETS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "sine": lambda x: np.sin(3 * x),
    "square": lambda x: x**2,
    "wave": lambda x: np.cos(4 * x),
    "corner": np.abs,
}


class Layer(NamedTuple):
    """A hidden layer of many networks: weights (networks, in, out), biases (networks, 1, out)."""

    W: FloatArray
    b: FloatArray
    center: bool
    divide: bool
    shortcut: bool

    def forward(self, X: FloatArray) -> tuple[FloatArray, tuple[FloatArray, ...]]:
        """Return the activations, and what the way back needs."""
        Z = X @ self.W
        C = Z - Z.mean(axis=1, keepdims=True) if self.center else Z
        s = np.sqrt(np.mean(C**2, axis=1, keepdims=True)) if self.divide else np.ones(1)
        U = C / s if self.divide else C
        A = relu(U + self.b)
        return (A + X if self.shortcut else A), (X, U, A, s)

    def backward(
        self, G: FloatArray, seen: tuple[FloatArray, ...]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the slopes with respect to weights, biases and input."""
        X, U, A, s = seen
        D = G * (A > 0)
        to_b = D.sum(axis=1, keepdims=True)
        if self.divide:
            D = (D - U * np.mean(D * U, axis=1, keepdims=True)) / s
        if self.center:
            D = D - D.mean(axis=1, keepdims=True)
        back = D @ self.W.swapaxes(1, 2)
        return X.swapaxes(1, 2) @ D, to_b, (back + G if self.shortcut else back)


PARTS = {
    "": {},
    "start": {},
    "normalize": {"center": True, "divide": True},
    "center": {"center": True},
    "divide": {"divide": True},
    "shortcut": {"shortcut": True},
}
"""What a cure gives each layer; the cure "start" takes the weights as they are drawn."""


def drawn(cure: str, *, factor: float, hidden: int, width: int, starts: range) -> list[Layer]:
    """Draw networks as `nnlib.mlp` does, with all weights times the factor; the last layer last."""
    networks = [mlp([1, *[width] * hidden, 1], "relu", rng=seed).layers[::2] for seed in starts]
    scale = 1.0 if cure == "start" else factor
    none = {"center": False, "divide": False, "shortcut": False}
    layers = []
    for index, same in enumerate(zip(*networks, strict=True)):
        W = scale * np.stack([layer.weight.value for layer in same])
        parts = none | (PARTS[cure] if index < hidden else {})
        parts["shortcut"] &= index > 0  # the first layer has no input of its width
        layers.append(Layer(W, np.zeros((len(W), 1, W.shape[2])), **parts))
    return layers


def slopes(
    layers: list[Layer], X: FloatArray, y: FloatArray
) -> tuple[list[tuple[FloatArray, FloatArray]], FloatArray]:
    """Return the slopes of the mean squared errors, layer by layer, and these errors."""
    A: FloatArray = np.broadcast_to(X, (len(layers[0].W), *X.shape))
    seen: list[tuple[FloatArray, ...]] = []
    for layer in layers[:-1]:
        A, memory = layer.forward(A)
        seen.append(memory)
    W, b = layers[-1][:2]
    residuals = A @ W + b - y
    G: FloatArray = 2 * residuals / len(X)
    found: list[tuple[FloatArray, FloatArray]] = [
        (A.swapaxes(1, 2) @ G, G.sum(axis=1, keepdims=True))
    ]
    G = G @ W.swapaxes(1, 2)
    for layer, memory in zip(layers[-2::-1], seen[::-1], strict=True):
        to_W, to_b, G = layer.backward(G, memory)
        found.append((to_W, to_b))
    return found[::-1], np.mean(residuals**2, axis=(1, 2))


@cache
def errors(
    cure: str,
    rate: float,
    *,
    factor: float = 0.25,
    hidden: int = 12,
    width: int = 16,
    steps: int = 200,
    seeds: int = 20,
    offset: int = 0,
    target: str = "sine",
) -> FloatArray:
    """Train from several starts by plain gradient descent.

    Returns
    -------
    array (seeds,)
        The mean squared error in the end, as a part of the variance of the targets, infinite for a
        network that has diverged.
    """
    X = np.linspace(-1, 1, 21)[:, np.newaxis]
    y = TARGETS[target](X)
    starts = range(offset, offset + seeds)
    layers = drawn(cure, factor=factor, hidden=hidden, width=width, starts=starts)
    with np.errstate(all="ignore"):  # some diverge
        for _ in range(steps):
            for layer, (to_W, to_b) in zip(layers, slopes(layers, X, y)[0], strict=True):
                layer.W[...] -= rate * to_W
                layer.b[...] -= rate * to_b
        ends = slopes(layers, X, y)[1] / np.var(y)
    return np.nan_to_num(ends, nan=np.inf, posinf=np.inf)


def learned(cure: str, rate: float, **setting: Any) -> NDArray[np.bool_]:
    """Which starts end with an error below half of the variance of the targets."""
    return errors(cure, rate, **setting) < 0.5


def own_rate(cure: str, **setting: Any) -> float:
    """Return the rate at which most of ten other starts learn; of several, the one that ends best.

    Best is the smallest error in the median.
    """
    ends = {rate: errors(cure, rate, **setting | {"seeds": 10, "offset": 500}) for rate in RATES}
    return min(RATES, key=lambda rate: (np.sum(ends[rate] >= 0.5), np.median(ends[rate])))


# -- What the chapter concludes ------------------------------------------------------------------


def each_wakes(**setting: Any) -> NDArray[np.bool_]:
    """Whether each of the three wakes a network that sleeps at its own rate without it."""
    wakes = [learned(cure, own_rate(cure, **setting), **setting) for cure in CURES]
    sleeps = [~learned("", rate, **setting) for rate in RATES]
    return np.all([*wakes, *sleeps], axis=0)


def division_wakes(**setting: Any) -> NDArray[np.bool_]:
    """Whether the division by itself wakes a network, and the subtraction by itself does not."""
    wakes = learned("divide", own_rate("divide", **setting), **setting)
    return np.all([wakes, *(~learned("center", rate, **setting) for rate in RATES)], axis=0)


DEEP = {
    "factor": 0.25,
    "hidden": 12,
    "width": 16,
    "steps": 200,
    "target": "sine",
    "seeds": 20,
    "offset": 1000,
}

CLAIMS = {
    "each_wakes": Claim(
        judge=each_wakes,
        usual=DEEP,
        varied={
            "factor": (0.15, 0.2, 0.3, 0.35),
            "hidden": (10, 14, 16, 20),
            "width": (8, 12, 24, 32),
            "steps": (100, 150, 300, 400),
            "target": ("square", "wave", "corner"),
        },
        share=0.8,
    ),
    "division": Claim(
        judge=division_wakes,
        usual=DEEP,
        varied={"width": (8, 12, 24, 32), "target": ("square", "wave", "corner")},
        share=0.8,
    ),
}
