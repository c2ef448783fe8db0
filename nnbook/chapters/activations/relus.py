"""The questions on ReLU and its relatives."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib.activations import leaky_relu, relu_derivative
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential


def _leaky(alpha: float, z: float) -> Number:
    return number(
        "a",
        leaky_relu([z], alpha).item(),
        {"alpha": alpha, "sum": z},
        {"relu": 0, "line": z, "size": -alpha * z},
        absolute=0.002,
    )


def _pieces_in_text() -> int:
    """Count the pieces of random networks with two hidden neurons: the most that occur."""
    rng, x = np.random.default_rng(0), np.linspace(-20, 20, 4001)[:, np.newaxis]

    def count() -> int:
        hidden = Linear.from_arrays(rng.normal(size=(1, 2)), rng.normal(size=2))
        network = Sequential(hidden, ReLU(), Linear.from_arrays(rng.normal(size=(2, 1)), [0]))
        network.forward(x)
        slopes = np.ravel(np.asarray(network.backward(np.ones_like(x), input_gradient=True)))
        return 1 + int(np.count_nonzero(~np.isclose(np.diff(slopes), 0)))

    return max(count() for _ in range(20))


def _pieces(neurons: int) -> Number:
    corners = np.arange(neurons, dtype=float)
    x = np.arange(-0.5, neurons)[:, np.newaxis]  # one place on each side of every corner
    net = Sequential(
        Linear.from_arrays([np.ones(neurons)], -corners),
        ReLU(),
        Linear.from_arrays(np.ones((neurons, 1)), [0.0]),
    )
    net.forward(x)
    slopes = net.backward(np.ones_like(x), input_gradient=True)
    return number(
        "N",
        len(np.unique(np.asarray(slopes))),
        {"neurons": neurons},
        {"corners": neurons, "doubled": 2 * neurons, "powers": 2**neurons},
    )


def _dead(w: float, b: float) -> Choice:
    x = np.array([[0.0], [1.0], [2.0]])
    z = Linear.from_arrays([[w]], [b]).forward(x)
    active = int(relu_derivative(z).sum())
    return choice(
        ("dead", "corner", "line"),
        {0: "dead", 3: "line"}.get(active, "corner"),
        {"weight": w, "bias": b, "sums": tuple(z.ravel().tolist())},
    )


QUESTIONS = {
    "leaky": Question(
        "sec-leaky-relu",
        "relu",
        _leaky,
        (
            (0.1, 0.01, 0.2, 0.1, 0.05, 0.3, 0.01, 0.2, 0.1),
            (-3, -5, -4, -0.5, -2, -1, -20, -2.5, -7),
        ),
        level="apply",
    ),
    "pieces": Question(
        "sec-relu",
        "corner",
        _pieces,
        ((3, 4, 5, 6, 7, 8, 10, 12, 9),),
        in_text={
            "pieces": Number(
                symbol="N",
                answer=_pieces_in_text,
                absolute=0.25,
                decimals=0,
                mistakes={"one": lambda: 1, "neurons": lambda: 2, "combinations": lambda: 2**2},
            )
        },
        level="apply",
    ),
    "dead": Question(
        "sec-dead",
        "dead",
        _dead,
        ((1, -2, 2, -2, 0.5, -1, 3, -0.5, 1), (-3, 3, 1, -1, -2, 3, -4, 2, -1.5)),
        level="apply",
    ),
}
