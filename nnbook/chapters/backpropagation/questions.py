"""The predictions of the chapter on backpropagation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from nnbook.fitted import FITTED
from nnbook.predictions.formats import fixed, grouped
from nnbook.predictions.prediction import Choice, Number, nearest
from nnlib._typing import FloatArray
from nnlib.datasets import dosage
from nnlib.layers import Linear, Softplus
from nnlib.losses import ssr, ssr_derivative
from nnlib.networks import Sequential, mlp, parameter_count
from nnlib.optim import SGD, gradient_descent

# w1, b1, w2, b2, w3, w4, b3: of the book, of the start, of two equal neurons
BOOK = tuple(FITTED.values())
START = (1.0, 0.1, 1.0, -0.2, 1.0, -1.5, 0.0)
TWINS = (1.0, 0.1, 1.0, 0.1, -1.0, -1.0, 0.0)


def _network(theta: Sequence[float]) -> Sequential:
    w1, b1, w2, b2, w3, w4, b3 = theta
    hidden = Linear.from_arrays([[w1, w2]], [b1, b2])
    return Sequential(hidden, Softplus(), Linear.from_arrays([[w3], [w4]], [b3]))


def _ssr_of(model: Sequential) -> float:
    return ssr(model.forward(dosage().X), dosage().y)


def _train(model: Sequential, *, lr: float, steps: int) -> Sequential:
    data, sgd = dosage(), SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        sgd.zero_grad()
        model.backward(ssr_derivative(model.forward(data.X), data.y))
        sgd.step()
    return model


# -- The same slice, in the other direction ------------------------------------------------------


def _turned() -> float:
    """Return the bias with which neuron 1 begins where it now ends; its weight changes its sign."""
    w, b = BOOK[:2]
    return w + b  # its sum at x = 1


# -- Where three parameters end ------------------------------------------------------------------


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


# -- The signs of seven slopes -------------------------------------------------------------------


@cache
def _slopes() -> FloatArray:
    """Return the seven slopes for the sample x = 0.5, y = 1 at the start."""
    model = _network(START)
    model.backward(ssr_derivative(model.forward([[0.5]]), [[1.0]]))
    W, b, V, c = (np.ravel(p.grad) for p in model.parameters() if p.grad is not None)
    return np.concatenate([[W[0], b[0], W[1], b[1]], V, c])


def _negative(slopes: FloatArray) -> int:
    return int(np.sum(slopes < 0))


# -- The cost of the gradient --------------------------------------------------------------------

SIZES = (784, 128, 10)


def _costs() -> tuple[int, int]:
    """Return the multiplications of a forward and of a backward pass."""
    products = np.multiply(SIZES[:-1], SIZES[1:])
    return int(products.sum()), int(products.sum() + products[1:].sum())


def _cost() -> str:
    forward, backward = _costs()
    neurons, parameters = sum(SIZES[1:]), parameter_count(SIZES)
    costs = {"one": 1, "two": 2, "neurons": neurons, "parameters": parameters}
    logs = {name: float(np.log(cost)) for name, cost in costs.items()}
    return nearest(float(np.log((forward + backward) / forward)), logs)


def _cost_values() -> dict[str, str]:
    forward, backward = _costs()
    return {
        "forward": grouped(forward),
        "backward": grouped(backward),
        "ratio": fixed((forward + backward) / forward),
        "differences": grouped(2 * parameter_count(SIZES)),
    }


# -- The product that has the shape of W ---------------------------------------------------------


def _product() -> str:
    X, W, G = np.ones((5, 3)), np.ones((3, 2)), np.ones((5, 2))
    pairs = {"XtG": (X.T, G), "GtX": (G.T, X), "GWt": (G, W.T), "XG": (X, G)}
    fitting = {name: (a, b) for name, (a, b) in pairs.items() if a.shape[1] == b.shape[0]}
    (name,) = (name for name, (a, b) in fitting.items() if (a @ b).shape == W.shape)
    return name


# -- Two equal neurons ---------------------------------------------------------------------------


@cache
def _twins_end() -> float:
    return _ssr_of(_train(_network(TWINS), lr=0.01, steps=5000))


def _twins() -> str:
    start, end = _ssr_of(_network(TWINS)), _twins_end()
    if end > start / 2:
        return "start"
    return "above" if end > 0.5 else "zero"


def _twins_values() -> dict[str, str]:
    return {"start": fixed(_ssr_of(_network(TWINS)), 1), "end": fixed(_twins_end())}


# -- Two networks that fit -----------------------------------------------------------------------


@cache
def _at_a_quarter(seed: int) -> float:
    """Return the prediction at 0.25; after 6,000 of the 8,000 steps two decimals are settled."""
    model = mlp([1, 2, 1], "softplus", rng=np.random.default_rng(seed))
    return float(_train(model, lr=0.02, steps=6000).forward([[0.25]])[0, 0])


def _apart() -> str:
    distance = abs(_at_a_quarter(5) - _at_a_quarter(6))
    distances = {"hundredth": 0.01, "tenth": 0.1, "third": 0.35}
    return nearest(np.log(distance), {name: np.log(x) for name, x in distances.items()})


PREDICTIONS = {
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
    ),
    "three": Choice(options=("same", "elsewhere", "stuck"), answer=_place, values=_place_values),
    "signs": Number(
        again="backpropagation-sign",
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
    ),
    "cost": Choice(
        options=("one", "two", "neurons", "parameters"), answer=_cost, values=_cost_values
    ),
    "shapes": Choice(
        again="backpropagation-matrices", options=("GtX", "XtG", "XG", "GWt"), answer=_product
    ),
    "twins": Choice(
        again="backpropagation-twins",
        options=("zero", "above", "start"),
        answer=_twins,
        values=_twins_values,
    ),
    "unique": Choice(
        estimate=True,
        options=("hundredth", "tenth", "third"),
        answer=_apart,
        values=lambda: {"five": fixed(_at_a_quarter(5)), "six": fixed(_at_a_quarter(6))},
    ),
}
