"""The review questions on the chain rule, gradient descent and SGD."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.review.question import Question, choice, factor, number, shown, slopes, tuples
from nnlib.optim import gradient_descent


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


def _largest(curvature: float) -> Number:
    return number(
        r"\eta",
        2 / curvature,
        {"curvature": curvature},
        {"best": 1 / curvature, "curvature": curvature, "half": curvature / 2},
        relative=0.03,
    )


def _stop(distance: float, lr: float, tolerance: float) -> Choice:
    step = lr * distance  # the curvature is 1, so the slope is the distance
    right = "on" if step >= tolerance else "near" if distance <= 0.01 else "far"
    return choice(
        ("on", "near", "far"),
        right,
        {"distance": distance, "rate": lr, "tolerance": tolerance, "step": step},
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


def _epochs(samples: int, batch: int, epochs: int) -> Number:
    batches = samples // batch
    return number(
        "n",
        batches * epochs,
        {"samples": samples, "batch": batch, "epochs": epochs, "batches": batches},
        {"epochs": epochs, "one": batches, "samples": samples * epochs},
    )


def _noise(spread: float, times: int) -> Number:
    variance = spread**2 * times / times**2  # of a sum, then of a mean
    return number(
        "s",
        float(np.sqrt(variance)),
        {"spread": spread, "times": times, "root": float(np.sqrt(times))},
        {"linear": spread / times, "same": spread, "grown": spread * float(np.sqrt(times))},
        relative=0.03,
    )


QUESTIONS = {
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
    ),
    "walk": Question(
        "sec-counting-steps",
        "rate",
        _walk,
        ((2, 2, 2, 2, 5, 5, 10, 10, 4, 0.5), (0.1, 0.5, 0.8, 1.1, 0.3, 0.1, 0.1, 0.25, 0.7, 3)),
    ),
    "largest": Question(
        "sec-counting-steps", "rate-limit", _largest, ((6, 4, 10, 5, 0.5, 8, 20, 40, 0.1),)
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
