"""The exercises on activation functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from nnbook.exercises.exercise import Case, Exercise, FunctionExercise, ValueExercise
from nnlib import (
    Linear,
    ReLU,
    Sequential,
    Sigmoid,
    log_softmax,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
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


def tanh_product(w: float) -> float:
    """The product of the ten factors, each taken at its neuron's sum."""
    a, product = 0.0, 1.0
    for _ in range(10):
        product *= w * float(tanh_derivative(w * a))
        a = float(tanh(w * a))
    return product


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


# -- log-sigmoid: the logarithm of the sigmoid -------------------------------------------------


def log_sigmoid(z: FloatArray) -> FloatArray:
    """The sigmoid is the second of two softmax probabilities, with raw outputs 0 and z."""
    return log_softmax(np.stack([np.zeros_like(z), z], axis=-1))[..., 1]


def log_sigmoid_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Numbers around 0, and those at which one form or the other breaks down."""
    yield "ordinary", (np.array([-2.0, 0.5, 3.0]),)
    yield "random", (rng.normal(0, 2, 6),)
    yield "batch", (rng.normal(0, 2, (10, 3)),)
    yield "edge", (np.zeros(2),)
    yield "extreme", (np.array([-1000.0, -1.0, 1000.0]),)
    yield "extreme", (np.array([-40.0, 40.0]),)


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


# -- which-weight: the gradients of the weights in a row ---------------------------------------


def weight_slopes(w: FloatArray, b: FloatArray, x: float) -> FloatArray:
    """What `nnlib` sends backward through a row of sigmoids."""
    layers = [Linear.from_arrays([[weight]], [bias]) for weight, bias in zip(w, b, strict=True)]
    row = Sequential(*(part for layer in layers for part in (layer, Sigmoid())))
    row.forward([[x]])
    row.backward([[1.0]])
    return np.array([np.asarray(layer.weight.grad).item() for layer in layers])


def row_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Rows of one to forty neurons; in one a weight is 0, in one the neurons are saturated."""
    yield "ordinary", (np.array([1.0, 2.0, -1.0]), np.array([0.0, -1.0, 0.5]), 0.5)
    yield "ordinary", (np.ones(10), np.zeros(10), 0.5)
    for length in (2, 4, 7):
        yield "random", (rng.normal(0, 2, length), rng.normal(size=length), 1.7)
    yield "edge", (np.array([3.0]), np.array([-1.0]), 0.8)
    yield "edge", (np.array([2.0, 0.0, 3.0]), np.array([0.1, 0.2, -1.0]), -0.5)
    yield "extreme", (np.ones(40), np.zeros(40), 0.5)
    yield "extreme", (np.array([1000.0, -1000.0]), np.zeros(2), 1.0)


def along(combine: Callable[..., FloatArray]) -> Callable[..., FloatArray]:
    """A function of a row that combines what each neuron reads and gives, its slope, its weight."""

    def of_row(w: FloatArray, b: FloatArray, x: float) -> FloatArray:
        z, a = [], [float(x)]
        for weight, bias in zip(w, b, strict=True):
            z.append(weight * a[-1] + bias)
            a.append(float(sigmoid(z[-1])))
        return combine(np.array(a[:-1]), np.array(a[1:]), sigmoid_derivative(z), w)

    return of_row


def after(factors: FloatArray) -> FloatArray:
    """For each layer, the product of the factors after it."""
    return np.append(np.cumprod(factors[:0:-1])[::-1], 1.0)


def before(factors: FloatArray) -> FloatArray:
    """For each layer, the product of the factors before it."""
    return np.append(1.0, np.cumprod(factors)[:-1])


def slope_at_output(a: FloatArray, out: FloatArray, s: FloatArray, w: FloatArray) -> FloatArray:
    """The slopes of the sigmoid at the activations."""
    wrong = sigmoid_derivative(out)
    return a * wrong * after(w * wrong)


# -- plateau: the gradients of a node on one straight piece ------------------------------------


def node_gradients(
    r: FloatArray, x: FloatArray, w: float, b: float, v: float, c: float
) -> FloatArray:
    """The gradients of w, b and v, sample by sample."""
    link = -2 * r * v * c
    return np.array([np.sum(link * x), np.sum(link), np.sum(-2 * r * c * (w * x + b))])


