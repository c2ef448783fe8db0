"""The questions on what a network can draw, and what it needs for that."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.networks.neurons import _dosage_network, _predicted
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, factor, number, tuples
from nnlib._typing import FloatArray
from nnlib.datasets import dosage
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential, parameter_count


def _is_straight(model: Sequential) -> bool:
    curve = _predicted(model, -2, 3)
    return bool(np.abs(np.diff(curve, n=2)).max() < 1e-9)


def _collapse_in_text() -> str:
    rng = np.random.default_rng(0)
    more = [Linear(2, 2, rng=rng) for _ in range(3)]
    if not _is_straight(_dosage_network(bent=False)):
        return "corners"
    return "always" if _is_straight(_dosage_network(*more, bent=False)) else "until_deeper"


def _collapse(first: tuple[float, float], second: tuple[float, float]) -> Number:
    (w1, w2), (w3, w4) = first, second
    flat = Sequential(
        Linear.from_arrays([[w1, w2]], [1.0, -1.0]), Linear.from_arrays([[w3], [w4]], [2.0])
    )
    ends = flat.forward([[0.0], [1.0]])
    return number(
        "s",
        float(ends[1, 0] - ends[0, 0]),
        {"w_a": w1, "w_b": w2, "w_c": w3, "w_d": w4},
        {"path": w1 * w3, "sums": (w1 + w2) * (w3 + w4), "product": w1 * w2 * w3 * w4},
    )


def _slopes() -> FloatArray:
    data = dosage()
    return np.diff(data.y[:, 0]) / np.diff(data.X[:, 0])


def _hinges_in_text() -> int:
    """Count where the slope changes; one hinge would be too few, as it only rises or only falls."""
    return int(np.count_nonzero(np.diff(_slopes(), prepend=0)))


def _hinges(up: float, change: float, corner: float, x: float) -> Number:
    net = Sequential(
        Linear.from_arrays([[1.0, 1.0]], [0.0, -corner]),
        ReLU(),
        Linear.from_arrays([[up], [change]], [0.0]),
    )
    return number(
        r"\hat{y}",
        net.forward([[x]]).item(),
        {"up": up, "change": factor(change), "corner": corner, "at": x},
        {"first": up * x, "unshifted": (up + change) * x, "second": change * (x - corner)},
    )


def _count(inputs: int, hidden: int, outputs: int) -> Number:
    widths = inputs, hidden, outputs
    return number(
        "N",
        parameter_count(widths),
        {
            "inputs": inputs,
            "hidden": hidden,
            "outputs": outputs,
            "first": parameter_count(widths[:2]),
            "second": parameter_count(widths[1:]),
        },
        {
            "weights": inputs * hidden + hidden * outputs,
            "input_biases": parameter_count(widths) + inputs,
            "first": parameter_count(widths[:2]),
            "neurons": sum(widths),
        },
    )


QUESTIONS = {
    "collapse": Question(
        "sec-network-collapse",
        "collapse",
        _collapse,
        (
            tuples("2 1, 1 -2, 3 2, -1 4, 2 5, 1 3, 2 -3, 4 1, 5 -1"),
            tuples("3 5, 4 1, -1 2, 2 3, 1 -2, -2 2, 4 1, 0.5 4, 2 3"),
        ),
        in_text={
            "collapse": Choice(
                options=("same", "corners", "until_deeper", "always"),
                answer=_collapse_in_text,
            )
        },
        level="apply",
    ),
    "hinge_count": Question(
        in_text={
            "hinges": Number(
                symbol="m",
                answer=_hinges_in_text,
                absolute=0.1,
                mistakes={
                    "one_corner": lambda: int(np.count_nonzero(np.diff(np.sign(_slopes())))),
                    "one_a_point": lambda: len(dosage().X),
                },
                values=lambda: {"up": fixed(_slopes()[0], 0), "down": fixed(_slopes()[1], 0)},
            )
        },
        level="apply",
    ),
    "hinges": Question(
        "sec-network-hinges",
        "hinges",
        _hinges,
        (
            (2, 2, 3, -3, 2, 4, 3, 3, -2),
            (-4, -3, -5, 5, 3, -5, -2, 2, 4),
            (1, 2, 1, 1, 3, 2, 4, 1, 2),
            (3, 5, 2, 4, 5, 3, 6, 2, 5),
        ),
        level="apply",
    ),
    "count": Question(
        "sec-network-matrices",
        "count",
        _count,
        ((2, 3, 4, 7, 5, 4, 2, 6, 10), (3, 2, 5, 8, 4, 3, 6, 5, 4), (2, 4, 3, 2, 2, 2, 3, 2, 3)),
        level="apply",
    ),
}
