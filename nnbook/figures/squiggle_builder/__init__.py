"""A 1-2-1 network whose seven parameters bend two activation curves into one, and its training."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._dosage import START, DosageNetwork, descend, network
from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number, Whole
from nnbook.fitted import FITTED
from nnlib._typing import FloatArray
from nnlib.datasets import dosage
from nnlib.plots.fits import plot_residuals
from nnlib.plots.network import draw_network
from nnlib.plots.style import color, label_axes

FITS = 0.01
"""An SSR below it puts the curve within 0.1 of every point, as in `math/squiggle.js`."""
SOFTPLUS: dict[str, Any] = {"activation": "softplus", "step": 0}


class SquiggleBuilder(InteractiveFigure, DosageNetwork):
    r"""The network of the dosage data, each parameter a number that the reader drags.

    Each hidden neuron uses a slice of one activation curve, from :math:`z = b` at x = 0 to
    :math:`z = b + w` at x = 1. The output weights stretch the slices and may turn them over; the
    last bias lifts their sum. *Train* goes downhill on the sum of squared residuals:

    .. math:: \hat y = w_3 f(w_1 x + b_1) + w_4 f(w_2 x + b_2) + b_3

    Parameters
    ----------
    w1, b1, w2, b2, w3, w4, b3 : float
        From -6 to 6; at first those of the fitted squiggle. Training starts from them.
    activation : {"softplus", "relu", "sigmoid"}
    x : float
        The dosage that runs through the network, from 0 to 1.
    view : {"training", "compact"}
        With the course of the training, or only the network and its curve.
    rate : float
        The learning rate, from 0.001 to 0.2.
    step : int
        The steps of gradient descent made since the start, from 0 to 5,000. What the figure shows
        are the numbers after them, `theta()`.
    language : str, such as "zh"
    """

    x = Number(0.5, min=0, max=1)
    view = Choice(["training", "compact"])
    rate = Number(0.02, min=0.001, max=0.2, scale="log")
    step = Whole(0, min=0, max=5000)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "fitted": FITTED | SOFTPLUS,
        "flat": FITTED | {"w3": 0, "w4": 0, "b3": 0} | SOFTPLUS,
        "start": START | SOFTPLUS,
    }

    def descent(self) -> tuple[FloatArray, FloatArray]:
        """Return the seven numbers (moments, 7) and the SSR (moments,), the start included."""
        return descend(super().theta(), self.activation, self.rate, self.step)

    def theta(self) -> list[float]:
        """Return the seven parameters after `step` steps, w1, b1, w2, b2, w3, w4, b3."""
        path, _ = self.descent()
        return [float(number) for number in path[-1]]

    def _draw(self) -> Figure:
        if self.view == "compact":
            figure = plt.figure(figsize=(6.4, 5.9), layout="none")
            axes = figure.add_axes((0, 0.48, 1, 0.52)), figure.add_axes((0.1, 0.08, 0.8, 0.34))
            draw_network(self.model(), labels="both", ax=axes[0])
            self._draw_fit(axes[1])
            return figure
        figure = plt.figure(figsize=(7.2, 6.4))
        grid = figure.add_gridspec(2, 2, height_ratios=(3, 2))
        draw_network(self.model(), labels="both", ax=figure.add_subplot(grid[0, :]))
        fit = figure.add_subplot(grid[1, 0])
        self._draw_book(fit)
        self._draw_fit(fit)
        self._draw_descent(figure.add_subplot(grid[1, 1]))
        return figure

    def _draw_descent(self, ax: Axes) -> None:
        """Draw the SSR after each step; step t is at t + 1, because 0 has no place."""
        _, losses = self.descent()
        losses = np.clip(losses, 1e-5, 20)  # the limits of the picture
        ax.loglog(np.arange(len(losses)) + 1, losses, color=color("loss"))
        ax.plot(len(losses), losses[-1], "o", color=color("loss"))
        ax.axhline(2 / 3, linestyle=":", linewidth=1, color=color("muted"))
        ax.set_xlim(0.72, 6500)
        ax.set_ylim(1e-5, 20)
        steps = [0, 10, 100, 1000, 5000]
        ax.set_xticks([step + 1 for step in steps], [f"${step}$" for step in steps])
        ax.minorticks_off()
        label_axes(ax, "$t$", r"$\mathrm{SSR}$")

    def _draw_book(self, ax: Axes) -> None:
        """Draw the curve of the book, dotted, if this one also passes through the points."""
        _, losses = self.descent()
        if losses[-1] < FITS:
            x = np.linspace(-0.05, 1.05, 201)[:, np.newaxis]
            book = network(list(FITTED.values()), "softplus")
            ax.plot(x, book.forward(x), ":", color=color("muted"))

    def _draw_fit(self, ax: Axes) -> None:
        data = dosage()
        plot_residuals(
            data.X, data.y, self.model(), xlim=(-0.05, 1.05), squares=False, aspect=1, ax=ax
        )
        ax.set_aspect("auto")
