"""Training: the same four lines, over and over, and a record of how it went.

Forward, loss, backward, update. Everything else here checks the data once before the first
step and writes down what happened.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._extras import missing
from nnlib._typing import FloatArray
from nnlib._validation import (
    check_rows,
    float_array,
    function,
    in_place,
    in_range,
    positive_int,
    random_generator,
    read_only,
)
from nnlib.losses import Loss, check_loss
from nnlib.networks import Sequential, check_network
from nnlib.optim import Optimizer
from nnlib.parameters import Parameter, frozen

Data: TypeAlias = tuple[FloatArray, NDArray[Any]]


class DivergenceWarning(RuntimeWarning):
    """Training has gone astray: the loss is no longer finite, or has grown a million times."""


@dataclass(repr=False)
class History:
    """What happened during a `fit`.

    Attributes
    ----------
    losses : list of float
        Loss on the whole training set: at the start, then after each epoch; empty without
        `evaluate_training`.
    validation_losses : list of float
        The same on the validation set; empty without one.
    accuracies : list of float
        Share of right predictions, likewise, where the loss says what a prediction is (its
        `predict`), as the cross-entropies do; else empty.
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
        from nnlib import plots  # not above: only drawing needs matplotlib

        return plots.plot_loss(self, **options)

    def __repr__(self) -> str:
        done = f"epochs={len(self.losses) - 1}"
        if not self.losses:
            done = f"steps={len(self.step_losses)}"
        last = [math.nan, *self.step_losses[-1:], *self.losses[-1:]][-1]
        return f"History({done}, loss={last:.4g}, stop_reason={self.stop_reason!r})"


