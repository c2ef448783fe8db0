"""The predictions of the chapter on gradient descent."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from nnbook.fitted import FITTED
from nnbook.predictions.formats import fixed, grouped, significant
from nnbook.predictions.prediction import Choice, Number, nearest
from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, softplus
from nnlib.datasets import dosage, iris
from nnlib.layers import Linear
from nnlib.losses import mse
from nnlib.networks import Sequential
from nnlib.optim import SGD, Adam, Descent, Optimizer, gradient_descent
from nnlib.parameters import Parameter
from nnlib.preprocessing import standardize
from nnlib.train import fit

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


# -- The noise of a batch ------------------------------------------------------------------------


def _line() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return lengths in cm, standardized lengths and widths of the petals, as columns."""
    x, y = iris().X[:, 2:3], iris().X[:, 3:4]
    return x, standardize(x)[0], y


def _deviation(B: int) -> float:
    """Return the standard deviation of the slope in w over batches, at w = b = 0."""
    _, u, y = _line()
    n = len(y)
    return float(np.sqrt(np.var(-2 * y * u) / B * (n - B) / (n - 1)))


def _noise() -> str:
    ratio = np.log(_deviation(10) / _deviation(40))
    return nearest(ratio, {"four": np.log(4), "two": np.log(2), "root": np.log(2) / 2})


# -- Whose loss is lowest ------------------------------------------------------------------------

BATCHES = {"full": 150, "fifteen": 15, "single": 1}


@cache
def _excess(B: int) -> FloatArray:
    """Return how far the MSE is above the lowest one, before and after each of ten epochs."""
    _, u, y = _line()
    model = Sequential(Linear.from_arrays([[0]], [0]))
    sgd = SGD(model.parameters(), lr=0.05)
    options: dict[str, Any] = {"loss": "mse", "optimizer": sgd, "batch_size": B}
    history = fit(model, u, y, epochs=10, rng=np.random.default_rng(0), **options)
    A = np.hstack([u, np.ones_like(u)])
    return np.array(history.losses) - mse(A @ np.linalg.lstsq(A, y, rcond=None)[0], y)


def _lowest(epoch: int) -> str:
    return min(BATCHES, key=lambda name: _excess(BATCHES[name])[epoch])


def _excesses(epoch: int) -> dict[str, str]:
    return {name: significant(_excess(B)[epoch], 2) for name, B in BATCHES.items()}


# -- Scaled inputs -------------------------------------------------------------------------------


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


# -- Three walkers -------------------------------------------------------------------------------


@cache
def _distances() -> dict[str, float]:
    """Return how far each walker is from the lowest point after 60 steps."""
    H, lowest = _bowl(_line()[0])

    def distance(optimizer: type[Optimizer], **options: float) -> float:
        place = Parameter([0.0, 0.0])
        walker = optimizer([place], lr=0.045, **options)
        for _ in range(60):
            place.grad = H @ (place.value - lowest)
            walker.step()
        return float(np.linalg.norm(place.value - lowest))

    walkers = {"plain": distance(SGD), "momentum": distance(SGD, momentum=0.8)}
    return walkers | {"adam": distance(Adam)}


PREDICTIONS = {
    "error": Choice(
        options=("half", "tenth", "hundredth"),
        answer=_shrinks,
        values=lambda: {"large": fixed(_error(0.1), 4), "small": fixed(_error(0.01), 6)},
    ),
    "count": Number(
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
    "noise": Choice(
        options=("four", "two", "root"),
        answer=_noise,
        values=lambda: {"ten": fixed(_deviation(10), 3), "forty": fixed(_deviation(40), 3)},
    ),
    "first_epoch": Choice(
        options=tuple(BATCHES), answer=lambda: _lowest(1), values=lambda: _excesses(1)
    ),
    "tenth_epoch": Choice(
        options=tuple(BATCHES), answer=lambda: _lowest(10), values=lambda: _excesses(10)
    ),
    "scale": Choice(options=("two", "ten", "hundreds"), answer=_scale, values=_scale_values),
    "walkers": Choice(
        options=("plain", "momentum", "adam"),
        answer=lambda: min(_distances(), key=lambda name: _distances()[name]),
        values=lambda: {name: fixed(d, 3) for name, d in _distances().items()},
    ),
}
