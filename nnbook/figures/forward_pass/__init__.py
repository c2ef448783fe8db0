"""The forward pass through the dosage network, step by step, with every number in its place."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from matplotlib.figure import Figure

from nnbook.figures._dosage import DosageNetwork, parameters
from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Number, Whole
from nnbook.fitted import FITTED
from nnlib.plots.network import draw_network


class ForwardPass(InteractiveFigure, DosageNetwork):
    r"""The signal of one input on its way through a 1-2-1 network.

    From step to step it is multiplied by the weights (1), the hidden neurons add their biases (2)
    and bend their sums (3), the weights of the output multiply again (4), and the output neuron
    adds up (5):

    .. math::

        z_j = w_j x + b_j, \quad a_j = f(z_j), \quad \hat y = w_3 a_1 + w_4 a_2 + b_3

    Parameters
    ----------
    x : float
        From -2 to 3.
    step : int
        How far the signal has come, from 0 (the input) to 5 (the prediction).
    w1, b1, w2, b2, w3, w4, b3 : float
        From -6 to 6; at first those of the fitted squiggle.
    activation : {"softplus", "relu", "sigmoid"}
    language : str, such as "zh"
    """

    x = Number(0.5, min=-2, max=3, step=0.05)
    step = Whole(5, min=0, max=5)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "sample_1": {"x": 0.0},
        "sample_2": {"x": 0.5},
        "sample_3": {"x": 1.0},
        "fitted": FITTED | {"activation": "softplus"},
        "hinges": parameters(1, 0, 1, -0.5, 2, -4, 0) | {"activation": "relu"},
    }

    def values(self) -> dict[str, float]:
        """Return every quantity on the way, by its name."""
        first, bend, last = self.model().layers
        x = np.array([[self.x]])
        z = first.forward(x)
        a = bend.forward(z)
        pairs = {"wx": np.array([[self.w1, self.w2]]) * x, "z": z, "a": a}
        pairs["wa"] = np.array([[self.w3, self.w4]]) * a
        named = {f"{name}{j + 1}": float(row[0, j]) for name, row in pairs.items() for j in (0, 1)}
        return named | {"y_hat": float(last.forward(a)[0, 0])}

    def _draw(self) -> Figure:
        values = self.values()
        z = [f"{values[name]:z.3f}" for name in ("z1", "z2")]
        if self.step == 5:
            hidden = [f"$a_{j} = f({z[j - 1]})$" for j in (1, 2)]
            units = [["$x$"], hidden, [r"$\hat y$"]]
            ax = draw_network(self.model(), labels="both", units=units, x=[self.x])
        else:  # not yet known: the hidden neurons show the curve that bends, the output its name
            hidden = ["", "", "$z_{} = {}$", "$a_{0} = f({1})$", "$a_{0} = f({1})$"]
            names = [hidden[int(self.step)].format(j, z[j - 1]) for j in (1, 2)]
            units = [[f"${self.x:z.2f}$"], names, [r"$\hat y$"]]
            ax = draw_network(self.model(), labels="both", units=units)
        figure = ax.figure
        assert isinstance(figure, Figure)
        return figure
