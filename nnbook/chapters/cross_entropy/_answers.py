"""Which classes does it answer: what a loss that stands still does not say."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code
from nnlib._typing import FloatArray, IntArray


def counts(labels: IntArray, answered: IntArray, K: int) -> IntArray:
    """For each class: how many samples have it, and how many are answered with it."""
    return np.stack([np.bincount(some, minlength=K) for some in (labels, answered)], axis=1)


def answers(Z: FloatArray, labels: IntArray) -> IntArray:
    """The answer is the class with the largest raw output."""
    return counts(labels, Z.argmax(axis=1), Z.shape[1])


def right_only(Z: FloatArray, labels: IntArray) -> IntArray:
    """Only those that are answered rightly."""
    found = Z.argmax(axis=1)
    return counts(labels, found[found == labels], Z.shape[1])


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """The training of the exercise; classes that no sample has or no answer names."""
    labels = np.repeat([0, 1, 2], 5)
    yield "ordinary", (np.eye(3)[[0, 1, 1]][labels] * 5.0, labels)
    yield "random", (rng.normal(size=(12, 4)), rng.integers(0, 4, 12, dtype=int))
    yield "batch", (rng.normal(size=(60, 3)), rng.integers(0, 3, 60, dtype=int))
    Z = rng.normal(size=(9, 5))
    yield "edge", (Z - [0, 0, 9, 0, 9], rng.integers(0, 3, 9, dtype=int))
    yield "edge", (np.array([[-3.0, -1.0, -2.0]]), np.array([0]))


ANSWERS = Code(
    kind="write",
    level=2,
    reference=answers,
    cases=cases,
    mistakes={
        "right_only": right_only,
        "swapped": lambda Z, labels: answers(Z, labels)[:, ::-1],
        "shares": lambda Z, labels: answers(Z, labels) / len(labels),
        "transposed": lambda Z, labels: answers(Z, labels).T,
        "smallest": lambda Z, labels: answers(-Z, labels),
        "answers_only": lambda Z, labels: answers(Z, labels)[:, 1],
        "positive": lambda Z, labels: np.stack(
            [answers(Z, labels)[:, 0], (Z > 0).sum(axis=0)], axis=1
        ),
    },
    swaps={
        "smallest": ("argmax", "argmin"),
        "transposed": ("np.column_stack", "np.array"),
    },
)
