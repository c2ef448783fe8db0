"""The backward pass through the dosage network, stage by stage, and its gradient checked."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from nnbook.figures._dosage import START, DosageNetwork, movable, network, parameters
from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Whole
from nnbook.fitted import FITTED, PARAMETERS
from nnlib._typing import FloatArray
from nnlib.datasets import dosage
from nnlib.gradcheck import numerical_gradient
from nnlib.losses import ssr, ssr_derivative
from nnlib.plots.network import draw_network
from nnlib.plots.style import color, label_axes

SYMBOLS = ["w_1", "b_1", "w_2", "b_2", "w_3", "w_4", "b_3"]


class BackpropExplorer(InteractiveFigure, DosageNetwork):
    r"""One sweep backward through a 1-2-1 network: the slope of the loss in every parameter.

    .. math::

        \delta = -2 (y - \hat y), \quad \delta_j = \delta\, w_{j+2}\, f'(z_j), \quad
        \frac{\partial L}{\partial w_j} = \delta_j x, \quad
        \frac{\partial L}{\partial w_{j+2}} = \delta a_j

    The slope in a bias is just the error signal. Over several samples the slopes add up.

    Parameters
    ----------
    w1, b1, w2, b2, w3, w4, b3 : float
        From -6 to 6; at first the start that the book trains from.
    activation : {"softplus", "relu", "sigmoid"}
    sample : {"1", "2", "3", "sum"}
        The sample whose loss is differentiated, or the sum over all three.
    parameter : {"w1", "b1", "w2", "b2", "w3", "w4", "b3"}
        The one whose chain of factors is shown.
    step : int
        How far the sweep has come: 0 forward pass, 1 loss, 2 output parameters, 3 hidden a,
        4 hidden z, 5 hidden parameters.
    language : str, such as "zh"
    """

    w1, b1, w2, b2 = movable(1), movable(0.1), movable(1), movable(-0.2)
    w3, w4, b3 = movable(1), movable(-1.5), movable(0)
    sample = Choice(["1", "2", "3", "sum"], default="2")
    parameter = Choice(list(PARAMETERS))
    step = Whole(5, min=0, max=5)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "start": START | {"activation": "softplus"},
        "fitted": FITTED | {"activation": "softplus"},
        "twins": parameters(1, 0.1, 1, 0.1, -1, -1, 0)
        | {"activation": "softplus", "sample": "sum"},
        "zero": parameters(0, 0, 0, 0, 0, 0, 0) | {"activation": "softplus", "sample": "sum"},
        "dead": parameters(1, 0.1, 1, -1.5, 1, -1.5, 0) | {"activation": "relu", "sample": "sum"},
        "corner": parameters(1, 0, 1, -0.2, 1, -1.5, 0.5)
        | {"activation": "relu", "sample": "1", "parameter": "b1"},
    }

    def gradient(self) -> FloatArray:
        """Return the slopes in w1, b1, w2, b2, w3, w4, b3 by `backward`, for the chosen samples."""
        X, y = self._samples()
        model = self.model()
        model.backward(ssr_derivative(model.forward(X), y))
        W, b, V, c = (parameter.grad for parameter in model.parameters())
        assert W is not None
        assert b is not None
        assert V is not None
        assert c is not None
        return np.array([W[0, 0], b[0], W[0, 1], b[1], V[0, 0], V[1, 0], c[0]])

    def finite_differences(self) -> FloatArray:
        """Return the same slopes by central differences."""
        return numerical_gradient(self._loss, self.theta())

    def _loss(self, theta: FloatArray) -> float:
        X, y = self._samples()
        return float(ssr(network(theta, self.activation).forward(X), y))

    def _samples(self) -> tuple[FloatArray, FloatArray]:
        data = dosage()
        which = slice(None) if self.sample == "sum" else [int(self.sample) - 1]
        return data.X[which], np.asarray(data.y[which], dtype=float)

    def _draw(self) -> Figure:
        slopes, differences = self.gradient(), self.finite_differences()
        figure = plt.figure(figsize=(6.4, 5.6), layout="none")
        texts = [f"${value:z.3f}$" for value in slopes]
        units = [["$x$"], ["$a_1$", "$a_2$"], [r"$\hat y$"]]
        draw_network(
            (1, 2, 1),
            units=units,
            weights=[texts[k] for k in (0, 2, 4, 5)],
            biases=[texts[k] for k in (1, 3, 6)],
            ax=figure.add_axes((0, 0.46, 1, 0.54)),
        )
        ax = figure.add_axes((0.1, 0.08, 0.84, 0.32))
        places = np.arange(len(PARAMETERS))
        ax.bar(places, slopes, width=0.6, color=color("gradient"))
        ax.plot(places, differences, "_", color=color("ink"), markersize=22, markeredgewidth=1.5)
        ax.axhline(0, color=color("muted"), linewidth=0.8)
        ax.set_xticks(places, [f"${symbol}$" for symbol in SYMBOLS])
        ax.tick_params(axis="x", length=0, labelcolor=color("ink"))
        label_axes(ax, y=r"$\partial L\,/\,\partial\theta$")
        return figure
