"""The review questions on loss functions."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Number
from nnbook.review.question import Question, number
from nnlib.losses import (
    mse,
    ssr,
)


def _residual(y: float, y_hat: float) -> Number:
    return number(
        "r",
        y - y_hat,
        {"target": y, "predicted": y_hat},
        {"turned": y_hat - y, "square": ssr([y_hat], [y]), "added": y + y_hat},
        absolute=0.01,
    )


def _ssr(*misses: float) -> Number:
    zeros = np.zeros(len(misses))
    return number(
        "S",
        ssr(misses, zeros),
        {"list": misses},
        {"added": sum(misses), "sizes": sum(map(abs, misses)), "mean": mse(misses, zeros)},
        absolute=0.01,
    )


def _constant(*y: float) -> Number:
    return number(
        "c",
        float(np.mean(y)),
        {"list": y, "n": len(y)},
        {"median": float(np.median(y)), "halfway": (max(y) + min(y)) / 2, "sum": sum(y)},
        absolute=0.05,
    )


QUESTIONS = {
    "residual": Question(
        "sec-losses-ssr",
        "residual",
        _residual,
        ((5, 3), (3, 5), (2, -1), (-2, 1), (1, 0.4), (0.2, 0.9), (7, 2.5), (0.5, 2), (-4, -1)),
    ),
    "ssr": Question(
        "sec-losses-ssr",
        "squares",
        _ssr,
        (
            (2, -1, 3),
            (1, -2, 2),
            (3, -3, 1),
            (-3, -1, 4),
            (2, 2, -3),
            (0.5, -1, 2),
            (-5, 3, 1),
            (5, -1, -2),
            (0.5, -0.5, 3),
        ),
    ),
    "constant": Question(
        "sec-losses-ssr",
        "mean",
        _constant,
        (
            (0, 0, 3),
            (1, 1, 7),
            (2, 2, 8),
            (0, 1, 5),
            (6, 0, 0, 0),
            (0, 2, 16),
            (0, 1, 20),
            (11, 2, 2),
            (0, 0, 0, 1),
        ),
    ),
}
