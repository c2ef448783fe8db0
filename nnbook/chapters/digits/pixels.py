"""The exercises on pixels: faint ones, and scales."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code
from nnlib import standardize
from nnlib._typing import FloatArray

# -- faint: a pixel with ink in m of n images ------------------------------------------------


def faint(n: int, m: int) -> FloatArray:
    """Standardize such a pixel and look."""
    pixel = np.zeros((n, 1))
    pixel[:m] = 1
    scaled, _ = standardize(pixel)
    return scaled[[0, -1], 0]


def faint_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Numbers of images and of inked ones: one, few, half, all but one."""
    yield "ordinary", (1011, 1)
    yield "ordinary", (10, 2)
    for n in rng.integers(20, 500, size=4):
        yield "random", (int(n), int(rng.integers(2, n)))
    yield from (("edge", arguments) for arguments in ((2, 1), (8, 4), (7, 6)))
    yield "extreme", (100_000, 1)


def scaled(n: int, m: int, square: float, shift: float = 1.0) -> list[float]:
    """(v - mean) / sigma for v = 1 and v = 0, with a variance and a share of the mean to choose."""
    return [(1 - shift * m / n) / math.sqrt(square), -shift * m / n / math.sqrt(square)]


def variance(n: int, m: int) -> float:
    """Mean of the squares minus square of the mean, for ink 1."""
    return m / n - (m / n) ** 2


# -- scale: no step of ink becomes large -----------------------------------------------------


def scale_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Pixels between 0 and 16: constant, faint, ordinary."""
    yield "ordinary", (np.array([[0, 0, 2, 16], [0, 1, 5, 0], [0, 0, 11, 3], [0, 0, 4, 9.0]]),)
    yield "random", (rng.integers(0, 17, (6, 5)).astype(float),)
    rim = rng.integers(0, 17, (100, 8)) * rng.choice([0.0, 1.0], p=[0.9, 0.1], size=(100, 8))
    rim[:, 3] = 0
    yield "batch", (rim,)
    yield "batch", (rng.binomial(16, 0.02, size=(50, 6)).astype(float),)
    yield "edge", (np.full((3, 4), 16.0),)
    yield "edge", (np.array([[4.0, 3.0, 0.0], [6.0, 5.2, 0.1]]),)


FAINT = Code(
    kind="prove",
    level=2,
    reference=faint,
    cases=faint_cases,
    mistakes={
        "one_image_only": lambda n, m: faint(n, 1),
        "square_of_mean_forgotten": lambda n, m: scaled(n, m, m / n),
        "root_forgotten": lambda n, m: scaled(n, m, variance(n, m) ** 2),
        "mean_not_subtracted": lambda n, m: scaled(n, m, variance(n, m), shift=0),
        "zeros_stay_zero": lambda n, m: [faint(n, m)[0], 0],
        "sign_of_zeros": lambda n, m: np.abs(faint(n, m)),
        "sample_deviation": lambda n, m: scaled(n, m, variance(n, m) * n / (n - 1)),
    },
)

SCALE = Code(
    kind="mend",
    level=2,
    reference=lambda X: np.maximum(np.std(X, axis=0), 1),
    cases=scale_cases,
    mistakes={
        "tiny_added": lambda X: X.std(axis=0) + 1e-8,
        "constant_alone": lambda X: standardize(X)[1].scale,
        "one_added": lambda X: X.std(axis=0) + 1,
        "smaller_of_both": lambda X: np.minimum(X.std(axis=0), 1),
        "variance_for_deviation": lambda X: np.maximum(X.var(axis=0), 1),
        "sample_deviation": lambda X: np.maximum(X.std(axis=0, ddof=1), 1),
        "one_scale_for_all": lambda X: np.maximum(X.std(), 1),
        "pixels_for_scale": lambda X: (X - X.mean(axis=0)) / np.maximum(X.std(axis=0), 1),
    },
)
