"""The digits, split at random again and again, and what networks read of them.

A split has a number, and so have the networks that are trained on it: two trainings with the same
numbers differ in their settings only, so the difference of what they read is a paired one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

import nnlib
from nnlib._typing import FloatArray, IntArray

BoolArray: TypeAlias = NDArray[np.bool_]
Scale: TypeAlias = Callable[[FloatArray], FloatArray]
Parts: TypeAlias = tuple[FloatArray, FloatArray, IntArray, IntArray]

LOSS = "cross_entropy_with_logits"
MOVES = {"none": (0, 0), "left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}
"""How far images are moved: down, to the right. The copies of a training set are moved so."""
FARTHER = {"slanted": (1, 1), "slanted back": (-1, -1), "far right": (0, 2), "far left": (0, -2)}
FARTHER |= {"slanted left": (1, -1), "slanted right": (-1, 1)}
HALF = "half left"
"""Half a pixel to the left: the mean of an image and its copy."""
STARTS = (0, 130, 256, 386, 516, 646, 776, 906, 1029, 1157, 1287, 1415, 1545, 1667)
"""The rows in which the blocks begin, each the work of one hand."""


def moved(X: FloatArray, down: int, right: int) -> FloatArray:
    """Move images by whole pixels; what falls off the edge is lost."""
    images = np.pad(X.reshape(-1, 8, 8), ((0, 0), (2, 2), (2, 2)))
    return nnlib.flatten(images[:, 2 - down : 10 - down, 2 - right : 10 - right])


def displaced(X: FloatArray, move: str) -> FloatArray:
    """Move images in the way of this name."""
    if move == HALF:
        return (X + moved(X, *MOVES["left"])) / 2
    return moved(X, *(MOVES | FARTHER)[move])


def with_copies(X: FloatArray) -> FloatArray:
    """Return images and, below them, their copies moved by one pixel in the four directions."""
    return np.concatenate([moved(X, *move) for move in MOVES.values()])


@cache
def parts(split: int) -> Parts:
    """Return a training set and a test set, three quarters and one of the images, and labels."""
    digits = nnlib.datasets.digits()
    X, X_test, y, y_test = nnlib.split(
        digits.X, np.asarray(digits.y, int), rng=np.random.default_rng(split)
    )
    return X, X_test, y, y_test


@cache
def validating(split: int) -> Parts:
    """Return what the training set of a split is split into: to choose by, without the test set."""
    X, _, y, _ = parts(split)
    X, X_new, y, y_new = nnlib.split(X, y, rng=np.random.default_rng(split))
    return X, X_new, y, y_new


def scaler(X: FloatArray, scaled: str) -> Scale:
    """Return what scales images: fitted to these, to their moved copies also, or to none."""
    if scaled == "divided by 16":
        return lambda Z: Z / 16
    if scaled == "at least 1":
        mean, scale = X.mean(axis=0), np.maximum(X.std(axis=0), 1)
        return lambda Z: (Z - mean) / scale
    return nnlib.standardize(with_copies(X) if scaled == "moved" else X)[1].transform


@cache
def trained(
    split: int,
    *,
    width: int = 32,
    rate: float = 0.3,
    decay: float = 0.0,
    epochs: int = 30,
    images: int = 1348,
    scaled: str = "standardized",
    copies: bool = False,
    activation: str = "relu",
    start: int = 0,
    validate: bool = False,
) -> tuple[nnlib.Sequential, Scale]:
    """Train one network on a training set.

    Parameters
    ----------
    split, start : int
        Which split, and which of the networks that are trained on it.
    width : int
        Hidden neurons; with 0 it is softmax regression.
    epochs : int
        Of 1,348 images: with fewer images, or with copies, as many steps.
    images : int
        So many of the training images.
    scaled : {"standardized", "moved", "at least 1", "divided by 16"}
        To the mean and standard deviation of the training images; of these and their moved copies;
        the same with no standard deviation below 1; or one scale for all.
    copies : bool
        Whether the network is trained on moved copies also.
    validate : bool
        Whether it leaves out the validation set, too.

    Returns
    -------
    The network, and what scales images for it.
    """
    X, _, y, _ = (validating if validate else parts)(split)
    X, y = X[:images], y[:images]
    scale = scaler(X, scaled)
    if copies:
        X, y = with_copies(X), np.tile(y, len(MOVES))
    rng = np.random.default_rng([start, split])
    model = nnlib.mlp((64, *[width] * (width > 0), 10), activation, rng=rng)
    options: dict[str, Any] = {
        "optimizer": nnlib.SGD(model.parameters(), lr=rate, weight_decay=decay),
        "epochs": max(round(epochs * 1348 / len(X)), 1),
        "evaluate_training": False,
    }
    nnlib.fit(model, scale(X), y, loss=LOSS, batch_size=32, rng=rng, **options)
    return model, scale


def scores(split: int, move: str = "none", **training: Any) -> tuple[FloatArray, IntArray]:
    """Return the raw outputs of a network for new images, moved or not, and their labels."""
    _, X, _, y = (validating if training.get("validate") else parts)(split)
    model, scale = trained(split, **training)
    return model.forward(scale(displaced(X, move))), y


def accuracies(splits: range, move: str = "none", **training: Any) -> FloatArray:
    """Return which share of new images a network reads in each of the splits."""
    return np.array([nnlib.accuracy(*scores(split, move, **training)) for split in splits])


def nearest(X: FloatArray, y: IntArray, X_new: FloatArray) -> IntArray:
    """Return the labels of the most similar images."""
    return y[np.argmin(np.sum(X**2, axis=1) - 2 * X_new @ X.T, axis=1)]


def nearest_accuracies(splits: range, move: str = "none", images: int = 1348) -> FloatArray:
    """Return which share of new images nearest neighbor reads in each of the splits."""
    found = []
    for X, X_new, y, y_new in map(parts, splits):
        answers = nearest(X[:images], y[:images], displaced(X_new, move))
        found.append(np.mean(answers == y_new))
    return np.array(found)


def blocks_read(seeds: int, **training: Any) -> tuple[FloatArray, FloatArray]:
    """Judge each block by networks that know none of it, and by such that know half of it.

    A block is halved, and each half judges networks that know the other. Both kinds learn from
    equally many images: half of the block takes the place of others, picked at random. Each of the
    seeds halves the blocks anew.

    Returns
    -------
    Two arrays (14,)
        For each block the mean accuracy over the seeds.
    """
    y = np.asarray(nnlib.datasets.digits().y, int)
    block = np.searchsorted(STARTS, np.arange(len(y)), side="right") - 1
    found = np.zeros((2, len(STARTS)))
    for seed in range(seeds):
        for b in range(len(STARTS)):
            rng = np.random.default_rng([seed, b])
            halves = np.array_split(rng.permutation(np.flatnonzero(block == b)), 2)
            others = rng.permutation(np.flatnonzero(block != b))
            for test, rest in (halves, halves[::-1]):
                mixed = np.concatenate([others[len(rest) :], rest])
                for k, rows in enumerate((others, mixed)):
                    found[k, b] += read(rows, test, seed, **training) / (2 * seeds)
    return found[0], found[1]


def read(
    rows: IntArray, test: IntArray, seed: int, *, width: int, rate: float, epochs: int
) -> float:
    """Train a network on some rows of the data, and return its accuracy on others."""
    digits = nnlib.datasets.digits()
    A, scaled = nnlib.standardize(digits.X[rows])
    rng = np.random.default_rng(seed)
    net = nnlib.mlp((64, width, 10), rng=rng)
    sgd = nnlib.SGD(net.parameters(), lr=rate)
    y = np.asarray(digits.y, int)
    options: dict[str, Any] = {"epochs": epochs, "batch_size": 32, "evaluate_training": False}
    nnlib.fit(net, A, y[rows], loss=LOSS, optimizer=sgd, rng=rng, **options)
    return nnlib.accuracy(net.forward(scaled.transform(digits.X[test])), y[test])
