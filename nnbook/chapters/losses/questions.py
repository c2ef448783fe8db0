"""The predictions of the chapter on loss functions."""

from __future__ import annotations

import numpy as np

from nnbook.predictions.formats import fixed, grouped, significant
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


# -- The likelihood of a thousand e-mails --------------------------------------------------------

EMAILS, EACH = 1000, 0.8


def _power_of_ten(emails: int) -> float:
    """Return the logarithm to base ten of the likelihood, if the network gives 0.8 each time."""
    p = np.full(emails, EACH)
    return -emails * binary_cross_entropy(p, np.ones(emails)) / float(np.log(10))


def _likelihood() -> str:
    powers = {"each": np.log10(EACH), "share": -3.0, "tenth": -10.0, "all": -97.0}
    return nearest(_power_of_ten(EMAILS), powers)


def _likelihood_values() -> dict[str, str]:
    return {"three": fixed(EACH**3), "ten": fixed(EACH**10), "hundred": significant(EACH**100)}


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


def _steps(slope: int, goal: float) -> int:
    """Count the steps until p is below the goal: slope 0 is that of the squared residual."""
    theta, steps = np.full(2, 2.0), 0  # w and b; with x = 1 both have the same slope
    while (p := float(sigmoid(theta.sum()))) >= goal:
        theta = theta - 0.15 * _slopes_in_z(p, 0)[slope]
        steps += 1
    return steps


def _race() -> str:
    ratios = {"two": 2, "seven": 7, "many": 25, "fifty": 50}
    logs = {name: float(np.log(ratio)) for name, ratio in ratios.items()}
    return nearest(float(np.log(_steps(0, 0.01) / _steps(1, 0.01))), logs)


def _race_values() -> dict[str, str]:
    return {
        "square": grouped(_steps(0, 0.01)),
        "cross_entropy": grouped(_steps(1, 0.01)),
        "square_half": grouped(_steps(0, 0.5)),
        "cross_entropy_half": grouped(_steps(1, 0.5)),
    }


PREDICTIONS = {
    "constant": Number(
        again="losses-constant",
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
    "mse": Choice(
        again="losses-factor",
        options=("sooner", "same", "later", "never"),
        answer=_arrival,
        values=_arrival_values,
    ),
    "likelihood": Choice(
        again="losses-likelihood",
        options=("each", "share", "tenth", "all"),
        answer=_likelihood,
        values=_likelihood_values,
    ),
    "slope": Choice(
        again="losses-push",
        options=("square", "two", "ten", "fifty"),
        answer=_push,
        values=_push_values,
    ),
    "race": Choice(
        estimate=True, options=("two", "seven", "many", "fifty"), answer=_race, values=_race_values
    ),
}
