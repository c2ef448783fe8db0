"""The questions on the chain rule and on single steps."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.fitted import FITTED
from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed, grouped
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, factor, number, shown, slopes, tuples
from nnlib.activations import sigmoid, softplus
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


def _error(dz: float, z: float = 0.24) -> float:
    """Return by how much the straight lines miss the change of (1 − softplus(z))²."""
    before, after = (1 - softplus(np.array([z, z + dz]))) ** 2
    slope = -2 * (1 - softplus(z)) * sigmoid(z)
    return float(after - before - slope * dz)


def _shrinks() -> str:
    ratio = np.log(_error(0.1) / _error(0.01))
    return nearest(ratio, {"half": np.log(2), "tenth": np.log(10), "hundredth": np.log(100)})


def _branches(first: tuple[float, float], second: tuple[float, float]) -> Number:
    (into_u, from_u), (into_v, from_v) = first, second
    return number(
        "s",
        slopes(lambda x: from_u * (into_u * x) + from_v * (into_v * x), 1)[0],
        {
            "into_u": into_u,
            "from_u": from_u,
            "into_v": into_v,
            "from_v": from_v,
            "along_u": rf"{shown(into_u)} \cdot {factor(from_u)}",
            "along_v": rf"{shown(into_v)} \cdot {factor(from_v)}",
        },
        {
            "path": into_u * from_u,
            "product": into_u * from_u * into_v * from_v,
            "sum": into_u + from_u + into_v + from_v,
        },
    )


def _twice(w: float, x: float) -> Number:
    slope = slopes(lambda v: v * (w * v), x)[0]
    return number(
        "s",
        slope,
        {"weight": w, "input": x, "path": w * x},
        {"path": w * x, "value": w * x * x, "product": (w * x) ** 2},
    )


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


def _triple() -> str:
    if _descend(0.3).stop_reason != "tolerance":
        return "never"
    ratios = {"third": np.log(1 / 3), "same": 0.0, "four": np.log(4)}
    return nearest(np.log(_steps_in_text(0.3) / _steps_in_text(0.1)), ratios)


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
    "error": Question(
        in_text={
            "error": Choice(
                options=("half", "tenth", "hundredth"),
                answer=_shrinks,
                values=lambda: {"large": fixed(_error(0.1), 4), "small": fixed(_error(0.01), 6)},
            )
        },
    ),
    "branches": Question(
        "sec-chain-branches",
        "paths",
        _branches,
        (
            tuples("2 3, 1 4, -2 1, 3 3, 0.5 4, 2 -1, 5 1, -1 -3, 2 2"),
            tuples("4 2, 2 -1, 3 3, 1 -4, 2 3, 3 4, -2 2, 4 2, -3 1"),
        ),
    ),
    "twice": Question(
        "sec-computational-graph",
        "graph",
        _twice,
        ((3, 2, 5, -3, 4, 0.5, -2, 10, 6), (4, 3, -1, 4, 0.75, 6, 3, 0.4, 1.5)),
    ),
    "steps": Question(
        "sec-five-steps",
        "step",
        _steps,
        ((10, 10, 100, -10, 8, 10, 4, 10, 20), (0.1, 0.2, 0.3, 0.25, 0.75, 0.6, 0.4, 0.15, 0.9)),
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
                absolute=2,
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
    ),
    "walk": Question(
        "sec-counting-steps",
        "rate",
        _walk,
        ((2, 2, 2, 2, 5, 5, 10, 10, 4, 0.5), (0.1, 0.5, 0.8, 1.1, 0.3, 0.1, 0.1, 0.25, 0.7, 3)),
        in_text={
            "triple": Choice(
                options=("third", "same", "four", "never"),
                answer=_triple,
                values=lambda: {
                    "factor": fixed(_factor_in_text(0.3), 1),
                    "old": fixed(_factor_in_text(0.1), 1),
                    "keeps": fixed(100 * abs(_factor_in_text(0.3)), 0),
                    "kept": fixed(100 * _factor_in_text(0.1), 0),
                    "steps": grouped(_steps_in_text(0.3)),
                },
            )
        },
    ),
}
