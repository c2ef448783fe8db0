"""The questions on the whole sweep: samples, matrices, starts."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.chapters.backpropagation.slopes import _network
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, factor, number, shown, tuples
from nnlib.datasets import dosage
from nnlib.layers import Linear, Tanh
from nnlib.losses import ssr, ssr_derivative
from nnlib.networks import Sequential
from nnlib.optim import SGD


def _train(model: Sequential, *, lr: float, steps: int) -> Sequential:
    data, sgd = dosage(), SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        sgd.zero_grad()
        model.backward(ssr_derivative(model.forward(data.X), data.y))
        sgd.step()
    return model


def _samples(deltas: tuple[float, ...], x: tuple[float, ...]) -> Number:
    layer = Linear.from_arrays([[1.0]], [0.0])
    layer.forward(np.reshape(x, (-1, 1)))
    layer.backward(np.reshape(deltas, (-1, 1)))
    right = layer.weight.grad
    assert right is not None
    return number(
        "s",
        float(right.item()),
        {"deltas": deltas, "inputs": x},
        {"bias": sum(deltas), "sums": sum(deltas) * sum(x), "mean": float(right.item()) / len(x)},
    )


def _fan(weights: tuple[float, float], deltas: tuple[float, float]) -> Number:
    layer = Linear.from_arrays([weights], [0.0, 0.0])
    layer.forward([[1.0]])
    first, second = (
        rf"{shown(delta)} \cdot {factor(w)}" for w, delta in zip(weights, deltas, strict=True)
    )
    return number(
        "s",
        float(layer.backward([deltas]).item()),
        {"weights": weights, "deltas": deltas, "first": first, "second": second},
        {
            "path": weights[0] * deltas[0],
            "sums": sum(weights) * sum(deltas),
            "unweighted": sum(deltas),
        },
    )


STRAIGHT, TURNED = "X W", r"X W^{\mathsf{T}}"


def _matrices(asked: str, product: str, n: int, inputs: int, neurons: int) -> Choice:
    X, G = np.zeros((n, inputs)), np.zeros((n, neurons))
    W = np.zeros((inputs, neurons))
    products = {"XtG": X.T @ G, "GtX": G.T @ X, "GWt": G @ W.T, "columns": G.sum(axis=0)}
    kept = W if product == STRAIGHT else W.T
    shape = {"W": kept.shape, "X": X.shape, "b": (neurons,)}[asked]
    (right,) = (name for name, one in products.items() if one.shape == shape)
    values = {"asked": asked, "product": product, "shape": kept.shape, "n": n}
    return choice(list(products), right, values | {"inputs": inputs, "neurons": neurons})


TWINS = (1.0, 0.1, 1.0, 0.1, -1.0, -1.0, 0.0)


def _ssr_of(model: Sequential) -> float:
    return ssr(model.forward(dosage().X), dosage().y)


@cache
def _twins_end() -> float:
    return _ssr_of(_train(_network(TWINS), lr=0.01, steps=5000))


def _twins_in_text() -> str:
    start, end = _ssr_of(_network(TWINS)), _twins_end()
    if end > start / 2:
        return "start"
    return "above" if end > 0.5 else "zero"


def _twins_values() -> dict[str, str]:
    return {"start": fixed(_ssr_of(_network(TWINS)), 1), "end": fixed(_twins_end())}


def _twins(
    first: tuple[float, float], bias: tuple[float, float], last: tuple[float, float]
) -> Choice:
    output = Linear.from_arrays([[last[0]], [last[1]]], [0.0])
    net = Sequential(Linear.from_arrays([first], bias), Tanh(), output)
    x, y = np.array([[0.0], [0.5], [1.0]]), np.array([[0.0], [1.0], [0.0]])
    optimizer = SGD(net.parameters(), lr=0.01)
    for _ in range(20):
        optimizer.zero_grad()
        net.backward(ssr_derivative(net.forward(x), y))
        optimizer.step()
    one, other = net.theta[0:6:2], net.theta[1:6:2]  # the last one is a single bias
    mirrored = "mirrored" if np.allclose(one, -other) else "different"
    right = "equal" if np.allclose(one, other) else mirrored
    names = ("w_a", "w_b", "b_a", "b_b", "w_c", "w_d")
    values = zip(names, (*first, *bias, *last), strict=True)
    return choice(("equal", "mirrored", "different"), right, dict(values))


QUESTIONS = {
    "samples": Question(
        "sec-backprop-matrices",
        "sum-over-samples",
        _samples,
        (
            tuples("-3 1 3, 1 2 -1, -1 3 2, 1 1 -3, -1 1 4, 4 -3 -2, 2 3 -3, -2 -3 2, -1 1 -2"),
            tuples("4 0 1, 4 2 3, 4 0 3, 0 2 3, 1 2 0, 0 3 1, 3 4 2, 0 4 1, 2 0 3"),
        ),
        level="apply",
    ),
    "fan": Question(
        "sec-backprop-matrices",
        "paths",
        _fan,
        (
            tuples("2 3, 1 -1, -2 1, 0.5 4, 3 -1, 2 -3, -1 -3, 4 1, 1.5 2"),
            tuples("4 1, 3 2, 1 5, 2 -3, 2 3, 0.5 3, 3 -1, -1 2, 2 -4"),
        ),
        level="apply",
    ),
    "matrices": Question(
        "sec-backprop-matrices",
        "shapes",
        _matrices,
        (
            ("W", "X", "b", "W", "X", "b", "W", "X", "W"),
            (*[STRAIGHT] * 3, TURNED, STRAIGHT, STRAIGHT, TURNED, STRAIGHT, STRAIGHT),
            (100, 50, 20, 32, 8, 150, 10, 64, 5),
            (4, 3, 2, 64, 6, 4, 5, 2, 7),
            (3, 5, 6, 10, 2, 3, 8, 9, 4),
        ),
        level="apply",
    ),
    "twins": Question(
        "sec-backprop-start",
        "symmetry",
        _twins,
        (
            tuples("1 1, 1 2, 2 2, 0.5 0.5, -1 -1, 1 -1, 2 2, 3 3, 2 -2, 1 -1"),
            tuples("0 0, 0 0, 1 1, 0 0.5, 0 0, 0 0, -1 -1, 0 0, 1 -1, 0.5 0.5"),
            tuples("-1 -1, 1 1, 0.5 0.5, 1 1, 1 -2, 1 -1, 2 2, 1 0.5, 0.5 -0.5, 1 -1"),
        ),
        in_text={
            "twins": Choice(
                options=("zero", "above", "start"),
                answer=_twins_in_text,
                values=_twins_values,
            )
        },
        level="relate",
    ),
}
