"""What wrong labels do to two losses for probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

import nnlib
from nnbook.chapters.losses.races import CROSS_ENTROPY, SQUARES, two_classes

JUDGING = 2000
"""The first of the seeds that judge."""


def wrong_labels(seeds: int, labels: str, which: str, rate: float, steps: int) -> ArrayLike:
    """How many more held-out samples the squared residual gets right, of a hundred.

    `labels` names the data and how many labels of one class are wrong: which number is large,
    depends on the data.
    """
    data, wrong = labels.split()
    judging = range(JUDGING, JUDGING + seeds)
    return np.array([_gain(seed, data, int(wrong), which, rate, steps) for seed in judging])


def _gain(seed: int, data: str, wrong: int, which: str, rate: float, steps: int) -> float:
    X, y = two_classes(data, seed)
    order = np.random.default_rng(seed).permutation(len(X))
    train, new = order[: len(X) // 2], order[len(X) // 2 :]
    labels = y[train].copy()
    inside = X[train] @ (X[y[:, 0] == 1].mean(axis=0) - X[y[:, 0] == 0].mean(axis=0))
    ones = np.flatnonzero(labels)
    farthest = ones[np.argsort(-inside[ones])]
    labels[(farthest if which == "farthest" else ones)[:wrong]] = 0
    right = []
    for loss in (SQUARES, CROSS_ENTROPY):
        neuron = nnlib.mlp((X.shape[1], 1), rng=seed)
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
