"""Training: the same four lines, over and over, and a record of how it went.

Forward, loss, backward, update. Everything else here checks the data once before the first
step and writes down what happened.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._extras import missing
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import (
    class_labels,
    class_targets,
    float_array,
    function,
    positive_int,
    random_generator,
    real_array,
)
from nnlib.layers import Sequential
from nnlib.losses import LOSSES, Loss
from nnlib.optim import Optimizer


class DivergenceWarning(RuntimeWarning):
    """Training stopped because the loss was no longer finite."""


@dataclass(repr=False)
class History:
    """What happened during a `fit`.

    Attributes
    ----------
    losses : list of float
        Loss on the whole training set: at the start, then after each epoch.
    validation_losses : list of float
        The same on the validation set; empty without one.
    accuracies : list of float
        Share of right predictions, likewise, where the loss is a cross-entropy; else empty.
    validation_accuracies : list of float
        The same on the validation set.
    step_losses : list of float
        Loss of each batch, before the update it led to.
    stop_reason : str
        "epochs" (all of them done), "callback", "interrupted" or "diverged".
    """

    losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    accuracies: list[float] = field(default_factory=list)
    validation_accuracies: list[float] = field(default_factory=list)
    step_losses: list[float] = field(default_factory=list)
    stop_reason: str = "epochs"

    def plot(self, **options: Any) -> Any:
        """Plot the losses with `nnlib.plots.plot_loss`, which takes the options."""
        from nnlib import plots  # not above: matplotlib is needed for drawing alone

        return plots.plot_loss(self, **options)

    def __repr__(self) -> str:
        epochs, last = len(self.losses) - 1, self.losses[-1] if self.losses else math.nan
        return f"History(epochs={epochs}, loss={last:.4g}, stop_reason={self.stop_reason!r})"


def fit(
    model: Sequential,
    X: ArrayLike,
    y: ArrayLike,
    *,
    loss: str | Loss,
    optimizer: Optimizer,
    epochs: int,
    batch_size: int | None = None,
    rng: np.random.Generator,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    callback: Callable[[int, History], object] | None = None,
    progress: bool = False,
) -> History:
    """Train `model` on (X, y) by repeated forward, loss, backward, update.

    Parameters
    ----------
    model : Sequential
    X : array (n, d)
        Inputs, one sample a row; finite.
    y : array
        Targets: the shape of the model's output for "ssr", "mse" and
        "binary_cross_entropy_with_logits"; labels (n,) or one-hot rows (n, K) for
        "cross_entropy_with_logits".
    loss : str or Loss
        A name in `LOSSES`, or one of its values; not one that takes probabilities, since a
        model gives raw outputs.
    optimizer : Optimizer
        Holds the parameters to train, such as ``SGD(model.parameters(), lr=0.1)``; those of the
        model that it does not hold stay as they are.
    epochs : int
        Passes through the data.
    batch_size : int, optional
        Samples an update; the data is shuffled before each epoch, and its last batch may be
        smaller. Without it every update sees all samples, in their order.
    rng : numpy.random.Generator
        Shuffles the samples.
    validation : pair (X, y), optional
        Held-out data, evaluated after each epoch and never trained on.
    callback : function, optional
        Called as ``callback(epoch, history)`` at the start (epoch 0) and after each epoch;
        training stops when it returns True.
    progress : bool
        Show a progress bar (needs tqdm).

    Returns
    -------
    History
        Also after an interrupt (Ctrl-C, or the stop button of a notebook), and after a
        divergence, which warns with `DivergenceWarning` and leaves the parameters as they were
        when the loss ceased to be finite.

    Raises
    ------
    TypeError, ValueError
        If the data is not finite or does not fit the model and the loss, the optimizer holds
        a parameter that is not the model's, or a hyperparameter is out of range.
    """
    loss = check_loss(loss)
    epochs = positive_int("epochs", epochs)
    random_generator("rng", rng)
    if callback is not None:
        function("callback", callback)
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"optimizer must be an Optimizer such as SGD, got {optimizer!r}")
    if not set(optimizer.parameters) <= set(model.parameters()):
        raise ValueError("optimizer must hold parameters of model, such as model.parameters()")
    train = _check_data(model, X, y, loss)
    held_out = None
    if validation is not None:
        if not (isinstance(validation, tuple) and len(validation) == 2):
            raise TypeError(f"validation must be a pair (X, y), got {type(validation).__name__}")
        held_out = _check_data(model, *validation, loss, prefix="validation ")
    n = len(train[0])
    batch_size = n if batch_size is None else positive_int("batch_size", batch_size)

    history = History()
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # divergence is reported by us
            for epoch in chain([0], _counted(epochs, progress)):  # epoch 0: record the start
                last = 0.0
                if epoch > 0:
                    last = _train_epoch(model, train, batch_size, rng, loss, optimizer, history)
                if math.isfinite(last):
                    _record(history, model, loss, train, held_out)
                    last = history.losses[-1]
                if not math.isfinite(last):
                    _report_divergence(history, epoch, last)
                    break
                if callback is not None and callback(epoch, history) is True:
                    history.stop_reason = "callback"
                    break
    except KeyboardInterrupt:
        history.stop_reason = "interrupted"
    return history


def train_step(
    model: Sequential, X: FloatArray, y: NDArray[Any], *, loss: Loss, optimizer: Optimizer
) -> float:
    """One update: forward, loss, backward, update. Returns the loss before the update.

    `X` and `y` have been checked by `fit`. A loss that is not finite changes no parameter.
    """
    value, gradient = loss.evaluate(model.forward(X), y)
    if math.isfinite(value):
        optimizer.zero_grad()
        model.backward(gradient)
        optimizer.step()
    return value


def accuracy(scores: ArrayLike, labels: ArrayLike) -> float:
    """Share of samples whose class is predicted right, from 0 to 1.

    Parameters
    ----------
    scores : array (n, K), or (n,) or (n, 1) for two classes
        Raw outputs or probabilities, K >= 2: the largest wins, the first of equals. With one
        score a sample, a raw output: class 1 wins where it is positive.
    labels : array (n,) or one-hot (n, K)
        For one score a sample, 0 or 1 in the shape of `scores` or (n,).

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        If `scores` has another shape or is not finite, or `labels` are not n labels in range.
    """
    scores = float_array("scores", scores, finite=True)
    if scores.ndim == 1 or (scores.ndim == 2 and scores.shape[1] == 1):
        predicted = (scores.ravel() > 0).astype(np.intp)
        true = real_array("labels", labels)
        if true.shape == scores.shape:
            true = true.ravel()
        true = class_targets("labels", true, (len(scores), 2))
    elif scores.ndim == 2:
        predicted = scores.argmax(axis=1)
        true = class_targets("labels", labels, (len(scores), scores.shape[1]))
    else:
        raise ValueError(f"scores must have shape (n, K), (n, 1) or (n,), got {scores.shape}")
    return float(np.mean(predicted == true))


def confusion_matrix(predicted: ArrayLike, labels: ArrayLike, num_classes: int) -> IntArray:
    """How often each class was taken for each: rows the true class, columns the prediction.

    Parameters
    ----------
    predicted : array (n,)
        Predicted classes, integers from 0 to num_classes - 1, such as ``scores.argmax(axis=1)``.
    labels : array (n,) or one-hot (n, num_classes)
        True classes.
    num_classes : int

    Returns
    -------
    integer array (num_classes, num_classes)
        Entry (i, j) counts the samples of class i that were predicted as class j.

    Raises
    ------
    TypeError, ValueError
        If `predicted` are not such integers, or `labels` not n of them.
    """
    num_classes = positive_int("num_classes", num_classes)
    answers = class_labels("predicted", predicted, num_classes)
    true = class_targets("labels", labels, (len(answers), num_classes))
    counts = np.zeros((num_classes, num_classes), dtype=np.intp)
    np.add.at(counts, (true, answers), 1)
    return counts


def check_loss(loss: str | Loss) -> Loss:
    """The loss of that name, if a model can be trained with it."""
    usable = [name for name, candidate in LOSSES.items() if not candidate.on_probabilities]
    if isinstance(loss, str):
        if loss not in LOSSES:
            raise ValueError(f"loss must be one of {', '.join(usable)}, got {loss!r}")
        loss = LOSSES[loss]
    if not isinstance(loss, Loss):
        raise TypeError(f"loss must be a Loss or the name of one, got {loss!r}")
    if loss.on_probabilities:
        raise ValueError(
            f"loss {loss.name} takes probabilities, but a model gives raw outputs: "
            f"use {loss.name}_with_logits"
        )
    return loss


def _check_data(
    model: Sequential, X: ArrayLike, y: ArrayLike, loss: Loss, prefix: str = ""
) -> tuple[FloatArray, NDArray[Any]]:
    """X and y as the loss's formulas want them; finite, and of the model's shapes."""
    X = float_array(f"{prefix}X", X, ndim=2, finite=True)
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is reported by us
        prediction = model.forward(X)
    return X, loss.check_target(prediction, y, f"{prefix}y")


def _train_epoch(
    model: Sequential,
    data: tuple[FloatArray, NDArray[Any]],
    batch_size: int,
    rng: np.random.Generator,
    loss: Loss,
    optimizer: Optimizer,
    history: History,
) -> float:
    """One pass through the data; ends early at a loss that is not finite. The last loss."""
    X, y = data
    n = len(X)
    if batch_size < n:
        order = rng.permutation(n)
        X, y = X[order], y[order]  # once an epoch: its batches are then plain slices
    value = math.nan
    for start in range(0, n, batch_size):
        batch = slice(start, start + batch_size)
        value = train_step(model, X[batch], y[batch], loss=loss, optimizer=optimizer)
        history.step_losses.append(value)
        if not math.isfinite(value):
            break
    return value


def _record(
    history: History,
    model: Sequential,
    loss: Loss,
    train: tuple[FloatArray, NDArray[Any]],
    held_out: tuple[FloatArray, NDArray[Any]] | None,
) -> None:
    for data, losses, accuracies in (
        (train, history.losses, history.accuracies),
        (held_out, history.validation_losses, history.validation_accuracies),
    ):
        if data is not None:
            scores = model.forward(data[0])
            losses.append(loss.evaluate(scores, data[1])[0])
            if "cross_entropy" in loss.name and np.isfinite(scores).all():
                labels = data[1].astype(np.intp)
                if labels.shape == scores.shape:  # two classes: every score is an answer
                    scores, labels = scores.ravel(), labels.ravel()
                accuracies.append(accuracy(scores, labels))


def _counted(epochs: int, progress: bool) -> Iterable[int]:
    counted = range(1, epochs + 1)
    if not progress:
        return counted
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise missing("progress=True", "progress", error) from error
    return tqdm(counted, unit="epoch")


def _report_divergence(history: History, epoch: int, value: float) -> None:
    history.stop_reason = "diverged"
    warnings.warn(
        f"training diverged at step {len(history.step_losses)} (epoch {epoch}): the loss is "
        f"{value}; a smaller learning rate may help",
        DivergenceWarning,
        stacklevel=3,
    )