def node_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Any residuals on two to twenty samples; those of the plateau; a dead node."""
    yield "ordinary", (np.array([1.0, 2.0, 1.0]), np.array([0.0, 0.5, 1.0]), 2.0, 1.0, -1.5, 1.0)
    yield "ordinary", (np.array([0.5, 1.0]), np.array([1.0, 3.0]), -1.0, -2.0, 0.5, 0.01)
    for n in (3, 5, 20):
        w, b, v = rng.normal(size=3)
        yield "random", (rng.normal(size=n), rng.normal(size=n), w, b, v, 0.1)
    plateau = np.array([-1.0, 2.0, -1.0]) / 3
    yield "edge", (plateau, np.array([0.0, 0.5, 1.0]), 2.0, 1.0, -1.5, 1.0)
    yield "edge", (np.array([1.0, 2.0]), np.array([0.0, 0.5]), -1.0, -1.0, 2.0, 0.0)


def node_difference(
    r: FloatArray, x: FloatArray, w: float, b: float, v: float, c: float
) -> FloatArray:
    """Central differences of the sum of squared residuals."""
    here, h = np.array([w, b, v]), 1e-4

    def loss(at: FloatArray) -> float:
        moved = at[2] * c * (at[0] * x + at[1]) - v * c * (w * x + b)
        return float(np.sum((r - moved) ** 2))

    return np.array([(loss(here + step) - loss(here - step)) / (2 * h) for step in h * np.eye(3)])


EXERCISES: dict[str, Exercise] = {
    "slopes": ValueExercise(
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
    "tanh-product": ValueExercise(
        kind="predict",
        level=1,
        answer=lambda: [tanh_product(1), tanh_product(-0.5)],
        mistakes={
            "sign_kept": lambda: [tanh_product(1), -tanh_product(-0.5)],
            "value_for_slope": lambda: [0.0, 0.0],
            "slope_of_the_sigmoid": lambda: [0.25**10, (-0.5 * 0.25) ** 10],
            "one_factor": lambda: [1.0, -0.5],
            "added": lambda: [10.0, -5.0],
        },
        rtol=0.005,
    ),
    "tanh-slope": FunctionExercise(
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
    "born-dead": FunctionExercise(
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
    "log-sigmoid": FunctionExercise(
        kind="write",
        level=2,
        reference=log_sigmoid,
        cases=log_sigmoid_cases,
        mistakes={
            "as_it_stands": lambda z: np.log(1 / (1 + np.exp(-z))),
            "other_form": lambda z: z - np.log(1 + np.exp(z)),
            "digits_lost": lambda z: np.minimum(z, 0) - np.log(1 + np.exp(-np.abs(z))),
            "propped_up": lambda z: np.log(sigmoid(z) + 1e-12),
            "mirrored": lambda z: -softplus(z),
            "corner": lambda z: np.minimum(z, 0),
        },
        atol=0.0,
    ),
    "which-weight": FunctionExercise(
        kind="write",
        level=3,
        reference=weight_slopes,
        cases=row_cases,
        mistakes={
            "own_weight_too": along(lambda a, _, s, w: a * w * s * after(w * s)),
            "input_forgotten": along(lambda a, _, s, w: s * after(w * s)),
            "own_slope_forgotten": along(lambda a, _, s, w: a * after(w * s)),
            "later_weights_forgotten": along(lambda a, _, s, w: a * s * after(s)),
            "earlier_factors": along(lambda a, _, s, w: a * s * before(w * s)),
            "slope_at_output": along(slope_at_output),
            "divided": along(lambda a, _, s, w: a * s * np.prod(w * s) / np.cumprod(w * s)),
        },
        atol=0.0,
    ),
    "plateau": FunctionExercise(
        kind="prove",
        level=3,
        reference=node_gradients,
        cases=node_cases,
        finite_difference=node_difference,
        mistakes={
            "product_of_sums": lambda r, x, w, b, v, c: (
                -2 * c * np.sum(r) * np.array([v * np.sum(x), v, w * np.sum(x) + b])
            ),
            "slope_for_value": lambda r, x, w, b, v, c: [
                *node_gradients(r, x, w, b, v, c)[:2],
                -2 * c * np.sum(r),
            ],
            "output_weight_forgotten": lambda r, x, w, b, v, c: node_gradients(r, x, w, b, 1.0, c),
            "value_without_slope": lambda r, x, w, b, v, c: [
                *node_gradients(r, x, w, b, v, c)[:2],
                np.sum(-2 * r * (w * x + b)),
            ],
            # the gradients of w and b do not depend on b
            "bias_forgotten": lambda r, x, w, b, v, c: node_gradients(r, x, w, 0.0, v, c),
        },
    ),
}
