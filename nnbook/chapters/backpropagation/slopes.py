"""The questions on slopes, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from nnbook.chapters.backpropagation.yes import slopes_of_yes
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, slopes
from nnlib._typing import FloatArray
from nnlib.layers import Linear, Softplus
from nnlib.losses import ssr_derivative
from nnlib.networks import Sequential


def _network(theta: Sequence[float]) -> Sequential:
    w1, b1, w2, b2, w3, w4, b3 = theta
    hidden = Linear.from_arrays([[w1, w2]], [b1, b2])
    return Sequential(hidden, Softplus(), Linear.from_arrays([[w3], [w4]], [b3]))


def _output(y: float, y_hat: float, a: float) -> Number:
    delta = float(ssr_derivative([y_hat], [y])[0])
    return number(
        "s",
        delta * a,
        {"target": y, "predicted": y_hat, "activation": a, "delta": delta},
        {"delta": delta, "turned": -delta * a, "half": delta * a / 2},
    )


def _bend(delta: float, w: float, a: float) -> Number:
    z = float(np.log(a / (1 - a)))
    right = slopes(lambda v: delta * (w * v.sigmoid()), z)[0]
    return number(
        r"\delta_1",
        right,
        {"delta": delta, "weight": w, "activation": a, "slope": a * (1 - a)},
        {"unbent": delta * w, "activation": delta * w * a, "unweighted": delta * a * (1 - a)},
        relative=0.02,
    )


def _distrust(slope: float, first: float, second: float, power: int) -> Choice:
    """Measure with a step of 10 to the power, and with one that is ten times shorter."""
    if power < -12:
        right = "larger"
    else:
        right = "trust" if abs(second - slope) < 0.2 * abs(first - slope) else "fault"
    steps = {"step_a": f"10^{{{power}}}", "step_b": f"10^{{{power - 1}}}"}
    values = {"slope": slope, "first": first, "second": second, **steps}
    return choice(("trust", "fault", "larger"), right, values)


START = (1.0, 0.1, 1.0, -0.2, 1.0, -1.5, 0.0)


@cache
def _slopes() -> FloatArray:
    """Return the seven slopes for the sample x = 0.5, y = 1 at the start."""
    model = _network(START)
    model.backward(ssr_derivative(model.forward([[0.5]]), [[1.0]]))
    W, b, V, c = (np.ravel(p.grad) for p in model.parameters() if p.grad is not None)
    return np.concatenate([[W[0], b[0], W[1], b[1]], V, c])


def _negative(slopes: FloatArray) -> int:
    return int(np.sum(slopes < 0))


def _sign(y: float, y_hat: float, w: float, z: float) -> Choice:
    gate = slopes(lambda v: w * v.relu(), z)[0]
    slope = -2 * (y - y_hat) * gate
    right = "still" if slope == 0 else "falls" if slope < 0 else "rises"
    return choice(
        ("falls", "rises", "still"),
        right,
        {"target": y, "predicted": y_hat, "weight": w, "sum": z},
    )


@cache
def _still() -> int:
    """Count the slopes that are 0 in the network with two inputs, at the sample of the text."""
    return int(np.sum(slopes_of_yes(1, 2) == 0))


QUESTIONS = {
    "off": Question(
        in_text={
            "off": Number(
                symbol="n",
                answer=_still,
                absolute=0.1,
                decimals=0,
                mistakes={
                    "outgoing": lambda: _still() - 1,
                    "one": lambda: 1,
                    "two": lambda: 2,
                    "none": lambda: 0,
                },
            )
        },
        level="relate",
    ),
    "output": Question(
        "sec-backprop-seven",
        "edge",
        _output,
        (
            (1, 0, 2, 1, 3, 0.5, 1, -1, 4),
            (0.4, 1.5, 3, -1, 1, 2, 0.9, 1, 3.5),
            (0.5, 3, 0.6, 3, 0.25, 0.8, 4, 0.2, 2.5),
        ),
        level="apply",
    ),
    "bend": Question(
        "sec-backprop-seven",
        "through-the-bend",
        _bend,
        (
            (2, -4, 10, 5, -2, 1, 8, -10, 3),
            (3, 2, -1, 2, 5, -2, 0.5, 3, -4),
            (0.5, 0.8, 0.9, 0.2, 0.5, 0.6, 0.3, 0.1, 0.7),
        ),
        level="apply",
    ),
    "distrust": Question(
        "sec-backprop-check",
        "gradient-check",
        _distrust,
        (
            (2, 3, 0.5, -1.2, 4, -2, 0.8, 6, 1.5, -0.4),
            (2.31, 1.65, 0.488, -1.17, -3.96, -1.95, 1.63, 6.42, 1.51, -0.32),
            (2.03, 1.51, 0.444, -1.2, -4, -2.22, 1.6, 6.04, 1.55, -0.39),
            (-1, -1, -14, -2, -2, -14, -2, -1, -14, -1),
        ),
        level="design",
    ),
    "sign": Question(
        "sec-backprop-seven",
        "signs",
        _sign,
        (
            (1, 1, 0, 0, 1, 2, 0, 1, 3),
            (0.2, 0.4, 1, 0.6, 3, 1, 2, 0, 5),
            (2, -1, 3, -2, 0.5, 4, -3, -1.5, -1),
            (0.5, 1, 2, 0.3, -1, -0.4, -2, 0.7, 1.5),
        ),
        in_text={
            "signs": Number(
                symbol="n",
                answer=lambda: _negative(_slopes()),
                absolute=0.4,
                mistakes={
                    "all": lambda: _slopes().size,
                    "positive": lambda: _negative(-_slopes()),
                    "own_sign": lambda: _negative(np.delete(_slopes(), 5)),
                    "output_alone": lambda: _negative(_slopes()[4:]),
                    "one_turned": lambda: _negative(_slopes()) + 1,
                },
                values=lambda: {"w4": fixed(START[5], 1)},
            )
        },
        level="relate",
    ),
}
