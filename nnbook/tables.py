"""Show columns of numbers with their names above them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

SUBSCRIPT = re.compile(r"([^\W\d_])_?(\d+)")  # z1, p_2
WORD = re.compile(r"(?!nan$|inf$)[^\W\d_]")


def table(digits: int = 4, /, **columns: ArrayLike) -> None:
    """Show one column per keyword, each under its name.

    Floats have `digits` digits after the point, fewer where a column needs no more. Whole numbers,
    truth values and texts are shown as they are.

    >>> table(2, x=[0, 0.5, 1], n=[3, 30, 3000])
      x      n
    0.0      3
    0.5     30
    1.0  3,000
    """
    from IPython.display import display

    shown = Table({name: cells(values, digits) for name, values in columns.items()})
    display(shown)  # type: ignore[no-untyped-call]


class Table:
    """Columns of texts: lines in a terminal, a table in a notebook and on a page."""

    def __init__(self, columns: dict[str, list[str]]) -> None:
        if len({len(column) for column in columns.values()}) > 1:
            lengths = ", ".join(f"{name}: {len(column)}" for name, column in columns.items())
            raise ValueError(f"all columns need the same number of rows, got {lengths}")
        self.columns = columns

    def __repr__(self) -> str:
        widths = [max(map(len, (name, *column))) for name, column in self.columns.items()]
        lines = zip(*([name, *column] for name, column in self.columns.items()), strict=True)
        return "\n".join(
            "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
            for line in lines
        )

    def _repr_html_(self) -> str:
        kinds = [
            ' class="word"' if any(map(WORD.match, column)) else ""
            for column in self.columns.values()
        ]

        def row(tag: str, line: Iterable[str]) -> str:
            cells = (f"<{tag}{kind}>{cell}</{tag}>" for kind, cell in zip(kinds, line, strict=True))
            return f"<tr>{''.join(cells)}</tr>\n"

        lines = zip(*self.columns.values(), strict=True)
        return (
            f'<table class="numbers">\n<thead>\n{row("th", map(heading, self.columns))}</thead>\n'
            f"<tbody>\n{''.join(row('td', map(with_minus, line)) for line in lines)}</tbody>\n"
            "</table>"
        )


def heading(name: str) -> str:
    """Write the name of a column as a reader would: a letter with its subscript, words in lines."""
    if name == "y_hat":
        return "<i>ŷ</i>"
    if found := SUBSCRIPT.fullmatch(name):
        return f"<i>{found[1]}</i><sub>{found[2]}</sub>"
    if len(name) == 1:
        return f"<i>{escape(name)}</i>"
    return "<br>".join(escape(name).split("_"))


def with_minus(cell: str) -> str:
    """Write a negative number with the sign of mathematics."""
    return escape("−" + cell[1:] if re.match(r"-[\d.]|-inf", cell) else cell)


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
