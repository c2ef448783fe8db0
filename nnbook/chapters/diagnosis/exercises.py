"""The exercises on networks that do not learn."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnbook.chapters.diagnosis._spoil import SPOIL
from nnbook.questions.code import Case, Code, Exercise
from nnlib import relu
from nnlib._typing import FloatArray

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


# -- promise: the fall of the loss against what the slopes promise -------------------------------


def promise(before: float, after: float, slopes: FloatArray, eta: float) -> float:
    """A step of -eta g changes the loss by about -eta |g|^2."""
    return (before - after) / (eta * float(np.sum(slopes**2)))


def promise_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Losses that fall as promised, half as much, or rise; slopes in any shape."""
    yield "ordinary", (2.0, 1.5, np.array([3.0, 4.0]), 0.02)
    for shape in ((7,), (3, 4)):
        slopes, eta = rng.normal(size=shape), float(rng.uniform(1e-4, 1e-2))
        fall = float(rng.uniform(-1.2, 1.2)) * eta * float(np.sum(slopes**2))
        yield "random", (2.3, 2.3 - fall, slopes, eta)
    yield "edge", (1.0, 1.0, np.array([0.5]), 0.1)
    yield "edge", (2.0, 2.25, np.array([[0.5, -0.5], [0.0, 0.5]]), 0.3)


# -- census: zeros and dead neurons --------------------------------------------------------------


def census(A: FloatArray) -> list[float]:
    """The share of activations that are 0, and the share of neurons that are 0 on every sample."""
    return [float(np.mean(A == 0)), float(np.mean(np.all(A == 0, axis=0)))]


def census_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Activations of ReLU neurons, one per column; some columns and some rows are 0 throughout."""
    yield "ordinary", (np.array([[0.0, 1.5, 0.0], [0.0, 0.2, 0.7]]),)
    for n, width in ((6, 9), (40, 12)):
        A = relu(rng.normal(size=(n, width)))
        A[:, rng.permutation(width)[:3]] = 0
        A[rng.permutation(n)[:2]] = 0
        yield "random", (A,)
    yield "batch", (relu(rng.normal(-1, 1, size=(500, 32))),)
    yield "edge", (np.zeros((3, 4)),)
    yield "edge", (np.array([[2.0], [0.0], [3.0]]),)
    yield "edge", (np.array([[0.0, 1e-4, 2.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),)  # hardly on


# -- alarm: the list as a program ----------------------------------------------------------------


def alarm(K: int, start: float, heart: float, ratio: float, val: float) -> int:
    """The number of the first test that gives alarm, or 0."""
    return next((test for test, given in alarms(K, start, heart, ratio, val) if given), 0)


def alarms(K: int, start: float, heart: float, ratio: float, val: float) -> list[tuple[int, bool]]:
    """All tests in their order, and whether they give alarm."""
    return [
        (3, start > 2 * math.log(K)),
        (5, heart > 0.1),
        (6, abs(ratio - 1) > 0.1),
        (10, val < 2 / K),
    ]


def last_alarm(*results: float) -> int:
    """What an `if` without `else` returns when it overwrites."""
    return max((test for test, given in alarms(*results) if given), default=0)  # type: ignore[arg-type]


def alarm_cases(rng: np.random.Generator) -> Iterator[Case]:
    """The chapter's patients, then others with several alarms or none."""
    yield "ordinary", (10, 2.53, 0.0, 1.0, 0.92)
    yield "ordinary", (10, 15.89, 0.0, 0.99, 0.1)
    yield "ordinary", (10, 2.32, 1.46, 1.0, 0.84)
    yield "ordinary", (10, 2.44, 0.01, 1.0, 0.05)
    yield "ordinary", (10, 2.53, 0.0, 0.5, 0.09)
    yield "ordinary", (10, 2.31, 0.01, 2.0, 0.7)
    yield "ordinary", (10, 2.31, 0.01, -1.0, 0.7)
    for K in (2, 3, 100):
        usual = math.log(K)
        yield "random", (K, float(rng.uniform(0.9, 1.5) * usual), 0.02, 1.03, 0.99)
        yield "random", (K, float(rng.uniform(2.2, 3.0) * usual), 0.02, 1.03, 0.99)
    yield "edge", (3, 1.2, 0.0, 0.96, 0.5)
    yield "edge", (50, 6.0, 0.0, 1.0, 0.3)
    yield "edge", (50, 4.0, 0.0, 1.0, 0.03)
    yield "edge", (50, 3.7, 0.0, 1.0, 0.3)  # below ln K, above twice its common logarithm
    usual = math.log(10)
    for start, heart, ratio, val in (  # each threshold from both sides
        (1.96 * usual, 0.09, 1.09, 0.21),
        (2.04 * usual, 0.09, 1.09, 0.21),
        (1.96 * usual, 0.11, 1.09, 0.21),
        (1.96 * usual, 0.09, 1.11, 0.21),
        (1.96 * usual, 0.09, 0.89, 0.21),
        (1.96 * usual, 0.09, 0.91, 0.19),
    ):
        yield "edge", (10, start, heart, ratio, val)


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
    "promise": Code(
        kind="write",
        level=1,
        reference=promise,
        cases=promise_cases,
        mistakes={
            "upside_down": lambda b, a, g, eta: -promise(b, a, g, eta),
            "rate_forgotten": lambda b, a, g, eta: (b - a) / np.sum(g**2),
            "sum_of_slopes": lambda b, a, g, eta: (b - a) / (eta * np.sum(np.abs(g))),
            "length_for_square": lambda b, a, g, eta: (b - a) / (eta * np.sqrt(np.sum(g**2))),
            "mean_for_sum": lambda b, a, g, eta: (b - a) / (eta * np.mean(g**2)),
            "length_of_step": lambda b, a, g, eta: (b - a) / (eta**2 * np.sum(g**2)),
            "size_only": lambda b, a, g, eta: abs(promise(b, a, g, eta)),
        },
    ),
    "census": Code(
        kind="write",
        level=2,
        reference=census,
        cases=census_cases,
        mistakes={
            "samples_for_neurons": lambda A: [np.mean(A == 0), np.mean((A == 0).all(axis=1))],
            "off_somewhere": lambda A: [np.mean(A == 0), np.mean((A == 0).any(axis=0))],
            "counts": lambda A: [np.sum(A == 0), np.sum((A == 0).all(axis=0))],
            "alive": lambda A: [np.mean(A > 0), np.mean((A > 0).any(axis=0))],
            "swapped": lambda A: census(A)[::-1],
            "dead_on_average": lambda A: [np.mean(A == 0), np.mean(A.mean(axis=0) < 0.5)],
        },
    ),
    "alarm": Code(
        kind="write",
        level=2,
        reference=alarm,
        cases=alarm_cases,
        mistakes={
            "last_alarm": last_alarm,
            "small_ratios_only": lambda K, s, h, r, v: alarm(K, s, h, min(r, 1.0), v),
            "size_of_ratio": lambda K, s, h, r, v: alarm(K, s, h, abs(r), v),
            "ten_classes": lambda K, s, h, r, v: alarm(10, s, h, r, v),
            "common_logarithm": lambda K, s, h, r, v: alarm(K, s * math.log(10), h, r, v),
            "twice_forgotten": lambda K, s, h, r, v: alarm(K, 2 * s, h, r, v),
            "guess_for_twice": lambda K, s, h, r, v: alarm(K, s, h, r, 2 * v),
            "how_many": lambda *results: sum(given for _, given in alarms(*results)),
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
