"""The questions on single steps."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.fitted import FITTED
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed, grouped
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, factor, number
from nnlib.activations import softplus
from nnlib.datasets import dosage
from nnlib.optim import Descent, gradient_descent


@cache
def _descend(lr: float) -> Descent:
    data = dosage()
    w1, b1, w2, b2, w3, w4, _ = FITTED.values()
    rest = w3 * softplus(w1 * data.X + b1) + w4 * softplus(w2 * data.X + b2)
    return gradient_descent(lambda b: -2 * np.sum(data.y - rest - b), 0.0, lr=lr)


def _steps_in_text(lr: float) -> int:
    return len(_descend(lr).gradients)


def _factor_in_text(lr: float) -> float:
    """Return what a step multiplies the slope by, and with it the error."""
    first, second = _descend(lr).gradients[:2, 0]
    return float(second / first)


def _steps(start: float, lr: float) -> Number:
    points = gradient_descent(lambda t: 2 * t, start, lr=lr, max_steps=2).points.ravel()
    return number(
        r"\theta",
        float(points[2]),
        {"start": start, "rate": lr, "factor": 1 - 2 * lr, "first": float(points[1])},
        {
            "one": float(points[1]),
            "stale": start - 2 * lr * 2 * start,
            "half": start * (1 - lr) ** 2,
        },
        absolute=abs(start) * 0.001,
    )


def _length(first: float, second: float, lr: float) -> Number:
    norm = float(np.hypot(first, second))
    return number(
        "s",
        lr * norm,
        {
            "first": first,
            "second": second,
            "rate": lr,
            "one": factor(first),
            "two": factor(second),
            "norm": norm,
        },
        {"sum": lr * (abs(first) + abs(second)), "norm": norm, "square": lr * norm**2},
    )


def _gain(slope: float, lr: float) -> Number:
    return number(
        "s",
        -lr * slope**2,
        {"slope": slope, "rate": lr, "factor": factor(slope), "move": -lr * slope},
        {"move": -lr * slope, "turned": lr * slope**2, "rate": -(slope**2)},
    )


def _stop(distance: float, lr: float, tolerance: float) -> Choice:
    step = lr * distance  # the curvature is 1, so the slope is the distance
    right = "on" if step >= tolerance else "near" if distance <= 0.01 else "far"
    return choice(
        ("on", "near", "far"),
        right,
        {"distance": distance, "rate": lr, "tolerance": tolerance, "step": step},
    )


def _factor(curvature: float, lr: float) -> Number:
    points = gradient_descent(lambda t: curvature * t, 1.0, lr=lr, max_steps=1).points
    return number(
        "f",
        float(points[-1].item()),
        {"curvature": curvature, "rate": lr},
        {"removed": curvature * lr, "rate": 1 - lr, "turned": 1 + curvature * lr},
    )


def _walk(curvature: float, lr: float) -> Choice:
    errors = gradient_descent(lambda t: curvature * t, 1.0, lr=lr, max_steps=1).points.ravel()
    left = round(float(errors[1]), 9)
    if left == 0:
        right = "once"
    elif abs(left) >= 1:
        right = "away"
    else:
        right = "side" if left > 0 else "over"
    return choice(
        ("side", "once", "over", "away"),
        right,
        {"curvature": curvature, "rate": lr, "factor": left},
    )


QUESTIONS = {
    "steps": Question(
        "sec-five-steps",
        "step",
        _steps,
        ((10, 10, 100, -10, 8, 10, 4, 10, 20), (0.1, 0.2, 0.3, 0.25, 0.75, 0.6, 0.4, 0.15, 0.9)),
        level="apply",
    ),
    "length": Question(
        "sec-five-steps",
        "gradient",
        _length,
        (
            (3, -6, 5, 8, 12, -4, 1.5, 30, -9),
            (4, 8, -12, 6, 5, -3, 2, 40, 12),
            (0.1, 0.2, 0.1, 0.5, 0.01, 0.3, 0.2, 0.01, 0.1),
        ),
        level="apply",
    ),
    "gain": Question(
        "sec-five-steps",
        "decrease",
        _gain,
        (
            (3, -2, 5, -4, 0.5, 10, -6, 2, -8),
            (0.01, 0.05, 0.02, 0.01, 0.1, 0.001, 0.005, 0.02, 0.01),
        ),
        level="apply",
    ),
    "stop": Question(
        "sec-counting-steps",
        "tolerance",
        _stop,
        (
            (0.005, 2, 0.5, 3, 0.002, 0.1, 0.008, 1, 0.06),
            (0.1, 0.0001, 0.1, 0.5, 0.1, 0.001, 0.05, 0.0005, 0.5),
            (0.001, 0.001, 0.001, 0.01, 0.001, 0.001, 0.001, 0.001, 0.001),
        ),
        level="apply",
    ),
    "factor": Question(
        "sec-counting-steps",
        "step-factor",
        _factor,
        ((6, 2, 4, 10, 5, 3, 8, 20, 4), (0.1, 0.2, 0.4, 0.15, 0.5, 0.3, 0.25, 0.06, 0.35)),
        in_text={
            "count": Number(
                symbol="t",
                answer=lambda: _steps_in_text(0.05),
                between=(37.6, 44.2),
                mistakes={
                    "double": lambda: 2 * _steps_in_text(0.1),
                    "half": lambda: _steps_in_text(0.1) / 2,
                    "same": lambda: _steps_in_text(0.1),
                },
                decimals=0,
                values=lambda: {
                    "once": fixed(_factor_in_text(0.1), 1),
                    "slow": fixed(_factor_in_text(0.05), 1),
                    "twice": fixed(_factor_in_text(0.05) ** 2, 2),
                    "double": grouped(2 * _steps_in_text(0.1)),
                },
            )
        },
        level="apply",
    ),
    "walk": Question(
        "sec-counting-steps",
        "rate",
        _walk,
        ((2, 2, 2, 2, 5, 5, 10, 10, 4, 0.5), (0.1, 0.5, 0.8, 1.1, 0.3, 0.1, 0.1, 0.25, 0.7, 3)),
        level="apply",
    ),
}
