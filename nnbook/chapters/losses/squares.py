"""The questions on squared residuals."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed, significant
from nnbook.questions.number import Number
from nnbook.questions.question import Question, number
from nnlib.datasets import dosage
from nnlib.losses import mse, ssr, ssr_derivative
from nnlib.optim import Descent, gradient_descent


def _mean() -> float:
    return float(np.mean(dosage().y))


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


def _ssr_of(constant: float) -> float:
    y = dosage().y
    return ssr(np.full_like(y, constant), y)


def _constant_values() -> dict[str, str]:
    data = dosage()
    return {
        "ssr": fixed(_ssr_of(_mean()), 3),
        "line": fixed(ssr(0.4 + 0.2 * data.X, data.y), 2),
        "ssr_zero": fixed(_ssr_of(0), 0),
        "ssr_half": fixed(_ssr_of(0.5), 2),
        "ssr_one": fixed(_ssr_of(1), 0),
    }


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


def _copies(mean: float, n: int, copies: int, parameters: int) -> Number:
    """How many parameters the model has plays no part."""
    y = np.zeros(n * copies)
    y_hat = np.full_like(y, np.sqrt(mean))
    return number(
        "S",
        ssr(y_hat, y),
        {
            "mean": mse(y_hat, y),
            "count": n,
            "copies": copies,
            "points": n * copies,
            "parameters": parameters,
        },
        {"before": mean * n, "mean": mean, "copies": mean * copies},
    )


def _descend(copies: int) -> Descent:
    targets = np.tile(dosage().y, (copies, 1))
    return gradient_descent(
        lambda c: ssr_derivative(np.full_like(targets, c), targets).sum(), 1.0, lr=0.1
    )


def _arrival() -> str:
    few, many = _descend(1), _descend(10)
    if many.stop_reason != "tolerance":
        return "never"
    return nearest(len(many.gradients), {"sooner": 0, "same": len(few.gradients)})


def _arrival_values() -> dict[str, str]:
    def factor(copies: int) -> float:
        errors = _descend(copies).points[:2] - _mean()
        return float(errors[1, 0] / errors[0, 0])

    return {"factor_few": significant(factor(1)), "factor_many": significant(factor(10))}


def _factor(n: int, lr: float) -> Number:
    errors = [1.0, 1 - lr * float(ssr_derivative(np.ones(n), np.zeros(n)).sum())]
    return number(
        "f",
        errors[1] / errors[0],
        {"count": n, "rate": lr, "slope": 2 * n},
        {"mean": 1 - 2 * lr, "half": 1 - n * lr, "removed": 2 * n * lr},
    )


QUESTIONS = {
    "residual": Question(
        "sec-losses-ssr",
        "residual",
        _residual,
        ((5, 3, 2, -2, 1, 0.2, 7, 0.5, -4), (3, 5, -1, 1, 0.4, 0.9, 2.5, 2, -1)),
        level="apply",
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
        level="apply",
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
        in_text={
            "constant": Number(
                symbol="c",
                answer=_mean,
                absolute=0.035,
                mistakes={
                    "median": lambda: float(np.median(dosage().y)),
                    "halfway": lambda: float(dosage().y.min() + dosage().y.max()) / 2,
                    "largest": lambda: float(dosage().y.max()),
                    "ssr": lambda: _ssr_of(_mean()),
                },
                values=_constant_values,
            )
        },
        level="apply",
    ),
    "slope": Question(
        "sec-losses-ssr",
        "residual-slope",
        _slope,
        ((3, 1, 4, 0, 5, 2, -1, 1, 6), (4.5, 4, 1.5, 0.5, 1, -3, 3, 0.4, 5)),
        level="apply",
    ),
    "copies": Question(
        "sec-losses-mse",
        "sum-or-mean",
        _copies,
        (
            (2, 3, 0.5, 4, 1.5, 5, 0.2, 6, 2.5),
            (4, 5, 6, 3, 8, 4, 10, 2, 6),
            (3, 2, 3, 5, 2, 6, 4, 5, 4),
            (2, 7, 4, 2, 3, 2, 7, 3, 5),
        ),
        level="apply",
    ),
    "factor": Question(
        "sec-losses-mse",
        "step-factor",
        _factor,
        ((3, 4, 5, 8, 6, 10, 3, 5, 20), (0.1, 0.15, 0.08, 0.1, 0.2, 0.02, 0.3, 0.3, 0.1)),
        in_text={
            "mse": Choice(
                options=("sooner", "same", "later", "never"),
                answer=_arrival,
                values=_arrival_values,
            )
        },
        level="apply",
    ),
}
