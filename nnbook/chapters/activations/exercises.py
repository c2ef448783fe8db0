"""The exercises on activation functions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.chapters.activations.own import OWN
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import (
    Linear,
    ReLU,
    Sequential,
    relu_derivative,
    tanh,
    tanh_derivative,
)
from nnlib._typing import FloatArray

# -- slopes: the pieces of a broken line ---------------------------------------------------


def slopes() -> FloatArray:
    """The slopes of the network in the middle of each of its four pieces."""
    hidden = Linear.from_arrays([[-1, 1, 1]], [1, 0, -2])
    line = Sequential(hidden, ReLU(), Linear.from_arrays([[2], [-1], [3]], [0]))
    line.forward(np.array([[-1], [0.5], [1.5], [3]]))
    return np.ravel(np.asarray(line.backward(np.ones((4, 1)), input_gradient=True)))


# -- tanh-product: ten layers of tanh --------------------------------------------------------

REPEATED = 0.5
"""What every neuron of the row passes on."""


def repeating_weight() -> float:
    """The weight with which a neuron makes of this activation the same one."""
    return float(np.arctanh(REPEATED)) / REPEATED


def tanh_product(w: float, x: float) -> float:
    """The product of the ten factors, each taken at its neuron's sum."""
    a, product = x, 1.0
    for _ in range(10):
        product *= w * float(tanh_derivative(w * a))
        a = float(tanh(w * a))
    return product


def tanh_products(w: float | None = None) -> list[float]:
    """The weight, the product at the repeated activation and the product at 0."""
    w = repeating_weight() if w is None else w
    return [w, tanh_product(w, REPEATED), tanh_product(w, 0.0)]


# -- born-dead: off on every sample ------------------------------------------------------------


def dead_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Sums with neurons that are on everywhere, somewhere or nowhere, also exactly at 0."""
    yield "ordinary", (np.array([[-1.0, 2.0, 1.0], [-3.0, -1.0, 4.0]]),)
    yield "ordinary", (np.array([[0.0, 0.0], [0.3, -0.2], [0.6, -0.4]]),)
    for n, neurons in ((3, 16), (2, 40), (6, 200)):
        yield "random", (rng.normal(-0.5, 1, (n, neurons)),)
    yield "batch", (np.vstack([rng.normal(-9, 1, (49, 5)), [[1.0, -1.0, 1.0, -1.0, -1.0]]]),)
    yield "edge", (np.ones((4, 3)),)
    yield "edge", (np.zeros((2, 7)),)
    yield "extreme", (np.array([[-1e300, -1e-300, 1e-300]]),)


# -- tanh-slope: from the activation to the slope ----------------------------------------------


def tanh_slope_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Activations of tanh: in the middle, anywhere, and at the ends of the range."""
    yield "ordinary", (np.array([0.5]),)
    yield "ordinary", (np.array([-0.8, 0.0, 0.3]),)
    yield "random", (rng.uniform(-0.99, 0.99, 5),)
    yield "batch", (rng.uniform(-0.99, 0.99, (20, 3)),)
    yield "edge", (np.array([0.0]),)
    yield "extreme", (np.array([-1.0, 1.0, 1 - 1e-9]),)


def tanh_slope_difference(a: FloatArray) -> FloatArray:
    """Central differences at the sums that lead to these activations."""
    z, h = np.arctanh(a), 1e-5
    return (np.tanh(z + h) - np.tanh(z - h)) / (2 * h)


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "slopes": Values(
        kind="predict",
        level=1,
        answer=slopes,
        mistakes={
            "inner_minus_forgotten": lambda: slopes() + np.array([4, 4, 0, 0]),
            "switched_the_wrong_way": lambda: slopes() + 2,
            "never_switched_off": lambda: slopes() - np.array([0, 0, 2, 2]),
            "changes": lambda: np.diff(slopes(), prepend=0),
            "from_right_to_left": lambda: slopes()[::-1],
        },
    ),
    "tanh-product": Values(
        kind="predict",
        level=1,
        answer=tanh_products,
        mistakes={
            "weight_forgotten": lambda: [repeating_weight(), 0.75**10, 1.0],
            "slope_at_activation": lambda: [
                repeating_weight(),
                (repeating_weight() * float(tanh_derivative(REPEATED))) ** 10,
                repeating_weight() ** 10,
            ],
            "one_factor": lambda: [repeating_weight() * number for number in (1, 0.75, 1)],
            "added": lambda: [repeating_weight() * number for number in (1, 7.5, 10)],
            "slope_of_the_sigmoid": lambda: [
                repeating_weight(),
                (0.25 * repeating_weight()) ** 10,
                (0.25 * repeating_weight()) ** 10,
            ],
            "sum_for_weight": lambda: tanh_products(float(np.arctanh(REPEATED))),
            "exchanged": lambda: [tanh_products()[i] for i in (0, 2, 1)],
        },
        rtol=0.005,
    ),
    "born-dead": Code(
        kind="mend",
        level=2,
        reference=lambda Z: np.sum(np.all(relu_derivative(Z) == 0, axis=0)),
        cases=dead_cases,
        mistakes={
            "off_somewhere": lambda Z: (Z <= 0).any(axis=0).sum(),
            "zero_counts_as_on": lambda Z: (Z < 0).all(axis=0).sum(),
            "samples_counted": lambda Z: (Z <= 0).all(axis=1).sum(),
            "sums_counted": lambda Z: (Z <= 0).sum(),
            "living_counted": lambda Z: (Z > 0).any(axis=0).sum(),
            "each_neuron": lambda Z: (Z <= 0).all(axis=0),
            "sum_over_samples": lambda Z: (Z.sum(axis=0) <= 0).sum(),
        },
    ),
    "tanh-slope": Code(
        kind="prove",
        level=2,
        reference=lambda a: (1 + a) * (1 - a),
        cases=tanh_slope_cases,
        finite_difference=tanh_slope_difference,
        mistakes={
            "activation_taken_for_sum": tanh_derivative,
            "slope_of_the_sigmoid": lambda a: a * (1 - a),
            "activation_taken_for_sigmoid": lambda a: 4 * a * (1 - a),
            "square_forgotten": lambda a: 1 - a,
            "slope_of_the_tangent": lambda a: 1 + a**2,
            "root_taken": lambda a: np.sqrt(1 - a**2),
        },
    ),
}
