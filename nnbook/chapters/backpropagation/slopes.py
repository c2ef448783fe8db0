"""The questions on slopes, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from nnbook.chapters.backpropagation.yes import slopes_of_yes
from nnbook.fitted import FITTED
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, slopes
from nnlib._typing import FloatArray
from nnlib.datasets import dosage
from nnlib.layers import Linear, Softplus
from nnlib.losses import ssr, ssr_derivative
from nnlib.networks import Sequential
from nnlib.optim import gradient_descent

# w1, b1, w2, b2, w3, w4, b3: of the book, of the start, of two equal neurons
BOOK = tuple(FITTED.values())


def _network(theta: Sequence[float]) -> Sequential:
    w1, b1, w2, b2, w3, w4, b3 = theta
    hidden = Linear.from_arrays([[w1, w2]], [b1, b2])
    return Sequential(hidden, Softplus(), Linear.from_arrays([[w3], [w4]], [b3]))


def _turned() -> float:
    """Return the bias with which neuron 1 begins where it now ends; its weight changes its sign."""
    w, b = BOOK[:2]
    return w + b  # its sum at x = 1


@cache
def _end_after_the_bend() -> tuple[FloatArray, float]:
    """Return w3, w4 and b3 after 2,000 steps, and the SSR there."""
    hidden, bend, _ = _network(BOOK).layers
    A = np.hstack([bend.forward(hidden.forward(dosage().X)), np.ones((3, 1))])
    y = dosage().y[:, 0]
    path = gradient_descent(
        lambda v: A.T @ ssr_derivative(A @ v, y), [0.5, -0.5, 0.0], lr=0.1, max_steps=2000
    )
    return path.points[-1], ssr(A @ path.points[-1], y)


def _place() -> str:
    end, rest = _end_after_the_bend()
    if rest > 1e-3:
        return "stuck"
    return "same" if np.allclose(end, BOOK[4:], atol=0.005) else "elsewhere"


def _place_values() -> dict[str, str]:
    end, _ = _end_after_the_bend()
    return dict(zip(("w3", "w4", "b3"), map(fixed, end), strict=True))


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
    "curve": Question(
        in_text={
            "curve": Number(
                symbol="b_1",
                answer=_turned,
                absolute=0.02,
                mistakes={
                    "kept": lambda: BOOK[1],
                    "sign": lambda: -BOOK[1],
                    "weight": lambda: -BOOK[0],
                    "length": lambda: BOOK[0] - BOOK[1],
                },
                values=lambda: {
                    "weight": fixed(-BOOK[0]),
                    "begin": fixed(BOOK[1]),
                    "end": fixed(_turned()),
                    "too_far": fixed(BOOK[1] - BOOK[0]),
                    "mirrored": fixed(-_turned()),
                },
            )
        },
        level="relate",
    ),
    "three": Question(
        in_text={
            "three": Choice(
                options=("same", "elsewhere", "stuck"), answer=_place, values=_place_values
            )
        },
        level="relate",
    ),
    "output": Question(
        "sec-backprop-output",
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
        "sec-backprop-seven-lines",
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
        "sec-backprop-sweep",
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
