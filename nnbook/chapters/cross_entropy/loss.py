"""The questions on the loss of one flower."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, number, tuples
from nnlib._typing import FloatArray
from nnlib.activations import softmax
from nnlib.datasets import iris
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential

NETWORK = Sequential(
    Linear.from_arrays([[-2.0, 2.0], [0.3, -0.6]], [1.55, -0.85]),
    ReLU(),
    Linear.from_arrays([[0.57, -0.55, 0.09], [0.03, -0.63, 0.63]], [-0.04, 1.02, 0.0]),
)
TWO_FEATURES = [3, 1]
FLOWER = 32


def raw_outputs() -> FloatArray:
    """Return what the network answers to the 150 flowers."""
    return NETWORK.forward(iris().X[:, TWO_FEATURES])


def probabilities() -> FloatArray:
    """Return what it gives the three species for the flower in the text."""
    return softmax(raw_outputs()[FLOWER])


Triple = tuple[float, float, float]


def _loss(p: Triple, true: int) -> Number:
    return number(
        "L",
        nnlib.cross_entropy([p], [true - 1]),
        {"list": p, "true": true, "right": p[true - 1]},
        {
            "missing": 1 - p[true - 1],
            "all": -float(np.log(p).sum()),
            "sign": float(np.log(p[true - 1])),
        },
        relative=0.03,
    )


def _loss_in_text(share: float) -> float:
    """The loss if the truth had this share of the probability that it was given."""
    return -float(np.log(share * probabilities()[0]))


def _rise(before: float, after: float) -> Number:
    first, last = (nnlib.cross_entropy([[p, 1 - p]], [0]) for p in (before, after))
    ratio = before / after
    return number(
        r"\Delta L",
        last - first,
        {"before": before, "after": after, "ratio": ratio},
        {"difference": before - after, "whole": last, "ratio": ratio, "falls": first - last},
        relative=0.03,
    )


QUESTIONS = {
    "loss": Question(
        "sec-ce-one",
        "log-loss",
        _loss,
        (
            tuples(
                "0.5 0.25 0.25, 0.1 0.2 0.7, 0.2 0.7 0.1, 0.05 0.9 0.05, 0.25 0.25 0.5, "
                "0.2 0.3 0.5, 0.01 0.4 0.59, 0.02 0.08 0.9"
            ),
            (1, 1, 1, 3, 2, 1, 1, 1),
        ),
        level="apply",
    ),
    "rise": Question(
        "sec-ce-one",
        "log-ratio",
        _rise,
        (
            (0.8, 0.5, 0.5, 0.6, 0.8, 0.5, 0.4, 0.4, 0.7, 0.5),
            (0.4, 0.05, 0.1, 0.3, 0.2, 0.005, 0.02, 0.05, 0.07, 0.0005),
        ),
        in_text={
            "halves": Number(
                symbol=r"\Delta",
                answer=lambda: _loss_in_text(1 / 4) - _loss_in_text(1 / 2),
                absolute=0.015,
                mistakes={
                    "loss_itself": lambda: _loss_in_text(1 / 4),
                    "both_halvings": lambda: _loss_in_text(1 / 4) - _loss_in_text(1),
                    "loss_doubles": lambda: _loss_in_text(1 / 2),
                    "loss_in_proportion": lambda: _loss_in_text(1),
                    "probability": lambda: float(probabilities()[0] / 4),
                    "base_ten": lambda: float(np.log10(2)),
                    "base_two": lambda: 1.0,
                },
                values=lambda: {
                    "loss": fixed(_loss_in_text(1 / 4), 3),
                    "before": fixed(_loss_in_text(1 / 2), 3),
                },
            )
        },
        level="apply",
    ),
}
