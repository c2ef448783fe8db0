"""The review questions on neurons, layers and whole networks."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.review.question import Question, choice, factor, number, tuples
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential, parameter_count
from nnlib.optim import gradient_descent
from nnlib.preprocessing import Scaler


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


def _growth(side: int, neurons: int) -> Number:
    weights = [
        parameter_count((inputs, outputs)) - outputs
        for inputs, outputs in ((64, 5), (64 * side**2, 5 * neurons))
    ]
    return number(
        "k",
        weights[1] / weights[0],
        {"side": side, "neurons": neurons, "pixels": side**2},
        {"side": side * neurons, "pixels": side**2, "added": side**2 + neurons},
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


def _step(b: float, slope: float, lr: float) -> Number:
    descent = gradient_descent(lambda _: slope, b, lr=lr, max_steps=1)
    return number(
        "b",
        float(descent.points[-1].item()),
        {"start": b, "slope": slope, "rate": lr, "times": factor(slope)},
        {"uphill": b + lr * slope, "whole": b - slope, "step": lr * slope},
    )


def _standardized(mean: float, spread: float, x: float) -> Number:
    scaler = Scaler(np.array([mean]), np.array([spread]))
    return number(
        r"u",
        float(scaler.transform([[x]]).item()),
        {"mean": mean, "spread": spread, "value": x},
        {"centered": x - mean, "divided": x / spread, "turned": (mean - x) / spread},
        absolute=0.02,
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
    ),
    "corner": Question(
        "sec-neuron",
        "corner",
        _corner,
        ((2, 4, -2, 3, 5, -4, 0.5, -3, 10), (-6, 6, 3, -12, -4, 8, -3, -12, 5)),
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
    ),
    "collapse": Question(
        "sec-network-collapse",
        "collapse",
        _collapse,
        (
            tuples("2 1, 1 -2, 3 2, -1 4, 2 5, 1 3, 2 -3, 4 1, 5 -1"),
            tuples("3 5, 4 1, -1 2, 2 3, 1 -2, -2 2, 4 1, 0.5 4, 2 3"),
        ),
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
    ),
    "count": Question(
        "sec-preprocessing",
        "count",
        _count,
        ((2, 3, 4, 1, 5, 4, 2, 6, 10), (3, 2, 5, 8, 4, 3, 6, 5, 4), (2, 4, 3, 2, 2, 2, 3, 2, 3)),
    ),
    "growth": Question(
        "sec-preprocessing",
        "growth",
        _growth,
        ((2, 3, 2, 4, 3, 5, 10, 4, 2), (3, 2, 5, 2, 4, 2, 3, 3, 10)),
    ),
    "standardized": Question(
        "sec-preprocessing",
        "scaling",
        _standardized,
        (
            (50, 10, 100, 3, 20, 0.5, 8, 40, 6),
            (10, 4, 20, 0.5, 8, 0.2, 2, 5, 3),
            (70, 4, 150, 4, 12, 0.8, 7, 55, 12),
        ),
    ),
}
