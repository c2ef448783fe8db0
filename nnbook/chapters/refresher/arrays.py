"""The questions on arrays."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number

BOTH = -2
"""Stands for both axes: a question has numbers only."""


def _axis(rows: int, columns: int, axis: int) -> Choice:
    both = axis == BOTH
    shape = np.zeros((rows, columns)).sum(axis=(0, 1) if both else axis).shape
    names = {(columns,): "columns", (rows,): "rows", (): "one"}
    return choice(
        ("rows", "columns", "one"),
        names[shape],
        {"rows": rows, "columns": columns, "axis": "(0, 1)" if both else axis},
    )


def _difference() -> str:
    shape = (np.zeros((3, 1)) - np.zeros(3)).shape
    return {(3,): "vector", (3, 1): "column", (3, 3): "table"}[shape]


def _broadcast(column: int, row: int, hidden: int) -> Number:
    """How many neurons made the column plays no part."""
    shape = np.broadcast_shapes((column, 1), (row,))
    return number(
        "n",
        float(np.prod(shape)),
        {"column": column, "row": row, "hidden": hidden},
        {"column": column, "added": column + row, "none": 0},
    )


QUESTIONS = {
    "axis": Question(
        "sec-refresher-arrays",
        "axis",
        _axis,
        (
            (2, 150, 5, 10, 4, 100, 3, 20, 6),
            (3, 4, 8, 64, 6, 10, 7, 5, 9),
            (0, 0, 1, BOTH, 1, 0, BOTH, 1, BOTH),
        ),
        level="apply",
    ),
    "broadcast": Question(
        "sec-refresher-arrays",
        "broadcasting",
        _broadcast,
        (
            (3, 4, 5, 6, 10, 8, 2, 7, 9),
            (3, 4, 5, 2, 10, 8, 5, 7, 3),
            (8, 2, 16, 5, 3, 4, 6, 12, 10),
        ),
        in_text={
            "broadcast": Choice(
                options=("vector", "column", "table", "error"),
                answer=_difference,
            )
        },
        level="apply",
    ),
}
