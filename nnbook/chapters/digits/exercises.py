"""The exercises on handwritten digits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np

from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import accuracy, datasets, softmax, split, standardize
from nnlib._typing import FloatArray, IntArray

# -- images: from shares to counts ------------------------------------------------------------

RIGHT, BETTER, WANTED = 0.968, 0.975, 0.002


@cache
def sizes() -> tuple[int, int]:
    """Return how many images the chapter trains on, and how many it holds out."""
    digits = datasets.digits()
    train, held_out, _, _ = split(digits.X, digits.y, rng=np.random.default_rng(0))
    return len(train), len(held_out)


def images(n: int) -> list[float]:
    """Misread images, images of difference, and images for the error that is wanted."""
    return [n * (1 - RIGHT), n * (BETTER - RIGHT), RIGHT * (1 - RIGHT) / WANTED**2]


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


# -- hands: a mean over writers, and its error -----------------------------------------------


def hands(
    right: IntArray, block: IntArray, divisor: float | None = None, ddof: int = 1
) -> list[float]:
    """Mean over the accuracies of the blocks, and the standard deviation of that mean."""
    each = np.array([np.mean(right[block == b]) for b in np.unique(block)])
    return [each.mean(), each.std(ddof=ddof) / (divisor or math.sqrt(len(each)))]


def hands_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Blocks of unequal size, in order or mixed, with gaps in their numbers."""
    yield "ordinary", (np.array([1, 1, 0, 1, 1, 1, 0, 0]), np.array([0, 0, 0, 0, 1, 1, 2, 2]))
    for count in (4, 14):
        block = np.repeat(np.arange(count), rng.integers(5, 40, count).astype(np.intp))
        share = rng.uniform(0.6, 1, count)[block]
        yield "random", ((rng.random(len(block)) < share).astype(int), block)
        mixed = rng.permutation(block)
        yield "batch", ((rng.random(len(block)) < 0.8).astype(int), mixed)
    yield "edge", (np.array([1, 0, 1, 1, 1, 0]), np.array([13, 10, 10, 13, 10, 12]))
    yield "edge", (np.ones(7, dtype=int), np.array([0, 0, 1, 1, 1, 2, 2]))


# -- errors: three units that could have been others -----------------------------------------


def errors(images: float = 0.9 * 0.1 / 400, splits: float = 20, people: float = 10) -> list[float]:
    """Standard errors over images, over splits and over people."""
    return [math.sqrt(images), 0.009 / math.sqrt(splits), 0.04 / math.sqrt(people)]


# -- report: what is wrong with each sentence -------------------------------------------------

FAULTS = (5, 1, 3, 4, 2, 0, 0)


def faults(**changed: int) -> list[int]:
    """The numbers of the faults, with some sentences judged otherwise: ``b=0``."""
    return [changed.get(name, fault) for name, fault in zip("abcdefg", FAULTS, strict=True)]


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


# -- sure: what is said, less what is right ----------------------------------------------------


def over_sure(Z: FloatArray, labels: IntArray, T: float) -> float:
    """The mean of the largest probabilities at this temperature, less the accuracy."""
    return float(softmax(Z / T).max(axis=1).mean()) - accuracy(Z, labels)


def sure_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Batches that are too sure and too modest, at temperatures on both sides of 1."""
    yield "ordinary", (np.array([[2.0, 0.0, 1.0], [0.0, 3.0, 1.0]]), np.array([0, 2]), 2.0)
    for n, classes, size, T in ((20, 3, 4.0, 3.0), (40, 10, 0.5, 0.5), (30, 5, 3.0, 1.5)):
        Z = size * rng.normal(size=(n, classes))
        labels = np.where(rng.random(n) < 0.7, Z.argmax(axis=1), rng.integers(classes, size=n))
        yield "batch", (Z, labels, T)
    yield "edge", (np.array([[1.0, 0.0]]), np.array([0]), 1.0)
    yield "edge", (np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([1, 0]), 4.0)
    yield "extreme", (np.array([[900.0, 0.0], [0.0, 800.0]]), np.array([0, 0]), 0.5)


# -- difference: two networks on the same images ---------------------------------------------


def difference(first: IntArray, second: IntArray) -> float:
    """The standard deviation of the difference on one image, divided by the root of n."""
    return float(np.std(first - second) / math.sqrt(len(first)))


def difference_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Two networks that mostly fail together, in every degree."""
    yield "ordinary", (np.array([1, 1, 1, 0, 1, 1, 0, 1]), np.array([1, 0, 1, 0, 1, 0, 1, 1]))
    for n, alike in ((20, 0.5), (449, 0.9), (1000, 0.7)):
        first = (rng.random(n) < 0.8).astype(int)
        other = (rng.random(n) < 0.9).astype(int)
        yield "random", (first, np.where(rng.random(n) < alike, first, other))
    some = np.array([1, 0, 0, 1, 1])
    yield "edge", (some, some.copy())
    yield "edge", (some, 1 - some)
    yield "edge", (np.ones(6, dtype=int), np.array([0, 1, 1, 1, 1, 1]))
    yield "extreme", (np.ones(100_000, dtype=int), (np.arange(100_000) > 0).astype(int))


