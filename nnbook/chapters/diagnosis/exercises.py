"""The exercises on networks that do not learn."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnbook.chapters.diagnosis._spoil import SPOIL
from nnbook.questions.code import Case, Code, Exercise

# -- floor: the smallest loss when softmax is applied twice --------------------------------------


def floor(K: int) -> float:
    """The best probabilities are one 1 and zeros; the loss takes softmax of them again."""
    return math.log(1 + (K - 1) / math.e)


def floor_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Numbers of classes."""
    yield "ordinary", (10,)
    yield "ordinary", (3,)
    yield from (("random", (int(K),)) for K in rng.integers(4, 500, size=4))
    yield "edge", (2,)
    yield "extreme", (1_000,)


# -- swings: gradients that are never reset, on a parabola ---------------------------------------


def period(eta: float, c: float) -> float:
    """The angle of a step has the cosine 1 - eta c / 2."""
    return 2 * math.pi / math.acos(1 - eta * c / 2)


def period_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Rates and curvatures with a product between 0 and 4."""
    yield "ordinary", (0.1, 1.0)
    yield "ordinary", (0.5, 2.0)
    for product in rng.uniform(0.01, 3.9, size=4):
        c = float(rng.uniform(0.5, 20))
        yield "random", (float(product) / c, c)
    yield "edge", (1.0, 2.0)
    yield "edge", (0.001, 1.0)


EXERCISES: dict[str, Exercise] = {
    "floor": Code(
        kind="prove",
        level=1,
        reference=floor,
        cases=floor_cases,
        mistakes={
            "nothing": lambda K: 0.0,
            "guessing": lambda K: math.log(K),
            "counts_itself": lambda K: math.log(1 + K / math.e),
            "probability": lambda K: math.e / (math.e + K - 1),
            "sign": lambda K: -floor(K),
            "common_logarithm": lambda K: math.log10(1 + (K - 1) / math.e),
        },
    ),
    "spoil": SPOIL,
    "swings": Code(
        kind="prove",
        level=3,
        reference=period,
        cases=period_cases,
        mistakes={
            "small_steps": lambda eta, c: 2 * math.pi / math.sqrt(eta * c),
            "of_the_loss": lambda eta, c: period(eta, c) / 2,
            "degrees_left": lambda eta, c: 2 * math.pi / math.degrees(2 * math.pi / period(eta, c)),
            "angle": lambda eta, c: 2 * math.pi / period(eta, c),
            "half_forgotten": lambda eta, c: 2 * math.pi / math.acos(max(-1.0, 1 - eta * c)),
            "turns_forgotten": lambda eta, c: period(eta, c) / (2 * math.pi),
        },
    ),
}
