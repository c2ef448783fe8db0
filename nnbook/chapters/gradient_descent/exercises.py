"""The exercises on gradient descent and SGD."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.chapters.gradient_descent._walks import (
    arrive,
    arrive_cases,
    heavy_ball,
    late_ball,
    one_array,
    signed,
    step_walk,
    two_numbers,
    unchecked,
    walk_cases,
)
from nnbook.chapters.gradient_descent.own import OWN
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib.datasets import dosage

# -- quartic: a loss that is no parabola ---------------------------------------------------------

RATE = 0.02


def quartic(slope: float = 4) -> list[float]:
    """The factor 1 − 4ηθ² at 1, and where it is 0 and −1."""
    return [1 - slope * RATE, (1 / (slope * RATE)) ** 0.5, (2 / (slope * RATE)) ** 0.5]


# -- gain: the change of the loss in one step ----------------------------------------------------


def gain(lr: float, c: float, slope: float) -> float:
    """New loss less old loss, with the lowest point at 0."""
    theta = slope / c
    new = theta - lr * slope
    return c / 2 * (new**2 - theta**2)


def gain_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Rates below, at and above those that matter, for several parabolas."""
    yield "ordinary", (0.1, 6.0, -15.655)
    yield "ordinary", (0.5, 3.0, 2.0)
    for _ in range(4):
        yield "random", (rng.uniform(0.01, 1), rng.uniform(0.5, 9), rng.normal(0, 5))
    yield "edge", (0.25, 4.0, 3.0)
    yield "edge", (0.5, 4.0, 3.0)
    yield "edge", (0.1, 6.0, 0.0)
    yield "extreme", (1000.0, 50.0, -1e6)


# -- floor: the noise that stays -----------------------------------------------------------------


def floor(y: Any, lr: float, B: int) -> float:
    """The variance that one step leaves as it is: V = (1 − 2η)² V + 4η² σ² / B."""
    return float(4 * lr**2 * np.var(y) / B / (1 - (1 - 2 * lr) ** 2))


def floor_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Targets of several sizes; rates from small to almost 1; targets without a spread."""
    yield "ordinary", (dosage().y.ravel(), 0.1, 1)
    yield "ordinary", (dosage().y.ravel(), 0.05, 2)
    for n, B in ((4, 1), (10, 3), (50, 20)):
        yield "random", (rng.normal(2, 3, n), rng.uniform(0.1, 0.9), B)
    yield "edge", (np.array([1.0, 3.0]), 0.5, 4)
    yield "edge", (np.full(5, 2.0), 0.3, 2)
    yield "edge", (np.array([0.0, 1.0, 5.0]), 0.99, 1)
    yield "extreme", (1e9 + np.array([0.0, 1.0, 1.0, 4.0]), 0.2, 2)


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "quartic": Values(
        kind="predict",
        level=1,
        answer=quartic,
        mistakes={
            "slope_without_four": lambda: quartic(slope=1),
            "square_forgotten": lambda: [1 - 4 * RATE, 1 / (4 * RATE), 2 / (4 * RATE)],
            "curvature_at_the_start": lambda: quartic(slope=12),
            "two_numbers_swapped": lambda: np.take(quartic(), [0, 2, 1]),
            "loss_for_slope": lambda: [1 - RATE, RATE ** (-1 / 3), (2 / RATE) ** (1 / 3)],
        },
        atol=0.005,
    ),
    "tolerance": Code(
        kind="mend",
        level=2,
        reference=arrive,
        cases=arrive_cases,
        use=two_numbers,
        mistakes={
            "step_measured": lambda slope, start, lr, *rest: step_walk(
                slope, start, lr, *rest, short=lambda g, tol: abs(lr * g) < tol
            ),
            "rate_on_the_wrong_side": lambda slope, start, lr, *rest: step_walk(
                slope, start, lr, *rest, short=lambda g, tol: abs(lr * g) < tol / lr
            ),
            "one_step_late": lambda *a: step_walk(*a, short=lambda g, tol: abs(g) < tol),
            "no_absolute_value": signed,
            "last_place_unchecked": unchecked,
            "point_alone": lambda *a: arrive(*a)[0],
            "order_swapped": lambda *a: arrive(*a)[::-1],
        },
        swaps={"step_measured": ("if abs(slope", "if abs(lr * slope")},
    ),
    "momentum": Code(
        kind="write",
        level=2,
        reference=heavy_ball,
        cases=walk_cases,
        forbids={"nnlib"},
        mistakes={
            "no_memory": lambda g, start, lr, mu, steps: heavy_ball(g, start, lr, 0.0, steps),
            "uphill": lambda g, start, lr, mu, steps: heavy_ball(
                lambda theta: -np.asarray(g(theta)), start, lr, mu, steps
            ),
            "rate_twice": lambda g, start, lr, mu, steps: heavy_ball(g, start, lr**2, mu, steps),
            "averaged": lambda g, start, lr, mu, steps: heavy_ball(
                g, start, lr * (1 - mu), mu, steps
            ),
            "old_velocity": late_ball,
            "start_missing": lambda *a: heavy_ball(*a)[1:],
            "same_array": one_array,
        },
        swaps={
            "averaged": ("gradient(", "(1 - mu) * gradient("),
            "uphill": ("- lr", "+ lr"),
        },
    ),
    "gain": Code(
        kind="prove",
        level=2,
        reference=gain,
        cases=gain_cases,
        mistakes={
            "straight_line": lambda lr, c, slope: -lr * slope**2,
            "half_forgotten": lambda lr, c, slope: -lr * (1 - lr * c) * slope**2,
            "square_forgotten": lambda lr, c, slope: -lr * (1 - lr * c / 2) * slope,
            "bracket_sign": lambda lr, c, slope: -lr * (1 + lr * c / 2) * slope**2,
            "distance_for_slope": lambda lr, c, slope: gain(lr, c, slope) / c**2,
        },
    ),
    "floor": Code(
        kind="prove",
        level=3,
        reference=floor,
        cases=floor_cases,
        mistakes={
            "batch_forgotten": lambda y, lr, B: floor(y, lr, 1),
            "small_rates_alone": lambda y, lr, B: lr * np.var(y) / B,
            "deviation_for_variance": lambda y, lr, B: lr * np.std(y) / (1 - lr) / B,
            "divided_by_n_less_one": lambda y, lr, B: lr * np.var(y, ddof=1) / (1 - lr) / B,
            "root_of_batch": lambda y, lr, B: floor(y, lr, 1) / np.sqrt(B),
            "noise_of_one_step": lambda y, lr, B: 4 * lr**2 * np.var(y) / B,
            "digits_lost": lambda y, lr, B: lr * (np.mean(y**2) - np.mean(y) ** 2) / (1 - lr) / B,
        },
    ),
}
