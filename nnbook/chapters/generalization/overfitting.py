"""The questions on held-out data, on overfitting and on weight decay."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples


def _leak(train: tuple[float, ...], held_out: float) -> Number:
    scaler = nnlib.standardize(np.reshape(train, (-1, 1)))[1]
    return number(
        "m",
        float(scaler.mean[0]),
        {"list": train, "value": held_out},
        {"together": float(np.mean([*train, held_out])), "own": held_out, "sum": sum(train)},
    )


Pair = tuple[float, float]


LEVEL = 0.05  # so small a change of the training loss is none


def _curves(fitted: Pair, new: Pair, share: Pair) -> Choice:
    falling = "on" if new[1] < new[0] else "sure" if share[1] > share[0] else "over"
    change = fitted[1] / fitted[0] - 1
    right = "level" if abs(change) < LEVEL else "up" if change > 0 else falling
    names = ("fit_a", "fit_b", "new_a", "new_b", "share_a", "share_b")
    values = zip(names, (*fitted, *new, *share), strict=True)
    return choice(("over", "sure", "on", "up", "level"), right, dict(values))


def _decay(theta: float, lr: float, decay: float) -> Number:
    points = nnlib.gradient_descent(lambda t: decay * t, theta, lr=lr, max_steps=1).points
    return number(
        r"\theta",
        float(points[-1].item()),
        {"start": theta, "rate": lr, "decay": decay, "factor": 1 - lr * decay},
        {"rateless": theta * (1 - decay), "constant": theta - lr * decay, "still": theta},
    )


QUESTIONS = {
    "leak": Question(
        "sec-ce-held-out",
        "leakage",
        _leak,
        (
            tuples("1 2 3, 4 6 8, 0 2 7, 10 20 30, 2 3 7, 5 5 11, 1 1 13, 3 6 15"),
            (10, 2, 11, 80, 20, 1, 9, 20),
        ),
        level="apply",
    ),
    "curves": Question(
        "sec-ce-overfitting",
        "overfitting",
        _curves,
        (
            tuples(
                "0.4 0.1, 0.9 0.5, 0.12 0.02, 0.7 0.6, 0.3 0.9, 0.25 0.05, 1.1 0.8, "
                "0.5 2.0, 2.3 2.29, 1.09 1.08, 0.2 0.03, 0.3 0.06"
            ),
            tuples(
                "0.5 0.8, 1.0 0.6, 0.45 0.85, 0.75 0.68, 0.4 1.1, 0.38 0.55, 1.1 0.9, "
                "0.6 2.3, 2.31 2.3, 1.1 1.1, 0.3 0.42, 0.41 0.74"
            ),
            tuples(
                "0.85 0.81, 0.65 0.8, 0.88 0.86, 0.7 0.74, 0.86 0.62, 0.87 0.91, 0.5 0.63, "
                "0.8 0.4, 0.1 0.11, 0.34 0.33, 0.9 0.94, 0.87 0.83"
            ),
        ),
        level="diagnose",
    ),
    "decay": Question(
        "sec-ce-decay",
        "decay",
        _decay,
        (
            (10, 20, 5, -8, 100, 4, -50, 2, 40),
            (0.1, 0.5, 0.5, 0.5, 0.1, 0.5, 0.2, 0.5, 0.25),
            (0.5, 0.1, 0.2, 0.25, 0.5, 0.1, 0.5, 0.4, 0.2),
        ),
        level="apply",
    ),
}
