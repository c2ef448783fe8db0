"""Part 7 of the reader's own network: from raw outputs to probabilities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code
from nnlib import log_softmax, softmax
from nnlib._typing import FloatArray


def output_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Batches, also of one row, of whole numbers, as many rows as classes, near and far apart."""
    yield "ordinary", (np.array([[1.43, -0.40, 0.23], [1.0, 0.0, 0.0]]),)
    yield "ordinary", (np.array([[1, 2, 0], [3, 3, 5], [0, -1, 1], [2, 2, 2]]),)
    yield "random", (rng.normal(size=(1, 4)),)
    for n, classes in ((4, 3), (3, 3), (20, 5)):
        yield "batch", (rng.normal(0, 3, size=(n, classes)),)
    yield "edge", (np.zeros((2, 3)),)
    yield "extreme", (np.array([[1000.0, 999.0, 998.0], [1.43, -0.40, 0.23]]),)
    yield "extreme", (np.array([[-1000.0, -1000.0], [1000.0, -1000.0]]),)
    yield "extreme", (np.array([[0.0, 1000.0, 1000.0]]),)


def shares(Z: FloatArray, shift: FloatArray | float, axis: int | None = 1) -> FloatArray:
    """The softmax after a shift, divided by the sums along an axis."""
    E = np.exp(Z - shift)
    return E / E.sum(axis=axis, keepdims=True)


def flat_sums(Z: FloatArray) -> FloatArray:
    """The softmax whose sums have lost their axis."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


OWN = Code(
    kind="write",
    level=1,
    reference=lambda Z: softmax(Z, axis=1),
    cases=output_cases,
    forbids={"nnlib"},
    rtol=1e-11,
    mistakes={
        "no_shift": lambda Z: shares(Z, 0.0),
        "no_shift_and_axis_dropped": lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1),
        "one_shift_for_all": lambda Z: shares(Z, Z.max()),
        "shift_axis_dropped": lambda Z: shares(Z, Z.max(axis=1)),
        "sum_axis_dropped": flat_sums,
        "shift_along_columns": lambda Z: shares(Z, Z.max(axis=0)),
        "along_columns": lambda Z: shares(Z, Z.max(axis=0), axis=0),
        "smallest_subtracted": lambda Z: shares(Z, Z.min(axis=1, keepdims=True)),
        "mean_subtracted": lambda Z: shares(Z, Z.mean(axis=1, keepdims=True)),
        "one_sum_for_all": lambda Z: shares(Z, Z.max(), axis=None),
        "not_divided": lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)),
        "no_exponential": lambda Z: Z / Z.sum(axis=1, keepdims=True),
        "shift_left_out_below": lambda Z: (
            np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z).sum(axis=1, keepdims=True)
        ),
        "logarithm_returned": lambda Z: log_softmax(Z, axis=1),
        "whole_numbers": lambda Z: softmax(Z, axis=1).astype(Z.dtype),
        "largest_gets_all": lambda Z: np.eye(Z.shape[1])[Z.argmax(axis=1)],
    },
)
