"""The questions on probabilities and training."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.multiple_outputs.outputs import Triple
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples
from nnlib.losses import mse, ssr_derivative
from nnlib.metrics import accuracy, confusion_matrix
from nnlib.preprocessing import one_hot

# -- probabilities --------------------------------------------------------------------------------


def _probabilities(*z: float) -> Choice:
    right = "negative" if min(z) < 0 else "yes" if np.isclose(sum(z), 1) else "sum"
    return choice(("yes", "sum", "negative"), right, {"list": z, "sum": sum(z)})


# -- pull -----------------------------------------------------------------------------------------


def _pull(target: int, z: float) -> Choice:
    slope = ssr_derivative([z], [float(target)]).item()
    right = "stays" if slope == 0 else "rises" if slope < 0 else "falls"
    return choice(
        ("rises", "falls", "stays"), right, {"target": target, "output": z, "residual": target - z}
    )


# -- mean -----------------------------------------------------------------------------------------


def _mean(flowers: int, outputs: int, total: float) -> Number:
    share = total / (flowers * outputs)
    targets = np.zeros((flowers, outputs))
    return number(
        "L",
        mse(targets + np.sqrt(share), targets),
        {"flowers": flowers, "outputs": outputs, "total": total, "squares": flowers * outputs},
        {"flowers": total / flowers, "outputs": total / outputs, "sum": total},
        relative=0.02,
    )


# -- order ----------------------------------------------------------------------------------------


def _order(true: int, near: int, far: int) -> Number:
    ratio = (far - true) ** 2 / (near - true) ** 2
    return number(
        "k",
        ratio,
        {"true": true, "near": near, "far": far},
        {"alike": 1, "linear": abs(far - true) / abs(near - true), "root": ratio**2},
    )


# -- accuracy -------------------------------------------------------------------------------------


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
    "probabilities": Question(
        "sec-multi-not-probabilities",
        "probabilities",
        _probabilities,
        (
            (0.2, 1.2, 0.6, 0.1, 0.5, 0.9, -0.1, 0.3, 0.7),
            (0.5, -0.3, 0.5, 0.1, 0.25, 0.4, 0.6, 0.3, 0.2),
            (0.3, 0.1, 0.3, 0.8, 0.25, -0.3, 0.5, 0.3, 0.3),
        ),
    ),
    "pull": Question(
        "sec-multi-masking",
        "too-right",
        _pull,
        ((1, 1, 0, 0, 1, 0, 1, 1), (1.43, 0.7, -0.4, 0.3, 1, 0, -0.2, 2.1)),
    ),
    "mean": Question(
        "sec-multi-training",
        "sum-or-mean",
        _mean,
        (
            (10, 50, 20, 25, 40, 5, 100, 8, 30),
            (3, 3, 3, 4, 2, 4, 10, 5, 3),
            (15, 30, 90, 20, 20, 60, 50, 20, 36),
        ),
    ),
    "order": Question(
        "sec-multi-data",
        "one-hot",
        _order,
        ((0, 0, 1, 3, 0, 2, 9, 0, 5), (1, 1, 2, 2, 2, 3, 8, 1, 4), (2, 3, 5, 1, 3, 7, 3, 9, 0)),
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
    ),
}
