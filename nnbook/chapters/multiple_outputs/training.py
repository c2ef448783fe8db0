"""The questions on units, training and reading a result."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.multiple_outputs.flowers import trained
from nnbook.chapters.multiple_outputs.outputs import B1, NETWORK, W1, Pair, Triple
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples
from nnlib._typing import FloatArray
from nnlib.losses import ssr_derivative
from nnlib.metrics import accuracy, confusion_matrix
from nnlib.preprocessing import one_hot


def _hardly_named() -> str:
    """Which species networks with one dead neuron most often name for two flowers at most."""
    runs = trained(2, seeds=100, offset=1000)
    hardly = (runs.named[runs.dead == 1] <= 2).sum(axis=0)
    return ("first", "second", "third")[int(hardly.argmax())]


FLOWER = np.array([2.5, 3.3])


def _largest(flower: FloatArray) -> float:
    return float(NETWORK.forward(flower[np.newaxis]).max())


CLASSES = ("zero", "one", "two")


def _move(hidden: Pair, before: Triple, after: Triple) -> Choice:
    fold = (hidden[0] > 0) != (hidden[1] > 0)
    border = np.argmax(before) != np.argmax(after)
    names = {(True, True): "both", (True, False): "fold", (False, True): "border"}
    return choice(
        ("fold", "border", "both", "neither"),
        names.get((fold, bool(border)), "neither"),
        {"from_sum": hidden[0], "to_sum": hidden[1], "before": before, "after": after},
    )


def _probabilities(*z: float) -> Choice:
    right = "negative" if min(z) < 0 else "yes" if np.isclose(sum(z), 1) else "sum"
    return choice(("yes", "sum", "negative"), right, {"list": z, "sum": sum(z)})


def _pull(target: int, z: float) -> Choice:
    slope = ssr_derivative([z], [float(target)]).item()
    right = "stays" if slope == 0 else "rises" if slope < 0 else "falls"
    return choice(
        ("rises", "falls", "stays"), right, {"target": target, "output": z, "residual": target - z}
    )


def _order(true: int, near: int, far: int) -> Number:
    ratio = (far - true) ** 2 / (near - true) ** 2
    return number(
        "k",
        ratio,
        {"true": true, "near": near, "far": far},
        {"alike": 1, "linear": abs(far - true) / abs(near - true), "root": ratio**2},
    )


def _accuracy(*rows: Triple) -> Number:
    counts = np.array(rows, int)
    true, said = (
        np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(2, -1)
    )
    assert np.array_equal(confusion_matrix(true, said, 3), counts)
    right = accuracy(one_hot(said, 3), true)
    return number(
        "s",
        right,
        {
            "row_a": rows[0],
            "row_b": rows[1],
            "row_c": rows[2],
            "diagonal": np.trace(counts),
            "all": counts.sum(),
        },
        {"errors": 1 - right, "first": counts[0, 0] / counts[0].sum(), "count": np.trace(counts)},
    )


QUESTIONS = {
    "millimeters": Question(
        in_text={
            "millimeters": Number(
                symbol="z",
                answer=lambda: _largest(10 * FLOWER),
                relative=0.1,
                mistakes={
                    "unchanged": lambda: _largest(FLOWER),
                    "ten_times": lambda: 10 * _largest(FLOWER),
                    "capped": lambda: 1.0,
                    "hidden": lambda: float((10 * FLOWER @ W1 + B1).max()),
                    "farthest": lambda: float(NETWORK.forward(10 * FLOWER[np.newaxis]).min()),
                },
                values=lambda: {
                    "small": fixed((FLOWER @ W1)[1]),
                    "large": fixed((10 * FLOWER @ W1)[1], 1),
                    "sum": fixed((10 * FLOWER @ W1 + B1)[1]),
                    "other": fixed(NETWORK.forward(10 * FLOWER[np.newaxis]).min()),
                },
            )
        },
        level="apply",
    ),
    "starts": Question(
        in_text={"starts": Choice(options=("first", "second", "third"), answer=_hardly_named)},
        level="diagnose",
    ),
    "move": Question(
        "sec-multi-reading",
        "fold-or-border",
        _move,
        (
            tuples("0.3 -0.2, 0.5 0.9, -0.1 0.4, 0.2 0.6, -0.8 -0.3, 0.1 -0.5, 1.2 0.7, -0.4 0.1"),
            tuples(
                "1.2 0.3 0.1, 0.9 0.7 0, 0.4 1.1 0.2, 0.2 0.8 0.3, 0.1 0.6 0.5, "
                "0.7 0.5 0.2, 0.9 0.2 0.1, 0.1 0.3 1"
            ),
            tuples(
                "0.9 0.5 0.1, 0.6 0.8 0.1, 0.9 0.6 0.1, 0.1 0.9 0.3, 0.1 0.4 0.7, "
                "0.3 0.6 0.2, 1.1 0.1 0, 0 0.4 0.8"
            ),
        ),
        level="apply",
    ),
    "probabilities": Question(
        "sec-multi-not-probabilities",
        "probabilities",
        _probabilities,
        (
            (0.2, 1.2, 0.65, 0.1, 0.985, 0.9, -0.1, 0.3, 0.72),
            (0.5, -0.3, 0.25, 0.1, 0.01, 0.4, 0.6, 0.33, 0.13),
            (0.3, 0.1, 0.15, 0.8, 0.005, -0.3, 0.5, 0.33, 0.2),
        ),
        level="apply",
    ),
    "pull": Question(
        "sec-multi-training",
        "too-right",
        _pull,
        ((1, 1, 0, 0, 1, 0, 1, 1), (1.43, 0.7, -0.4, 0.3, 1, 0, 1.06, 2.1)),
        level="apply",
    ),
    "order": Question(
        "sec-multi-data",
        "one-hot",
        _order,
        ((0, 0, 1, 3, 0, 2, 9, 0, 5), (1, 1, 2, 2, 2, 3, 8, 1, 4), (2, 3, 5, 1, 3, 7, 3, 9, 0)),
        level="apply",
    ),
    "accuracy": Question(
        "sec-multi-reading",
        "confusion",
        _accuracy,
        (
            tuples("10 0 0, 9 0 1, 5 0 0, 9 1 0, 6 2 2, 10 0 0, 4 0 1, 7 3 0"),
            tuples("0 7 3, 0 9 1, 1 4 0, 2 8 0, 1 9 0, 1 5 4, 0 5 0, 2 4 4"),
            tuples("0 2 8, 1 1 8, 0 0 5, 0 3 7, 0 3 7, 0 2 8, 2 1 2, 1 2 7"),
        ),
        level="apply",
    ),
}
