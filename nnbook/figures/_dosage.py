"""The book's running network, 1-2-1, as the state of a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from nnbook.figures.traits import Choice, Number
from nnbook.fitted import FITTED, PARAMETERS
from nnlib._typing import FloatArray
from nnlib.activations import ACTIVATIONS
from nnlib.datasets import dosage
from nnlib.layers import Elementwise, Linear
from nnlib.losses import LOSSES, ssr
from nnlib.networks import Sequential
from nnlib.optim import SGD

REACH = 6  # of a parameter, to either side
BEYOND = 1e6  # an SSR that no picture shows


def parameters(*values: float) -> dict[str, Any]:
    """Name the seven numbers, for a preset."""
    return dict(zip(PARAMETERS, values, strict=True))


def movable(default: float) -> Number:
    """Declare one of the seven numbers."""
    return Number(default, min=-REACH, max=REACH)


def network(theta: ArrayLike, activation: str) -> Sequential:
    """Build the network of seven numbers, in the order of PARAMETERS."""
    w1, b1, w2, b2, w3, w4, b3 = np.asarray(theta, dtype=float)
    return Sequential(
        Linear.from_arrays([[w1, w2]], [b1, b2]),
        Elementwise(ACTIVATIONS[activation]),
        Linear.from_arrays([[w3], [w4]], [b3]),
    )


def in_order(values: list[FloatArray]) -> FloatArray:
    """Return what belongs to the parameters of the network, in the order of PARAMETERS."""
    w, b, v, c = values
    return np.array([w[0, 0], b[0], w[0, 1], b[1], v[0, 0], v[1, 0], c[0]])


def descend(
    theta: ArrayLike, activation: str, rate: float, steps: int
) -> tuple[FloatArray, FloatArray]:
    """Return the seven numbers (moments, 7) and the SSR (moments,) of gradient descent.

    The first moment is the start. The run ends early where the SSR is no longer below `BEYOND`.
    """
    data, loss, model = dosage(), LOSSES["ssr"], network(theta, activation)
    y = data.y.reshape(-1, 1)
    optimizer = SGD(model.parameters(), lr=rate)
    path, losses = [np.asarray(theta, dtype=float)], [float(ssr(model.forward(data.X), y))]
    for _ in range(steps):
        optimizer.zero_grad()
        model.backward(loss.derivative(model.forward(data.X), y))
        optimizer.step()
        found = float(ssr(model.forward(data.X), y))
        if not found < BEYOND:
            break
        path.append(in_order([parameter.value for parameter in model.parameters()]))
        losses.append(found)
    return np.array(path), np.array(losses)


START = parameters(1, 0.1, 1, -0.2, 1, -1.5, 0)


class DosageNetwork(traitlets.HasTraits):
    r"""Seven parameters and an activation function f.

    .. math:: \hat y = w_3 f(w_1 x + b_1) + w_4 f(w_2 x + b_2) + b_3
    """

    w1 = movable(FITTED["w1"])
    b1 = movable(FITTED["b1"])
    w2 = movable(FITTED["w2"])
    b2 = movable(FITTED["b2"])
    w3 = movable(FITTED["w3"])
    w4 = movable(FITTED["w4"])
    b3 = movable(FITTED["b3"])
    activation = Choice(["softplus", "relu", "sigmoid"])

    def theta(self) -> list[float]:
        """Return the seven parameters in the order w1, b1, w2, b2, w3, w4, b3."""
        return [getattr(self, name) for name in PARAMETERS]

    def model(self) -> Sequential:
        """Build the network of the present state."""
        return network(self.theta(), self.activation)

    def predict(self, x: list[float]) -> FloatArray:
        """Return the prediction for each x."""
        return self.model().forward([[number] for number in x])[:, 0]

    def ssr(self) -> float:
        """Return the sum of squared residuals on the three points."""
        data = dosage()
        return float(ssr(self.model().forward(data.X), data.y))
