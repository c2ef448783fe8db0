"""What the chapter says of small networks: plateaus; and the data that its claims share."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnbook.claims import Claim
from nnlib._typing import FloatArray
from nnlib.datasets import dosage, iris
from nnlib.losses import mse, mse_derivative
from nnlib.networks import Sequential, mlp
from nnlib.optim import SGD
from nnlib.preprocessing import standardize

FRESH = range(2000, 2020)
MANY = range(3000, 3060)
"""Starts for a share: twenty of them may be lucky by a quarter."""
TRAVEL = 150
"""The rate times the number of steps: 3,000 steps at the rate 0.05."""
DOSES = ("twelve", "three")
EFFECTS = (0.0, 0.2, 0.3, 0.4, 0.7, 0.9, 1.0, 0.8, 0.7, 0.3, 0.2, 0.1)
"""The twelve effects that the chapter invents, for the doses 0 to 11."""

Points = tuple[FloatArray, FloatArray]
Holds = NDArray[np.bool_]


def points(data: str) -> Points:
    """The twelve doses, the three of the book, or two measurements of the iris flowers."""
    if data == "twelve":
        return np.arange(12.0)[:, np.newaxis], np.array(EFFECTS)[:, np.newaxis]
    if data == "three":
        return np.asarray(dosage().X), np.asarray(dosage().y)
    columns = iris().X[:, {"petals": (2, 3), "sepals": (0, 1), "lengths": (0, 2)}[data]]
    return columns[:, :1], columns[:, 1:]


def round_points(data: str) -> Points:
    """The same with the mean of the inputs at 0 and their standard deviation at 1."""
    X, y = points(data)
    return standardize(X)[0], y


def network(width: int, seed: int, bend: str = "softplus") -> Sequential:
    """A network with one input, one hidden layer and one output, at its random start."""
    return mlp([1, width, 1], bend, rng=np.random.default_rng(seed))


def losses(model: Sequential, X: FloatArray, y: FloatArray, rate: float, steps: int) -> FloatArray:
    """Walk with all samples in each step; the loss before each step, and after the last."""
    sgd, found = SGD(model.parameters(), lr=rate), []
    with np.errstate(all="ignore"):
        for _ in range(steps):
            outputs = model.forward(X)
            found.append(mse(outputs, y))
            sgd.zero_grad()
            model.backward(mse_derivative(outputs, y))
            sgd.step()
        return np.array([*found, mse(model.forward(X), y)])


# -- plateau: the loss falls ever more slowly, and then faster again ---------------------------


def plateau(width: int, rate: float, bend: str, data: str, window: int, depth: float) -> Holds:
    """Whether the loss has a plateau from each of sixty starts that nothing here was chosen by.

    With the data "both" it is the doses, twelve or three, on which fewer starts have one.
    """
    sets = DOSES if data == "both" else (data,)
    walked = [curves(width, rate, bend, each) for each in sets]
    judged = [[falls_again(curve, window, depth) for curve in walks] for walks in walked]
    return np.array(min(judged, key=sum))


@cache
def curves(width: int, rate: float, bend: str, data: str) -> list[FloatArray]:
    """The losses of the walks; how they are judged does not change them."""
    X, y = round_points(data)
    steps = round(TRAVEL / rate)
    return [losses(network(width, seed, bend), X, y, rate, steps) for seed in MANY]


def falls_again(curve: FloatArray, window: int, depth: float) -> bool:
    """Whether the fall per window shrinks, at least doubles again, and takes the loss down.

    Looked at are the windows before the first one in which the loss does not fall. From the window
    with the least fall to the last of them the loss has to fall by the part `depth` of itself.
    """
    places = curve[::window]
    falls = -np.diff(places)
    falls = falls[: np.argmin(np.append(falls > 0, False))]
    least = np.minimum.accumulate(falls)
    flat = places[np.maximum.accumulate(np.where(falls == least, np.arange(len(falls)), 0))]
    again = (falls[1:] >= 2 * least[:-1]) & (flat[:-1] - places[len(falls)] >= depth * flat[:-1])
    return bool(again.any())


CLAIMS = {
    "plateau": Claim(
        judge=plateau,
        usual={
            "width": 2,
            "rate": 0.05,
            "bend": "softplus",
            "data": "both",
            "window": 10,
            "depth": 0.1,
        },
        varied={
            "rate": (0.02, 0.03, 0.07, 0.1),
            "bend": ("sigmoid", "tanh"),
            "window": (1, 25),
            "depth": (0.04, 0.4),
        },
        share=0.3,
    ),
}
