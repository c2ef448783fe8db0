"""The questions on what a level loss means, and on batches and their noise."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.number import Number
from nnbook.questions.picture import Layer, Panel, curve
from nnbook.questions.question import Question, choice, factor, number
from nnlib._typing import FloatArray
from nnlib.optim import gradient_descent

W, L = Axis(symbol="w", low=-4, high=4), Axis(symbol="L", low=0, high=1.2, ticks=(0, 1))
FLAT = 0.01
"""A slope below this looks level."""


def _well(w: FloatArray, lowest: float) -> FloatArray:
    """A valley in a plain: far from its lowest place it is nearly level."""
    return np.asarray(1 - np.exp(-((w - lowest) ** 2)))


def _level(lowest: float, w: float, rate: float) -> Choice:
    slope = 2 * (w - lowest) * float(np.exp(-((w - lowest) ** 2)))
    steep = "plateau" if abs(slope) < FLAT else "rate"
    right = "lowest" if w == lowest else steep
    at = Layer("points", [(w, float(_well(np.array(w), lowest)))], "weight")
    return choice(
        ("lowest", "plateau", "rate"),
        right,
        {"lowest": lowest, "at": w, "rate": rate},
        picture=lambda: [Panel(W, L, [curve(lambda x: _well(x, lowest), W, color="loss"), at])],
    )


def _floor(first: float, second: float, rate: float) -> Number:
    """Take the step with the first of three samples, whose slopes are 0 together."""
    walk = gradient_descent(lambda _: first, 0.0, lr=rate, max_steps=1)
    return number(
        r"\Delta w",
        float(walk.points[-1].item()),
        {
            "first": first,
            "second": second,
            "third": -first - second,
            "rate": rate,
            "times": factor(first),
        },
        {"rests": 0, "shared": -rate * first / 3, "uphill": rate * first},
        absolute=0.002,
    )


CODE = """
for k in 0 .. {last}:
    i = {stride} * k
    batch = samples i .. i + {past}
    w = w - rate * slope(batch, w)
"""


def _batches(rounds: int, size: int, stride: int) -> Number:
    used = {stride * k + j for k in range(rounds) for j in range(size)}
    return number(
        "n",
        len(used),
        {
            "count": rounds * size,
            "rounds": rounds,
            "size": size,
            "stride": stride,
            "end": max(used),
        },
        {"all": rounds * size, "rounds": rounds, "end": max(used)},
        code=CODE.strip().format(last=rounds - 1, stride=stride, past=size - 1),
    )


QUESTIONS = {
    "level": Question(
        "sec-gd-network",
        "level-or-done",
        _level,
        (
            (1, -1, 0, 2, -2, 1, -1, 0.5, -2),
            (1, 2, -0.8, -1, -2, 2, -1, -3, -1),
            (0.1, 0.2, 0.0001, 0.1, 0.3, 0.0002, 0.05, 0.1, 0.0001),
        ),
        level="diagnose",
    ),
    "floor": Question(
        "sec-sgd",
        "floor",
        _floor,
        (
            (3, -4, 2, 6, -1, 5, -8, 1.5, -3),
            (-1, 1, -5, -2, 3, -10, 3, 0.5, 7),
            (0.1, 0.05, 0.2, 0.01, 0.3, 0.02, 0.1, 0.4, 0.2),
        ),
        level="apply",
    ),
    "batches": Question(
        "sec-sgd",
        "batch-code",
        _batches,
        (
            (10, 5, 8, 20, 4, 6, 10, 12, 3),
            (10, 20, 4, 5, 8, 10, 6, 4, 16),
            (1, 10, 2, 1, 4, 1, 3, 2, 8),
        ),
        level="diagnose",
    ),
}
