"""The questions on the look before the training."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from nnbook.patients import Training, admit
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib.activations import softmax
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential

CLASSES = 10


@cache
def _trained(name: str) -> Training:
    patient = admit(name)
    patient.run()
    return patient


def _answers() -> str:
    kinds = [len(np.unique(_trained(name).answers(_trained(name).X))) for name in "AH"]
    return "same" if kinds == [1, 1] else "random"


def _spoiled(name: str) -> set[str]:
    """Which parts of the data are not those of the healthy training."""
    patient, healthy = admit(name), admit("healthy")
    parts = ("X", "y", "X_val", "y_val")
    return {
        one for one in parts if not np.array_equal(getattr(patient, one), getattr(healthy, one))
    }


def _record(fitted: float, validated: float, simple: float) -> Choice:
    """Judge the accuracies on digits: on fitted and validation images, and of a simple baseline."""
    if validated < 0.2:
        right = "labels" if fitted > 0.4 else "nothing"
    elif min(validated, simple) > 0.99:
        right = "leak"
    else:
        right = "healthy"
    return choice(
        ("healthy", "labels", "leak", "nothing"),
        right,
        {"fitted": fitted, "validated": validated, "simple": simple},
    )


def _start(classes: int, loss: float) -> Choice:
    chance = math.log(classes)
    right = "sure" if loss > 2 * chance else "told" if loss < chance / 2 else "fine"
    return choice(
        ("fine", "sure", "told"), right, {"classes": classes, "loss": loss, "log": chance}
    )


def _scaled(factor: float, layers: int) -> Number:
    rng, no_bias = np.random.default_rng(0), np.zeros(2)
    weights = rng.uniform(0.5, 1, (layers, 2, 2))
    parts = [part for W in weights for part in (Linear.from_arrays(W, no_bias), ReLU())]
    net = Sequential(*parts[:-1])
    x = np.ones((1, 2))
    return number(
        "k",
        float((net.forward(factor * x) / net.forward(x))[0, 0]),
        {"factor": factor, "layers": layers},
        {"power": factor**layers, "same": 1, "times": factor * layers},
        relative=0.03,
    )


def _floor() -> float:
    return round(admit("B").loss(1000 * np.eye(CLASSES), np.arange(CLASSES))[0], 3)


def _twice(classes: int) -> Number:
    p = softmax(np.eye(classes)[0])
    return number(
        "p",
        p[0],
        {"classes": classes, "rest": classes - 1},
        {"one": 1, "share": 1 / classes, "ratio": math.e / (classes - 1)},
        relative=0.04,
    )


QUESTIONS = {
    "constant": Question(
        in_text={
            "constant": Choice(
                options=("random", "same", "mixed"),
                answer=_answers,
                values=lambda: {"guess": fixed(math.log(CLASSES))},
            )
        },
        level="diagnose",
    ),
    "record": Question(
        "sec-diagnosis-look",
        "record",
        _record,
        (
            (0.998, 1.0, 0.95, 0.12, 1.0, 0.85, 0.99, 0.1, 0.97),
            (0.94, 0.07, 0.1, 0.11, 1.0, 0.05, 0.93, 0.09, 0.995),
            (0.91, 0.06, 0.08, 0.9, 0.997, 0.07, 0.9, 0.92, 0.993),
        ),
        in_text={
            "labels": Choice(
                options=("rate", "neurons", "overfitting", "labels"),
                answer=lambda: "labels" if _spoiled("C") == {"y"} else "rate",
            ),
        },
        level="diagnose",
    ),
    "start": Question(
        "sec-diagnosis-start",
        "know-nothing",
        _start,
        ((10, 10, 10, 3, 3, 2, 100, 1000, 2), (2.31, 9.4, 0.4, 1.15, 5.2, 0.71, 4.7, 31, 0.1)),
        level="diagnose",
    ),
    "scaled": Question(
        "sec-diagnosis-start",
        "input-scale",
        _scaled,
        ((16, 255, 10, 2, 0.5, 100, 8, 4, 20), (2, 2, 3, 4, 3, 2, 3, 3, 4)),
        level="relate",
    ),
    "twice": Question(
        "sec-diagnosis-heart",
        "double-softmax",
        _twice,
        ((2, 3, 4, 5, 6, 8, 10, 12, 20),),
        in_text={
            "floor": Number(
                symbol="L",
                answer=_floor,
                absolute=0.06,
                decimals=2,
                mistakes={"nothing": lambda: 0.0, "guessing": lambda: math.log(CLASSES)},
            )
        },
        level="apply",
    ),
}
