"""The questions of the chapter on the playground."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question
from nnlib.losses import cross_entropy_with_logits
from nnlib.networks import parameter_count

SIZES = [2, 6, 4, 2]  # of the playground's network, as it comes


def _weights() -> int:
    return sum(before * after for before, after in pairwise(SIZES))


def _loss_of_nothing() -> float:
    return cross_entropy_with_logits(np.zeros((1, 2)), [0])


CORNERS = np.array([[-1, -1], [1, 1], [-1, 1], [1, -1]])


IS_FIRST = np.array([True, True, False, False])


def _right(lines: int = 1000) -> int:
    """Return how many corners the best of many random lines gets right."""
    w1, w2, b = np.random.default_rng(0).normal(size=(3, lines, 1))
    sides = w1 * CORNERS[:, 0] + w2 * CORNERS[:, 1] + b > 0
    return int(np.count_nonzero(sides == IS_FIRST, axis=1).max())


QUESTIONS = {
    "count": Question(
        in_text={
            "count": Number(
                symbol="N",
                answer=lambda: parameter_count(SIZES),
                absolute=0.1,
                mistakes={
                    "no_biases": _weights,
                    "hidden_biases": lambda: parameter_count(SIZES) - SIZES[-1],
                    "input_biases": lambda: parameter_count(SIZES) + SIZES[0],
                    "units": lambda: sum(SIZES),
                },
                values=lambda: {
                    "weights": fixed(_weights(), 0),
                    "biases": fixed(sum(SIZES[1:]), 0),
                },
            )
        },
        again="networks-count",
        level="apply",
    ),
    "nothing": Question(
        in_text={
            "nothing": Number(
                symbol="L",
                answer=_loss_of_nothing,
                absolute=0.01,
                mistakes={
                    "half": lambda: 1 / 2,
                    "bits": lambda: _loss_of_nothing() / math.log(2),
                    "both": lambda: 2 * _loss_of_nothing(),
                    "sign": lambda: -_loss_of_nothing(),
                },
                values=lambda: {"loss": fixed(_loss_of_nothing(), 3)},
            )
        },
        again="cross_entropy-nothing",
        level="relate",
    ),
    "corners": Question(
        in_text={
            "corners": Number(
                symbol="m",
                answer=_right,
                absolute=0.1,
                mistakes={"half": lambda: 2, "all": lambda: len(CORNERS)},
            )
        },
        level="relate",
    ),
}
