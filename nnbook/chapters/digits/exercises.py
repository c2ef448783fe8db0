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


# -- errors: three units that could have been others -----------------------------------------


def errors(images: float = 0.9 * 0.1 / 400, splits: float = 20, people: float = 10) -> list[float]:
    """Standard errors over images, over splits and over people."""
    return [math.sqrt(images), 0.009 / math.sqrt(splits), 0.04 / math.sqrt(people)]


# -- report: what is wrong with each sentence -------------------------------------------------

FAULTS = (5, 1, 3, 4, 2, 0, 0)


def faults(**changed: int) -> list[int]:
    """The numbers of the faults, with some sentences judged otherwise: ``b=0``."""
    return [changed.get(name, fault) for name, fault in zip("abcdefg", FAULTS, strict=True)]


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
    "faint": FAINT,
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
    "scale": SCALE,
}
