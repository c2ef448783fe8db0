"""Ten networks that do not learn as they should, each with one fault, and a healthy one.

`Training` is the healthy one: a class with a method for each thing that can go wrong. A patient is
the same training with one of them spoiled. The chapter "When nothing learns" finds the faults with
tests that see a training only from outside; it also shows the code of each patient.

>>> from nnbook import patients
>>> patients.admit("B").run().losses[-1] > 1.46
True
"""

from __future__ import annotations

from functools import cache

import numpy as np

from nnlib import LOSSES, History, Sequential, datasets, mlp, softmax
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import one_of

Parts = tuple[FloatArray, IntArray, FloatArray, IntArray]

TO_FIT, TO_VALIDATE = 500, 250
"""Few images, so that each training takes a moment, on a reader's page too."""


@cache
def _parts() -> Parts:
    digits, order = datasets.digits(), np.random.default_rng(0).permutation(1797)
    fit, val = order[:TO_FIT], order[TO_FIT : TO_FIT + TO_VALIDATE]
    y = np.asarray(digits.y, dtype=np.intp)
    return digits.X[fit], y[fit], digits.X[val], y[val]


def digits_in_parts() -> Parts:
    """Return new arrays: images to fit, their labels, images to validate, their labels."""
    X, y, X_val, y_val = _parts()
    return X.copy(), y.copy(), X_val.copy(), y_val.copy()


class Training:
    """A 64-32-10 network on small images of digits, and how it is trained: nothing is wrong.

    Attributes
    ----------
    X, y, X_val, y_val : array
        What is fitted, and what validates.
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

    def __init__(self) -> None:
        self.rng = np.random.default_rng(0)
        self.X, self.y, self.X_val, self.y_val = self.data()
        self.net = self.network()
        self.steps = 0

    def data(self) -> Parts:
        """Images with pixels between 0 and 1, and labels."""
        X, y, X_val, y_val = digits_in_parts()
        return X / 16, y, X_val / 16, y_val

    def network(self) -> Sequential:
        """A network with random weights in the size that suits the activation."""
        return mlp((64, 32, 10), self.activation, rng=self.rng)

    def loss(self, z: FloatArray, y: IntArray) -> tuple[float, FloatArray]:
        """Cross-entropy of the raw outputs, and its slopes with respect to them."""
        return LOSSES["cross_entropy_with_logits"].value_and_gradient(z, y)

    def slopes(self, X: FloatArray, y: IntArray) -> float:
        """Put the gradient of the loss into the network; return the loss."""
        value, slope = self.loss(self.net.forward(X), y)
        for parameter in self.net.parameters():
            parameter.grad = None
        self.net.backward(slope)
        return value

    def update(self) -> None:
        """Take a step downhill."""
        self.net.theta[:] -= self.lr * self.net.gradient  # type: ignore[operator]

    def run(self) -> History:
        """Train; losses and accuracies at the start and after each epoch, while they are finite."""
        history = History()
        with np.errstate(over="ignore", invalid="ignore"):
            while self.note(history) and len(history.losses) <= self.epochs:
                order = self.rng.permutation(len(self.X))
                for start in range(0, len(self.X), self.batch):
                    rows = order[start : start + self.batch]
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
        history.accuracies.append(float(np.mean(z.argmax(axis=1) == self.y)))
        history.validation_accuracies.append(float(np.mean(z_val.argmax(axis=1) == self.y_val)))
        return True


# -- The patients ---------------------------------------------------------------------------------


class LongSteps(Training):
    """The learning rate is ten times too large."""

    lr = 5.0


class SoftmaxTwice(Training):
    """The loss, which applies softmax to raw outputs, is given probabilities."""

    def loss(self, z: FloatArray, y: IntArray) -> tuple[float, FloatArray]:
        p = softmax(z)
        value, slope = super().loss(p, y)
        return value, p * (slope - np.sum(p * slope, axis=1, keepdims=True))


class ShiftedLabels(Training):
    """Each image has the label of the image before it."""

    def data(self) -> Parts:
        X, y, X_val, y_val = super().data()
        return X, np.roll(y, 1), X_val, y_val


class BornDead(Training):
    """The biases of the hidden layer start so low that no neuron ever switches on."""

    def network(self) -> Sequential:
        net = super().network()
        net[0].bias.value[:] = -10
        return net


class Uphill(Training):
    """The step has lost its minus."""

    def update(self) -> None:
        self.net.theta[:] += self.lr * self.net.gradient  # type: ignore[operator]


class LabelInside(Training):
    """A dot at the rim of each image tells its digit."""

    def data(self) -> Parts:
        X, y, X_val, y_val = super().data()
        for A, digit in ((X, y), (X_val, y_val)):
            A[np.arange(len(A)), 8 * (digit % 8) + 7 * (digit // 8)] = 1
        return X, y, X_val, y_val


class FewSteps(Training):
    """Each step takes all samples, so ten epochs are ten steps."""

    batch = TO_FIT


class Unscaled(Training):
    """The pixels are left between 0 and 16."""

    def data(self) -> Parts:
        return digits_in_parts()


class NeverReset(Training):
    """The gradients of all steps so far are added up."""

    def slopes(self, X: FloatArray, y: IntArray) -> float:
        value, slope = self.loss(self.net.forward(X), y)
        self.net.backward(slope)
        return value


class Saturated(Training):
    """The weights of the hidden tanh neurons start forty times too large."""

    activation = "tanh"

    def network(self) -> Sequential:
        net = super().network()
        net[0].weight.value[:] = self.rng.normal(0, 5, size=(64, 32))
        return net


PATIENTS: dict[str, type[Training]] = {
    "healthy": Training,
    "A": LongSteps,
    "B": SoftmaxTwice,
    "C": ShiftedLabels,
    "D": BornDead,
    "E": Uphill,
    "F": LabelInside,
    "G": FewSteps,
    "H": Unscaled,
    "I": NeverReset,
    "J": Saturated,
}
"""In the order of the chapter's table, which tells nothing."""


def short(loss: float) -> str:
    """Return a loss as the chapter's tables show it: two decimals, or only its power of ten."""
    return f"{loss:.2f}" if loss < 1000 else f"{loss:.0e}"


def admit(name: str) -> Training:
    """Return a patient before its first step: a letter from A to J, or ``"healthy"``."""
    return PATIENTS[one_of("name", name, tuple(PATIENTS))]()
