"""One form for all networks that are the same, for the exercise on symmetry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case
from nnbook.questions.given import parts_like
from nnlib._typing import FloatArray

Layers = tuple[FloatArray, FloatArray, FloatArray]


def stacked(answer: Callable[..., Any], *arrays: FloatArray) -> FloatArray:
    """Stack the reader's three arrays: one neuron a column, what goes out of it at the bottom."""
    into, bias, out = parts_like(answer(*arrays), *(array.shape for array in arrays))
    return np.vstack([into, bias, np.transpose(out)])


def standard_form(
    W1: FloatArray,
    b1: FloatArray,
    W2: FloatArray,
    *,
    bias_power: int = 1,
    out_power: int = 1,
    reorder_out: bool = True,
    order: Callable[[FloatArray, FloatArray, FloatArray], Any] = (
        lambda b, scaled, first: np.lexsort((first, scaled))
    ),
) -> Layers:
    """Weights of length 1 into each neuron, biases that rise; other arguments make it wrong.

    Among equal biases the first of the weights decides, so that no two networks are left.
    """
    length = np.linalg.norm(W1, axis=0)
    bias, out = b1 / length**bias_power, W2 * length[:, np.newaxis] ** out_power
    places = order(b1, bias, W1[0] / length)
    return (W1 / length)[:, places], bias[places], out[places] if reorder_out else out


def symmetry_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Networks of one and of several inputs and outputs."""
    yield "ordinary", (np.array([[3.0, -4.0]]), np.array([6.0, 2.0]), np.array([[1.0], [0.5]]))
    yield "ordinary", (np.array([[3.0, 1.0], [4.0, 0.0]]), np.array([5.0, 2.0]), np.eye(2))
    for d, m, k in ((1, 5, 1), (2, 3, 1), (4, 7, 3)):
        yield "random", (rng.normal(size=(d, m)), rng.normal(size=m), rng.normal(size=(m, k)))
    yield "edge", (np.eye(3), np.array([2.0, -1.0, 0.0]), rng.normal(size=(3, 2)))
    yield "edge", (rng.normal(size=(4, 5)), np.zeros(5), rng.normal(size=(5, 2)))
