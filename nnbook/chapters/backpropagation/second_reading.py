"""The exercises that end the second reading: the right start, the balance of a neuron, a trap."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from nnbook.chapters.backpropagation._sweeps import curvature
from nnbook.questions.code import Case, Code, Exercise
from nnlib._typing import FloatArray
from nnlib.layers import Linear, ReLU
from nnlib.losses import ssr_derivative
from nnlib.networks import Sequential

# -- leaky: the variance for leaky ReLU --------------------------------------------------------


def right_variance(d: int, alpha: float) -> float:
    """One over d times what the bend leaves of a mean square, seen on both sides of 0."""
    z = np.array([-1.0, 1.0])
    return 1 / (d * np.mean(np.maximum(z, alpha * z) ** 2))


def leaky_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Widths, slopes between 0 and 1, and both ends."""
    yield "ordinary", (100, 0.5)
    yield "ordinary", (64, 0.01)
    for d in (1, 10, 784):
        yield "random", (d, float(rng.uniform(0.1, 0.9)))
    yield "edge", (50, 0.0)
    yield "edge", (50, 1.0)


# -- balance: the slope in a bias from those in the weights ------------------------------------


def balance(
    W: FloatArray, b: FloatArray, V: FloatArray, grad_W: FloatArray, grad_V: FloatArray
) -> FloatArray:
    """What the identity says about the slopes in the biases."""
    return (np.sum(V * grad_V, axis=1) - np.sum(W * grad_W, axis=0)) / b


def balance_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Networks d-h-m of ReLU after a backward pass; in the last of them a neuron is dead.

    The first two are x = (2, 1) with the error signal 2 at the output: z = 1.5, then 1.5 and 3.
    """

    def swept(n: int, d: int, h: int, m: int, b: FloatArray) -> tuple[FloatArray, ...]:
        hidden = Linear.from_arrays(rng.normal(size=(d, h)), b)
        output = Linear.from_arrays(rng.normal(size=(h, m)), rng.normal(size=m))
        model = Sequential(hidden, ReLU(), output)
        prediction = model.forward(rng.normal(size=(n, d)))
        model.backward(ssr_derivative(prediction, rng.normal(size=(n, m))))
        W, c, V, _ = model.parameters()
        assert W.grad is not None
        assert V.grad is not None
        return W.value, c.value, V.value, W.grad, V.grad

    W, b, V = np.array([[1.0], [-1.0]]), np.array([0.5]), np.array([[2.0]])
    yield "ordinary", (W, b, V, np.array([[8.0], [4.0]]), np.array([[3.0]]))
    W, b, V = np.array([[1.0, 2.0], [-1.0, 0.0]]), np.array([0.5, -1.0]), np.array([[2.0], [1.0]])
    yield "ordinary", (W, b, V, np.array([[8.0, 4.0], [4.0, 2.0]]), np.array([[3.0], [6.0]]))
    yield "random", swept(9, 2, 1, 3, np.array([0.7]))
    for d, h, m in ((3, 3, 3), (4, 6, 2), (5, 4, 7)):
        yield "random", swept(10, d, h, m, rng.normal(size=h))
    yield "edge", swept(6, 3, 2, 2, np.array([0.5, -100.0]))


# -- trap: second derivatives where all slopes are 0 -------------------------------------------


def trap_cases(rng: np.random.Generator) -> Iterator[Case]:
    """A trap, the saddle beside it, both signs, a neuron without a way out, a bend nearly flat."""
    yield "ordinary", (0.0, 0.0, 1.0, 2.0)
    yield "ordinary", (-0.5, -0.1, 0.6, -0.075)
    for _ in range(3):
        yield "random", tuple(float(number) for number in rng.normal(size=4))
    yield "edge", (0.5, 1.0, -2.0, 0.0)
    yield "edge", (-30.0, 30.0, 1.5, -1.5)


EXERCISES: dict[str, Exercise] = {
    "leaky": Code(
        kind="prove",
        level=2,
        reference=right_variance,
        cases=leaky_cases,
        mistakes={
            "slope_not_squared": lambda d, alpha: 2 / ((1 + alpha) * d),
            "halves_forgotten": lambda d, alpha: 1 / ((1 + alpha**2) * d),
            "only_the_positive_half": lambda d, alpha: 2 / d,
            "width_forgotten": lambda d, alpha: 2 / (1 + alpha**2),
            "standard_deviation": lambda d, alpha: np.sqrt(right_variance(d, alpha)),
            "factor_of_the_layer": lambda d, alpha: (1 + alpha**2) * d / 2,
        },
    ),
    "balance": Code(
        kind="prove",
        level=3,
        reference=balance,
        cases=balance_cases,
        mistakes={
            "not_divided": lambda W, b, V, gW, gV: balance(W, b, V, gW, gV) * b,
            "added": lambda W, b, V, gW, gV: balance(-W, b, V, gW, gV),
            "incoming_forgotten": lambda W, b, V, gW, gV: balance(0 * W, b, V, gW, gV),
            "weights_forgotten": lambda W, b, V, gW, gV: (gV.sum(axis=1) - gW.sum(axis=0)) / b,
            "axes_swapped": lambda W, b, V, gW, gV: (
                (np.sum(V * gV, axis=0) - np.sum(W * gW, axis=1)) / b
            ),
            "neurons_together": lambda W, b, V, gW, gV: (np.sum(V * gV) - np.sum(W * gW)) / b,
        },
    ),
    "trap": Code(
        kind="prove",
        level=3,
        reference=curvature,
        cases=trap_cases,
        mistakes={
            "residuals_forgotten": partial(curvature, residuals=0.0),
            "products_forgotten": partial(curvature, squares=0.0),
            "residual_sign": partial(curvature, residuals=1 / 6),
            "slope_for_second": partial(curvature, second=lambda s: s),
            "sum_squared": partial(curvature, squares=2.25),
            "mixed_forgotten": partial(curvature, mixed=0.0),
            "outgoing_forgotten": lambda b1, b2, w3, w4: curvature(b1, b2, 1.0, 1.0),
        },
        swaps={
            "slope_for_second": ("out * s * (1 - s)", "out * s"),
            "outgoing_forgotten": ("[w3, w4]", "[1, 1]"),
        },
    ),
}
