"""The predictions of the reminder."""

from __future__ import annotations

import numpy as np

from nnbook.predictions.formats import fixed
from nnbook.predictions.prediction import Choice, Number

# -- A chain of two ------------------------------------------------------------------------------

A, A_SLOPE, DZ = 0.8, 0.5, 0.01
L_SLOPE = -2 * (1 - A)

# -- The shapes of a layer -----------------------------------------------------------------------

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


# -- The variance in another unit ----------------------------------------------------------------

LENGTHS = np.array([2.0, 4.0, 4.0, 6.0])


# -- A column minus a vector ---------------------------------------------------------------------


def _difference() -> str:
    shape = (np.zeros((3, 1)) - np.zeros(3)).shape
    return {(3,): "vector", (3, 1): "column", (3, 3): "table"}[shape]


PREDICTIONS = {
    "chain": Number(
        again="refresher-chain",
        symbol=r"\Delta L",
        answer=lambda: L_SLOPE * A_SLOPE * DZ,
        relative=0.05,
        mistakes={
            "sign": lambda: -L_SLOPE * A_SLOPE * DZ,
            "two": lambda: L_SLOPE / 2 * A_SLOPE * DZ,
            "first": lambda: L_SLOPE * DZ,
            "rate": lambda: L_SLOPE * A_SLOPE,
        },
        values=lambda: {
            "da": fixed(A_SLOPE * DZ, 3),
            "slope": fixed(L_SLOPE, 1),
            "rate": fixed(L_SLOPE * A_SLOPE, 1),
        },
    ),
    "shapes": Choice(again="refresher-product", options=tuple(LAYERS), answer=_layer),
    "variance": Number(
        again="refresher-scaled",
        symbol=r"\sigma^2",
        answer=lambda: float(np.var(10 * LENGTHS)),
        relative=0.02,
        mistakes={
            "once": lambda: 10 * float(np.var(LENGTHS)),
            "same": lambda: float(np.var(LENGTHS)),
            "deviation": lambda: float(np.std(10 * LENGTHS)),
            "sum": lambda: len(LENGTHS) * float(np.var(10 * LENGTHS)),
        },
        decimals=0,
        values=lambda: {"before": fixed(np.var(LENGTHS), 0)},
    ),
    "broadcast": Choice(
        again="refresher-broadcast",
        options=("vector", "column", "table", "error"),
        answer=_difference,
    ),
}
