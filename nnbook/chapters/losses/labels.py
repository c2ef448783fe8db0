"""What wrong labels do to two losses for probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

import nnlib
from nnbook.chapters.losses.races import CROSS_ENTROPY, SQUARES, two_classes

JUDGING = 2000
"""The first of the seeds that judge."""


def few_wrong(
    seeds: int, which: str, share: float, points: int, rate: float, steps: int
) -> ArrayLike:
    """How many more held-out flowers the squared residual gets right, of a hundred.

    It trains with `points` flowers; a share of the virginicas among them have the wrong label,
    those with the longest petals, or the shortest.
    """
    judging = range(JUDGING, JUDGING + seeds)
    return np.array([_gain(seed, which, share, points, rate, steps) for seed in judging])


def many_wrong(**setting: Any) -> ArrayLike:
    """How many more the cross-entropy gets right."""
    return -np.asarray(few_wrong(**setting))


def _gain(seed: int, which: str, share: float, points: int, rate: float, steps: int) -> float:
    X, y = two_classes("petals")
    order = np.random.default_rng(seed).permutation(len(X))
    train, new = order[:points], order[points:]
    labels = y[train].copy()
    ones = np.flatnonzero(labels)
    longest = ones[np.argsort(-X[train][ones, 0])]
    wrong = round(share * len(ones))
    labels[(longest if which == "longest" else longest[::-1])[:wrong]] = 0
    right = []
    for loss in (SQUARES, CROSS_ENTROPY):
        neuron = nnlib.mlp((1, 1), rng=seed)
        sgd = nnlib.SGD(neuron.parameters(), lr=rate)
        nnlib.fit(
            neuron,
            X[train],
            labels,
            loss=loss,
            optimizer=sgd,
            epochs=steps,
            evaluate_training=False,
        )
        right.append(100 * np.mean((neuron.predict(X[new]) > 0) == (y[new] > 0)))
    return right[0] - right[1]
