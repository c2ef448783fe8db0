"""The faults: each is a training with one method or one setting spoiled."""

from __future__ import annotations

import numpy as np

from nnbook.patients.training import (
    FULL,
    TO_FIT,
    Labels,
    OneOutput,
    Parts,
    Training,
)
from nnlib import Sequential, softmax
from nnlib._typing import FloatArray, IntArray
from nnlib.parameters import Parameter

# -- The patients of the chapter -----------------------------------------------------------------


class LongSteps(Training):
    """The learning rate is ten times too large."""

    lr = 5.0


class SoftmaxTwice(Training):
    """The loss, which applies softmax to raw outputs, is given probabilities."""

    def loss(self, z: FloatArray, y: Labels) -> tuple[float, FloatArray]:
        p = softmax(z)
        value, slope = super().loss(p, y)
        return value, p * (slope - np.sum(p * slope, axis=1, keepdims=True))


class ShiftedLabels(Training):
    """Each image to fit has the label of the image before it."""

    def parts(self) -> Parts:
        X, y, X_val, y_val = super().parts()
        return X, np.roll(y, 1), X_val, y_val


class ColumnMinusRow(OneOutput):
    """The outputs are a column, the targets a row: all differences, not those of each image."""

    def residual(self, z: FloatArray, y: Labels) -> FloatArray:
        return z - y


class OtherPreparation(Training):
    """Images that are not fitted are cut out one column further to the left."""

    def prepare_new(self, X: FloatArray, y: Labels) -> FloatArray:
        image = super().prepare_new(X, y).reshape(-1, 8, 8)
        return np.pad(image, ((0, 0), (0, 0), (1, 0)))[:, :, :8].reshape(-1, 64)


class LabelInside(Training):
    """A dot at the rim of each image tells its digit."""

    def prepare(self, X: FloatArray, y: Labels) -> FloatArray:
        A = super().prepare(X, y)
        A[np.arange(len(A)), 8 * (y % 8) + 7 * (y // 8)] = 1
        return A


class FewSteps(Training):
    """Each step takes all samples, so ten epochs are ten steps."""

    batch = TO_FIT


class Unscaled(Training):
    """The pixels are left between 0 and 16."""

    def prepare(self, X: FloatArray, y: Labels) -> FloatArray:
        return X


class NeverReset(Training):
    """The gradients of all steps so far are added up."""

    def slopes(self, X: FloatArray, y: Labels) -> float:
        value, slope = self.loss(self.net.forward(X), y)
        self.net.backward(slope)
        return value


class Unshuffled(Training):
    """The images are sorted by their labels, and the batches take them as they come."""

    def order(self) -> IntArray:
        return np.argsort(self.y, kind="stable")


class ForgottenLayer(Training):
    """The step was given the parameters of the second layer only."""

    def moving(self) -> list[Parameter]:
        return self.net[2].parameters()


class RareClass(Training):
    """Of the eights to fit, all but two are missing."""

    def parts(self) -> Parts:
        X, y, X_val, y_val = super().parts()
        keep = np.delete(np.arange(len(y)), np.flatnonzero(y == 8)[2:])
        return X[keep], y[keep], X_val, y_val


# -- Others, whom the chapter does not show -------------------------------------------------------


class BornDead(Training):
    """The biases of the hidden layer start so low that no neuron ever switches on."""

    def network(self) -> Sequential:
        net = super().network()
        net[0].bias.value[:] = -10
        return net


class Uphill(Training):
    """The step has lost its minus."""

    def update(self) -> None:
        for parameter in self.moving():
            parameter.value[:] += self.lr * parameter.grad  # type: ignore[operator]


class Saturated(Training):
    """The weights of the hidden tanh neurons start thirty-five times too large."""

    activation = "tanh"

    def network(self) -> Sequential:
        net = super().network()
        net[0].weight.value[:] = self.rng.normal(0, 5, size=(64, 32))
        return net


class ShortSteps(Training):
    """The learning rate is twenty-five times too small."""

    lr = 0.02


class Detached(Training):
    """No gradient reaches the first layer."""

    def slopes(self, X: FloatArray, y: Labels) -> float:
        value = super().slopes(X, y)
        for parameter in self.net[0].parameters():
            parameter.grad = np.zeros_like(parameter.value)
        return value


# -- Nothing is wrong with these ------------------------------------------------------------------


class FewImages(Training):
    """Only a fifth of the images to fit."""

    def parts(self) -> Parts:
        X, y, X_val, y_val = super().parts()
        return X[: TO_FIT // 5], y[: TO_FIT // 5], X_val, y_val


class NoisyImages(Training):
    """A camera with much noise."""

    def parts(self) -> Parts:
        X, y, X_val, y_val = super().parts()
        rng = np.random.default_rng(self.split)
        noisy = (np.clip(A + rng.normal(0, 4, size=A.shape).round(), 0, FULL) for A in (X, X_val))
        X, X_val = noisy
        return X, y, X_val, y_val
