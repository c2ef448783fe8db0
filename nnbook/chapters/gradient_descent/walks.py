"""The questions on whole walks, over valleys and with noise."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed, grouped, significant
from nnbook.questions.number import Number
from nnbook.questions.question import Question, number
from nnlib._typing import FloatArray
from nnlib.datasets import iris
from nnlib.losses import mse
from nnlib.optim import SGD, Adam, Optimizer, gradient_descent
from nnlib.parameters import Parameter
from nnlib.preprocessing import standardize


def _line() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return lengths in cm, standardized lengths and widths of the petals, as columns."""
    x, y = iris().X[:, 2:3], iris().X[:, 3:4]
    return x, standardize(x)[0], y


def _bowl(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the matrix of second derivatives of the MSE of a line, and its lowest point."""
    A, y = np.hstack([x, np.ones_like(x)]), _line()[2][:, 0]
    return 2 / len(y) * A.T @ A, np.linalg.lstsq(A, y, rcond=None)[0]


RATES = 2.0 ** np.arange(-10, 0.5, 0.5)


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


def _largest(curvature: float) -> Number:
    return number(
        r"\eta",
        2 / curvature,
        {"curvature": curvature},
        {"best": 1 / curvature, "curvature": curvature, "half": curvature / 2},
        relative=0.03,
    )


def _valley(steep: float, flat: float) -> Number:
    curvatures = np.array([steep, flat])
    descent = gradient_descent(
        lambda t: curvatures * t, np.ones(2), lr=1 / steep, max_steps=1, tolerance=1e-12
    )
    return number(
        "f",
        float(descent.points[-1][1]),
        {"steep": steep, "flat": flat, "ratio": flat / steep},
        {"arrived": 0, "removed": flat / steep, "turned": 1 - steep / flat},
        absolute=0.004,
    )


def _deviation(B: int) -> float:
    """Return the standard deviation of the slope in w over batches, at w = b = 0."""
    _, u, y = _line()
    n = len(y)
    return float(np.sqrt(np.var(-2 * y * u) / B * (n - B) / (n - 1)))


def _noise_in_text() -> str:
    ratio = np.log(_deviation(10) / _deviation(40))
    return nearest(ratio, {"four": np.log(4), "two": np.log(2), "root": np.log(2) / 2})


def _noise(spread: float, times: int) -> Number:
    variance = spread**2 * times / times**2  # of a sum, then of a mean
    return number(
        "s",
        float(np.sqrt(variance)),
        {"spread": spread, "times": times, "root": float(np.sqrt(times))},
        {"linear": spread / times, "same": spread, "grown": spread * float(np.sqrt(times))},
        relative=0.03,
    )


BATCHES = {"full": 150, "fifteen": 15, "single": 1}


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


def _epochs(samples: int, batch: int, epochs: int) -> Number:
    batches = samples // batch
    return number(
        "n",
        batches * epochs,
        {"samples": samples, "batch": batch, "epochs": epochs, "batches": batches},
        {"epochs": epochs, "one": batches, "samples": samples * epochs},
    )


QUESTIONS = {
    "scale": Question(
        in_text={
            "scale": Choice(
                estimate=True,
                options=("two", "ten", "hundreds"),
                answer=_scale,
                values=_scale_values,
            )
        },
    ),
    "largest": Question(
        "sec-counting-steps",
        "rate-limit",
        _largest,
        ((6, 4, 10, 5, 0.5, 8, 20, 40, 0.1),),
    ),
    "valley": Question(
        "sec-conditioning",
        "valley",
        _valley,
        ((10, 100, 50, 20, 8, 5, 25, 40, 10), (1, 1, 10, 1, 2, 2, 1, 3, 3)),
    ),
    "noise": Question(
        "sec-sgd",
        "noise",
        _noise,
        ((2, 6, 1, 10, 0.8, 5, 3, 12, 4), (4, 9, 16, 25, 4, 100, 9, 16, 25)),
        in_text={
            "noise": Choice(
                options=("four", "two", "root"),
                answer=_noise_in_text,
                values=lambda: {"ten": fixed(_deviation(10), 3), "forty": fixed(_deviation(40), 3)},
            )
        },
    ),
    "race": Question(
        in_text={
            "race": Choice(
                estimate=True,
                options=tuple(BATCHES),
                answer=lambda: min(_race(), key=lambda name: _race()[name]),
                values=lambda: {name: fixed(excess, 4) for name, excess in _race().items()},
            )
        },
    ),
    "walkers": Question(
        in_text={
            "walkers": Choice(
                estimate=True,
                options=("plain", "momentum", "adam"),
                answer=lambda: min(_distances(), key=lambda name: _distances()[name]),
                values=lambda: {name: significant(d, 2) for name, d in _distances().items()},
            )
        },
    ),
    "epochs": Question(
        "sec-sgd-epochs",
        "epochs",
        _epochs,
        (
            (100, 60, 1000, 150, 500, 80, 1200, 320, 200),
            (10, 12, 50, 15, 20, 8, 100, 32, 4),
            (5, 3, 4, 20, 10, 6, 5, 15, 2),
        ),
    ),
}