def fit(
    model: Sequential,
    X: ArrayLike,
    y: ArrayLike,
    *,
    loss: str | Loss,
    optimizer: Optimizer,
    epochs: int,
    batch_size: int | None = None,
    rng: np.random.Generator | int | None = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    callback: Callable[[int, History], object] | None = None,
    evaluate_training: bool = True,
    progress: bool = False,
) -> History:
    """Train `model` on (X, y) by repeated forward, loss, backward, update.

    Parameters
    ----------
    model : Sequential
    X : array (n, d)
        Inputs, one sample per row; finite. They are brought to the dtype of the parameters.
    y : array
        Targets: numbers in the shape of the model's output for "ssr" and "mse", 0 or 1 in that
        shape for "binary_cross_entropy_with_logits"; labels (n,) or one-hot rows (n, K) for
        "cross_entropy_with_logits"; for a `Loss` of your own what its `target` says.
    loss : str or Loss
        A name in `LOSSES`, or a `Loss`; not one that takes probabilities, since a model gives raw
        outputs.
    optimizer : Optimizer
        Holds the parameters to train, such as ``SGD(model.parameters(), lr=0.1)``; those of the
        model that it does not hold stay as they are, and get no gradient.
    epochs : int
        Passes through the data.
    batch_size : int, optional
        Samples per update, at most; without it every update sees all samples, in their order.
        The data is shuffled before each epoch and dealt out in ceil(n / batch_size) batches whose
        sizes differ by at most one, because a last batch of a few samples would take a step as
        long as all others in a direction that is mostly chance.
    rng : numpy.random.Generator or int
        Shuffles the samples (an integer is a seed); only needed with a `batch_size` below n.
    validation : pair (X, y), optional
        Held-out data, evaluated after each epoch and never trained on.
    callback : function, optional
        Called as ``callback(epoch, history)`` at the start (epoch 0) and after each epoch;
        training stops when it returns True, and goes on after False or None.
    evaluate_training : bool
        Whether to compute loss and accuracy on the whole training set at the start and after each
        epoch. On full batches that is half of the work; without it `step_losses` still has the
        losses, and a divergence is seen one step later.
    progress : bool
        Show a progress bar (needs tqdm).

    Returns
    -------
    History
        Also after an interrupt (Ctrl-C, or the stop button of a notebook), which warns and keeps
        what was learned, and after a divergence, which warns with `DivergenceWarning`: then the
        parameters are those at which the loss was no longer finite. A loss that ends a million
        times higher than it began, or a validation loss that is not finite, is reported likewise.

    Raises
    ------
    TypeError, ValueError
        If the data is not finite or does not fit the model and the loss, the optimizer holds
        a parameter that is not the model's, a hyperparameter is out of range, the loss does
        not return a number and a gradient, a layer or the loss changes its input in place, or
        `callback` returns something else.

    Examples
    --------
    >>> import numpy as np
    >>> import nnlib
    >>> model = nnlib.mlp([1, 1], rng=0)
    >>> X, y = [[0.0], [1.0], [2.0]], [[1.0], [3.0], [5.0]]
    >>> optimizer = nnlib.SGD(model.parameters(), lr=0.3)
    >>> history = nnlib.fit(model, X, y, loss="mse", optimizer=optimizer, epochs=200)
    >>> np.round(model.theta, 6).tolist()
    [2.0, 1.0]
    """
    check_network(model)
    loss = check_loss(loss)
    epochs = positive_int("epochs", epochs)
    if callback is not None:
        function("callback", callback)
    others = _not_held(model, optimizer)
    if batch_size is not None:
        batch_size = positive_int("batch_size", batch_size)
    train = _check_data(model, (X, y), loss, batch_size)
    history = History()
    evaluated = [(train, history.losses, history.accuracies)] if evaluate_training else []
    if validation is not None:
        held_out = _check_data(model, validation, loss, batch_size, of="validation")
        evaluated.append((held_out, history.validation_losses, history.validation_accuracies))
    n = len(train[0])
    batch_size = batch_size or n
    if rng is not None or batch_size < n:
        rng = random_generator("rng", rng, use="it draws the batches")

    done = -1
    try:
        with _quiet():
            for epoch in chain([0], _counted(epochs, progress)):  # epoch 0: record the start
                value = 0.0
                if epoch > 0:
                    with frozen(others):
                        for batch in _batches(train, batch_size, rng):
                            value = train_step(model, *batch, loss=loss, optimizer=optimizer)
                            history.step_losses.append(value)
                            if not math.isfinite(value):
                                break
                if math.isfinite(value):
                    for data, losses, accuracies in evaluated:
                        scores = model._in_parts(data[0], max(batch_size, 256))
                        losses.append(float(loss.value_and_gradient(scores, data[1])[0]))
                        accuracies += _accuracy(scores, data[1], loss)
                    value = history.losses[-1] if evaluate_training else value
                    done = epoch
                if not math.isfinite(value):
                    history.stop_reason = "diverged"
                    at = f"step {len(history.step_losses)} (epoch {epoch})"
                    _warn_of_divergence(f"training diverged at {at}: the loss is {value}")
                    break
                if callback is not None and _stops(callback(epoch, history)):
                    history.stop_reason = "callback"
                    break
            else:
                if not np.isfinite(model.theta).all():
                    history.stop_reason = "diverged"
                    at = f"step {len(history.step_losses)} (epoch {epochs})"
                    _warn_of_divergence(f"training diverged at {at}: a parameter is not finite")
                recorded = history.losses or history.step_losses
                first, last = recorded[0], recorded[-1]
                if last > 1e6 * first > 0:
                    came = f"a loss of {last:.3g}, after {first:.3g} at the start"
                    _warn_of_divergence(f"training ended at {came}")
            if history.stop_reason != "diverged":
                _look_at_validation(history.validation_losses)
    except KeyboardInterrupt:
        history.stop_reason = "interrupted"
        for _, losses, accuracies in evaluated:  # the last evaluation may have ended in the middle
            del losses[done + 1 :], accuracies[done + 1 :]
        warnings.warn(
            f"training was interrupted after {max(done, 0)} of {epochs} epochs",
            RuntimeWarning,
            stacklevel=2,
        )
    return history


def train_step(
    model: Sequential, X: FloatArray, y: NDArray[Any], *, loss: Loss, optimizer: Optimizer
) -> float:
    """One update: forward, loss, backward, update. Returns the loss before the update.

    `X` and `y` have been checked by `fit`. A loss that is not finite changes no parameter.

    Examples
    --------
    >>> import numpy as np
    >>> import nnlib
    >>> from nnlib.train import train_step
    >>> model = nnlib.Sequential(nnlib.Linear.from_arrays([[0.0]], [0.0]))
    >>> optimizer = nnlib.SGD(model.parameters(), lr=0.25)
    >>> X, y = np.array([[1.0]]), np.array([[2.0]])
    >>> [train_step(model, X, y, loss=nnlib.LOSSES["ssr"], optimizer=optimizer) for _ in range(2)]
    [4.0, 0.0]
    """
    value, gradient = loss.value_and_gradient(model.forward(X), y)
    if math.isfinite(value):
        optimizer.zero_grad()
        model.backward(gradient)
        optimizer.step()
    return float(value)


