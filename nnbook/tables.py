"""Show columns of numbers with their names above them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any, TypedDict

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

    def shown(self) -> list[Column]:
        """Return the columns as a page sets them."""
        return [
            Column(
                head=heading(name),
                kind="word" if any(map(WORD.match, column)) else None,
                cells=list(map(with_minus, column)),
            )
            for name, column in self.columns.items()
        ]

    def _repr_html_(self) -> str:
        columns = self.shown()

        def row(tag: str, line: Iterable[str]) -> str:
            written = ""
            for column, text in zip(columns, line, strict=True):
                name = tag if text else "td"  # an empty corner is no header
                kind = f' class="{column["kind"]}"' if column["kind"] else ""
                written += f"<{name}{kind}>{text}</{name}>"
            return f"<tr>{written}</tr>\n"

        head = row("th", ("".join(map(as_html, column["head"])) for column in columns))
        lines = zip(*(map(escape, column["cells"]) for column in columns), strict=True)
        body = "".join(row("td", line) for line in lines)
        return (
            f'<table class="numbers">\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>'
        )


class Column(TypedDict):
    """A column as a page sets it. Its head consists of texts, each with the tag around it."""

    head: list[tuple[str, str]]
    kind: str | None
    cells: list[str]


def heading(name: str) -> list[tuple[str, str]]:
    """Write the name of a column as a reader would: a letter with its subscript, words in lines."""
    if found := SUBSCRIPT.fullmatch(name):
        return [("i", found[1]), ("sub", found[2])]
    if name == "y_hat" or len(name) == 1:
        return [("i", "ŷ" if name == "y_hat" else name)]
    first, *others = name.split("_")
    return [("", first), *(part for word in others for part in (("br", ""), ("", word)))]


def as_html(part: tuple[str, str]) -> str:
    """Write a part of a head."""
    tag, text = part
    return "<br>" if tag == "br" else f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)


def with_minus(cell: str) -> str:
    """Write a negative number with the sign of mathematics."""
    return "−" + cell[1:] if re.match(r"-[\d.]|-inf", cell) else cell


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
