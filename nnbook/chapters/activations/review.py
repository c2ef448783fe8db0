"""The review questions on activation functions."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.review.question import Question, choice, number
from nnlib.activations import (
    ACTIVATIONS,
    leaky_relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus_derivative,
    tanh_derivative,
)
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


def _mirror(a: float) -> Number:
    z = float(np.log(a / (1 - a)))
    return number(
        "a",
        sigmoid([-z]).item(),
        {"activation": a, "sum": z, "mirrored": -z},
        {"negative": -a, "same": a, "inverse": 1 / a},
        absolute=0.004,
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


def _flattest(z: float) -> Choice:
    names = ("relu", "sigmoid", "tanh")
    slopes = {name: ACTIVATIONS[name].derivative([z]).item() for name in names}
    return choice(names, min(slopes, key=lambda name: slopes[name]), {"sum": z, **slopes})


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


def _tanh_slope(a: float) -> Number:
    return number(
        "s",
        tanh_derivative([np.arctanh(a)]).item(),
        {"activation": a, "square": a * a},
        {"sigmoid": a * (1 - a), "rest": 1 - a, "square": a * a},
        absolute=0.004,
    )


QUESTIONS = {
    "leaky": Question(
        "sec-dead-cures",
        "relu",
        _leaky,
        (
            (0.1, 0.01, 0.2, 0.1, 0.05, 0.3, 0.01, 0.2, 0.1),
            (-3, -5, -4, -0.5, -2, -1, -20, -2.5, -7),
        ),
    ),
    "pieces": Question("sec-relu", "corner", _pieces, ((3, 4, 5, 6, 7, 8, 10, 12, 9),)),
    "dead": Question(
        "sec-dead",
        "dead",
        _dead,
        ((1, -2, 2, -2, 0.5, -1, 3, -0.5, 1), (-3, 3, 1, -1, -2, 3, -4, 2, -1.5)),
    ),
    "softplus_slope": Question(
        "sec-softplus",
        "softplus",
        _softplus_slope,
        ((1, -1, 2, -2, 0.5, 2.5, 1.5, -1.5, 3),),
    ),
    "mirror": Question(
        "sec-sigmoid",
        "sigmoid",
        _mirror,
        ((0.9, 0.2, 0.75, 0.4, 0.99, 0.3, 0.05, 0.6, 0.85),),
    ),
    "sigmoid_slope": Question(
        "sec-sigmoid",
        "sigmoid-slope",
        _sigmoid_slope,
        ((0.9, 0.2, 0.7, 0.3, 0.05, 0.6, 0.02, 0.8, 0.03),),
    ),
    "tanh_slope": Question(
        "sec-tanh",
        "tanh-slope",
        _tanh_slope,
        ((0.6, 0.9, -0.8, 0.2, -0.3, 0.7, -0.4, 0.1, -0.5),),
    ),
    "row": Question(
        "sec-vanishing",
        "product",
        _row,
        ((2, 2, 2, 8, 8, 12, 20, -2, 6), (3, 4, 2, 3, 4, 3, 2, 3, 2)),
    ),
    "fate": Question(
        "sec-vanishing",
        "vanishing",
        _fate,
        ((4, 1, 5, 1, 0.5, 2, -2, 2, -3, -1), (0.25, 0.25, 0.25, 1, 1, 1, 0.5, 0.25, 0.5, 0.2)),
    ),
    "flattest": Question(
        "sec-activation-table",
        "saturation",
        _flattest,
        ((3, -3, 0.5, -1, 2, 1, -0.5, 5),),
    ),
}
