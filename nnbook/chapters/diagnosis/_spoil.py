"""A fault in the blind spot: data that two tests find in order, and a simple baseline does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log

import numpy as np

from nnbook.questions.code import Case, Code, Family
from nnbook.questions.given import arrays_of_shapes
from nnlib import cross_entropy_with_logits, mlp, one_hot, softmax
from nnlib._typing import FloatArray, IntArray
from nnlib.datasets import digits

CLASSES, NEW, HEART = 10, 300, 10
STEPS, RATE = 200, 0.1

Spoil = Callable[[FloatArray, IntArray], tuple[FloatArray, IntArray]]


def alarms(spoil: Spoil, X: FloatArray, y: IntArray) -> FloatArray:
    """Which tests give alarm on the spoiled data: start, ten samples by heart, baseline.

    The baseline is judged on digits that nobody has spoiled.
    """
    new_X, new_y, X, y = X[:NEW], y[:NEW], X[NEW:], y[NEW:]
    X, labels = arrays_of_shapes(spoil(X.copy(), y.copy()), X.shape, y.shape)
    y = np.asarray(labels, dtype=int if np.array_equal(labels, np.rint(labels)) else float)
    start = cross_entropy_with_logits(mlp((64, 32, CLASSES), rng=0).predict(X), y) > 2 * log(
        CLASSES
    )
    heart = _by_heart(X[:HEART], y[:HEART]) > 0.1
    return np.array([start, heart, _nearest_mean(X, y, new_X, new_y) < 0.5], dtype=float)


def _by_heart(X: FloatArray, y: IntArray) -> float:
    """A network without a hidden layer is enough, and takes the fewest lines in a worker."""
    W, Y = np.zeros((X.shape[1], CLASSES)), one_hot(y, CLASSES)
    with np.errstate(all="ignore"):
        for _ in range(STEPS):
            W -= RATE * X.T @ (softmax(X @ W, axis=1) - Y)
        loss = cross_entropy_with_logits(X @ W, y)
    return loss if np.isfinite(loss) else np.inf


def _nearest_mean(X: FloatArray, y: IntArray, new_X: FloatArray, new_y: IntArray) -> float:
    classes = np.unique(y)
    means = np.stack([X[y == k].mean(axis=0) for k in classes])
    distances = ((new_X[:, np.newaxis] - means) ** 2).sum(axis=2)
    return float(np.mean(classes[distances.argmin(axis=1)] == new_y))


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Digits in random order, more of them and fewer."""
    data = digits()
    for label, n in (("ordinary", 1200), ("random", 800)):
        chosen = rng.permutation(len(data.y))[:n]
        yield label, (data.X[chosen] / 16, data.y[chosen])


SPOIL = Code(
    kind="write",
    level=2,
    reference=lambda X, y: np.array([0.0, 0.0, 1.0]),
    use=alarms,
    cases=cases,
    mistakes={
        "start": Family(lambda X, y: (100 * X, y), lambda got, want: bool(got[0])),
        "heart": Family(lambda X, y: (0 * X, y), lambda got, want: not got[0] and bool(got[1])),
        "unnoticed": Family(lambda X, y: (X, y), lambda got, want: not got.any()),
    },
)
