"""The questions on smooth activation functions and their slopes."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed, significant
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib._typing import FloatArray
from nnlib.activations import (
    ACTIVATIONS,
    sigmoid,
    sigmoid_derivative,
    softplus_derivative,
    tanh_derivative,
)


def _softplus_slope(z: float) -> Number:
    slope = softplus_derivative([z]).item()
    return number(
        "s",
        slope,
        {"sum": z, "power": float(np.exp(-z))},
        {
            "sigmoid": sigmoid_derivative([z]).item(),
            "mirrored": sigmoid([-z]).item(),
            "exponential": float(np.exp(z)),
        },
        relative=0.02,
    )


def _mirror(a: float) -> Number:
    z = float(np.log(a / (1 - a)))
    return number(
        "a",
        sigmoid([-z]).item(),
        {"activation": a, "sum": z, "mirrored": -z},
        {"negative": -a, "same": a, "inverse": 1 / a},
        absolute=0.004,
    )


def _sigmoid_slope(a: float) -> Number:
    z = np.log(a / (1 - a))
    return number(
        "s",
        sigmoid_derivative([z]).item(),
        {"activation": a, "rest": 1 - a},
        {
            "rest": 1 - a,
            "square": a * a,
            "output": sigmoid_derivative([a]).item(),
        },
        relative=0.02,
    )


STEP = 4.0, -2.0
"""Weight and bias of a neuron that draws a soft step."""


def _doubled() -> str:
    """Compare a soft step with the one of twice its weight and twice its bias, on a grid."""
    x = np.linspace(0, 1, 1001)
    w, b = STEP
    curves = [sigmoid(factor * (w * x + b)) for factor in (1, 2)]
    slopes = [np.gradient(curve, x).max() for curve in curves]
    if curves[1].max() > 1:
        return "higher"
    middles = [x[np.argmin(np.abs(curve - 0.5))] for curve in curves]
    if middles[0] != middles[1]:
        return "moved"
    return "steeper" if slopes[1] > 1.5 * slopes[0] else "same"


def _doubled_values() -> dict[str, str]:
    w, b = STEP
    slopes = [factor * w * float(sigmoid_derivative(0)) for factor in (1, 2)]
    return {"middle": fixed(-b / w, 1), "before": fixed(slopes[0], 0), "after": fixed(slopes[1], 0)}


def _soft_step(w: float, b: float) -> Number:
    return number(
        "s",
        w * sigmoid_derivative([0.0]).item(),
        {"weight": w, "bias": b, "middle": -b / w},
        {"weight": w, "slope": sigmoid_derivative([0.0]).item(), "place": -b / w},
        relative=0.02,
    )


def _tanh_slope(a: float) -> Number:
    return number(
        "s",
        tanh_derivative([np.arctanh(a)]).item(),
        {"activation": a, "square": a * a},
        {"sigmoid": a * (1 - a), "rest": 1 - a, "square": a * a},
        absolute=0.004,
    )


def _row_in_text() -> tuple[FloatArray, FloatArray]:
    """Return the ten factors and the ten activations."""
    a, found = 0.5, []
    for _ in range(10):
        factor, a = float(sigmoid_derivative(a)), float(sigmoid(a))
        found.append((factor, a))
    factors, activations = np.array(found).T
    return factors, activations


def _row_values() -> dict[str, str]:
    factors, _ = _row_in_text()
    return {
        "first": fixed(factors[0], 3),
        "last": fixed(factors[-1], 3),
        "bound": significant(0.25**10, 2),
    }


def _row(w: float, neurons: int) -> Number:
    factor = w * sigmoid_derivative([0.0]).item()
    return number(
        "P",
        factor**neurons,
        {"weight": w, "neurons": neurons, "factor": factor},
        {
            "added": factor * neurons,
            "unweighted": sigmoid_derivative([0.0]).item() ** neurons,
            "weights": w**neurons,
        },
        relative=0.05,
    )


def _fate(w: float, slope: float) -> Choice:
    size = abs(w * slope)
    right = "keeps" if size == 1 else "vanishes" if size < 1 else "explodes"
    return choice(
        ("vanishes", "keeps", "explodes"),
        right,
        {"weight": w, "slope": slope, "factor": w * slope},
    )


def _flattest(z: float) -> Choice:
    names = ("relu", "sigmoid", "tanh")
    slopes = {name: ACTIVATIONS[name].derivative([z]).item() for name in names}
    return choice(names, min(slopes, key=lambda name: slopes[name]), {"sum": z, **slopes})


QUESTIONS = {
    "softplus_slope": Question(
        "sec-softplus",
        "softplus",
        _softplus_slope,
        ((1, -1, 2, -2, 0.5, 2.5, 1.5, -1.5, 3),),
        level="apply",
    ),
    "mirror": Question(
        "sec-sigmoid",
        "sigmoid",
        _mirror,
        ((0.9, 0.2, 0.75, 0.4, 0.99, 0.3, 0.05, 0.6, 0.85),),
        level="apply",
    ),
    "sigmoid_slope": Question(
        "sec-sigmoid",
        "sigmoid-slope",
        _sigmoid_slope,
        ((0.9, 0.2, 0.7, 0.3, 0.05, 0.6, 0.02, 0.8, 0.03),),
        level="apply",
    ),
    "doubled": Question(
        "sec-sigmoid",
        "sigmoid",
        _soft_step,
        ((8, 2, 12, 20, 6, 10, 16, 5, 3), (-4, -3, -9, -8, 3, -4, -12, 2, -6)),
        in_text={
            "doubled": Choice(
                options=("steeper", "moved", "higher", "same"),
                answer=_doubled,
                values=_doubled_values,
            )
        },
        level="apply",
    ),
    "tanh_slope": Question(
        "sec-tanh",
        "tanh-slope",
        _tanh_slope,
        ((0.6, 0.9, -0.8, 0.2, -0.3, 0.7, -0.4, 0.1, -0.5),),
        level="apply",
    ),
    "row": Question(
        "sec-vanishing",
        "product",
        _row,
        ((2, 2, 2, 8, 8, 12, 20, -2, 6), (3, 4, 2, 3, 4, 3, 2, 3, 2)),
        in_text={
            "product": Number(
                symbol="P",
                answer=lambda: float(np.prod(_row_in_text()[0])),
                between=(1e-7, 1e-6),
                mistakes={
                    "one_factor": lambda: float(_row_in_text()[0][0]),
                    "activations": lambda: float(np.prod(_row_in_text()[1])),
                    "halves": lambda: 0.5**10,
                    "tenths": lambda: 0.1**10,
                },
                values=_row_values,
            )
        },
        level="apply",
    ),
    "fate": Question(
        "sec-vanishing",
        "vanishing",
        _fate,
        ((4, 1, 5, 1, 0.5, 2, -2, 2, -3, -1), (0.25, 0.25, 0.25, 1, 1, 1, 0.5, 0.25, 0.5, 0.2)),
        level="apply",
    ),
    "flattest": Question(
        "sec-activation-table",
        "saturation",
        _flattest,
        ((3, -3, 0.5, -1, 2, 1, -0.5, 5),),
        level="relate",
    ),
}
