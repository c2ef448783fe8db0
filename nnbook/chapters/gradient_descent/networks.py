"""What the chapter says of small networks: plateaus, flatter places, inputs, no floor."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from nnbook.claims import Claim
from nnlib._typing import FloatArray
from nnlib.datasets import dosage, iris
from nnlib.losses import mse, mse_derivative
from nnlib.networks import Sequential, mlp
from nnlib.optim import SGD
from nnlib.preprocessing import standardize

STARTS = 20
EFFECTS = (0.0, 0.2, 0.3, 0.4, 0.7, 0.9, 1.0, 0.8, 0.7, 0.3, 0.2, 0.1)
"""The twelve effects that the chapter invents, for the doses 0 to 11."""

Points = tuple[FloatArray, FloatArray]


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


def slopes(model: Sequential, X: FloatArray, y: FloatArray) -> FloatArray:
    """The gradient of the MSE where the network is."""
    for parameter in model.parameters():
        parameter.grad = None
    model.backward(mse_derivative(model.forward(X), y))
    return np.array(model.gradient)


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


def steepest(model: Sequential, X: FloatArray, y: FloatArray, move: float = 1e-5) -> float:
    """The largest curvature of the MSE where the network is."""
    place, rows = model.theta.copy(), []
    for direction in move * np.eye(len(place)):
        model.theta[:] = place + direction
        ahead = slopes(model, X, y)
        model.theta[:] = place - direction
        rows.append((ahead - slopes(model, X, y)) / (2 * move))
    model.theta[:] = place
    hessian = np.array(rows)
    return float(np.linalg.eigvalsh((hessian + hessian.T) / 2)[-1])


# -- plateau: the loss falls ever more slowly, and then faster again ---------------------------


def plateau(width: int, rate: float, bend: str, data: str, window: int) -> NDArray[np.bool_]:
    """Whether a stretch of steps lowers the loss twice as much as one before it."""
    X, y = round_points(data)
    return np.array(
        [
            falls_again(losses(network(width, seed, bend), X, y, rate, round(300 / rate)), window)
            for seed in range(STARTS)
        ]
    )


def falls_again(curve: FloatArray, window: int) -> bool:
    """Whether the fall in some window is at least twice the least fall before it."""
    falls = -np.diff(curve[::window])
    least = np.minimum.accumulate(falls)
    return bool(np.any(falls[1:] >= 2 * least[:-1]))


# -- flatter: beyond 2 / c a network moves away and settles elsewhere --------------------------


def flatter(beyond: float, width: int, data: str, rate: float, steps: int) -> NDArray[np.bool_]:
    """Whether the network stays finite and ends where the largest curvature is smaller."""
    X, y = round_points(data)
    ends = []
    for seed in range(STARTS):
        model = network(width, seed)
        losses(model, X, y, rate, steps)
        before = steepest(model, X, y)
        curve = losses(model, X, y, beyond * 2 / before, steps)
        ends.append(bool(np.isfinite(curve).all()) and steepest(model, X, y) < before)
    return np.array(ends)


# -- inputs: raw or standardized, each with its own best rate ----------------------------------

RATES = 2.0 ** np.arange(-10, 1)


def inputs(data: str, width: int, steps: int, bend: str) -> FloatArray:
    """By how many powers of ten the loss is lower with standardized inputs."""
    ends = []
    for X, y in (points(data), round_points(data)):
        tried = [
            np.median(ended(X, y, width, rate, steps, bend, range(100, 105))) for rate in RATES
        ]
        best = float(RATES[np.nanargmin(tried)])
        ends.append(ended(X, y, width, best, steps, bend, range(STARTS)))
    return np.log10(ends[0] / ends[1])


def ended(
    X: FloatArray,
    y: FloatArray,
    width: int,
    rate: float,
    steps: int,
    bend: str,
    seeds: Iterable[int],
) -> FloatArray:
    """The loss after the last step, from each start; that of the best constant if it is higher."""
    last = [losses(network(width, seed, bend), X, y, rate, steps)[-1] for seed in seeds]
    return np.fmin(last, np.var(y))


# -- no_floor: where every sample is fitted, single samples come to rest -----------------------

FULL = (0.05, 2000)
"""The rate and the number of steps with all samples, which lead close to a minimum."""


def no_floor(
    rate: float, width: int, bend: str, steps: int, data: str, below: float
) -> NDArray[np.bool_]:
    """Whether steps of one sample each, at one rate, bring the loss below any floor."""
    X, y = round_points(data)
    if data == "twelve":
        X, y = X[[0, 6, 11]], y[[0, 6, 11]]
    found = []
    for seed in range(STARTS):
        rng, model = np.random.default_rng(seed), network(width, seed, bend)
        losses(model, X, y, *FULL)
        sgd = SGD(model.parameters(), lr=rate)
        for _ in range(steps // len(y)):
            for sample in rng.permutation(len(y)):
                sgd.zero_grad()
                outputs = model.forward(X[[sample]])
                model.backward(mse_derivative(outputs, y[[sample]]))
                sgd.step()
        found.append(mse(model.forward(X), y) < below)
    return np.array(found)


CLAIMS = {
    "plateau": Claim(
        judge=plateau,
        usual={"width": 2, "rate": 0.1, "bend": "softplus", "data": "twelve", "window": 10},
        varied={
            "width": (3, 4, 5, 6),
            "rate": (0.05, 0.07, 0.12, 0.15),
            "bend": ("tanh",),
            "data": ("three",),
            "window": (1, 5, 25, 50),
        },
        share=0.25,
    ),
    "flatter": Claim(
        judge=flatter,
        usual={"beyond": 1.3, "width": 2, "data": "twelve", "rate": 0.05, "steps": 1000},
        varied={
            "beyond": (1.05, 1.1, 1.2, 1.5, 1.6, 2.5),
            "width": (3, 4, 8, 18),
            "data": ("three", "petals"),
            "rate": (0.01, 0.02, 0.03, 0.1),
            "steps": (300, 500, 1500, 3000),
        },
        share=0.85,
    ),
    "inputs": Claim(
        judge=inputs,
        usual={"data": "twelve", "width": 4, "steps": 300, "bend": "softplus"},
        varied={
            "data": ("three", "petals", "sepals", "lengths"),
            "width": (2, 3, 8, 18),
            "steps": (100, 200, 600, 900),
            "bend": ("tanh", "relu", "sigmoid"),
        },
    ),
    "no-floor": Claim(
        judge=no_floor,
        usual={
            "rate": 0.03,
            "width": 4,
            "bend": "softplus",
            "steps": 4500,
            "data": "three",
            "below": 1e-9,
        },
        varied={
            "rate": (0.01, 0.02, 0.04, 0.05),
            "width": (2, 3, 6, 8),
            "bend": ("tanh",),
            "data": ("twelve",),
        },
        share=0.8,
    ),
}
