"""The questions on matrices and variance."""

from __future__ import annotations

import math

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number


def _entry(a: float, b: float, c: float, u: float, v: float, w: float) -> Number:
    X, W = np.array([[a, b, c]]), np.array([[u], [v], [w]])
    return number(
        "n",
        float((X @ W).item()),
        {"row": (a, b, c), "column": (u, v, w)},
        {
            "added": float(X.sum() + W.sum()),
            "sums": float(X.sum() * W.sum()),
            "first": a * u,
        },
    )


Shape = tuple[int, ...]


LAYERS: dict[str, tuple[Shape, Shape]] = {
    "out_in": ((3, 4), (3,)),
    "in_out": ((4, 3), (3,)),
    "long_bias": ((4, 3), (150,)),
    "per_flower": ((150, 3), (150,)),
}


def _fits(W: Shape, b: Shape) -> bool:
    """Return whether 150 rows of 4 numbers become 150 rows of 3."""
    try:
        Z = np.zeros((150, 4)) @ np.zeros(W) + np.zeros(b)
    except ValueError:
        return False
    return Z.shape == (150, 3)


def _layer() -> str:
    (found,) = (name for name, shapes in LAYERS.items() if _fits(*shapes))
    return found


STRAIGHT, SWAPPED, SQUARE = "X W", r"W^{\mathsf{T}} X^{\mathsf{T}}", r"X^{\mathsf{T}} X"


def _product(asked: str, n: int, inner: int, rows: int, out: int) -> Choice:
    X, W = np.zeros((n, inner)), np.zeros((rows, out))
    left, right = {STRAIGHT: (X, W), SWAPPED: (W.T, X.T), SQUARE: (X.T, X)}[asked]
    names = {(n, out): "outer", (inner, rows): "inner", (out, n): "turned"}
    try:
        answer = names[(left @ right).shape]
    except ValueError:
        answer = "error"
    return choice(
        ("outer", "inner", "turned", "error"),
        answer,
        {"asked": asked, "n": n, "inner": inner, "rows": rows, "out": out},
    )


X = np.array([[2.0, 1.0, 0.0], [1.0, 0.0, 3.0]])


W = np.array([[1.0, 2.0], [4.0, 3.0], [2.0, 1.0]])


def _total(price: float = W[1, 1]) -> float:
    """The sum of XW, with another number in row 2 and column 2 of W."""
    changed = W.copy()
    changed[1, 1] = price
    return float((X @ changed).sum())


def _variance(*values: float) -> Number:
    deviations = np.array(values) - np.mean(values)
    return number(
        "v",
        float(np.var(values)),
        {"list": values, "mean": float(np.mean(values)), "deviations": tuple(deviations.tolist())},
        {
            "root": float(np.std(values)),
            "sum": float(np.sum(deviations**2)),
            "sample": float(np.var(values, ddof=1)),
            "sizes": float(np.mean(np.abs(deviations))),
        },
        absolute=0.05,
    )


def _scaled(spread: float, scale: float, shift: float) -> Number:
    values = np.array([-1.0, 1.0]) * np.sqrt(spread)
    return number(
        "v",
        float(np.var(scale * values + shift)),
        {"variance": spread, "factor": scale, "shift": shift},
        {
            "linear": scale * spread,
            "shifted": scale**2 * spread + shift,
            "both": scale * spread + shift,
        },
        absolute=0.05,
    )


QUESTIONS = {
    "entry": Question(
        "sec-refresher-product",
        "weighted-sum",
        _entry,
        (
            (2, 1, 3, 0, 2, 1, 4, 1, 5),
            (1, 0, 1, 2, 2, -1, 0, 2, 1),
            (0, 3, -1, 5, 1, 2, 1, -2, 0),
            (1, 2, 2, 7, -1, 3, 2, 4, 1),
            (4, 9, 1, 3, 3, 1, 5, 1, -2),
            (2, 1, 2, 1, 0, 5, 3, 3, 8),
        ),
        level="apply",
    ),
    "product": Question(
        "sec-refresher-product",
        "shapes",
        _product,
        (
            (*[STRAIGHT] * 4, SWAPPED, SQUARE, SWAPPED, STRAIGHT, SQUARE),
            (2, 5, 4, 3, 6, 7, 10, 4, 8),
            (3, 2, 4, 5, 1, 3, 4, 6, 2),
            (3, 5, 4, 2, 1, 3, 4, 5, 2),
            (4, 6, 2, 7, 3, 5, 1, 7, 5),
        ),
        in_text={"shapes": Choice(options=tuple(LAYERS), answer=_layer)},
        level="apply",
    ),
    "total": Question(
        in_text={
            "total": Number(
                symbol=r"\frac{\partial S}{\partial W_{22}}",
                answer=lambda: _total(1) - _total(0),  # S is a straight line in each price
                absolute=0.1,
                mistakes={
                    "price": lambda: float(W[1, 1]),
                    "row": lambda: float(X[1].sum()),
                    "purchases": lambda: float(len(X)),
                    "cost": lambda: float((X @ W)[1, 1]),
                    "other": lambda: float(X[1, 1]),
                },
            )
        },
        level="apply",
    ),
    "variance": Question(
        "sec-refresher-variance",
        "variance",
        _variance,
        (
            (0, 1, 3, 0, 2, 0, 1, 0, 0),
            (2, 3, 3, 4, 2, 2, 4, 2, 0),
            (2, 3, 3, 4, 2, 4, 4, 3, 8),
            (4, 9, 7, 8, 10, 6, 7, 7, 12),
        ),
        level="apply",
    ),
    "scaled": Question(
        "sec-refresher-variance",
        "variance-scaled",
        _scaled,
        (
            (2, 3, 4, 5, 2, 1, 6, 0.5, 7),
            (10, 2, 3, -2, 3, 4, 0.5, 10, 10),
            (5, 1, 10, 7, 1, 1, 3, 4, 3),
        ),
        level="apply",
    ),
    "throws": Question(
        in_text={
            "throws": Number(
                symbol="n",
                answer=lambda: 10**2,
                relative=0.01,
                mistakes={
                    "once": lambda: 10,
                    "root": lambda: math.sqrt(10),
                    "fourth": lambda: 10**4,
                },
            )
        },
        level="relate",
    ),
}
