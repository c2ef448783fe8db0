"""The book's running network, 1-2-1, as the state of a figure."""

from __future__ import annotations

from typing import Any

import traitlets

from nnlib._typing import FloatArray
from nnlib.activations import ACTIVATIONS
from nnlib.datasets import dosage
from nnlib.layers import Elementwise, Linear, Sequential
from nnlib.losses import ssr
from nnlib.widgets.traits import Choice, Number

PARAMETERS = ("w1", "b1", "w2", "b2", "w3", "w4", "b3")
REACH = 6  # of a parameter, to either side


def parameters(*values: float) -> dict[str, Any]:
    """Name the seven numbers, for a preset."""
    return dict(zip(PARAMETERS, values, strict=True))


FITTED = parameters(3.34, -1.43, -3.53, 0.57, -1.22, -2.3, 2.61)
START = parameters(1, 0.1, 1, -0.2, 1, -1.5, 0)


class DosageNetwork(traitlets.HasTraits):
    r"""Seven parameters and an activation function f.

    .. math:: \hat y = w_3 f(w_1 x + b_1) + w_4 f(w_2 x + b_2) + b_3
    """

    w1 = Number(3.34, min=-REACH, max=REACH)
    b1 = Number(-1.43, min=-REACH, max=REACH)
    w2 = Number(-3.53, min=-REACH, max=REACH)
    b2 = Number(0.57, min=-REACH, max=REACH)
    w3 = Number(-1.22, min=-REACH, max=REACH)
    w4 = Number(-2.3, min=-REACH, max=REACH)
    b3 = Number(2.61, min=-REACH, max=REACH)
    activation = Choice(["softplus", "relu", "sigmoid"])

    def theta(self) -> list[float]:
        """Return the seven parameters in the order w1, b1, w2, b2, w3, w4, b3."""
        return [getattr(self, name) for name in PARAMETERS]

    def model(self) -> Sequential:
        """Build the network of the present state."""
        w1, b1, w2, b2, w3, w4, b3 = self.theta()
        return Sequential(
            Linear.from_arrays([[w1, w2]], [b1, b2]),
            Elementwise(ACTIVATIONS[self.activation]),
            Linear.from_arrays([[w3], [w4]], [b3]),
        )

    def predict(self, x: list[float]) -> FloatArray:
        """Return the prediction for each x."""
        return self.model().forward([[number] for number in x])[:, 0]

    def ssr(self) -> float:
        """Return the sum of squared residuals on the three points."""
        data = dosage()
        return float(ssr(self.model().forward(data.X), data.y))
