"""What the playground trains on, and the training, by `nnlib` with the page's random numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnbook.figures._page_random import PageRandom
from nnlib import datasets
from nnlib._typing import FloatArray, IntArray
from nnlib.layers import Linear
from nnlib.losses import LOSSES, Loss
from nnlib.metrics import accuracy
from nnlib.networks import Sequential, mlp
from nnlib.optim import SGD
from nnlib.preprocessing import Scaler, one_hot, split, standardize
from nnlib.train import train_step

CLASSIFIER_LOSSES = [
    name
    for name, loss in LOSSES.items()
    if loss.target in ("same shape", "labels") and not loss.on_probabilities
]
"""Those that take a row of raw outputs, one for each class."""

SPLIT_FROM = 20
"""Fewer points are all needed for training."""


@dataclass
class Sets:
    """Points to train on and points to judge by, as they are drawn and as the network gets them."""

    X: FloatArray
    y: IntArray
    X_val: FloatArray
    y_val: IntArray
    scaler: Scaler | None
    classes: int

    def inputs(self, X: FloatArray) -> FloatArray:
        """Return points as the network gets them."""
        return X if self.scaler is None or len(X) == 0 else self.scaler.transform(X)


def iris() -> tuple[FloatArray, IntArray]:
    """Petal width and sepal width of each flower, and its species."""
    flowers = datasets.iris()
    return flowers.X[:, [3, 1]], np.asarray(flowers.y, dtype=np.intp)


def _given(state: dict[str, Any]) -> tuple[FloatArray, IntArray]:
    name, count, classes = state["dataset"], state["count"], state["classes"]
    noise, rng = state["noise"], PageRandom(0)
    if name == "iris":
        return iris()
    if name == "moons":
        drawn = datasets.moons(count, noise=noise, rng=rng)
    elif name == "spirals":
        drawn = datasets.spirals(count, classes=classes, noise=noise, rng=rng)
    else:
        drawn = datasets.blobs(count, classes=classes, spread=noise, rng=rng)
    return drawn.X, np.asarray(drawn.y, dtype=np.intp)


def sets_of(state: dict[str, Any]) -> Sets:
    """Part and scale the points of a state; those that the reader adds are for training."""
    own = np.array(state["points"], dtype=float).reshape(-1, 3)
    own_X, own_y = own[:, :2], own[:, 2].astype(np.intp)
    X, y = (own_X, own_y) if state["dataset"] == "none" else _given(state)
    X_val, y_val = X[:0], y[:0]
    if len(X) >= SPLIT_FROM:
        X, X_val, y, y_val = split(X, y, rng=PageRandom(1))
    if state["dataset"] != "none":
        X, y = np.vstack([X, own_X]), np.concatenate([y, own_y])
    classes = max(2, *(labels.max() + 1 for labels in (y, y_val, np.zeros(1, int)) if len(labels)))
    scaler = standardize(X)[1] if state["standardized"] and len(X) > 1 else None
    return Sets(X, y, X_val, y_val, scaler, int(classes))


def start_of(state: dict[str, Any], classes: int) -> Sequential:
    """Build the network with its first weights."""
    sizes = [2, *(int(width) for width in state["hidden"]), classes]
    model = mlp(sizes, state["activation"], rng=PageRandom(2 * state["seed"] + 2))
    for layer in model.layers:
        if isinstance(layer, Linear):
            layer.weight.value = state["start"] * layer.weight.value
    return model


@dataclass
class Training:
    """A training up to some step.

    Attributes
    ----------
    steps : list
        The moments that were recorded; 0 is the start.
    losses : list
        Of the points to train on, at these moments: a sum such as the SSR divided by the number
        of points.
    validation_losses : list
        The same of the others.
    diverged : bool
        Whether the loss of the next step was not finite.
    """

    sets: Sets
    model: Sequential
    steps: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    diverged: bool = False

    def accuracies(self) -> tuple[float, float]:
        """Return the shares of right answers now: of the points to train on, and of the others.

        NaN where there are no points, or no answers because the training has diverged.
        """
        sets = self.sets
        return self._accuracy(sets.X, sets.y), self._accuracy(sets.X_val, sets.y_val)

    def _accuracy(self, X: FloatArray, y: IntArray) -> float:
        if len(X) == 0:
            return math.nan
        with np.errstate(over="ignore", invalid="ignore"):
            scores = self.model.forward(self.sets.inputs(X))
        return accuracy(scores, y) if np.isfinite(scores).all() else math.nan


def target_of(loss: Loss, labels: IntArray, classes: int) -> NDArray[Any]:
    """Write labels as the loss wants them: for one of regression as one-hot rows."""
    return one_hot(labels, classes) if loss.target == "same shape" and len(labels) else labels


def train(state: dict[str, Any], steps: int, *, every: int = 1) -> Training:
    """Train for this many steps; stop, as `nnlib.fit` does, at a loss that is not finite.

    Losses are recorded once per `every` steps and at the end.
    """
    sets = sets_of(state)
    run = Training(sets, start_of(state, sets.classes))
    loss = LOSSES[state["loss"]]

    def judge(X: FloatArray, y: NDArray[Any]) -> float:
        if len(X) == 0:
            return math.nan
        value = loss.value_and_gradient(run.model.forward(X), y)[0]
        return value / len(X) if loss.reduction == "sum" else value

    X, X_val = sets.inputs(sets.X), sets.inputs(sets.X_val)
    y, y_val = target_of(loss, sets.y, sets.classes), target_of(loss, sets.y_val, sets.classes)
    optimizer = SGD(
        run.model.parameters(),
        lr=state["rate"],
        momentum=state["momentum"],
        weight_decay=state["decay"],
    )
    rng, n = PageRandom(2 * state["seed"] + 3), len(X)
    parts = math.ceil(n / max(1, state["batch_size"]))
    batches = [np.arange(n)]
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is reported
        for step in range(steps + 1 if n else 0):
            if step % every == 0 or step == steps:
                run.steps.append(step)
                run.losses.append(judge(X, y))
                run.validation_losses.append(judge(X_val, y_val))
            if step == steps:
                break
            if step % parts == 0 and parts > 1:
                batches = np.array_split(rng.permutation(n), parts)
            rows = batches[step % parts]
            value = train_step(run.model, X[rows], y[rows], loss=loss, optimizer=optimizer)
            if not math.isfinite(value):
                run.diverged = True
                break
    return run
