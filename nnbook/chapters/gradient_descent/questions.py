"""The predictions of the chapter on gradient descent."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.fitted import FITTED
from nnbook.predictions.formats import fixed, grouped, significant
from nnbook.predictions.prediction import Choice, Number, nearest
from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, softplus
from nnlib.datasets import dosage, iris
from nnlib.losses import mse
from nnlib.optim import SGD, Adam, Descent, Optimizer, gradient_descent
from nnlib.parameters import Parameter
from nnlib.preprocessing import standardize

# -- The error of the chain rule -----------------------------------------------------------------


def _error(dz: float, z: float = 0.24) -> float:
    """Return by how much the straight lines miss the change of (1 − softplus(z))²."""
    before, after = (1 - softplus(np.array([z, z + dz]))) ** 2
    slope = -2 * (1 - softplus(z)) * sigmoid(z)
    return float(after - before - slope * dz)


def _shrinks() -> str:
    ratio = np.log(_error(0.1) / _error(0.01))
    return nearest(ratio, {"half": np.log(2), "tenth": np.log(10), "hundredth": np.log(100)})


# -- Steps of the descent in b₃ ------------------------------------------------------------------


@cache
def _descend(lr: float) -> Descent:
    data = dosage()
    w1, b1, w2, b2, w3, w4, _ = FITTED.values()
    rest = w3 * softplus(w1 * data.X + b1) + w4 * softplus(w2 * data.X + b2)
    return gradient_descent(lambda b: -2 * np.sum(data.y - rest - b), 0.0, lr=lr)


def _steps(lr: float) -> int:
    return len(_descend(lr).gradients)


def _factor(lr: float) -> float:
    """Return what a step multiplies the slope by, and with it the error."""
    first, second = _descend(lr).gradients[:2, 0]
    return float(second / first)


def _triple() -> str:
    if _descend(0.3).stop_reason != "tolerance":
        return "never"
    ratios = {"third": np.log(1 / 3), "same": 0.0, "four": np.log(4)}
    return nearest(np.log(_steps(0.3) / _steps(0.1)), ratios)


# -- Scaled inputs -------------------------------------------------------------------------------


def _line() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return lengths in cm, standardized lengths and widths of the petals, as columns."""
    x, y = iris().X[:, 2:3], iris().X[:, 3:4]
    return x, standardize(x)[0], y


