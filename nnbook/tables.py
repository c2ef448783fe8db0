"""Print columns of numbers with their names above them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def table(digits: int = 4, /, **columns: ArrayLike) -> None:
    """Print one column per keyword, each under its name.

    Floats have `digits` digits after the point, fewer where a column needs no more. Whole numbers,
    truth values and texts are printed as they are.

    >>> table(2, x=[0, 0.5, 1], n=[3, 30, 3000])
      x      n
    0.0      3
    0.5     30
    1.0  3,000
    """
    texts = {name: cells(values, digits) for name, values in columns.items()}
    if len({len(column) for column in texts.values()}) > 1:
        lengths = ", ".join(f"{name}: {len(column)}" for name, column in texts.items())
        raise ValueError(f"all columns need the same number of rows, got {lengths}")
    for row in zip(*([name, *column] for name, column in texts.items()), strict=True):
        widths = (max(map(len, (name, *column))) for name, column in texts.items())
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))  # noqa: T201


def cells(values: ArrayLike, digits: int) -> list[str]:
    """Return the entries of one column as texts."""
    array: np.ndarray[Any, Any] = np.asarray(values).ravel()
    if array.dtype.kind in "iu":
        return [f"{value:,}" for value in array.tolist()]
    if array.dtype.kind != "f":
        return [str(value) for value in array.tolist()]
    texts = [f"{value:.{digits}f}" for value in (np.round(array, digits) + 0.0).tolist()]
    while digits > 1 and np.isfinite(array).all() and all(text.endswith("0") for text in texts):
        texts, digits = [text[:-1] for text in texts], digits - 1
    return texts
