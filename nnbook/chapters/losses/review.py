"""The review questions on loss functions."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.predictions.prediction import nearest
from nnbook.review.question import Question, choice, number
from nnlib.losses import (
    binary_cross_entropy,
    binary_cross_entropy_derivative,
    binary_cross_entropy_with_logits_derivative,
    mse,
    ssr,
    ssr_derivative,
)


def _residual(y: float, y_hat: float) -> Number:
    r = y - y_hat
    return number(
        r"\hat{y}",
        y_hat,
        {"target": y, "left": r},
        {"turned": y + r, "itself": r, "reversed": r - y},
    )


def _ssr(*misses: float) -> Number:
    zeros = np.zeros(len(misses))
    return number(
        "S",
        ssr(misses, zeros),
        {"list": misses},
        {"added": sum(misses), "sizes": sum(map(abs, misses)), "mean": mse(misses, zeros)},
    )


def _constant(*y: float) -> Number:
    return number(
        "c",
        float(np.mean(y)),
        {"list": y, "count": len(y)},
        {"median": float(np.median(y)), "halfway": (max(y) + min(y)) / 2, "sum": sum(y)},
        absolute=0.05,
    )


def _slope(y: float, y_hat: float) -> Number:
    slope = float(ssr_derivative([y_hat], [y])[0])
    return number(
        "s",
        slope,
        {"target": y, "predicted": y_hat, "residual": y - y_hat},
        {"turned": -slope, "half": slope / 2, "square": ssr([y_hat], [y])},
    )


def _copies(mean: float, n: int, copies: int) -> Number:
    y = np.zeros(n * copies)
    y_hat = np.full_like(y, np.sqrt(mean))
    return number(
        "S",
        ssr(y_hat, y),
        {"mean": mse(y_hat, y), "count": n, "copies": copies, "points": n * copies},
        {"before": mean * n, "mean": mean, "copies": mean * copies},
    )


def _factor(n: int, lr: float) -> Number:
    errors = [1.0, 1 - lr * float(ssr_derivative(np.ones(n), np.zeros(n)).sum())]
    return number(
        "f",
        errors[1] / errors[0],
        {"count": n, "rate": lr, "slope": 2 * n},
        {"mean": 1 - 2 * lr, "half": 1 - n * lr, "removed": 2 * n * lr},
    )


def _likelihood(first: float, second: float) -> Number:
    loss = binary_cross_entropy([first, second], [1.0, 0.0])
    return number(
        "P",
        float(np.exp(-2 * loss)),
        {"first": first, "second": second, "other": 1 - second},
        {
            "unturned": first * second,
            "mean": (first + 1 - second) / 2,
            "added": first + 1 - second,
        },
        absolute=0.004,
    )


def _log_loss(p: float, y: int) -> Number:
    true = p if y else 1 - p
    return number(
        "L",
        binary_cross_entropy([p], [float(y)]),
        {"said": p, "target": y, "true": true},
        {
            "other": binary_cross_entropy([1 - p], [float(y)]),
            "missing": 1 - true,
            "sign": float(np.log(true)),
        },
        relative=0.03,
    )


def _push(p: float, y: int) -> Choice:
    through = p * (1 - p)
    square = abs(ssr_derivative([p], [float(y)])[0] * through)
    cross_entropy = abs(binary_cross_entropy_derivative([p], [float(y)])[0] * through)
    ratios = {"two": np.log(2), "five": np.log(5.5), "fifty": np.log(50), "many": np.log(500)}
    return choice(
        list(ratios),
        nearest(float(np.log(cross_entropy / square)), ratios),
        {"said": p, "target": y, "square": square, "cross_entropy": cross_entropy},
    )


def _in_z(p: float, y: int) -> Number:
    z = np.log(p / (1 - p))
    slope = float(binary_cross_entropy_with_logits_derivative([z], [float(y)])[0])
    return number(
        "s",
        slope,
        {"said": p, "target": y},
        {
            "turned": -slope,
            "in_p": float(binary_cross_entropy_derivative([p], [float(y)])[0]),
            "square": float(ssr_derivative([p], [float(y)])[0]) * p * (1 - p),
        },
        absolute=0.004,
    )


QUESTIONS = {
    "residual": Question(
        "sec-losses-ssr",
        "residual",
        _residual,
        ((5, 3, 2, -2, 1, 0.2, 7, 0.5, -4), (3, 5, -1, 1, 0.4, 0.9, 2.5, 2, -1)),
    ),
    "ssr": Question(
        "sec-losses-ssr",
        "squares",
        _ssr,
        (
            (2, 1, 3, -3, 2, 0.5, -5, 5, 0.5),
            (-1, -2, -3, -1, 2, -1, 3, -1, -0.5),
            (3, 2, 1, 4, -3, 2, 1, -2, 3),
        ),
    ),
    "constant": Question(
        "sec-losses-ssr",
        "mean",
        _constant,
        (
            (0, 1, 2, 0, 11, 6, 0, 0, 4),
            (0, 1, 2, 1, 2, 0, 2, 1, 4),
            (3, 7, 8, 5, 2, 0, 16, 20, 16),
        ),
    ),
    "slope": Question(
        "sec-losses-ssr",
        "residual-slope",
        _slope,
        ((3, 1, 4, 0, 5, 2, -1, 1, 6), (4.5, 4, 1.5, 0.5, 1, -3, 3, 0.4, 5)),
    ),
    "copies": Question(
        "sec-losses-mse",
        "sum-or-mean",
        _copies,
        (
            (2, 3, 0.5, 4, 1.5, 5, 0.2, 6, 2.5),
            (4, 5, 6, 3, 8, 4, 10, 2, 6),
            (3, 2, 3, 5, 2, 6, 4, 5, 4),
        ),
    ),
    "factor": Question(
        "sec-losses-mse",
        "step-factor",
        _factor,
        ((3, 4, 5, 8, 6, 10, 3, 5, 20), (0.1, 0.15, 0.08, 0.1, 0.2, 0.02, 0.3, 0.3, 0.1)),
    ),
    "likelihood": Question(
        "sec-losses-likelihood",
        "likelihood",
        _likelihood,
        (
            (0.9, 0.8, 0.5, 0.6, 0.7, 0.4, 0.9, 0.3, 0.8),
            (0.2, 0.4, 0.1, 0.3, 0.4, 0.9, 0.7, 0.2, 0.9),
        ),
    ),
    "log_loss": Question(
        "sec-losses-likelihood",
        "log-loss",
        _log_loss,
        (
            (0.1, 0.99, 0.2, 0.75, 0.001, 0.95, 0.02, 0.96, 0.25, 0.9),
            (1, 0, 1, 0, 1, 0, 1, 0, 1, 0),
        ),
    ),
    "push": Question(
        "sec-losses-slope",
        "sure-and-wrong",
        _push,
        ((0.5, 0.1, 0.01, 0.001, 0.9, 0.99, 0.999, 0.4), (1, 1, 1, 1, 0, 0, 0, 0)),
    ),
    "in_z": Question(
        "sec-losses-slope",
        "p-minus-y",
        _in_z,
        ((0.7, 0.7, 0.2, 0.2, 0.9, 0.1, 0.6, 0.95, 0.01), (1, 0, 1, 0, 0, 0, 1, 0, 1)),
    ),
}
