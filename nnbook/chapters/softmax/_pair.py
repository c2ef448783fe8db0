"""Two classes, one sigmoid: the softmax from the difference of two raw outputs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code, Family
from nnlib import sigmoid, softmax
from nnlib._typing import FloatArray


def both(first: FloatArray, second: FloatArray) -> FloatArray:
    """Two columns, next to each other."""
    return np.stack([first, second], axis=1)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Pairs near each other and far apart, and a common shift that is larger than all else."""
    yield "ordinary", (np.array([[2.0, 0.5], [0.0, 0.0]]),)
    yield "random", (rng.normal(0, 2, (1, 2)),)
    yield "batch", (rng.normal(0, 3, (20, 2)),)
    yield "edge", (np.array([[1002.0, 1000.5], [-1000.5, -1002.0]]),)
    yield "extreme", (np.array([[40.0, 0.0], [0.0, 40.0]]),)


PAIR = Code(
    kind="write",
    level=2,
    reference=lambda Z: softmax(Z, axis=1),
    cases=cases,
    uses={"sigmoid"},
    forbids={"softmax", "log_softmax", "exp", "exp2", "expm1", "logaddexp"},
    atol=0,
    mistakes={
        "each_alone": sigmoid,
        "swapped": lambda Z: softmax(Z, axis=1)[:, ::-1],
        "each_divided": lambda Z: sigmoid(Z) / sigmoid(Z).sum(axis=1, keepdims=True),
        "sum_for_difference": lambda Z: both(
            sigmoid(Z[:, 0] + Z[:, 1]), sigmoid(-Z[:, 0] - Z[:, 1])
        ),
        "difference_halved": lambda Z: softmax(Z / 2, axis=1),
        "one_minus": Family(
            lambda Z: both(sigmoid(Z[:, 0] - Z[:, 1]), 1 - sigmoid(Z[:, 0] - Z[:, 1])),
            lambda got, want: bool(np.allclose(got, want, rtol=0, atol=1e-12)),
        ),
    },
)