def _not_held(model: Sequential, optimizer: Optimizer) -> list[Parameter]:
    """The parameters of the model that the optimizer does not train."""
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"optimizer must be an Optimizer such as SGD, got {optimizer!r}")
    held, parameters = set(optimizer.parameters), model.parameters()
    if strange := held.difference(parameters):
        raise ValueError(
            "optimizer must hold parameters of model, got "
            f"{len(strange)} of {len(held)} that are not: give it model.parameters()"
        )
    return [parameter for parameter in parameters if parameter not in held]


def _check_data(
    model: Sequential, pair: Any, loss: Loss, batch_size: int | None, of: str = ""
) -> Data:
    """X and y as the loss's formulas want them; finite, and of the model's shapes."""
    if not (isinstance(pair, tuple | list) and len(pair) == 2):
        raise TypeError(f"{of} must be a pair (X, y), got {type(pair).__name__}")
    X_name, y_name = f"{of} X".lstrip(), f"{of} y".lstrip()
    X = float_array(X_name, pair[0], finite=True)
    check_rows(X_name, X, model.in_features)
    X = in_range(X_name, X, model.theta.dtype, "the network's")
    with _quiet():
        prediction = model._in_parts(X, max(batch_size or len(X), 256), guarded=True)
    target = loss.prepare_target(prediction, pair[1], y_name)
    try:
        loss.checked(read_only(prediction), read_only(target))
    except ValueError as error:
        if remedy := in_place(error):
            error.args = (f"value_and_gradient of {loss!r}: {error}{remedy}",)
        raise
    return X, target


def _quiet() -> np.errstate:
    """No warnings from numpy: divergence is reported by us."""
    return np.errstate(divide="ignore", over="ignore", invalid="ignore")


def _batches(data: Data, size: int, rng: np.random.Generator | None) -> Iterator[Data]:
    """Yield the data once, in as few parts of at most this size as possible, all nearly equal.

    Shuffled, if these are several.
    """
    X, y = data
    if size < len(X):
        assert rng is not None  # `fit` has required it
        order = rng.permutation(len(X))
        X, y = X[order], y[order]  # once an epoch: its batches are then plain slices
    count = -(-len(X) // size)
    yield from zip(np.array_split(X, count), np.array_split(y, count), strict=True)


def _accuracy(scores: FloatArray, y: NDArray[Any], loss: Loss) -> list[float]:
    """The share of right predictions, where the loss says what a prediction is."""
    if loss.predict is None:
        return []
    if not np.isfinite(scores).all():
        return [math.nan]
    return [float(np.mean(loss.predict(scores) == loss.true_classes(y)))]


def _counted(epochs: int, progress: bool) -> Iterable[int]:
    counted = range(1, epochs + 1)
    if not progress:
        return counted
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise missing("progress=True", "progress", error) from error
    return tqdm(counted, unit="epoch")


def _look_at_validation(losses: list[float]) -> None:
    bad = [(epoch, value) for epoch, value in enumerate(losses) if not math.isfinite(value)]
    if bad:
        what = f"the validation loss was {bad[0][1]} after epoch {bad[0][0]}"
        remedy = "compare its X with that of training"
        warnings.warn(f"{what}: {remedy}", DivergenceWarning, stacklevel=3)


def _warn_of_divergence(what: str) -> None:
    warnings.warn(f"{what}; a smaller learning rate may help", DivergenceWarning, stacklevel=3)


def is_true(answer: object) -> bool:
    """Whether a callback's answer is True, Python's or numpy's."""
    return isinstance(answer, bool | np.bool_) and bool(answer)


def _stops(answer: object) -> bool:
    """Whether a callback's answer ends the training; refuse what may be meant so."""
    if not (answer is None or isinstance(answer, bool | np.bool_)):
        raise TypeError(f"callback must return True (to stop), False or None, got {answer!r}")
    return is_true(answer)
