"""The exercises on handwritten digits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np

from nnbook.chapters.digits.own import OWN
from nnbook.chapters.digits.pixels import FAINT, SCALE
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import datasets, split
from nnlib._typing import IntArray

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


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
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
    "scale": SCALE,
    "faint": FAINT,
}
