"""The exercises of the reminder."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib._typing import FloatArray

# -- product: one entry and two shapes -----------------------------------------------------

X = np.array([[1, 2], [0, 3], [4, 1]])
W = np.array([[2, 0, 1], [1, 5, 0]])


def product(row: int = 3, column: int = 2, *, swapped: bool = False) -> list[int]:
    """The entry of XW, then the shapes of XW and WX."""
    shapes = [(X @ W).shape, (W @ X).shape]
    first, second = reversed(shapes) if swapped else shapes
    return [int((X @ W)[row - 1, column - 1]), *first, *second]


# -- spread: mean and variance of each column ----------------------------------------------


def spread(X: FloatArray) -> FloatArray:
    """A row of means and a row of variances."""
    return np.stack([X.mean(axis=0), X.var(axis=0)])


def table_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Tables with as many rows as columns, then others; the last has a single column."""
    yield "ordinary", (np.array([[1.0, 2.0, 6.0], [3.0, 5.0, 4.0], [8.0, 2.0, 5.0]]),)
    yield "ordinary", (np.array([[2.0, 10.0], [4.0, 30.0], [4.0, 10.0], [6.0, 30.0]]),)
    for shape in ((5, 3), (2, 7)):
        yield "random", (rng.normal(3, 2, shape),)
    yield "edge", (np.array([[1.0], [4.0]]),)


EXERCISES: dict[str, Exercise] = {
    "slopes": Values(
        kind="predict",
        level=1,
        answer=lambda: [2 * 5 - 6, 6 / 2],
        mistakes={
            "value_for_slope": lambda: [5**2 - 6 * 5 + 4, 3],
            "constant_kept": lambda: [2 * 5 - 6 + 4, 1],
            "linear_term_lost": lambda: [2 * 5, 0],
            "two_numbers_swapped": lambda: [3, 4],
            "value_for_place": lambda: [4, 3**2 - 6 * 3 + 4],
        },
    ),
    "product": Values(
        kind="predict",
        level=1,
        answer=product,
        mistakes={
            "row_and_column_swapped": lambda: product(2, 3),
            "counted_from_zero": lambda: product(1, 2),
            "shapes_swapped": lambda: product(swapped=True),
        },
    ),
    "rows": Code(
        kind="mend",
        level=2,
        reference=lambda X: X - X.mean(axis=1, keepdims=True),
        cases=table_cases,
        mistakes={
            "columns": lambda X: X - X.mean(axis=0),
            "one_mean": lambda X: X - X.mean(),
            "still_along_the_columns": lambda X: X - X.mean(axis=1),
        },
    ),
    "spread": Code(
        kind="write",
        level=2,
        reference=spread,
        cases=table_cases,
        mistakes={
            "rows_for_columns": lambda X: np.stack([X.mean(axis=1), X.var(axis=1)]),
            "deviation": lambda X: np.stack([X.mean(axis=0), X.std(axis=0)]),
            "divided_by_n_less_one": lambda X: np.stack([X.mean(axis=0), X.var(axis=0, ddof=1)]),
            "mean_of_squares": lambda X: np.stack([X.mean(axis=0), np.mean(X**2, axis=0)]),
            "order_swapped": lambda X: spread(X)[::-1],
            "not_divided": lambda X: np.stack([X.mean(axis=0), len(X) * X.var(axis=0)]),
            "deviations_from_one_mean": lambda X: np.stack(
                [X.mean(axis=0), np.mean((X - X.mean()) ** 2, axis=0)]
            ),
            "one_for_all": lambda X: np.stack([X.mean(), X.var()]),
        },
    ),
}
