"""The questions on the chain rule and the computational graph."""

from __future__ import annotations

from nnbook.questions.number import Number
from nnbook.questions.question import Question, factor, number, shown, slopes, tuples


def _branches(first: tuple[float, float], second: tuple[float, float]) -> Number:
    (into_u, from_u), (into_v, from_v) = first, second
    return number(
        "s",
        slopes(lambda x: from_u * (into_u * x) + from_v * (into_v * x), 1)[0],
        {
            "into_u": into_u,
            "from_u": from_u,
            "into_v": into_v,
            "from_v": from_v,
            "along_u": rf"{shown(into_u)} \cdot {factor(from_u)}",
            "along_v": rf"{shown(into_v)} \cdot {factor(from_v)}",
        },
        {
            "path": into_u * from_u,
            "product": into_u * from_u * into_v * from_v,
            "sum": into_u + from_u + into_v + from_v,
        },
    )


def _twice(w: float, x: float) -> Number:
    slope = slopes(lambda v: v * (w * v), x)[0]
    return number(
        "s",
        slope,
        {"weight": w, "input": x, "path": w * x},
        {"path": w * x, "value": w * x * x, "product": (w * x) ** 2},
    )


QUESTIONS = {
    "branches": Question(
        "sec-chain-rule",
        "paths",
        _branches,
        (
            tuples("2 3, 1 4, -2 1, 3 3, 0.5 4, 2 -1, 5 1, -1 -3, 2 2"),
            tuples("4 2, 2 -1, 3 3, 1 -4, 2 3, 3 4, -2 2, 4 2, -3 1"),
        ),
        level="apply",
    ),
    "twice": Question(
        "sec-chain-rule",
        "graph",
        _twice,
        ((3, 2, 5, -3, 4, 0.5, -2, 10, 6), (4, 3, -1, 4, 0.75, 6, 3, 0.4, 1.5)),
        level="apply",
    ),
}
