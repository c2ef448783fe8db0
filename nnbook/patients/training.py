"""A training in which nothing is wrong: each thing that can go wrong is a method of its own.

`Training` reads ten digits, and `OneOutput` asks of each digit whether it is even.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from nnlib import LOSSES, History, Sequential, datasets, mlp
from nnlib._typing import FloatArray, IntArray
from nnlib.parameters import Parameter

Labels = FloatArray | IntArray
Parts = tuple[FloatArray, Labels, FloatArray, Labels]

TO_FIT, TO_VALIDATE = 500, 250
"""Few images, so that each training takes a moment, on a reader's page too."""

FULL = 16
"""The largest value of a pixel in the stored images."""

TYPICAL = 10
"""The start of all patients. Sort the seeds 0 to 20 by the validation accuracy, equal ones as they
come: this is the one in the middle."""


@cache
def _parts(split: int) -> Parts:
    digits, order = datasets.digits(), np.random.default_rng(split).permutation(1797)
    fit, val = order[:TO_FIT], order[TO_FIT : TO_FIT + TO_VALIDATE]
    y = np.asarray(digits.y, dtype=np.intp)
    return digits.X[fit], y[fit], digits.X[val], y[val]


def digits_in_parts(split: int = 0) -> Parts:
    """Return new arrays: images to fit, their labels, images to validate, their labels.

    The pixels are whole numbers from 0 to 16; `split` says which images are in the two parts.
    """
    X, y, X_val, y_val = _parts(split)
    return X.copy(), y.copy(), X_val.copy(), y_val.copy()


class Training:
    """A 64-32-10 network on small images of digits, and how it is trained: nothing is wrong.

    Parameters
    ----------
    seed : int
        Of the weights at the start and of the order of the images.
    split : int
        Which images are fitted, and which validate.

    Attributes
    ----------
    X, y, X_val, y_val : array
        What is fitted, and what validates, as the network gets it.
    net : Sequential
    lr, epochs, batch : float, int, int
        Learning rate, passes through the data, samples per step.
    activation : str
        Of the hidden layer.
    steps : int
        How many steps `run` has taken.
    """

    lr = 0.5
    epochs = 10
    batch = 20
    activation = "relu"

    def __init__(self, seed: int = TYPICAL, split: int = 0) -> None:
        self.split = split
        self.rng = np.random.default_rng(seed)
        self.X, self.y, self.X_val, self.y_val = self.data()
        self.net = self.network()
        self.steps = 0

    def parts(self) -> Parts:
        """The digits as they are stored: images to fit, labels, images to validate, labels."""
        return digits_in_parts(self.split)

    def data(self) -> Parts:
        """Images and labels as the network gets them."""
        X, y, X_val, y_val = self.parts()
        images = self.prepare(X, y), self.prepare_new(X_val, y_val)
        return images[0], self.labels(y), images[1], self.labels(y_val)

    def prepare(self, X: FloatArray, y: Labels) -> FloatArray:
        """Images that are fitted: pixels between 0 and 1."""
        return X / FULL

    def prepare_new(self, X: FloatArray, y: Labels) -> FloatArray:
        """Images that are not fitted: the same."""
        return self.prepare(X, y)

    def labels(self, y: Labels) -> Labels:
        """What the network is asked for: the digit itself."""
        return y

    def network(self) -> Sequential:
        """A network with random weights in the size that suits the activation."""
        return mlp((64, 32, 10), self.activation, rng=self.rng)

    def loss(self, z: FloatArray, y: Labels) -> tuple[float, FloatArray]:
        """Cross-entropy of the raw outputs, and its slopes with respect to them."""
        return LOSSES["cross_entropy_with_logits"].value_and_gradient(z, y)

    def constant(self) -> float:
        """The loss of the best constant answer, if all classes are as frequent: ln K."""
        return float(np.log(10))

    def order(self) -> IntArray:
        """The rows of the images to fit, in the order of an epoch."""
        return self.rng.permutation(len(self.X))

    def slopes(self, X: FloatArray, y: Labels) -> float:
        """Put the gradient of the loss into the network; return the loss."""
        value, slope = self.loss(self.net.forward(X), y)
        for parameter in self.net.parameters():
            parameter.grad = None
        self.net.backward(slope)
        return value

    def moving(self) -> list[Parameter]:
        """The parameters that a step moves."""
        return self.net.parameters()

    def update(self) -> None:
        """Take a step downhill."""
        for parameter in self.moving():
            parameter.value[:] -= self.lr * parameter.grad  # type: ignore[operator]

    def answers(self, X: FloatArray) -> Labels:
        """The label that the network gives each image."""
        return self.net.predict(X).argmax(axis=1)

    def run(self) -> History:
        """Train; losses and accuracies at the start and after each epoch, while they are finite."""
        history = History()
        with np.errstate(over="ignore", invalid="ignore"):
            while self.note(history) and len(history.losses) <= self.epochs:
                order = self.order()
                for rows in np.array_split(order, -(-len(self.X) // self.batch)):
                    self.slopes(self.X[rows], self.y[rows])
                    self.update()
                    self.steps += 1
        return history

    def note(self, history: History) -> bool:
        """Write down where the training is; return whether all numbers are finite."""
        z, z_val = self.net.predict(self.X), self.net.predict(self.X_val)
        if not (np.isfinite(z).all() and np.isfinite(z_val).all()):
            return False
        history.losses.append(self.loss(z, self.y)[0])
        history.validation_losses.append(self.loss(z_val, self.y_val)[0])
        history.accuracies.append(float(np.mean(self.answers(self.X) == self.y)))
        history.validation_accuracies.append(float(np.mean(self.answers(self.X_val) == self.y_val)))
        return True


class OneOutput(Training):
    """A 64-32-1 network that says whether a digit is even, 1 or 0: nothing is wrong."""

    lr = 0.1

    def labels(self, y: Labels) -> Labels:
        return 1.0 - y % 2

    def network(self) -> Sequential:
        return mlp((64, 32, 1), self.activation, rng=self.rng)

    def residual(self, z: FloatArray, y: Labels) -> FloatArray:
        """Outputs minus targets, both as one column."""
        return z - y[:, np.newaxis]

    def loss(self, z: FloatArray, y: Labels) -> tuple[float, FloatArray]:
        """The mean of all squared residuals, and its slopes with respect to the outputs."""
        residual = self.residual(z, y)
        return float(np.mean(residual**2)), 2 * residual.mean(axis=1, keepdims=True) / len(z)

    def constant(self) -> float:
        """The loss of the best constant answer, the mean: the variance of the targets."""
        return float(np.var(self.y))

    def answers(self, X: FloatArray) -> Labels:
        return np.where(self.net.predict(X)[:, 0] > 0.5, 1.0, 0.0)
