"""The exercises on the softmax."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.chapters.softmax._pair import PAIR
from nnbook.chapters.softmax.own import OWN
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import softmax, softmax_jacobian
from nnlib._typing import FloatArray

FLOWER = np.array([1.43, -0.40, 0.23])
RATIOS = np.array([2 + np.log(6), 2 + np.log(3), 2.0])


# -- product: J^T g without the matrix -----------------------------------------------------


def product(p: FloatArray, g: FloatArray) -> FloatArray:
    """The product, row by row, made of the matrices that the exercise avoids."""
    jacobian = softmax_jacobian(np.log(p))
    return np.einsum("nij,ni->nj", jacobian, g)


def product_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Rows of probabilities with gradients: one row, then several."""
    yield "ordinary", (softmax(FLOWER)[np.newaxis], np.array([[1.0, 0.0, 0.0]]))
    yield "random", (softmax(rng.normal(size=(1, 4))), rng.normal(size=(1, 4)))
    for n, classes in ((2, 3), (3, 3), (50, 10)):
        yield "batch", (softmax(rng.normal(size=(n, classes))), rng.normal(size=(n, classes)))
    yield "edge", (np.full((2, 5), 0.2), np.ones((2, 5)))


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "ratios": Values(
        kind="predict",
        level=1,
        answer=lambda: softmax(RATIOS),
        mistakes={
            "not_divided": lambda: np.exp(RATIOS - 2),
            "no_exponential": lambda: RATIOS / RATIOS.sum(),
            "shift_kept": lambda: [8 / 15, 5 / 15, 2 / 15],
        },
        atol=0.005,
    ),
    "product": Code(
        kind="write",
        level=2,
        reference=product,
        cases=product_cases,
        forbids={"softmax_jacobian", "diag", "diagflat", "outer", "eye", "identity"},
        mistakes={
            "diagonal_alone": lambda p, g: p * (1 - p) * g,
            "others_forgotten": lambda p, g: p * g,
            "plain_mean": lambda p, g: p * (g - g.mean(axis=1, keepdims=True)),
            "all_rows_together": lambda p, g: p * (g - np.sum(p * g)),
            "factor_p_forgotten": lambda p, g: g - np.sum(p * g, axis=1, keepdims=True),
            "axis_dropped": lambda p, g: p * (g - np.sum(p * g, axis=1)),
            "wrong_axis": lambda p, g: p * (g - np.sum(p * g, axis=0)),
        },
    ),
    "base": Values(
        kind="prove",
        level=2,
        answer=lambda: [2.0**3, 1 / np.log(2)],
        mistakes={
            "base_e": lambda: [np.exp(3), 1.0],
            "temperature_upside_down": lambda: [8.0, np.log(2)],
            "base_for_temperature": lambda: [8.0, 2.0],
            "base_half": lambda: [8.0, 0.5],
            "three_times_two": lambda: [6.0, 1 / np.log(2)],
            "base_ten": lambda: [8.0, 1 / np.log10(2)],
        },
        atol=0.005,
    ),
    "pair": PAIR,
}
