"""The questions on slopes that one sees, and on loops that one reads."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Layer, Panel, curve
from nnbook.questions.question import Question, choice

X, Y = Axis(symbol="x", low=0, high=4), Axis(symbol="y", low=-2, high=6)
SIGNS = {1: "rises", 0: "level", -1: "falls"}


def _tangent(lowest: float, scale: float, at: float) -> Choice:
    """Ask for the sign of the slope of a parabola, which may lie above or below 0."""

    def height(x: np.ndarray) -> np.ndarray:
        return np.asarray(1 + scale * (x - lowest) ** 2)

    point = Layer("points", [(at, float(height(np.array(at))))], "weight")
    slope = 2 * scale * (at - lowest)
    return choice(
        ("rises", "level", "falls"),
        SIGNS[int(np.sign(slope))],
        {"at": at, "turn": lowest, "height": float(height(np.array(at))), "slope": slope},
        picture=lambda: [Panel(X, Y, [curve(height, X), point])],
    )


LOOPS = {
    "product": "C[i,j] = C[i,j] + A[i,k]*B[k,j]",
    "last": "C[i,j] = A[i,k]*B[k,j]",
    "turned": "C[i,j] = C[i,j] + A[i,k]*B[j,k]",
}
CODE = """
C = {n} rows and {n} columns of 0
for i in 1 .. {n}:
  for j in 1 .. {n}:
    for k in 1 .. {n}:
      {line}
"""


def _runs(line: str, n: int) -> str:
    """Run the loops on two matrices, and name what comes out."""
    rng = np.random.default_rng(n)
    A, B = rng.normal(size=(2, n, n))
    C = np.zeros((n, n))
    for i, j, k in np.ndindex(n, n, n):
        before = 0.0 if line == "last" else C[i, j]
        C[i, j] = before + A[i, k] * (B[j, k] if line == "turned" else B[k, j])
    results = {"product": A @ B, "last": np.outer(A[:, -1], B[-1]), "turned": A @ B.T}
    (found,) = (name for name, one in results.items() if np.allclose(C, one))
    return found


def _loops(line: str, n: int) -> Choice:
    return choice(
        ("product", "last", "turned"),
        _runs(line, n),
        {"n": n},
        code=CODE.strip().format(n=n, line=LOOPS[line]),
    )


QUESTIONS = {
    "tangent": Question(
        "sec-refresher-derivative",
        "slope-sign",
        _tangent,
        (
            (2, 2, 1, 3, 2, 2, 1, 3, 3, 1),
            (1, -0.5, 0.5, 0.5, 1, -0.5, -0.25, -0.25, 0.5, -0.25),
            (1, 1, 1, 1.5, 3.5, 2, 3, 2, 4, 2.5),
        ),
        level="apply",
    ),
    "loops": Question(
        "sec-refresher-product",
        "product-code",
        _loops,
        (
            ("product", "last", "turned", "product", "last", "turned", "last", "product", "turned"),
            (2, 3, 4, 5, 2, 3, 4, 10, 6),
        ),
        level="diagnose",
    ),
}
