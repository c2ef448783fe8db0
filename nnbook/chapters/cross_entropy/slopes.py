"""The questions on the slopes of the loss, and on the loss from raw outputs."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.chapters.cross_entropy.loss import (
    FLOWER,
    Triple,
    probabilities,
    raw_outputs,
)
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, factor, number, tuples
from nnlib._typing import FloatArray
from nnlib.losses import cross_entropy_derivative
from nnlib.losses import cross_entropy_with_logits_derivative as slope


def _slopes() -> FloatArray:
    return slope(raw_outputs()[[FLOWER]], [0])[0]


def _slope(p: Triple, true: int, asked: int) -> Number:
    slope = nnlib.cross_entropy_with_logits_derivative(np.log([p]), [true - 1])[0, asked - 1]
    own = p[asked - 1]
    return number(
        "s",
        slope,
        {"list": p, "true": true, "asked": asked},
        {
            "turned": -slope,
            "other": own if asked == true else own - 1,
            "softmax": own * (1 - own),
        },
        absolute=0.008,
    )


CLASSES = ("one", "two", "three")


def _rival(p: Triple, true: int) -> Choice:
    forces = -nnlib.cross_entropy_with_logits_derivative(np.log([p]), [true - 1])[0]
    return choice(
        CLASSES,
        CLASSES[int(np.argmin(forces))],
        {"list": p, "true": true, "f_a": forces[0], "f_b": forces[1], "f_c": forces[2]},
    )


def _sure(z: Triple, true: int) -> Number:
    return number(
        "L",
        nnlib.cross_entropy_with_logits([z], [true - 1]),
        {
            "list": z,
            "true": true,
            "leader": max(z),
            "own": z[true - 1],
            "less": factor(z[true - 1]),
        },
        {"leader": max(z), "slope": 1, "turned": z[true - 1] - max(z)},
        relative=0.03,
    )


def _weight(a: float, p: Triple, true: int, asked: int) -> Number:
    own = p[asked - 1]
    error = own - 1 if asked == true else own
    return number(
        "s",
        a * error,
        {"a": a, "list": p, "true": true, "asked": asked, "error": error},
        {
            "bias": error,
            "turned": -a * error,
            "other": a * (own if asked == true else own - 1),
            "probability_only": -a if asked == true else a,
        },
        absolute=0.008,
    )


QUESTIONS = {
    "balance": Question(
        in_text={
            "balance": Number(
                symbol="S",
                answer=lambda: round(float(_slopes().sum()), 12),
                absolute=0.01,
                mistakes={
                    "truth_alone": lambda: float(_slopes()[0]),
                    "rivals_alone": lambda: float(_slopes()[1:].sum()),
                    "sizes": lambda: float(np.abs(_slopes()).sum()),
                    "probabilities": lambda: float(probabilities().sum()),
                    "targets": lambda: -1.0,
                    "slope_in_p": lambda: float(
                        cross_entropy_derivative([probabilities()], [0]).sum()
                    ),
                },
                decimals=0,
                values=lambda: {f"slope_{k + 1}": fixed(_slopes()[k], 3) for k in range(3)},
            )
        },
        level="relate",
    ),
    "slope": Question(
        "sec-ce-gradient",
        "p-minus-y",
        _slope,
        (
            tuples(
                "0.7 0.2 0.1, 0.7 0.2 0.1, 0.1 0.6 0.3, 0.3 0.3 0.4, 0.1 0.7 0.2, "
                "0.2 0.2 0.6, 0.5 0.3 0.2, 0.15 0.25 0.6"
            ),
            (1, 2, 3, 1, 2, 1, 3, 2),
            (1, 1, 3, 1, 2, 2, 3, 1),
        ),
        level="apply",
    ),
    "rival": Question(
        "sec-ce-forces",
        "forces",
        _rival,
        (
            tuples(
                "0.5 0.3 0.2, 0.6 0.3 0.1, 0.2 0.7 0.1, 0.1 0.2 0.7, 0.3 0.1 0.6, "
                "0.8 0.05 0.15, 0.2 0.45 0.35, 0.15 0.6 0.25"
            ),
            (1, 3, 2, 3, 1, 1, 3, 2),
        ),
        level="apply",
    ),
    "sure": Question(
        "sec-ce-logits",
        "log-sum-exp",
        _sure,
        (
            tuples(
                "100 800 0, 3 20 1, -5 10 -8, 50 0 12, 2 -40 30, 100 60 40, 7 7 90, "
                "-3 -30 -20, 15 1 -10"
            ),
            (1, 1, 1, 3, 1, 2, 2, 3, 3),
        ),
        in_text={
            "lag": Number(
                symbol="L",
                answer=lambda: nnlib.cross_entropy_with_logits([[0.0, 800.0, 0.0]], [0]),
                absolute=0.5,
                mistakes={
                    "leader_is_right": lambda: 0.0,
                    "turned": lambda: -800.0,
                    "know_nothing": lambda: float(np.log(3)),
                },
                decimals=0,
            )
        },
        level="apply",
    ),
    "weight": Question(
        "sec-ce-carry",
        "weight-slope",
        _weight,
        (
            (2, 0.5, 3, 10, 4, 0.5, 2, 5, 1.5),
            tuples(
                "0.7 0.2 0.1, 0.2 0.6 0.2, 0.1 0.6 0.3, 0.3 0.3 0.4, 0.25 0.7 0.05, "
                "0.2 0.2 0.6, 0.3 0.5 0.2, 0.15 0.25 0.6, 0.4 0.2 0.4"
            ),
            (1, 2, 3, 1, 2, 1, 3, 2, 1),
            (1, 1, 3, 2, 2, 1, 1, 2, 3),
        ),
        level="apply",
    ),
}
