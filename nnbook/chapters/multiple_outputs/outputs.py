"""The questions on several outputs and their surfaces."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed, significant
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples
from nnlib import ReLU, Sequential
from nnlib._typing import FloatArray
from nnlib.layers import Linear

W1 = np.array([[-2.0, 2.0], [0.3, -0.6]])


B1 = np.array([1.55, -0.85])


W2 = np.array([[0.57, -0.55, 0.09], [0.03, -0.63, 0.63]])


Pair = tuple[float, float]


Triple = tuple[float, float, float]


NARROW = np.array([0.1, 4.1])


def _sums() -> FloatArray:
    return NARROW @ W1 + B1


def _silent_in_text() -> str:
    return {
        (True, False): "second",
        (False, True): "first",
        (False, False): "both",
        (True, True): "neither",
    }[tuple(map(bool, _sums() > 0))]  # type: ignore[index]


def _silent_values() -> dict[str, str]:
    sums, petal = _sums(), NARROW[0] * W1[0]
    return {
        "first": fixed(sums[0]),
        "second": fixed(sums[1]),
        "first_petal": fixed(-petal[0], 1),
        "first_rest": fixed(sums[0] - petal[0]),
        "second_petal": fixed(petal[1], 1),
    }


def _silent(flower: Pair, first: Triple, second: Triple) -> Choice:
    (u, v, b), (p, q, c) = first, second
    on = Linear.from_arrays([[u, p], [v, q]], [b, c]).forward([flower])[0] > 0
    names = {
        (True, True): "neither",
        (False, False): "both",
        (True, False): "two",
        (False, True): "one",
    }
    return choice(
        ("one", "two", "both", "neither"),
        names[bool(on[0]), bool(on[1])],
        {"flower": flower, "u": u, "v": v, "b": b, "p": p, "q": q, "c": c},
    )


def _output(hidden: Pair, first: Triple, second: Triple, bias: Triple) -> Number:
    z = Linear.from_arrays([first, second], bias).forward([hidden])[0]
    row = float(np.dot(hidden, second[:2])) + bias[1]
    return number(
        "z_2",
        float(z[1]),
        {"hidden": hidden, "row_a": first, "row_b": second, "biases": bias, "own": bias[1]},
        {"first": float(z[0]), "unbiased": float(z[1]) - bias[1], "row": row},
    )


def _pieces(neurons: int) -> Number:
    return number(
        "N",
        1 + neurons + neurons * (neurons - 1) / 2,
        {"neurons": neurons, "crossings": neurons * (neurons - 1) / 2},
        {"line": neurons + 1, "powers": 2**neurons, "doubled": 2 * neurons},
    )


NETWORK = Sequential(Linear.from_arrays(W1, B1), ReLU(), Linear.from_arrays(W2, [-0.04, 1.02, 0.0]))


def _folds() -> str:
    """Walk across both folds, and see where the slope of each output changes."""
    t = np.linspace(0, 2.6, 2601)
    Z = NETWORK.forward(np.column_stack([t, np.full_like(t, 3.5)]))
    first, second, third = (
        set(np.flatnonzero(np.abs(np.diff(z, n=2)) > 1e-9).tolist()) for z in Z.T
    )
    if first == second == third:
        return "same"
    return "one_each" if second == first | third else "own"


def _borders() -> str:
    """Look at the difference of two outputs on the pieces of a network with eight neurons."""
    rng = np.random.default_rng(0)
    first, last = Linear(2, 8, rng=rng), Linear(8, 2, rng=rng)
    network = Sequential(first, ReLU(), last)
    X = rng.normal(0, 3, size=(400, 2))
    on = first.forward(X) > 0
    one, other = np.nonzero(np.triu((on[:, np.newaxis] == on).all(axis=-1), k=1))

    def gap(points: FloatArray) -> FloatArray:
        Z = network.forward(points)
        return Z[:, 0] - Z[:, 1]

    bend = gap((X[one] + X[other]) / 2) - (gap(X[one]) + gap(X[other])) / 2
    if np.abs(bend).max() > 1e-9:  # not flat inside a piece
        return "smooth"
    W, V = first.weight.value, last.weight.value
    slopes = np.array([W @ np.diag(m) @ (V[:, 0] - V[:, 1]) for m in np.unique(on, axis=0)])
    angles = np.arctan2(slopes[:, 1], slopes[:, 0])
    return "straight" if np.ptp(angles) < 1e-9 else "folds"


QUESTIONS = {
    "silent": Question(
        "sec-multi-forward",
        "relu",
        _silent,
        (
            tuples("1 2, 2 1, 3 1, 0.5 2, 1 1, 2 3, 4 1, 1 3"),
            tuples("-2 1 1, 1 -1 0.5, -1 1 1, 2 1 -1, 1 -2 0.5, -1 1 0.5, -1 2 1, 2 -1 0.5"),
            tuples("1 -1 0.5, -1 1 0.5, -2 3 1, 3 1 -1, -1 0.5 1, 1 1 -6, 1 1 -2, -1 2 -4"),
        ),
        in_text={
            "silent": Choice(
                options=("first", "second", "both", "neither"),
                answer=_silent_in_text,
                values=_silent_values,
            )
        },
        level="apply",
    ),
    "output": Question(
        "sec-multi-matrices",
        "weighted-sum",
        _output,
        (
            tuples("2 1, 1 3, 1 2, 4 0, 3 1, 2 2, 1 0.5, 0.5 2, 5 1"),
            tuples("1 -1 3, 2 1 -1, 0 2 1, 1 -0.5 2, 2 -1 0, 1 3 -2, 4 -2 1, 2 -4 1, 1 -1 0.5"),
            tuples("3 2 1, 4 2 0, 1 -1 2, 3 1 1, 1 4 -1, 5 -1 2, 2 6 1, -1 3 2, 2 3 -1"),
            tuples("1 2 0, 0 -1 2, 2 3 0, 2 5 1, 0 3 2, 1 -5 3, 1 4 2, 3 -1 1, 1 -2 0"),
        ),
        level="apply",
    ),
    "pieces": Question(
        "sec-multi-surfaces",
        "pieces",
        _pieces,
        ((3, 4, 5, 6, 7, 8, 9, 10),),
        level="apply",
    ),
    "folds": Question(
        in_text={
            "folds": Choice(
                options=("own", "one_each", "same"),
                answer=_folds,
                values=lambda: {"faint": significant(W1[0, 1] * W2[1, 0])},
            )
        },
        level="relate",
    ),
    "borders": Question(
        in_text={
            "borders": Choice(options=("smooth", "straight", "folds", "anywhere"), answer=_borders)
        },
        level="relate",
    ),
}
