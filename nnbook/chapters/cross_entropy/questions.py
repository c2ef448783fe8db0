"""The predictions of the chapter on the cross-entropy and on training a classifier."""

from __future__ import annotations

import numpy as np

from nnbook.predictions.formats import fixed
from nnbook.predictions.prediction import Choice, Number
from nnlib._typing import FloatArray
from nnlib.activations import softmax
from nnlib.datasets import iris
from nnlib.layers import Linear, ReLU
from nnlib.losses import cross_entropy_derivative
from nnlib.losses import cross_entropy_with_logits as loss
from nnlib.losses import cross_entropy_with_logits_derivative as slope
from nnlib.metrics import accuracy
from nnlib.networks import Sequential

NETWORK = Sequential(
    Linear.from_arrays([[-2.0, 2.0], [0.3, -0.6]], [1.55, -0.85]),
    ReLU(),
    Linear.from_arrays([[0.57, -0.55, 0.09], [0.03, -0.63, 0.63]], [-0.04, 1.02, 0.0]),
)
TWO_FEATURES = [3, 1]
FLOWER = 32


def _raw_outputs() -> FloatArray:
    return NETWORK.forward(iris().X[:, TWO_FEATURES])


def _p() -> FloatArray:
    return softmax(_raw_outputs()[FLOWER])


# -- Halve p, and halve it again -------------------------------------------------------------------


def _loss(share: float) -> float:
    """The loss if the truth had this share of the probability that it was given."""
    return -float(np.log(share * _p()[0]))


# -- The sum of the slopes -------------------------------------------------------------------------


def _slopes() -> FloatArray:
    return slope(_raw_outputs()[[FLOWER]], [0])[0]


# -- Six times the raw outputs ---------------------------------------------------------------------


def _factor() -> str:
    Z, labels = _raw_outputs(), iris().y
    if accuracy(6 * Z, labels) != accuracy(Z, labels):
        return "other"
    once, six = loss(Z, labels), loss(6 * Z, labels)
    return "lower" if six < once else "higher" if six > once else "equal"


def _factor_values() -> dict[str, str]:
    Z, labels = _raw_outputs(), iris().y
    return {
        "once": fixed(loss(Z, labels), 3),
        "six": fixed(loss(6 * Z, labels), 3),
        "twenty": fixed(loss(20 * Z, labels), 3),
        "right": fixed(len(Z) * accuracy(Z, labels), 0),
    }


PREDICTIONS = {
    "halves": Number(
        again="cross_entropy-rise",
        symbol=r"\Delta",
        answer=lambda: _loss(1 / 4) - _loss(1 / 2),
        absolute=0.015,
        mistakes={
            "loss_itself": lambda: _loss(1 / 4),
            "both_halvings": lambda: _loss(1 / 4) - _loss(1),
            "loss_doubles": lambda: _loss(1 / 2),
            "loss_in_proportion": lambda: _loss(1),
            "probability": lambda: float(_p()[0] / 4),
            "base_ten": lambda: float(np.log10(2)),
            "base_two": lambda: 1.0,
        },
        values=lambda: {"loss": fixed(_loss(1 / 4), 3), "before": fixed(_loss(1 / 2), 3)},
    ),
    "balance": Number(
        symbol="S",
        answer=lambda: round(float(_slopes().sum()), 12),
        absolute=0.01,
        mistakes={
            "truth_alone": lambda: float(_slopes()[0]),
            "rivals_alone": lambda: float(_slopes()[1:].sum()),
            "sizes": lambda: float(np.abs(_slopes()).sum()),
            "probabilities": lambda: float(_p().sum()),
            "targets": lambda: -1.0,
            "slope_in_p": lambda: float(cross_entropy_derivative([_p()], [0]).sum()),
        },
        decimals=0,
        values=lambda: {f"slope_{k + 1}": fixed(_slopes()[k], 3) for k in range(3)},
    ),
    "factor": Choice(
        options=("lower", "equal", "higher", "other"), answer=_factor, values=_factor_values
    ),
}
