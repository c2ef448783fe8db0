"""The questions on neurons, their network and the step downhill."""

from __future__ import annotations

import numpy as np

from nnbook.fitted import FITTED
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, factor, number, tuples
from nnlib import Softplus
from nnlib._typing import FloatArray
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential
from nnlib.optim import gradient_descent


def _dosage_network(*between: Linear, bent: bool = True) -> Sequential:
    """Make the network of the book; `between` are further layers before its output."""
    w1, b1, w2, b2, w3, w4, b3 = FITTED.values()
    first = Linear.from_arrays([[w1, w2]], [b1, b2])
    last = Linear.from_arrays([[w3], [w4]], [b3])
    return Sequential(first, *([Softplus()] if bent else []), *between, last)


def _predicted(model: Sequential, low: float, high: float) -> FloatArray:
    return model.forward(np.linspace(low, high, 2001)[:, np.newaxis])[:, 0]


def _activations(x: float) -> FloatArray:
    """The two activations of the dosage network."""
    return Sequential(*_dosage_network().layers[:2]).forward([[x]])[0]


def _output(a: FloatArray, *, bias: float = FITTED["b3"]) -> float:
    """What the output makes of two activations, or of two numbers in their place."""
    return float(a @ [FITTED["w3"], FITTED["w4"]] + bias)


QUARTER = 0.25


def _quarter(digits: int) -> FloatArray:
    """The activations at a quarter, as the text gives them."""
    return np.round(_activations(QUARTER), digits)


def _sum(w: tuple[float, float], x: tuple[float, float], b: float) -> Number:
    z = Linear.from_arrays([[w[0]], [w[1]]], [b]).forward([x]).item()
    return number(
        "z",
        z,
        {"weights": w, "inputs": x, "bias": b},
        {
            "unbiased": z - b,
            "sums": sum(w) * sum(x) + b,
            "turned": w[0] * x[1] + w[1] * x[0] + b,
        },
    )


def _corner(w: float, b: float) -> Number:
    return number(
        "x",
        -b / w,
        {"weight": w, "bias": b},
        {"sign": b / w, "bias": -b, "inverse": -w / b},
    )


def _forward(x: float, first: tuple[float, float], second: tuple[float, float], b: float) -> Number:
    (w1, w2), (w3, w4) = first, second
    hidden = Linear.from_arrays([[w1, w2]], [1.0, 1.0])
    output = Linear.from_arrays([[w3], [w4]], [b])
    right = Sequential(hidden, ReLU(), output).forward([[x]]).item()
    return number(
        r"\hat{y}",
        right,
        {"input": x, "w_a": w1, "w_b": w2, "w_c": w3, "w_d": w4, "bias": b},
        {
            "unbent": Sequential(hidden, output).forward([[x]]).item(),
            "unbiased": right - b,
            "unweighted": Sequential(hidden, ReLU()).forward([[x]]).sum() + b,
        },
    )


def _shape(matrix: str, row: int, column: int) -> Choice:
    """Ask what an entry of Z or W is: a column is a neuron's, a row a sample's or an input's."""
    i, j = sorted((row, column))
    names = {"Z": ("sum", "turned"), "W": ("weight", "weight_turned")}[matrix]
    return choice(
        ("sum", "turned", "weight", "weight_turned"),
        names[row > column],
        {"asked": f"{matrix}_{{{row}{column}}}", "i": i, "j": j},
    )


def _step(b: float, slope: float, lr: float) -> Number:
    descent = gradient_descent(lambda _: slope, b, lr=lr, max_steps=1)
    return number(
        "b",
        float(descent.points[-1].item()),
        {"start": b, "slope": slope, "rate": lr, "times": factor(slope)},
        {"uphill": b + lr * slope, "whole": b - slope, "step": lr * slope},
    )


QUESTIONS = {
    "sum": Question(
        "sec-neuron",
        "weighted-sum",
        _sum,
        (
            tuples("2 -1, 3 2, -2 1, 0.5 2, 1 -3, 4 1, -1 2, 2 5, 3 -2"),
            tuples("3 4, 1 -2, 1 5, 4 1, 2 0.5, -1 3, 2 5, 1 0.5, 2 2.5"),
            (1, -1, 2, 3, 5, 2, -2, -3, 0.5),
        ),
        level="apply",
    ),
    "corner": Question(
        "sec-neuron",
        "corner",
        _corner,
        ((2, 4, -2, 3, 5, -4, 0.5, -3, 10), (-6, 6, 3, -12, -4, 8, -3, -12, 5)),
        in_text={
            "bend": Number(
                symbol="x",
                answer=lambda: -FITTED["b2"] / FITTED["w2"],
                absolute=0.01,
                decimals=2,
                mistakes={
                    "sign": lambda: FITTED["b2"] / FITTED["w2"],
                    "bias": lambda: -FITTED["b2"],
                    "inverse": lambda: -FITTED["w2"] / FITTED["b2"],
                    "first": lambda: -FITTED["b1"] / FITTED["w1"],
                },
            )
        },
        level="apply",
    ),
    "forward": Question(
        "sec-forward-pass",
        "forward-pass",
        _forward,
        (
            (2, 1, 3, 2, 1, 4, 2, 5, 1),
            tuples("1 -1, 2 -3, -1 1, -2 3, 3 -2, 1 -1, 2 -1, -1 1, -4 1"),
            tuples("2 5, 3 2, 4 2, 3 -1, -1 2, 3 1, -2 3, 2 1.5, 1 5"),
            (1, -1, 2, 3, 4, -5, 2, -1, 4),
        ),
        in_text={
            "quarter": Number(
                symbol=r"\hat{y}",
                answer=lambda: _output(_quarter(2)),
                absolute=0.02,
                decimals=2,
                mistakes={
                    "between": lambda: 0.5,
                    "unbiased": lambda: _output(_quarter(2), bias=0.0),
                    "positive": lambda: _output(-_quarter(2)),
                    "crossed": lambda: _output(_quarter(2)[::-1]),
                },
            )
        },
        level="apply",
    ),
    "shape": Question(
        "sec-network-matrices",
        "rows-and-columns",
        _shape,
        (
            ("Z", "W", "Z", "W", "Z", "W", "Z", "W", "Z"),
            (3, 2, 5, 4, 1, 8, 9, 6, 2),
            (7, 5, 2, 1, 4, 3, 6, 9, 8),
        ),
        level="recall",
    ),
    "step": Question(
        "sec-network-downhill",
        "step",
        _step,
        (
            (2, 1, 1, -1, 3, 0.5, -2, 5, 4),
            (4, -3, -10, 6, -5, 2, -20, 8, 10),
            (0.1, 0.1, 0.2, 0.5, 0.2, 0.05, 0.1, 0.25, 0.3),
        ),
        level="apply",
    ),
}
