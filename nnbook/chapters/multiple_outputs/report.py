"""The exercise on the error of a difference."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code
from nnbook.questions.given import parts_like
from nnlib._typing import FloatArray


def paired(answer: Callable[..., Any], *arguments: Any) -> Any:
    """Put the mean and its error into one array."""
    return np.array(parts_like(answer(*arguments), (), ()))


def mean_and_error(first: FloatArray, second: FloatArray) -> tuple[float, float]:
    """The mean of the differences, and its error from their squares."""
    d, n = first - second, len(first)
    squares = np.sum(d**2) - n * d.mean() ** 2
    return d.mean(), math.sqrt(squares / (n - 1) / n)


def report_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Accuracies on common splits: both better on easy ones, or one better by far, or equal."""
    for n in (5, 20, 20, 100):
        easy = rng.normal(0.93, 0.03, n)
        pair = (easy + rng.normal(0.01, 0.02, n), easy + rng.normal(0, 0.02, n))
        yield "ordinary", tuple(np.rint(38 * accuracy) / 38 for accuracy in pair)
    yield "random", (rng.uniform(0.2, 0.9, 30), rng.uniform(0.5, 1, 30))
    yield "random", (rng.normal(size=12), rng.normal(size=12))
    yield "edge", (np.array([0.9, 0.8]), np.array([0.7, 0.9]))


REPORT = Code(
    kind="write",
    level=2,
    reference=lambda first, second: np.array(mean_and_error(first, second)),
    cases=report_cases,
    use=paired,
    mistakes={
        "spread": lambda a, b: (np.mean(a - b), np.std(a - b, ddof=1)),
        "divided_by_n": lambda a, b: (np.mean(a - b), np.std(a - b, ddof=1) / len(a)),
        "unpaired": lambda a, b: (
            np.mean(a - b),
            np.sqrt((np.var(a, ddof=1) + np.var(b, ddof=1)) / len(a)),
        ),
        "denominator": lambda a, b: (np.mean(a - b), np.std(a - b) / np.sqrt(len(a))),
        "turned": lambda a, b: (np.mean(b - a), np.std(a - b, ddof=1) / np.sqrt(len(a))),
        "doubled": lambda a, b: (np.mean(a - b), 2 * np.std(a - b, ddof=1) / np.sqrt(len(a))),
    },
)
