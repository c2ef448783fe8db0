"""The predictions of the chapter on loss functions."""

from __future__ import annotations

import numpy as np

from nnbook.predictions.formats import fixed, significant
from nnbook.predictions.prediction import Choice, Number, nearest
from nnlib.activations import sigmoid
from nnlib.datasets import dosage
from nnlib.losses import binary_cross_entropy, binary_cross_entropy_derivative, ssr, ssr_derivative
from nnlib.optim import Descent, gradient_descent

# -- The constant with the smallest SSR ----------------------------------------------------------


def _ssr_of(constant: float) -> float:
    y = dosage().y
    return ssr(np.full_like(y, constant), y)


def _mean() -> float:
    return float(np.mean(dosage().y))


def _constant_values() -> dict[str, str]:
    data = dosage()
    return {
        "ssr": fixed(_ssr_of(_mean()), 3),
        "line": fixed(ssr(0.4 + 0.2 * data.X, data.y), 2),
        "ssr_zero": fixed(_ssr_of(0), 0),
        "ssr_half": fixed(_ssr_of(0.5), 2),
        "ssr_one": fixed(_ssr_of(1), 0),
    }


# -- Ten times the data, the same rate -----------------------------------------------------------


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


# -- The likelihood of three e-mails -------------------------------------------------------------

P, SPAM = np.array([0.9, 0.8, 0.3]), np.array([1.0, 1.0, 0.0])
GIVEN = np.where(SPAM == 1, P, 1 - P)  # the probability of what happened, e-mail by e-mail


def _likelihood() -> float:
    return float(np.exp(-len(P) * binary_cross_entropy(P, SPAM)))


# -- Which loss pushes z harder ------------------------------------------------------------------


def _slopes_in_z(p: float, y: float) -> tuple[float, float]:
    """Return the slopes in z, of the squared residual and of the cross-entropy."""
    found = [slope([p], [y])[0] for slope in (ssr_derivative, binary_cross_entropy_derivative)]
    return found[0] * p * (1 - p), found[1] * p * (1 - p)


def _push() -> str:
    square, cross_entropy = map(abs, _slopes_in_z(0.01, 1))
    if square > cross_entropy:
        return "square"
    ratios = {"two": np.log(2), "ten": np.log(10), "fifty": np.log(50)}
    return nearest(np.log(cross_entropy / square), ratios)


def _push_values() -> dict[str, str]:
    square, cross_entropy = _slopes_in_z(0.01, 1)
    return {
        "square": significant(square),
        "cross_entropy": significant(cross_entropy),
        "ratio": fixed(cross_entropy / square, 1),
        "factor": significant(0.01 * (1 - 0.01)),
        "loss_ratio": fixed(
            binary_cross_entropy([0.01], [1.0]) / ssr([0.01], [1.0]),
            1,
        ),
    }


# -- The race ------------------------------------------------------------------------------------


def _after(slope: int, steps: int = 50) -> float:
    """Return p after the race: slope 0 is that of the squared residual, 1 of the cross-entropy."""

    def gradient(theta: np.ndarray) -> np.ndarray:
        p = float(sigmoid(theta.sum()))
        return np.full(2, _slopes_in_z(p, 0)[slope])  # x = 1: w and b have the same

    path = gradient_descent(gradient, [2.0, 2.0], lr=0.15, max_steps=steps)
    return float(sigmoid(path.points[-1].sum()))


def _race() -> str:
    start = float(sigmoid(4.0))
    places = {"down": 0.0, "halfway": start / 2, "still": start}
    square, cross_entropy = (nearest(_after(slope), places) for slope in (0, 1))
    outcomes = {
        ("down", "down"): "both",
        ("halfway", "down"): "halfway",
        ("still", "down"): "still",
        ("still", "still"): "neither",
    }
    return outcomes[square, cross_entropy]


def _race_values() -> dict[str, str]:
    square, cross_entropy = _slopes_in_z(float(sigmoid(4.0)), 0)
    return {
        "p_square": fixed(_after(0), 3),
        "p_cross_entropy": fixed(_after(1), 3),
        "slope_square": significant(square),
        "slope_cross_entropy": significant(cross_entropy),
    }


PREDICTIONS = {
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
    ),
    "mse": Choice(options=("sooner", "same", "never"), answer=_arrival, values=_arrival_values),
    "likelihood": Number(
        symbol="P",
        answer=_likelihood,
        absolute=0.005,
        mistakes={
            "not_turned": lambda: float(np.prod(P)),
            "mean": lambda: float(np.mean(GIVEN)),
            "mean_not_turned": lambda: float(np.mean(P)),
            "sum": lambda: float(np.sum(GIVEN)),
            "smallest": lambda: float(np.min(GIVEN)),
            "spam_only": lambda: float(np.prod(P[SPAM == 1])),
        },
        values=lambda: {"third": fixed(GIVEN[2], 1), "spam": fixed(float(np.prod(P[:2])), 2)},
    ),
    "slope": Choice(options=("square", "two", "ten", "fifty"), answer=_push, values=_push_values),
    "race": Choice(
        options=("both", "halfway", "still", "neither"), answer=_race, values=_race_values
    ),
}
