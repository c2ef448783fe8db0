"""Trainings of the chapters, recorded for replay, epoch by epoch."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator
from numpy.typing import ArrayLike

from nnlib import datasets
from nnlib._typing import FloatArray, IntArray
from nnlib.networks import Sequential, mlp
from nnlib.optim import SGD
from nnlib.plots.style import around
from nnlib.preprocessing import split, standardize
from nnlib.train import History, fit

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Two of these write a coordinate in 1/4095 of the window."""
SURE = 9
"""A network is called sure where its answer is this many times as probable as any other."""


@dataclass
class Recording:
    """A training, what it was trained on, and the network as it was at some epochs.

    Attributes
    ----------
    X : array
        Points to train on.
    y : array
        Their classes.
    X_new : array
        Points to judge by.
    y_new : array
        Their classes.
    history : History
    networks : dict
        Epoch -> the network after it.
    """

    X: FloatArray
    y: IntArray
    X_new: FloatArray
    y_new: IntArray
    history: History
    networks: dict[int, Sequential]

    @property
    def window(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """From where to where all points lie, in x and in y."""
        points = np.vstack([self.X, self.X_new])
        return around(points[:, 0]), around(points[:, 1])

    @property
    def best(self) -> int:
        """The epoch of the lowest loss on the new points."""
        return int(np.argmin(self.history.validation_losses))

    def answers(self, epoch: int) -> IntArray:
        """How often each class was the answer at all points, old and new."""
        scores = self.networks[epoch].forward(np.vstack([self.X, self.X_new]))
        return np.bincount(scores.argmax(axis=1), minlength=scores.shape[1])

    @cached_property
    def described(self) -> dict[str, Any]:
        """The run for the front end: numbers as they are shown, all of them as text.

        A notebook writes each number of a list on a line of its own; these would be thousands.
        """
        h = self.history
        curves = (h.losses, h.validation_losses, h.accuracies, h.validation_accuracies)
        points = ((self.X, self.y), (self.X_new, self.y_new))
        return {
            "window": [[round(end, 4) for end in ends] for ends in self.window],
            "points": [_text(np.column_stack([X.round(2), y]), "g") for X, y in points],
            "curves": [_text(curve, ".3f") for curve in curves],
            "best": self.best,
            "epochs": _text(list(self.networks), "d"),
            "answers": [_text(self.answers(epoch), "d") for epoch in self.networks],
            "regions": [regions(network, self.window) for network in self.networks.values()],
        }


def _text(numbers: ArrayLike, form: str) -> str:
    return " ".join(f"{number:{form}}" for number in np.ravel(numbers))


def record(
    model: Sequential, rng: np.random.Generator, sets: list[Any], *, keep: set[int], **options: Any
) -> Recording:
    """Train on `sets`, X, y, X_new, y_new, and keep the network of some epochs, and of the best."""
    X, y, X_new, y_new = sets
    networks: list[Sequential] = []
    momentum, decay = options.pop("momentum", 0), options.pop("decay", 0)
    history = fit(
        model,
        X,
        y,
        loss="cross_entropy_with_logits",
        optimizer=SGD(
            model.parameters(), lr=options.pop("lr"), momentum=momentum, weight_decay=decay
        ),
        rng=rng,
        validation=(X_new, y_new),
        callback=lambda epoch, history: networks.append(copy.deepcopy(model)),
        **options,
    )
    kept = sorted(keep | {int(np.argmin(history.validation_losses))})
    kept_networks = {epoch: networks[epoch] for epoch in kept}
    return Recording(X, y, X_new, y_new, history, kept_networks)


def iris(hidden: int) -> Recording:
    """Two features of the irises, scaled on the training part; 2-hidden-3, batches of 16."""
    rng = np.random.default_rng(0)
    flowers = datasets.iris()
    X, X_new, y, y_new = split(flowers.X[:, [3, 1]], flowers.y, held_out=0.25, rng=rng)
    X, scaler = standardize(X)
    keep = {*range(21), *range(20, 101, 2)}
    sets = [X, y, scaler.transform(X_new), y_new]
    model = mlp((2, hidden, 3), rng=rng)
    return record(model, rng, sets, keep=keep, lr=0.1, epochs=100, batch_size=16)


def moons(decay: float) -> Recording:
    """Forty noisy points of two half moons, 200 new ones; 2-32-32-2, with some weight decay."""
    rng = np.random.default_rng(3)
    sets: list[Any] = []
    for n in (40, 200, 2000):  # the last are the chapter's held-out points, which it also draws
        drawn = datasets.moons(n, noise=0.3, rng=rng)
        sets += [drawn.X, drawn.y]
    keep = {*range(11), *range(10, 61, 5), *range(60, 201, 10)}
    options = {"lr": 0.03, "momentum": 0.9, "decay": decay, "epochs": 200, "batch_size": 20}
    return record(mlp((2, 32, 32, 2), rng=rng), rng, sets[:4], keep=keep, **options)


RUNS: dict[str, Callable[[], Recording]] = {
    "iris": lambda: iris(8),
    "iris_narrow": lambda: iris(2),
    "moons": lambda: moons(0),
    "moons_decay": lambda: moons(0.01),
}


SAME_DATA = (("iris", "iris_narrow"), ("moons", "moons_decay"))
"""Runs that are compared with one another."""


@cache
def recording(name: str) -> Recording:
    """Return the run of that name; it is made once."""
    return RUNS[name]()


def regions(
    network: Sequential, window: tuple[tuple[float, float], tuple[float, float]]
) -> list[list[str]]:
    """Outlines of the decision regions: class -> where it wins, and where the network is sure.

    The borders of a ReLU network are broken lines, so few corners are enough. Each outline is a
    text of two characters a coordinate, corner after corner; outlines are separated by spaces. A
    point is inside if it is inside an odd number of them. Where the largest outputs are equal, no
    class wins.
    """
    unit = np.linspace(0, 1, 111)
    columns, rows = (low + unit * (high - low) for low, high in window)
    points = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    found = []
    for lead in leads(network, points).T:
        areas = contour_generator(
            unit, unit, lead.reshape(len(unit), -1), fill_type=FillType.OuterOffset
        )
        found.append([_written(*areas.filled(level, np.inf)) for level in (0, math.log(SURE))])
    return found


def leads(network: Sequential, points: FloatArray) -> FloatArray:
    """By how much each raw output (n, K) is above the largest of the others."""
    scores = network.predict(points)
    classes = range(scores.shape[1])
    others = [np.delete(scores, k, axis=1).max(axis=1) for k in classes]
    # Rounded, so that a lead of exactly zero is zero on every machine.
    return np.round(scores - np.column_stack(others), 9)


def _written(points: list[FloatArray], offsets: list[IntArray]) -> str:
    outlines = []
    for corners, ends in zip(points, offsets, strict=True):
        for start, stop in pairwise(ends):
            outline = _simplified(corners[start:stop])[:-1]  # the last is the first again
            if len(outline) > 2:
                whole = np.round(outline.ravel() * 4095).astype(int)
                outlines.append("".join(ALPHABET[n // 64] + ALPHABET[n % 64] for n in whole))
    return " ".join(outlines)


def _simplified(line: FloatArray, tolerance: float = 0.003) -> FloatArray:
    """Leave out what lies within the tolerance of a straight line (Douglas and Peucker)."""
    first, last = line[0], line[-1]
    along, away = last - first, line - first
    length = float(np.hypot(*along))
    across = along[0] * away[:, 1] - along[1] * away[:, 0]
    distances = np.abs(across) / length if length else np.hypot(*away.T)
    farthest = int(distances.argmax())
    if distances[farthest] <= tolerance:
        return np.array([first, last])
    halves = _simplified(line[: farthest + 1]), _simplified(line[farthest:])
    return np.vstack([halves[0][:-1], halves[1]])
