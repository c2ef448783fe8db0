"""What convolutions and pooling are worth for digits that move, over twenty splits.

Networks of about the same size: 64-32-10; two convolutions, whose maps are read pixel by pixel
(flat), are pooled in blocks (blocks), or leave their largest number only (whole). A control is
blocks with the same start, but of each block it keeps the upper left number (corner). Pixels are
divided by 16. The training set, 1,348 images, trains and the test set, 449, judges. The rates, 0.2
for convolutions and 0.3 for the dense network, were among the best of 0.1, 0.2, 0.3 and 0.5 by the
validation sets of other splits. The dense network takes twice the steps of the others, so that its
training, too, is nearly finished. What is quoted is the mean over the splits and its standard
error.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

import nnlib
from nnbook.chapters.digits.splits import LOSS, displaced, parts
from nnbook.chapters.pictures.networks import network, read
from nnlib._typing import FloatArray

SPLITS = range(5000, 5020)
KINDS = ("dense", "flat", "blocks", "whole")
MOVES = ("none", "left", "right", "up", "down")
TRAINING = {"dense": {"rate": 0.3, "epochs": 30}} | {
    kind: {"rate": 0.2, "epochs": 15} for kind in KINDS[1:]
}


class UpperLeft(nnlib.MaxPool2d):
    """Keeps of each block the upper left number, if all are 0 or more: the others count as 0."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        super().__init__(shape)
        self.kept = np.zeros(shape)
        self.kept[::2, ::2] = 1

    def forward(self, X: ArrayLike) -> FloatArray:
        return super().forward(np.asarray(X) * self.kept.ravel())

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        return super().backward(grad_output) * self.kept.ravel()


@cache
def corner(split: int) -> nnlib.Sequential:
    """Train the control as `networks.trained` trains the others."""
    X, _, y, _ = parts(split)
    rng = np.random.default_rng([0, split])
    pooled = network("blocks", rng).layers
    swapped = [UpperLeft(a.shape) if isinstance(a, nnlib.MaxPool2d) else a for a in pooled]
    model = nnlib.Sequential(*swapped)
    sgd = nnlib.SGD(model.parameters(), lr=0.2)
    options: dict[str, Any] = {"epochs": 15, "batch_size": 32, "evaluate_training": False}
    nnlib.fit(model, X / 16, y, loss=LOSS, optimizer=sgd, rng=rng, **options)
    return model


def corner_read(split: int, move: str) -> float:
    """Return the share of new images that the control reads."""
    _, X, _, y = parts(split)
    return nnlib.accuracy(corner(split)(displaced(X, move) / 16), y)


def mean(values: np.ndarray) -> str:
    """Return a mean over the splits and its standard error, as the text shows them."""
    return f"{values.mean():.2f} ± {values.std(ddof=1) / np.sqrt(len(values)):.2f}"


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return {
        f"{kind}_{move}": mean(read(SPLITS, kind, move, **TRAINING[kind]))
        for kind in KINDS
        for move in MOVES
    } | {f"corner_{move}": mean(np.array([corner_read(k, move) for k in SPLITS])) for move in MOVES}
