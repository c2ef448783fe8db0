"""The exercises on loss functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.chapters.losses.own import OWN
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    sigmoid,
    ssr,
    ssr_derivative,
)
from nnlib._typing import FloatArray

# -- numbers: a shift, two rates, one surprise ---------------------------------------------

RESIDUALS = (-0.4, 0.5, -0.6)
UNLIKELY = 0.0005


def numbers(
    shift: float | None = None,
    same: float | None = None,
    nats: float | None = None,
    rate: float | None = None,
) -> list[float]:
    """The four right numbers, or some of them replaced."""
    right = [
        float(np.mean(RESIDUALS)),
        0.3 / 50,
        binary_cross_entropy([1.0] * 9 + [UNLIKELY], np.ones(10)),
        1 / (2 * 150),
    ]
    given = (shift, same, nats, rate)
    return [r if g is None else g for r, g in zip(right, given, strict=True)]


# -- line: the gradient of the SSR ---------------------------------------------------------


def line_gradient(w: float, b: float, x: FloatArray, y: FloatArray) -> FloatArray:
    """The gradient from the derivative that `nnlib` has."""
    slopes = ssr_derivative(w * x + b, y)
    return np.array([np.sum(slopes * x), np.sum(slopes)])


def line_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Lines through data of several sizes; one that fits exactly."""
    yield "ordinary", (-0.4, 0.6, np.array([0.0, 0.5, 1.0]), np.array([0.0, 1.0, 0.0]))
    for n in (1, 4, 30):
        yield "random", (rng.normal(), rng.normal(), rng.normal(size=n), rng.normal(size=n))
    yield "edge", (2.0, 1.0, np.array([0.0, 1.0]), np.array([1.0, 3.0]))


def line_difference(w: float, b: float, x: FloatArray, y: FloatArray) -> FloatArray:
    """Central differences of the SSR in w and in b."""
    h = 1e-5

    def loss(w: float, b: float) -> float:
        return ssr(w * x + b, y)

    in_w = loss(w + h, b) - loss(w - h, b)
    in_b = loss(w, b + h) - loss(w, b - h)
    return np.array([in_w, in_b]) / (2 * h)


# -- slope: what the broken function should have returned ----------------------------------


def neuron_slopes(w: float, b: float, x: float, y: float) -> FloatArray:
    """Slopes of the cross-entropy of one neuron in w and b."""
    slope = sigmoid(w * x + b) - y
    return np.array([slope * x, slope])


def through(factor: Callable[[Any], Any]) -> Callable[..., FloatArray]:
    """The slopes with another factor in place of 1, a function of p."""

    def slopes(w: float, b: float, x: float, y: float) -> FloatArray:
        return neuron_slopes(w, b, x, y) * factor(sigmoid(w * x + b))

    return slopes


def neuron_cases(rng: np.random.Generator) -> Iterator[Case]:
    """A confident mistake, then others; none so extreme that the whole chain would overflow."""
    yield "ordinary", (2.0, 2.0, 1.0, 0.0)
    yield "ordinary", (0.6, -0.9, 2.5, 1.0)
    for y in (0.0, 1.0, 1.0):
        yield "random", (*rng.normal(size=3), y)


def neuron_difference(w: float, b: float, x: float, y: float) -> FloatArray:
    """Central differences of the loss in w and in b."""
    h = 1e-5

    def loss(w: float, b: float) -> float:
        return binary_cross_entropy_with_logits([w * x + b], [y])

    in_w = loss(w + h, b) - loss(w - h, b)
    in_b = loss(w, b + h) - loss(w, b - h)
    return np.array([in_w, in_b]) / (2 * h)


# -- median: the best constant without squares ---------------------------------------------


def median_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Odd numbers of values, in no order."""
    yield "ordinary", (np.array([0.0, 1.0, 0.0]),)
    yield "ordinary", (np.array([3.0, 100.0, 1.0, 4.0, 2.0]),)
    for n in (3, 7, 21):
        yield "random", (rng.normal(size=n) ** 3,)
    yield "edge", (np.array([5.0]),)


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "numbers": Values(
        kind="predict",
        level=1,
        answer=numbers,
        mistakes={
            "shift_turned": lambda: numbers(shift=-float(np.mean(RESIDUALS))),
            "shift_median": lambda: numbers(shift=float(np.median(RESIDUALS))),
            "shift_sum": lambda: numbers(shift=sum(RESIDUALS)),
            "multiplied": lambda: numbers(same=0.3 * 50),
            "not_changed": lambda: numbers(same=0.3),
            "not_averaged": lambda: numbers(nats=-np.log(UNLIKELY)),
            "base_ten": lambda: numbers(nats=-np.log10(UNLIKELY) / 10),
            "base_two": lambda: numbers(nats=-np.log2(UNLIKELY) / 10),
            "largest_rate": lambda: numbers(rate=1 / 150),
            "rate_of_the_mean": lambda: numbers(rate=0.5),
        },
        rtol=0.006,
    ),
    "line": Code(
        kind="write",
        level=1,
        reference=line_gradient,
        cases=line_cases,
        forbids={"numerical_gradient"},
        finite_difference=line_difference,
        mistakes={
            "input_forgotten": lambda w, b, x, y: np.full(2, line_gradient(w, b, x, y)[1]),
            "order_swapped": lambda w, b, x, y: line_gradient(w, b, x, y)[::-1],
            "bias_forgotten": lambda w, b, x, y: line_gradient(w, 0.0, x, y),
            "sum_before_product": lambda w, b, x, y: (
                line_gradient(w, b, x, y)[1] * np.array([np.sum(x), 1])
            ),
        },
    ),
    "slope": Code(
        kind="mend",
        level=2,
        reference=neuron_slopes,
        cases=neuron_cases,
        finite_difference=neuron_difference,
        mistakes={
            "slope_in_p": through(lambda p: 1 / (p * (1 - p))),
            "sigmoid_slope_left": through(lambda p: p * (1 - p)),
            "input_forgotten": lambda w, b, x, y: np.full(2, neuron_slopes(w, b, x, y)[1]),
            "order_swapped": lambda w, b, x, y: neuron_slopes(w, b, x, y)[::-1],
            "raw_output_for_probability": lambda w, b, x, y: (w * x + b - y) * np.array([x, 1.0]),
        },
    ),
    "median": Code(
        kind="prove",
        level=2,
        reference=np.median,
        cases=median_cases,
        mistakes={
            "mean": np.mean,
            "not_sorted": lambda y: y[len(y) // 2],
            "middle_of_the_range": lambda y: (y.min() + y.max()) / 2,
            "one_too_far": lambda y: np.sort(y)[min(len(y) // 2 + 1, len(y) - 1)],
            "smallest_loss": lambda y: np.sum(np.abs(y - np.median(y))),
        },
    ),
    "valley": Values(
        kind="prove",
        level=3,
        answer=lambda: [1 / 3, 2 * (1 / 3 - 1) * (1 / 3) * (2 / 3)],
        mistakes={
            "symmetric_place": lambda: [1 / 2, -1 / 4],
            "missing_minus": lambda: [1 / 3, 8 / 27],
            "factor_two_forgotten": lambda: [1 / 3, -4 / 27],
            "slope_in_p": lambda: [0.0, -2.0],
            "slope_in_p_at_the_place": lambda: [1 / 3, -4 / 3],
        },
        atol=0.003,
    ),
}
