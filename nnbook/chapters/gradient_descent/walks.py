"""The questions on whole walks, over valleys and with noise."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib._typing import FloatArray
from nnlib.datasets import iris
from nnlib.losses import mse_derivative
from nnlib.networks import mlp
from nnlib.optim import gradient_descent
from nnlib.preprocessing import standardize


def _line() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return lengths in cm, standardized lengths and widths of the petals, as columns."""
    x, y = iris().X[:, 2:3], iris().X[:, 3:4]
    return x, standardize(x)[0], y


def _balance(mean: float, change: float, bias: float) -> Number:
    """Where the bias is now plays no part."""
    return number(
        "b",
        -mean * change,
        {"mean": mean, "change": change, "bias": bias},
        {"turned": mean * change, "same": -change, "mean": -mean},
    )


def _plateau(slope: float, lr: float, distance: float) -> Number:
    return number(
        "t",
        distance / (lr * slope),
        {"slope": slope, "rate": lr, "distance": distance, "step": lr * slope},
        {"rate": distance / slope, "slope": distance / lr, "product": lr * slope},
        relative=0.03,
    )


def _tonight(rate: float, *losses: float) -> Choice:
    """What the first losses ask for: `losses` are those of four places in a row."""
    left = losses[-1] / losses[0]
    right = "smaller" if left > 1 else "larger" if left > 0.95 else "keep"
    return choice(("larger", "keep", "smaller"), right, {"rate": rate, "list": losses})


def _rest() -> str:
    """Say how a sample that the network fits exactly moves it."""
    network = mlp([1, 2, 1], "softplus", rng=0)
    samples = np.array([[0.0], [0.5], [1.0]])
    targets = network.forward(samples)
    lengths = []
    for i in range(3):
        for parameter in network.parameters():
            parameter.grad = None
        network.backward(mse_derivative(network.forward(samples[[i]]), targets[[i]]))
        lengths.append(float(np.linalg.norm(np.asarray(network.gradient))))
    return "stays" if max(lengths) < 1e-9 else "shakes"


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


def _epochs(samples: int, batch: int, epochs: int) -> Number:
    batches = samples // batch
    return number(
        "n",
        batches * epochs,
        {"samples": samples, "batch": batch, "epochs": epochs, "batches": batches},
        {"epochs": epochs, "one": batches, "samples": samples * epochs},
    )


QUESTIONS = {
    "largest": Question(
        "sec-counting-steps",
        "rate-limit",
        _largest,
        ((6, 4, 10, 5, 0.5, 8, 20, 40, 0.1),),
        level="apply",
    ),
    "plateau": Question(
        "sec-gd-network",
        "plateau",
        _plateau,
        (
            (0.001, 0.01, 0.0005, 0.002, 0.004, 0.02, 0.005, 0.0001, 0.025),
            (0.1, 0.05, 0.1, 0.5, 0.05, 0.01, 0.2, 0.5, 0.04),
            (0.5, 2, 3, 4, 0.2, 0.1, 3, 0.3, 2),
        ),
        level="apply",
    ),
    "tonight": Question(
        "sec-gd-rate",
        "rate-by-losses",
        _tonight,
        (
            (0.001, 0.5, 0.1, 0.01, 2, 0.2, 0.002, 0.3, 0.05, 1),
            (9, 4, 8, 5, 1, 6, 7, 2, 12, 3),
            (8.98, 7, 3, 4.99, 3, 2.9, 6.99, 5, 6, 4),
            (8.96, 13, 1.2, 4.98, 9, 1.4, 6.98, 12, 3, 6),
            (8.94, 24, 0.5, 4.97, 27, 0.7, 6.97, 31, 1.5, 9),
        ),
        level="design",
    ),
    "trade": Question(
        "sec-conditioning",
        "tilt",
        _balance,
        (
            (4, 10, 3, 5, 2, 6, 20, 8, 1.5),
            (2, 0.5, -2, 3, 0.5, -3, 0.1, 4, 6),
            (5, 3, 2, 4, -6, 7, 12, -3, 0.4),
        ),
        level="apply",
    ),
    "valley": Question(
        "sec-conditioning",
        "valley",
        _valley,
        ((10, 100, 50, 20, 8, 5, 25, 40, 10), (1, 1, 10, 1, 2, 2, 1, 3, 3)),
        level="apply",
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
        level="apply",
    ),
    "epochs": Question(
        "sec-sgd",
        "epochs",
        _epochs,
        (
            (100, 60, 1000, 150, 500, 80, 1200, 320, 200),
            (10, 12, 50, 15, 20, 8, 100, 32, 4),
            (5, 3, 4, 20, 10, 6, 5, 15, 2),
        ),
        level="apply",
    ),
    "rest": Question(
        in_text={"rest": Choice(options=("stays", "shakes", "full"), answer=_rest)},
        level="relate",
    ),
}
