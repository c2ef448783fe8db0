"""The exercises on pixels: faint ones, the most similar image, and scales."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code
from nnlib import standardize
from nnlib._typing import FloatArray, IntArray

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


# -- neighbor: the label of the most similar image -------------------------------------------


def distances(X_new: FloatArray, X_train: FloatArray, power: int = 2) -> FloatArray:
    """Sums of the powers of |differences|, one row for each new image."""
    return np.sum(np.abs(X_new[:, np.newaxis] - X_train) ** power, axis=2)


def neighbor(X_train: FloatArray, y_train: IntArray, X_new: FloatArray) -> IntArray:
    """The definition."""
    return y_train[np.argmin(distances(X_new, X_train), axis=1)]


def neighbor_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Few points in the plane, then images between 0 and 16."""
    corners = np.array([[0.0, 0.0], [6.0, 0.0], [0.0, 4.0]])
    yield "ordinary", (corners, np.array([7, 4, 9]), np.array([[1.0, 3.0], [4.0, 1.0]]))
    around = np.array([[3.0, 3.0], [0.0, 5.0]])
    yield "ordinary", (around, np.array([2, 8]), np.array([[0.0, 0.0]]))
    yield "random", (rng.uniform(0, 16, (30, 4)), rng.permutation(30), rng.uniform(0, 16, (1, 4)))
    for n, new in ((40, 25), (60, 60)):
        X = rng.uniform(0, 16, (n, 6))
        yield "batch", (X, rng.permutation(n), rng.uniform(0, 16, (new, 6)))
    yield "edge", (corners, np.array([5, 8, 3]), corners[::-1].copy())
    yield "edge", (np.ones((1, 3)), np.array([4]), rng.uniform(0, 16, (5, 3)))


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

NEIGHBOR = Code(
    kind="write",
    level=2,
    reference=neighbor,
    cases=neighbor_cases,
    mistakes={
        "position_for_label": lambda X, y, N: np.argmin(distances(N, X), axis=1),
        "farthest": lambda X, y, N: y[np.argmax(distances(N, X), axis=1)],
        "signed_differences": lambda X, y, N: y[np.argmin(N.sum(1)[:, None] - X.sum(1), 1)],
        "absolute_differences": lambda X, y, N: y[np.argmin(distances(N, X, power=1), axis=1)],
        "largest_difference": lambda X, y, N: y[
            np.argmin(np.abs(N[:, None] - X).max(axis=2), axis=1)
        ],
        "largest_product": lambda X, y, N: y[np.argmax(N @ X.T, axis=1)],
        "neighbor_of_training": lambda X, y, N: y[np.argmin(distances(N, X), axis=0)],
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
