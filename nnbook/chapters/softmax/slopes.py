"""The questions on the slopes of the softmax."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.chapters.softmax.shares import FLOWER, Triple
from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed, significant
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples
from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, softmax, softmax_jacobian
from nnlib.datasets import iris
from nnlib.networks import mlp
from nnlib.optim import SGD
from nnlib.preprocessing import standardize
from nnlib.train import fit


def _other(p: Triple) -> Number:
    slope = softmax_jacobian(np.log(p))[0, 1]
    return number(
        "s",
        slope,
        {"list": p, "first": p[0], "second": p[1]},
        {"sign": -slope, "own": p[0] * (1 - p[0]), "alone": -p[0]},
        absolute=0.002,
    )


def _grown() -> float:
    return float(softmax(FLOWER + 0.1 * np.eye(3)[0])[0] - softmax(FLOWER)[0])


def _step_in_text() -> str:
    sizes = {"tenth": np.log(0.1), "fiftieth": np.log(0.02), "tiny": np.log(0.002)}
    return nearest(np.log(_grown()), sizes)


def _step_values() -> dict[str, str]:
    return {
        "grown": fixed(_grown(), 4),
        "slope": fixed(softmax_jacobian(FLOWER)[0, 0], 3),
        "far": significant(softmax_jacobian(np.array([7.0, 0.0, 0.0]))[0, 0], 1),
    }


def _step(p: float, move: float) -> Number:
    slope = softmax_jacobian(np.log([p, 1 - p]))[0, 0]
    return number(
        r"\Delta p",
        slope * move,
        {"said": p, "move": move, "slope": slope},
        {"slope": slope, "move": move, "first": p * move},
        relative=0.04,
    )


@cache
def _spreads() -> FloatArray:
    """Return how far six networks disagree about setosa: a flower of the data, a strange one."""
    data = iris()
    X, scaler = standardize(data.X[:, [3, 1]])
    asked = scaler.transform([[1.8, 3.2], [1.0, 4.0]])
    answers = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        network = mlp([2, 8, 3], rng=rng)
        sgd = SGD(network.parameters(), lr=0.2)
        loss = "cross_entropy_with_logits"
        fit(network, X, data.y, loss=loss, optimizer=sgd, epochs=1000, rng=rng)
        answers.append(softmax(network.forward(asked)))
    return np.std(answers, axis=0, ddof=1).max(axis=1)


def _start() -> str:
    near, far = _spreads()
    if far > 3 * near:
        return "far"
    return "nowhere" if far < 0.01 else "everywhere"


def _balance(own: float, other: float) -> Number:
    return number(
        "s",
        -own - other,
        {"own": own, "other": other},
        {"sign": own + other, "equal": other, "difference": -own + other},
        absolute=0.002,
    )


def _several(rows: str) -> Choice:
    """Rows of targets: exactly one 1 in each, any number of ones, or other numbers."""
    table = [[float(one) for one in row.split()] for row in rows.split(",")]
    if any(one not in (0, 1) for row in table for one in row):
        right = "plain"
    else:
        right = "softmax" if all(sum(row) == 1 for row in table) else "sigmoids"
    code = "\n".join(" ".join(f"{one:>5}" for one in row.split()) for row in rows.split(","))
    return choice(("softmax", "sigmoids", "plain"), right, {}, code=code)


def _two(first: float, second: float) -> Number:
    return number(
        "p_1",
        softmax([first, second])[0],
        {"first": first, "second": second, "gap": first - second},
        {
            "alone": sigmoid([first]).item(),
            "turned": sigmoid([second - first]).item(),
            "linear": first / (first + second),
        },
        absolute=0.006,
    )


QUESTIONS = {
    "other": Question(
        "sec-softmax-derivatives",
        "jacobian",
        _other,
        (
            tuples(
                "0.5 0.3 0.2, 0.2 0.7 0.1, 0.6 0.1 0.3, 0.1 0.8 0.1, 0.4 0.4 0.2, "
                "0.3 0.2 0.5, 0.7 0.2 0.1, 0.25 0.5 0.25, 0.9 0.05 0.05"
            ),
        ),
        level="apply",
    ),
    "step": Question(
        "sec-softmax-derivatives",
        "small-change",
        _step,
        (
            (0.5, 0.8, 0.2, 0.9, 0.6, 0.7, 0.1, 0.4, 0.3),
            (0.1, 0.05, 0.05, 0.05, 0.05, 0.1, 0.05, 0.1, 0.05),
        ),
        in_text={
            "step": Choice(
                options=("tenth", "fiftieth", "tiny"),
                answer=_step_in_text,
                values=_step_values,
            )
        },
        level="apply",
    ),
    "start": Question(
        in_text={"start": Choice(options=("nowhere", "far", "everywhere"), answer=_start)},
        level="relate",
    ),
    "balance": Question(
        "sec-softmax-jacobian",
        "balance",
        _balance,
        (
            (0.21, 0.16, 0.25, 0.24, 0.09, 0.21, 0.16, 0.21, 0.24),
            (-0.15, -0.1, -0.2, -0.08, -0.06, -0.12, -0.14, -0.06, -0.18),
        ),
        level="apply",
    ),
    "several": Question(
        "sec-softmax-formula",
        "one-or-several",
        _several,
        (
            (
                "1 0 0,0 0 1,0 1 0,0 0 1",
                "1 1 0,0 0 1,0 0 0,1 1 1",
                "2.1 -3 0,0.4 1 7,-5 0 2,1 1 0",
                "0 1 0,0 1 0,1 0 0,0 0 1",
                "0 1 1,1 0 1,0 0 0,0 1 0",
                "1 0 -1,12 4 3,0 0.5 0,3 9 -2",
                "0 0 1,1 0 0,1 0 0,0 1 0",
                "0 0 0,1 0 0,0 1 0,1 0 1",
                "1 0 1,0 0 1,1 1 0,0 1 1",
                "0.2 40 1,1.5 0 -8,0 1 0,6 2 0.1",
            ),
        ),
        level="design",
    ),
    "two": Question(
        "sec-softmax-sigmoid",
        "sigmoid",
        _two,
        ((3, 2, 5, 4, 1, 2.5, 6, 0.5, 2), (2, 5, 2, 4.5, 1.5, 0.5, 8, 3, 1.5)),
        level="apply",
    ),
}
