"""The exercise on the cross-entropy from logits: its cases, and wrong answers to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case
from nnbook.questions.given import parts_like
from nnlib import binary_cross_entropy_with_logits, binary_cross_entropy_with_logits_derivative
from nnlib._typing import FloatArray


def logits(z: FloatArray, y: FloatArray) -> FloatArray:
    """The loss, then the slopes."""
    loss = binary_cross_entropy_with_logits(z, y)
    return np.append(loss, binary_cross_entropy_with_logits_derivative(z, y))


def use_pair(answer: Callable[..., Any], z: FloatArray, y: FloatArray) -> Any:
    """Put the two results of an answer into one array."""
    return np.append(*parts_like(answer(z, y), (), z.shape))


def in_turn(z: FloatArray, y: FloatArray) -> tuple[Any, FloatArray]:
    """The two results that are asked for."""
    loss, *slopes = logits(z, y)
    return loss, np.array(slopes)


def logits_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Logits near zero, then as far away as the exercise asks for."""
    yield "ordinary", (np.array([-2.0, 0.5]), np.array([0.0, 1.0]))
    for n in (1, 3, 20):
        yield "random", (rng.normal(0, 2, n), rng.integers(0, 2, n).astype(float))
    yield "extreme", (np.array([-1000.0, 1000.0]), np.array([1.0, 0.0]))
    yield "extreme", (np.array([1000.0, -1000.0, 40.0]), np.array([1.0, 0.0, 1.0]))


def naive(z: FloatArray, y: FloatArray) -> tuple[Any, FloatArray]:
    """The formulas as they are in the text, through p."""
    return through_p(z, y, 1 / (1 + np.exp(-z)))


def clipped(z: FloatArray, y: FloatArray, tiny: float = 1e-12) -> tuple[Any, FloatArray]:
    """The same, with p kept away from 0 and 1."""
    return through_p(z, y, np.clip(1 / (1 + np.exp(-z)), tiny, 1 - tiny))


def through_p(z: FloatArray, y: FloatArray, p: FloatArray) -> tuple[Any, FloatArray]:
    """Loss and slopes from probabilities."""
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / len(z)
