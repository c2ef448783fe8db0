"""Part 2 of the reader's own network: the bend and its slope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code, each
from nnlib import relu, relu_derivative, sigmoid, softplus
from nnlib._typing import FloatArray


def bend_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Batches, a single sum, whole numbers, the corner itself, and sums that are very large."""
    yield "ordinary", (np.array([[-2.0, -0.5, 0.5, 3.0]]),)
    yield "ordinary", (np.array([[3, -1], [2, -5], [-4, 7]]),)
    yield "random", (rng.normal(size=(1, 1)),)
    yield "random", (rng.normal(size=(1, 5)),)
    for shape in ((4, 2), (3, 3), (20, 6)):
        yield "batch", (rng.normal(0, 3, shape),)
    yield "edge", (np.array([[-1.0, 0.0, 1.0], [0.0, 0.0, -0.001]]),)
    yield "edge", (-np.abs(rng.normal(size=(3, 2))),)
    yield "extreme", (np.array([[1e300, -1e300, 1e-300, -1e-300]]),)


def where_positive(Z: FloatArray) -> Any:
    """A bend for one number: numpy does not know whether an array is positive."""
    return Z if Z > 0 else 0 * Z


def both(bend: Callable[..., Any] = relu, slope: Callable[..., Any] = relu_derivative) -> Any:
    """The right functions, or one in the place of each."""
    return bend, slope


OWN = Code(
    kind="write",
    level=1,
    reference=lambda Z: [relu(Z), relu_derivative(Z)],
    cases=bend_cases,
    use=each,
    parts=("relu", "relu_slope"),
    forbids={"nnlib"},
    mistakes={
        "one_number_at_a_time": both(where_positive),
        "largest_of_each_column": both(lambda Z: np.max(Z, 0)),
        "zero_for_array": both(lambda Z: np.max(0, Z)),
        "largest_of_all": both(lambda Z: max(0, np.max(Z))),
        "negative_part": both(lambda Z: np.minimum(Z, 0)),
        "size": both(np.abs),
        "switch_for_value": both(lambda Z: np.where(Z > 0, 1.0, 0.0)),
        "softplus": both(softplus),
        "leaky": both(lambda Z: np.maximum(Z, 0.01 * Z)),
        "on_at_the_corner": both(slope=lambda Z: np.where(Z >= 0, 1.0, 0.0)),
        "half_at_the_corner": both(slope=lambda Z: np.heaviside(Z, 0.5)),
        "sign": both(slope=np.sign),
        "value_for_slope": both(slope=relu),
        "sum_for_slope": both(slope=lambda Z: np.where(Z > 0, Z, 1.0)),
        "slope_never_zero": both(slope=lambda Z: np.ones_like(Z)),
        "slope_of_the_left": both(slope=lambda Z: np.where(Z > 0, 0.0, 1.0)),
        "slope_of_the_sigmoid": both(slope=sigmoid),
        "slope_of_leaky": both(slope=lambda Z: np.where(Z > 0, 1.0, 0.01)),
    },
)
