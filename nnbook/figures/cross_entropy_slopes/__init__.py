"""The squared residual and the cross-entropy of one probability, and what each tells z to do."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number
from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, sigmoid_derivative, softplus
from nnlib.plots.style import color, label_axes

LOSSES = ("square", "cross_entropy")


def _logit(p: float) -> float:
    return math.log(p) - math.log1p(-p)


class CrossEntropySlopes(InteractiveFigure):
    r"""Two losses of :math:`p = \sigma(z)` side by side, with their slopes in p and in z.

    .. math:: \frac{dL}{dz} = \frac{dL}{dp} \cdot p\,(1 - p)

    For the squared residual :math:`(y - p)^2` this is :math:`2\,(p - y)\,p\,(1 - p)`, for the
    cross-entropy :math:`p - y`.

    Parameters
    ----------
    z : float
        The raw output, from -8 to 8.
    y : {1, 0}
        The target.
    language : str, such as "zh"
    """

    z = Number(_logit(0.01), min=-8, max=8, step=0.05)
    y = Choice([1, 0])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "wrong": {"z": _logit(0.01), "y": 1},
        "steepest": {"z": _logit(1 / 3), "y": 1},
        "undecided": {"z": 0.0, "y": 1},
        "right": {"z": _logit(0.99), "y": 1},
    }

    @property
    def p(self) -> float:
        """The predicted probability of class 1."""
        return float(sigmoid(self.z))

    def loss(self, name: str, z: ArrayLike | None = None) -> FloatArray:
        """Return the loss `"square"` or `"cross_entropy"`, at the present z or at others."""
        toward_wrong = self._toward_wrong(z)
        if name == "square":
            return sigmoid(toward_wrong) ** 2
        return softplus(toward_wrong)

    def slope_in_p(self, name: str) -> float:
        """Return dL/dp at the present z."""
        sign, toward_wrong = 1 - 2 * self.y, self._toward_wrong()
        if name == "square":
            return float(2 * sign * sigmoid(toward_wrong))
        return float(sign / sigmoid(-toward_wrong))

    def slope_in_z(self, name: str, z: ArrayLike | None = None) -> FloatArray:
        """Return dL/dz, at the present z or at others."""
        sign, toward_wrong = 1 - 2 * self.y, self._toward_wrong(z)
        if name == "square":
            return 2 * sign * sigmoid(toward_wrong) * sigmoid_derivative(toward_wrong)
        return sign * sigmoid(toward_wrong)

    def _toward_wrong(self, z: ArrayLike | None = None) -> FloatArray:
        """Return z with the sign that makes it grow as the prediction gets worse."""
        return (1 - 2 * self.y) * np.asarray(self.z if z is None else z, dtype=float)

    def _draw(self) -> Figure:
        figure, axes = plt.subplots(2, 2, figsize=(8.2, 5.2), height_ratios=(3, 2), sharex=True)
        truth = "p" if self.y == 1 else "(1 - p)"
        titles = ["$L = (y - p)^2$", rf"$L = -\ln\,{truth}$"]
        for name, title, (above, below) in zip(LOSSES, titles, axes.T, strict=True):
            self._draw_loss(name, title, above, below)
        return figure

    def _draw_loss(self, name: str, title: str, above: Axes, below: Axes) -> None:
        grid = np.linspace(-8, 8, 401)
        at, slope = float(self.loss(name)), float(self.slope_in_z(name))
        above.plot(grid, self.loss(name, grid), color=color("loss"))
        arrow = {"arrowstyle": "-|>", "color": color("gradient"), "linewidth": 2.5}
        arrow |= {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
        if abs(slope) > 0.1:
            above.annotate("", (self.z - 4 * slope, at), (self.z, at), arrowprops=arrow)
        above.plot(self.z, at, "o", color=color("loss"), markersize=9)
        above.set(xlim=(-8, 8), ylim=(-0.3, 8.3))
        label_axes(above, "", title)
        below.axhline(0, color=color("grid"))
        below.plot(grid, self.slope_in_z(name, grid), "--", color=color("gradient"))
        below.plot([self.z, self.z], [0, slope], color=color("gradient"), linewidth=4)
        below.plot(self.z, slope, "o", color=color("gradient"))
        up = self.y == 1  # the number is on the side of zero where no curve is
        ylim, yticks = ((-1.1, 0.35), [-1, -0.5, 0]) if up else ((-0.35, 1.1), [0, 0.5, 1])
        below.set(ylim=ylim, xticks=[-8, -4, 0, 4, 8], yticks=yticks)
        below.annotate(
            f"${slope:#.3g}$",
            (self.z, 0),
            (0, 5 if up else -5),
            textcoords="offset points",
            ha="center",
            va="bottom" if up else "top",
            color=color("gradient"),
        )
        label_axes(below, "$z$", "$dL/dz$")
