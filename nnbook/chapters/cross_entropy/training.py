"""The questions on training a classifier."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples


def _nothing(classes: int) -> Number:
    return number(
        "L",
        nnlib.cross_entropy(np.full((1, classes), 1 / classes), [0]),
        {"classes": classes},
        {"share": 1 / classes, "sign": -float(np.log(classes)), "all": classes},
        relative=0.03,
    )


STARTS = 200


def _start() -> str:
    data, losses = nnlib.datasets.iris(), []
    A, _ = nnlib.standardize(data.X[:, [3, 1]])
    for seed in range(STARTS):
        net = nnlib.mlp((2, 8, 3), rng=seed)
        losses.append(nnlib.cross_entropy_with_logits(net.forward(A), data.y))
    mean, error = np.mean(losses), np.std(losses) / np.sqrt(STARTS)
    return (
        "equal" if abs(mean - np.log(3)) < 2 * error else "above" if mean > np.log(3) else "below"
    )


def _typical(p: float) -> Number:
    value = -float(np.log(p))
    return number(
        "q",
        float(np.exp(-value)),
        {"loss": fixed(value, 2)},
        {"loss": value, "rest": 1 - float(np.exp(-value)), "inverse": 1 / p},
        relative=0.05,
    )


SPECIES = ("setosa", "versicolor", "virginica", "none")
COUNTS = (42, 36, 34)
RIGHT = 78


def _unanswered() -> str:
    """Which species is missing, if all flowers of the two others are answered rightly."""
    lost = [sum(COUNTS) - count for count in COUNTS]
    return SPECIES[lost.index(RIGHT)] if RIGHT in lost else "none"


def _missing(counts: tuple[float, float, float], right: int) -> Choice:
    """Which class is missing, if all samples of the two others are answered rightly."""
    rest = [sum(counts) - count for count in counts]
    answer = CLASSES[rest.index(right)] if right in rest else "none"
    return choice((*CLASSES, "none"), answer, {"list": counts, "right": right})


CLASSES = ("one", "two", "three")


QUESTIONS = {
    "nothing": Question(
        "sec-ce-train",
        "know-nothing",
        _nothing,
        ((2, 3, 4, 5, 8, 10, 16, 20, 100, 1000),),
        in_text={"start": Choice(options=("below", "equal", "above"), answer=_start)},
        level="apply",
    ),
    "typical": Question(
        "sec-ce-train",
        "typical-probability",
        _typical,
        ((0.3, 0.25, 0.2, 0.1, 0.8, 0.05, 0.4, 0.01),),
        level="apply",
    ),
    "missing": Question(
        "sec-ce-plateau",
        "missing-class",
        _missing,
        (
            tuples(
                "40 35 25, 50 30 20, 60 25 15, 20 45 35, 30 20 50, 45 15 40, 36 40 24, 28 32 40"
            ),
            (75, 70, 40, 80, 70, 85, 60, 100),
        ),
        in_text={"missing": Choice(options=SPECIES, answer=_unanswered)},
        level="diagnose",
    ),
}