EXERCISES: dict[str, Exercise] = {
    "images": Values(
        kind="predict",
        level=1,
        answer=lambda: images(sizes()[1]),
        mistakes={
            "right_for_misread": lambda: [RIGHT * sizes()[1], *images(sizes()[1])[1:]],
            "shares_for_counts": lambda: [1 - RIGHT, BETTER - RIGHT, images(1)[2]],
            "training_images": lambda: images(sizes()[0]),
            "square_forgotten": lambda: [*images(sizes()[1])[:2], images(1)[2] * WANTED],
            "variance_of_one_forgotten": lambda: [*images(sizes()[1])[:2], 1 / WANTED**2],
            "how_many_times": lambda: [*images(sizes()[1])[:2], images(1)[2] / sizes()[1]],
        },
        atol=0.5,
    ),
    "faint": Code(
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
    ),
    "hands": Code(
        kind="write",
        level=2,
        reference=hands,
        cases=hands_cases,
        mistakes={
            "images_for_hands": lambda r, b: [r.mean(), r.std() / math.sqrt(len(r))],
            "mean_over_images": lambda r, b: [r.mean(), hands(r, b)[1]],
            "spread_for_error": lambda r, b: hands(r, b, divisor=1),
            "root_forgotten": lambda r, b: hands(r, b, divisor=len(set(b))),
            "root_of_images": lambda r, b: hands(r, b, divisor=math.sqrt(len(r))),
            "population_deviation": lambda r, b: hands(r, b, ddof=0),
        },
    ),
    "errors": Values(
        kind="predict",
        level=2,
        answer=errors,
        mistakes={
            "root_forgotten": lambda: errors(images=(0.9 * 0.1 / 400) ** 2),
            "one_image": lambda: errors(images=0.9 * 0.1),
            "all_images": lambda: [*errors()[:2], math.sqrt(0.9 * 0.1 / 5000)],
            "spreads": lambda: errors(splits=1, people=1),
            "divided": lambda: errors(splits=20**2, people=10**2),
            "images_for_people": lambda: errors(people=5000),
        },
        rtol=0.05,
    ),
    "report": Values(
        kind="mend",
        level=2,
        answer=faults,
        mistakes={
            "best_of_three": lambda: faults(a=0),
            "chosen_and_judged": lambda: faults(b=0),
            "over_seeds": lambda: faults(c=0),
            "strangers": lambda: faults(d=0),
            "unfinished": lambda: faults(e=0),
            "chance": lambda: faults(f=5),
            "small": lambda: faults(g=3),
        },
        atol=0.4,
    ),
    "neighbor": Code(
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
    ),
    "scale": Code(
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
    ),
    "sure": Code(
        kind="write",
        level=2,
        reference=over_sure,
        cases=sure_cases,
        mistakes={
            "multiplied": lambda Z, labels, T: over_sure(Z, labels, 1 / T),
            "temperature_ignored": lambda Z, labels, T: over_sure(Z, labels, 1.0),
            "probabilities_divided": lambda Z, labels, T: (
                softmax(Z).max(axis=1).mean() / T - accuracy(Z, labels)
            ),
            "truth_for_largest": lambda Z, labels, T: (
                softmax(Z / T)[np.arange(len(Z)), labels].mean() - accuracy(Z, labels)
            ),
            "accuracy_forgotten": lambda Z, labels, T: softmax(Z / T).max(axis=1).mean(),
            "other_sign": lambda Z, labels, T: -over_sure(Z, labels, T),
            "size_only": lambda Z, labels, T: abs(over_sure(Z, labels, T)),
            "mistakes_for_accuracy": lambda Z, labels, T: (
                softmax(Z / T).max(axis=1).mean() - 1 + accuracy(Z, labels)
            ),
        },
    ),
    "difference": Code(
        kind="prove",
        level=3,
        reference=difference,
        cases=difference_cases,
        mistakes={
            "independent": lambda f, s: math.sqrt((f.var() + s.var()) / len(f)),
            "square_of_mean_forgotten": lambda f, s: math.sqrt(np.mean((f - s) ** 2) / len(f)),
            "variance_returned": lambda f, s: np.var(f - s) / len(f),
            "one_image": lambda f, s: np.std(f - s),
            "root_forgotten": lambda f, s: np.std(f - s) / len(f),
            "sample_deviation": lambda f, s: np.std(f - s, ddof=1) / math.sqrt(len(f)),
            "difference_itself": lambda f, s: np.mean(f - s),
        },
    ),
}