def _bowl(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the matrix of second derivatives of the MSE of a line, and its lowest point."""
    A, y = np.hstack([x, np.ones_like(x)]), _line()[2][:, 0]
    return 2 / len(y) * A.T @ A, np.linalg.lstsq(A, y, rcond=None)[0]


def _steps_at_best_rate(x: FloatArray) -> int:
    H, lowest = _bowl(x)
    rate = 2 / float(np.linalg.eigvalsh(H).sum())
    return len(gradient_descent(lambda v: H @ (v - lowest), [0, 0], lr=rate).gradients)


def _scale() -> str:
    x, u, _ = _line()
    ratio = np.log(_steps_at_best_rate(x) / _steps_at_best_rate(u))
    return nearest(ratio, {"two": np.log(2), "ten": np.log(10), "hundreds": np.log(300)})


def _scale_values() -> dict[str, str]:
    x, u, _ = _line()
    H, _ = _bowl(x)
    low, high = np.linalg.eigvalsh(H)
    return {
        "cm": grouped(_steps_at_best_rate(x)),
        "standardized": grouped(_steps_at_best_rate(u)),
        "low": fixed(low, 2),
        "high": fixed(high, 1),
        "apart": grouped(H[0, 0] / H[1, 1]),
    }


# -- The noise of a batch ------------------------------------------------------------------------


def _deviation(B: int) -> float:
    """Return the standard deviation of the slope in w over batches, at w = b = 0."""
    _, u, y = _line()
    n = len(y)
    return float(np.sqrt(np.var(-2 * y * u) / B * (n - B) / (n - 1)))


def _noise() -> str:
    ratio = np.log(_deviation(10) / _deviation(40))
    return nearest(ratio, {"four": np.log(4), "two": np.log(2), "root": np.log(2) / 2})


# -- Batch sizes and their best rates ------------------------------------------------------------

BATCHES = {"full": 150, "fifteen": 15, "single": 1}
RATES = 2.0 ** np.arange(-10, 0.5, 0.5)


def _excess(B: int, rates: FloatArray, seed: int, epochs: int = 10) -> FloatArray:
    """Return how far SGD with each of the rates ends above the lowest MSE, with x in cm."""
    x, _, y = _line()
    A, y = np.hstack([x, np.ones_like(x)]), y[:, 0]
    rng, places = np.random.default_rng(seed), np.zeros((len(rates), 2))
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for first in range(0, len(y), B):
            batch = order[first : first + B]
            residuals = y[batch] - places @ A[batch].T
            places = places + rates[:, np.newaxis] * 2 * residuals @ A[batch] / len(batch)
    ends: FloatArray = np.mean((y - places @ A.T) ** 2, axis=1)
    return ends - mse(A @ np.linalg.lstsq(A, y, rcond=None)[0], y)


@cache
def _race() -> dict[str, float]:
    """Return the mean excess of each batch size at its best rate, chosen by other shuffles."""
    ends = {}
    for name, B in BATCHES.items():
        with np.errstate(all="ignore"):
            tuned = np.mean([_excess(B, RATES, seed) for seed in range(10)], axis=0)
        best = RATES[[np.nanargmin(tuned)]]
        ends[name] = float(np.mean([_excess(B, best, seed) for seed in range(10, 20)]))
    return ends


# -- Three walkers -------------------------------------------------------------------------------


WALKERS: dict[str, tuple[type[Optimizer], dict[str, float]]] = {
    "plain": (SGD, {}),
    "momentum": (SGD, {"momentum": 0.8}),
    "adam": (Adam, {}),
}


def _remaining(name: str, lr: float, starts: FloatArray) -> FloatArray:
    """Return how far a walker is from the lowest point, the origin here, after 60 steps."""
    H, _ = _bowl(_line()[0])
    optimizer, options = WALKERS[name]
    place = Parameter(starts)
    walker = optimizer([place], lr=lr, **options)
    for _ in range(60):
        place.grad = place.value @ H
        walker.step()
    distances: FloatArray = np.linalg.norm(place.value, axis=1)
    return distances


@cache
def _distances() -> dict[str, float]:
    """Return the mean distance that remains for each walker at its best rate."""
    turns = 2 * np.pi * np.arange(16) / 16
    ring = 0.55 * np.column_stack([np.cos(turns), np.sin(turns)])
    found = {}
    for name in WALKERS:
        with np.errstate(all="ignore"):
            tuned = [_remaining(name, lr, ring[::2]).mean() for lr in RATES]
        best = RATES[np.nanargmin(tuned)]
        found[name] = float(_remaining(name, best, ring[1::2]).mean())
    return found


PREDICTIONS = {
    "error": Choice(
        options=("half", "tenth", "hundredth"),
        answer=_shrinks,
        values=lambda: {"large": fixed(_error(0.1), 4), "small": fixed(_error(0.01), 6)},
    ),
    "count": Number(
        again="gradient_descent-factor",
        symbol="t",
        answer=lambda: _steps(0.05),
        absolute=2,
        mistakes={
            "double": lambda: 2 * _steps(0.1),
            "half": lambda: _steps(0.1) / 2,
            "same": lambda: _steps(0.1),
        },
        decimals=0,
        values=lambda: {
            "once": fixed(_factor(0.1), 1),
            "slow": fixed(_factor(0.05), 1),
            "twice": fixed(_factor(0.05) ** 2, 2),
            "double": grouped(2 * _steps(0.1)),
        },
    ),
    "triple": Choice(
        again="gradient_descent-walk",
        options=("third", "same", "four", "never"),
        answer=_triple,
        values=lambda: {
            "factor": fixed(_factor(0.3), 1),
            "old": fixed(_factor(0.1), 1),
            "keeps": fixed(100 * abs(_factor(0.3)), 0),
            "kept": fixed(100 * _factor(0.1), 0),
            "steps": grouped(_steps(0.3)),
        },
    ),
    "scale": Choice(
        estimate=True, options=("two", "ten", "hundreds"), answer=_scale, values=_scale_values
    ),
    "noise": Choice(
        again="gradient_descent-noise",
        options=("four", "two", "root"),
        answer=_noise,
        values=lambda: {"ten": fixed(_deviation(10), 3), "forty": fixed(_deviation(40), 3)},
    ),
    "race": Choice(
        estimate=True,
        options=tuple(BATCHES),
        answer=lambda: min(_race(), key=lambda name: _race()[name]),
        values=lambda: {name: fixed(excess, 4) for name, excess in _race().items()},
    ),
    "walkers": Choice(
        estimate=True,
        options=("plain", "momentum", "adam"),
        answer=lambda: min(_distances(), key=lambda name: _distances()[name]),
        values=lambda: {name: significant(d, 2) for name, d in _distances().items()},
    ),
}
