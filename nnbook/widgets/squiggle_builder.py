"""A 1-2-1 network whose seven parameters bend two activation curves into one."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.fitted import FITTED
from nnbook.widgets._dosage import START, DosageNetwork, parameters
from nnbook.widgets._figure import InteractiveFigure
from nnbook.widgets.traits import Choice, Number
from nnlib.datasets import dosage
from nnlib.networks import Sequential
from nnlib.plots.fits import plot_residuals
from nnlib.plots.network import draw_network
from nnlib.plots.style import LINE_STYLES, color, label_axes, label_ends


class SquiggleBuilder(InteractiveFigure, DosageNetwork):
    r"""The network of the dosage data, each parameter a number that the reader drags.

    Each hidden neuron uses a slice of one activation curve, from :math:`z = b` at x = 0 to
    :math:`z = b + w` at x = 1. The output weights stretch the slices and may turn them over; the
    last bias lifts their sum:

    .. math:: \hat y = w_3 f(w_1 x + b_1) + w_4 f(w_2 x + b_2) + b_3

    Parameters
    ----------
    w1, b1, w2, b2, w3, w4, b3 : float
        From -6 to 6; at first those of the fitted squiggle.
    activation : {"softplus", "relu", "sigmoid"}
    x : float
        The dosage that runs through the network, from 0 to 1.
    view : {"panels", "compact"}
        With the slices, the activations and their weighted sum, or only the network and its curve.
    language : str, such as "zh"
    """

    x = Number(0.5, min=0, max=1)
    view = Choice(["panels", "compact"])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "fitted": FITTED | {"activation": "softplus"},
        "flat": FITTED | {"w3": 0, "w4": 0, "b3": 0, "activation": "softplus"},
        "start": START | {"activation": "softplus"},
        "relu": parameters(1, 0, 1, -0.5, 2, -4, 0) | {"activation": "relu"},
        "other": parameters(-2.1, 1.86, -5.15, 0.87, 2.4, -2.84, -1.35)
        | {"activation": "softplus"},
    }

    def _draw(self) -> Figure:
        if self.view == "compact":
            figure = plt.figure(figsize=(6.4, 5.9), layout="none")
            axes = figure.add_axes((0, 0.48, 1, 0.52)), figure.add_axes((0.1, 0.08, 0.8, 0.34))
            draw_network(self.model(), labels="both", ax=axes[0])
            self._draw_fit(axes[1])
            return figure
        figure, panels = plt.subplots(2, 2, figsize=(6.4, 5.2))
        x = np.linspace(0, 1, 201)
        first, bend, last = self.model().layers
        z = first.forward(x[:, np.newaxis])
        a = bend.forward(z)
        weighted = a * last.weight.value[:, 0]
        self._draw_slices(panels[0, 0], z, a)
        for ax, curves, name in (
            (panels[0, 1], a, "$a_{}$"),
            (panels[1, 0], weighted, "$w_{}\\,a_{}$"),
        ):
            ends = []
            for j in range(2):
                shade = color(f"class{j}")
                ax.plot(x, curves[:, j], color=shade, linestyle=LINE_STYLES[j])
                text = name.format(j + 1) if ax is panels[0, 1] else name.format(j + 3, j + 1)
                ends.append((1.0, float(curves[-1, j]), text, shade))
            if ax is panels[1, 0]:
                ax.plot(x, weighted.sum(axis=1), ":", color=color("muted"))
            ax.set_xlim(0, 1)
            label_axes(ax, "$x$")
            label_ends(ax, ends)
        self._draw_fit(panels[1, 1])
        return figure

    def _draw_slices(self, ax: Axes, z: Any, a: Any) -> None:
        """Mark on the activation curve what each neuron walks through, by an arrow below it."""
        reach = max(4.0, float(np.abs(z).max()))
        grid = np.linspace(-reach, reach, 401)
        curve: Sequential = Sequential(self.model().layers[1])
        values = curve.forward(grid[:, np.newaxis])[:, 0]
        top = max(float(values.max()), 1.0)
        ax.plot(grid, values, color=color("muted"), linewidth=1.2)
        for j, style in ((0, "-"), (1, "--")):
            look: dict[str, Any] = {"linestyle": style, "color": color(f"class{j}")}
            height = -top * (0.1 + 0.12 * j)
            ax.plot(z[:, j], a[:, j], **look)
            ax.annotate(
                "",
                (z[-1, j], height),
                (z[0, j], height),
                arrowprops={"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, **look},
            )
            ax.vlines(z[[0, -1], j], height, a[[0, -1], j], linewidth=0.6, color=look["color"])
        ax.set_ylim(-0.3 * top, 1.02 * top)
        label_axes(ax, "$z$", "$f(z)$")

    def _draw_fit(self, ax: Axes) -> None:
        data = dosage()
        plot_residuals(
            data.X, data.y, self.model(), xlim=(-0.05, 1.05), squares=False, aspect=1, ax=ax
        )
        ax.set_aspect("auto")
