"""The review questions on backpropagation."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.review.question import Question, choice, factor, number, shown, slopes, tuples
from nnlib.layers import Linear, Tanh
from nnlib.losses import ssr_derivative
from nnlib.networks import Sequential, parameter_count
from nnlib.optim import SGD


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


def _edge(delta: float, x: float, w: float) -> Number:
    return number(
        "s",
        slopes(lambda v: delta * (v * x), w)[0],
        {"delta": delta, "input": x, "weight": w, "times": factor(delta)},
        {"bias": delta, "weight": delta * w, "all": delta * w * x},
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


def _sign(y: float, y_hat: float, w: float, z: float) -> Choice:
    gate = slopes(lambda v: w * v.relu(), z)[0]
    slope = -2 * (y - y_hat) * gate
    right = "still" if slope == 0 else "falls" if slope < 0 else "rises"
    return choice(
        ("falls", "rises", "still"),
        right,
        {"target": y, "predicted": y_hat, "weight": w, "sum": z},
    )


STRAIGHT, TURNED = "X W", r"X W^{\top}"


def _matrices(asked: str, product: str, n: int, inputs: int, neurons: int) -> Choice:
    X, G = np.zeros((n, inputs)), np.zeros((n, neurons))
    W = np.zeros((inputs, neurons))
    products = {"XtG": X.T @ G, "GtX": G.T @ X, "GWt": G @ W.T, "columns": G.sum(axis=0)}
    kept = W if product == STRAIGHT else W.T
    shape = {"W": kept.shape, "X": X.shape, "b": (neurons,)}[asked]
    (right,) = (name for name, one in products.items() if one.shape == shape)
    values = {"asked": asked, "product": product, "shape": kept.shape, "n": n}
    return choice(list(products), right, values | {"inputs": inputs, "neurons": neurons})


def _differences(inputs: int, hidden: int, outputs: int) -> Number:
    count = parameter_count((inputs, hidden, outputs))
    return number(
        "n",
        2 * count,
        {"inputs": inputs, "hidden": hidden, "outputs": outputs, "count": count},
        {
            "once": count,
            "weights": 2 * (inputs * hidden + hidden * outputs),
            "neurons": 2 * (hidden + outputs),
        },
    )


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


def _stored(slope: float, passes: int) -> Number:
    layer = Linear.from_arrays([[1.0]], [0.0])
    for _ in range(passes):
        layer.forward([[1.0]])
        layer.backward([[slope]])
    stored = layer.weight.grad
    assert stored is not None
    return number(
        "g",
        float(stored.item()),
        {"slope": slope, "passes": passes},
        {"last": slope, "mean": slope / passes, "power": slope**passes},
    )


QUESTIONS = {
    "output": Question(
        "sec-backprop-output",
        "edge",
        _output,
        (
            (1, 0, 2, 1, 3, 0.5, 1, -1, 4),
            (0.4, 1.5, 3, -1, 1, 2, 0.9, 1, 3.5),
            (0.5, 3, 0.6, 3, 0.25, 0.8, 4, 0.2, 2.5),
        ),
    ),
    "stored": Question(
        "sec-backprop-output",
        "reset",
        _stored,
        ((4, 0.5, -3, 1.5, 6, -0.4, 5, 0.3, -1), (3, 4, 2, 5, 2, 10, 4, 6, 8)),
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
    ),
    "edge": Question(
        "sec-backprop-seven",
        "edge",
        _edge,
        (
            (2, -3, 0.5, -1.6, 4, -2, 6, 0.8, -5),
            (0.5, 2, 4, 0.5, -3, 1.5, 0.1, -2, 3),
            (3, -1, 3, 3, 0.5, 5, 2, 4, 2),
        ),
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
    ),
    "samples": Question(
        "sec-backprop-matrices",
        "sum-over-samples",
        _samples,
        (
            tuples("-3 1 3, 1 2 -1, -1 3 2, 1 1 -3, -1 1 4, 4 -3 -2, 2 3 -3, -2 -3 2, -1 1 -2"),
            tuples("4 0 1, 4 2 3, 4 0 3, 0 2 3, 1 2 0, 0 3 1, 3 4 2, 0 4 1, 2 0 3"),
        ),
    ),
    "fan": Question(
        "sec-backprop-matrices",
        "paths",
        _fan,
        (
            tuples("2 3, 1 -1, -2 1, 0.5 4, 3 -1, 2 -3, -1 -3, 4 1, 1.5 2"),
            tuples("4 1, 3 2, 1 5, 2 -3, 2 3, 0.5 3, 3 -1, -1 2, 2 -4"),
        ),
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
    ),
    "differences": Question(
        "sec-backprop-seven-lines",
        "cost",
        _differences,
        ((1, 2, 3, 4, 2, 4, 5, 10, 2), (2, 2, 4, 5, 8, 3, 4, 3, 4), (1, 3, 1, 3, 3, 2, 2, 2, 1)),
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
    ),
}
