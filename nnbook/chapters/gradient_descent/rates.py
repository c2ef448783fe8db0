"""What the chapter says of choosing the rate of a network, and of dividing it by ten."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnbook.chapters.gradient_descent.networks import FRESH, network, round_points
from nnbook.claims import Claim
from nnlib import activations
from nnlib._typing import FloatArray

LADDER = (3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003)

Holds = NDArray[np.bool_]
Function = Callable[[Any], FloatArray]

BENDS: dict[str, tuple[Function, Function]] = {
    "softplus": (activations.softplus, activations.softplus_derivative),
    "tanh": (activations.tanh, activations.tanh_derivative),
    "relu": (activations.relu, activations.relu_derivative),
}


@cache
def curves(data: str, width: int, bend: str, rate: float, steps: int) -> FloatArray:
    """The loss before each step and after the last; a column for each of the fresh starts."""
    X, y = round_points(data)
    f, slope = BENDS[bend]
    drawn = [[p.value for p in network(width, seed, bend).parameters()] for seed in FRESH]
    W, b, V, c = (np.array(each) for each in zip(*drawn, strict=True))
    b, c = b[:, np.newaxis], c[:, np.newaxis]
    found = np.empty((steps + 1, len(FRESH)))
    with np.errstate(all="ignore"):
        for t in range(steps + 1):
            Z = X @ W + b
            A = f(Z)
            R = A @ V + c - y
            found[t] = (R**2).mean(axis=(1, 2))
            G = 2 / len(y) * R
            D = (G @ V.transpose(0, 2, 1)) * slope(Z)
            V = V - rate * A.transpose(0, 2, 1) @ G
            c = c - rate * G.sum(axis=1, keepdims=True)
            W = W - rate * X.T @ D
            b = b - rate * D.sum(axis=1, keepdims=True)
    return found


# -- rate: half of the largest with which the loss falls steadily -------------------------------


def chosen(data: str, width: int, bend: str, look: int, steps: int, near: float) -> Holds:
    """Whether the rate so chosen ends near the lowest loss of all, from each start."""
    walks = np.array([curves(data, width, bend, rate, steps) for rate in LADDER])
    with np.errstate(all="ignore"):
        steady = (np.diff(walks[:, : look + 1], axis=1) <= 0).all(axis=1)
    halves = np.array([curves(data, width, bend, rate / 2, steps)[-1] for rate in LADDER])
    starts = np.arange(len(FRESH))
    mine = halves[steady.argmax(axis=0), starts]  # the rates fall, so the first is the largest
    return np.asarray(steady.any(axis=0) & (mine <= near * np.nanmin(walks[:, -1], axis=0)))


# -- tenth: what a training that goes wrong does at a tenth of its rate --------------------------


def mended(data: str, width: int, bend: str, steps: int) -> Holds:
    """Whether a tenth of the rate ends below the start, for each training that did not."""
    held = []
    for rate in LADDER:
        wrong = ~ends_below(curves(data, width, bend, rate, steps))
        if wrong.any():
            tenth = curves(data, width, bend, round(rate / 10, 9), steps)
            held.append(ends_below(tenth)[wrong])
    return np.concatenate(held)


def ends_below(curve: FloatArray) -> Holds:
    """Whether the last loss is a number below the first."""
    return np.asarray(curve[-1] < curve[0])


USUAL = {"data": "twelve", "width": 8, "bend": "softplus"}
VARIED = {
    "data": ("petals", "sepals", "lengths"),
    "width": (2, 3, 4, 6),
    "bend": ("tanh", "relu"),
}

CLAIMS = {
    "rate": Claim(
        judge=chosen,
        usual=USUAL | {"look": 300, "steps": 3000, "near": 1.5},
        varied=VARIED | {"look": (100, 200, 500, 1000), "steps": (1000, 1500, 2000, 4000)},
        share=0.75,
        beyond={"data": ("three",), "steps": (6000, 10_000)},
    ),
    "tenth": Claim(
        judge=mended,
        usual=USUAL | {"steps": 3000},
        varied=VARIED | {"data": ("three", *VARIED["data"]), "steps": (1000, 2000, 4000, 10_000)},
        share=0.75,
    ),
}
