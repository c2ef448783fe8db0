"""What the exercises on held-out data are tried on: preparing data, and stopping in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case
from nnbook.questions.given import result_of
from nnlib import standardize
from nnlib._typing import FloatArray, IntArray
from nnlib.train import History, is_true

# -- leak: choosing and scaling on all rows ------------------------------------------------


def prepared(
    X: FloatArray, keep: int, choose: FloatArray, y: IntArray, scale: FloatArray
) -> FloatArray:
    """Some columns of X: `choose` and its labels say which, `scale` says how they are scaled."""
    A, _ = standardize(choose)
    kept = np.argsort(np.abs(A.T @ y))[-keep:]
    return standardize(scale[:, kept])[1].transform(X[:, kept])


def in_order(A: Any) -> Any:
    """The same columns in the order of their first entries, as any order is right."""
    return A[:, np.argsort(A[0])] if isinstance(A, np.ndarray) and A.ndim == 2 else A


def prepare(answer: Callable[..., Any], *arguments: Any) -> Any:
    """Try a function that prepares data."""
    return in_order(answer(*arguments))


def leak_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Two columns go with the labels of the training rows, two others with the held-out ones."""
    for label, n, new, columns in (
        ("ordinary", 20, 10, 4),
        ("random", 24, 12, 6),
        ("batch", 60, 30, 12),
        ("edge", 30, 14, 5),
    ):
        y = rng.permutation(np.arange(n + new) % 2)
        signs = np.where(y == 1, 1.0, -1.0)[:, np.newaxis]
        X = rng.normal(0, 0.3, size=(n + new, columns))
        X[:n, :2] += signs[:n] * [1.0, -1.0]
        X[n:, :2] -= signs[n:] * [1.0, -1.0]
        X[n:, 2:4] += signs[n:] * [6.0, -6.0]
        X = X[:, rng.permutation(columns)] * rng.uniform(1, 5, columns)
        yield label, (X + rng.normal(size=columns), y, n, 2)


# -- patience: when to stop ----------------------------------------------------------------


def stopping_epoch(answer: Callable[..., Any], steps: int, losses: FloatArray) -> int:
    """The last epoch of a training whose validation losses are these.

    The training loss is lowest at epoch 1: an answer that looks at it stops elsewhere.
    """
    stop, history = result_of("patience", answer(steps)), History()
    for epoch, value in enumerate(losses.tolist()):
        history.losses.append(0.1 * abs(epoch - 1) + 0.05)
        history.validation_losses.append(value)
        if is_true(stop(epoch, history)):
            return epoch
    return len(losses) - 1


def patience_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Losses that fall and rise, wander, stay the same, or never cease to fall."""
    yield "ordinary", (2, np.array([0.9, 0.5, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]))
    yield "ordinary", (3, np.array([0.9, 0.5, 0.6, 0.55, 0.4, 0.45, 0.42, 0.41, 0.43, 0.5]))
    for steps in (1, 2, 4):
        falling = np.linspace(0.9, 0.4, 12) + rng.normal(0, 0.12, 12)
        yield "random", (steps, np.round(falling, 2))
    yield "edge", (2, np.array([0.5, 0.4, 0.4, 0.4, 0.4, 0.4]))
    yield "edge", (1, np.array([0.9, 0.8, 0.7, 0.6, 0.5]))
    yield "edge", (3, np.array([0.2, 0.3, 0.4, 0.5, 0.6, 0.7]))


def stop_when(ready: Callable[[int, list[float], int], Any]) -> Callable[[int], Any]:
    """A wrong `patience` that looks at the epoch, the losses so far and the number of steps."""
    return lambda steps: lambda epoch, h: ready(epoch, h.validation_losses, steps)


def since_best(epoch: int, losses: list[float]) -> int:
    """How many epochs ago the lowest loss was reached first."""
    return epoch - losses.index(min(losses))


def patience(steps: int, losses: FloatArray) -> int:
    """The right epoch: the first that lies this many epochs after the lowest loss."""
    right = stop_when(lambda epoch, values, steps: since_best(epoch, values) >= steps)
    return stopping_epoch(right, steps, losses)
