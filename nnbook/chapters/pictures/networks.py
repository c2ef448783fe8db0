"""The networks of the chapter, all of about the same size, and what they read of the digits.

The splits are those of the chapter on digits, and so are the moves: two trainings of one split
differ in their settings only, so the difference of what they read is a paired one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

import nnlib
from nnbook.chapters.digits.splits import (
    LOSS,
    Scale,
    displaced,
    parts,
    scaler,
    validating,
)
from nnlib._typing import FloatArray
from nnlib.layers import Layer

KERNELS = 8
"""Of the first convolution."""
SECOND = {"flat": 3, "blocks": 20, "whole": 27}
"""Kernels of the second one, so that the networks have about as many parameters as 64-32-10."""


def network(kind: str, rng: np.random.Generator, kernels: int = KERNELS) -> nnlib.Sequential:
    """Return an untrained network for 8 x 8 pixels and ten digits.

    Parameters
    ----------
    kind : {"dense", "flat", "blocks", "whole"}
        64-32-10; or two convolutions, whose maps are read pixel by pixel, are pooled in blocks of
        two by two after each convolution, or leave one number each, the largest.
    kernels : int
        Of the first convolution.
    """
    if kind == "dense":
        return nnlib.mlp((64, 32, 10), rng=rng)
    second = SECOND[kind]
    side = 4 if kind == "blocks" else 8
    layers: list[Layer] = [nnlib.Conv2d((8, 8, 1), kernels, rng=rng), nnlib.ReLU()]
    if kind == "blocks":
        layers.append(nnlib.MaxPool2d((8, 8, kernels)))
    layers += [nnlib.Conv2d((side, side, kernels), second, rng=rng), nnlib.ReLU()]
    if kind != "flat":
        layers.append(nnlib.MaxPool2d((side, side, second), size=2 if kind == "blocks" else 8))
    last = {"flat": 64, "blocks": 4, "whole": 1}[kind] * second
    return nnlib.Sequential(*layers, nnlib.Linear(last, 10, rng=rng))


@cache
def trained(
    split: int,
    kind: str,
    *,
    rate: float = 0.3,
    epochs: int = 20,
    batch: int = 32,
    scaled: str = "divided by 16",
    kernels: int = KERNELS,
    validate: bool = False,
) -> tuple[nnlib.Sequential, Scale]:
    """Train one network on the training set of a split.

    Parameters
    ----------
    scaled : str
        As in the chapter on digits; one scale for all pixels if nothing is said.
    validate : bool
        Whether it leaves out the validation set, too.

    Returns
    -------
    The network, and what scales images for it.
    """
    X, _, y, _ = (validating if validate else parts)(split)
    scale = scaler(X, scaled)
    rng = np.random.default_rng([0, split])
    model = network(kind, rng, kernels)
    options: dict[str, Any] = {
        "optimizer": nnlib.SGD(model.parameters(), lr=rate),
        "epochs": epochs,
        "evaluate_training": False,
    }
    nnlib.fit(model, scale(X), y, loss=LOSS, batch_size=batch, rng=rng, **options)
    return model, scale


def read(splits: range, kind: str, *moves: str, **training: Any) -> FloatArray:
    """Return the share of new images that a network reads in each split, the mean over moves."""
    found = []
    for split in splits:
        _, X, _, y = (validating if training.get("validate") else parts)(split)
        model, scale = trained(split, kind, **training)
        shares = [nnlib.accuracy(model(scale(displaced(X, move))), y) for move in moves]
        found.append(np.mean(shares))
    return np.array(found)
