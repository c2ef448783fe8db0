"""The curve of an activation function, its slope, and the tangent at one point."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number
from nnlib._typing import FloatArray
from nnlib.activations import ACTIVATIONS, leaky_relu, leaky_relu_derivative, relu
from nnlib.activations import sigmoid as _sigmoid
from nnlib.activations import softplus as _softplus
from nnlib.plots.curves import flat_ends
from nnlib.plots.style import color, label_axes

LIMITS = {"sigmoid": (-0.25, 1.25), "tanh": (-1.3, 1.3)}
"""Of f(z) in the picture, where the curve is bounded."""

SATURATED = 0.01
"""Where the slope is smaller, the picture is shaded, as `plot_activation` does."""


class ActivationExplorer(InteractiveFigure):
    r"""An activation f, its slope f', and the tangent at a point that the reader drags.

    Softplus has a sharpness :math:`\beta`: :math:`\ln(1 + e^{\beta z}) / \beta` turns into ReLU as
    it grows, and its slope is :math:`\sigma(\beta z)`. Leaky ReLU has a slope
    :math:`\alpha` below zero.

    Parameters
    ----------
    function : str
        A name in `nnlib.ACTIVATIONS`.
    z : float
        Where the tangent touches, from -6 to 6.
    beta : float
        From 0.5 to 20.
    alpha : float
        From 0.01 to 1.
    language : str, such as "zh"
    """

    function = Choice(list(ACTIVATIONS))
    z = Number(1.0, min=-6, max=6, step=0.05)
    beta = Number(1.0, min=0.5, max=20, step=0.5)
    alpha = Number(0.1, min=0.01, max=1, step=0.01)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "corner": {"function": "relu", "z": 0},
        "sharp": {"function": "softplus", "beta": 10, "z": 0},
        "asleep": {"function": "softplus", "beta": 1, "z": -5},
        "saturated": {"function": "sigmoid", "z": 4.6},
    }

    def value(self, z: ArrayLike) -> FloatArray:
        """Return f(z) for the figure's function."""
        z = np.asarray(z, dtype=float)
        if self.function == "softplus":
            return _softplus(self.beta * z) / self.beta
        if self.function == "leaky_relu":
            return leaky_relu(z, self.alpha)
        return ACTIVATIONS[self.function].function(z)

    def slope(self, z: ArrayLike) -> FloatArray:
        """Return f'(z) for the figure's function."""
        z = np.asarray(z, dtype=float)
        if self.function == "softplus":
            return _sigmoid(self.beta * z)
        if self.function == "leaky_relu":
            return leaky_relu_derivative(z, self.alpha)
        return ACTIVATIONS[self.function].derivative(z)

    def _draw(self) -> Figure:
        figure, (above, below) = plt.subplots(2, 1, figsize=(5.6, 4.6), height_ratios=(2, 1))
        grid = np.linspace(-6, 6, 1201)
        f, slope = float(self.value(self.z)), float(self.slope(self.z))
        low, high = LIMITS.get(self.function, (-1.5, 6))
        for ax in (above, below):
            for flat in flat_ends(self.slope(grid), SATURATED):
                ax.axvspan(*grid[list(flat)], facecolor=color("muted"), alpha=0.13, linewidth=0)
        if self.function == "softplus":
            above.plot(grid, relu(grid), ":", color=color("muted"), linewidth=1.5)
        above.plot(grid, self.value(grid), color=color("activation"))
        above.plot(grid, f + slope * (grid - self.z), "--", color=color("gradient"), linewidth=1.5)
        run = 1 if self.z < 5 else -1
        corner = [self.z, self.z + run, self.z + run]
        above.plot(corner, [f, f, f + run * slope], color=color("gradient"), linewidth=1)
        above.vlines(self.z, low, f, color=color("muted"), linestyle=(0, (2, 3)), linewidth=1)
        above.plot(self.z, f, "o", color=color("activation"), markersize=8)
        above.set(xlim=(-6, 6), ylim=(low, high))
        label_axes(above, "$z$", "$f(z)$")
        below.plot(grid, self.slope(grid), color=color("gradient"))
        below.vlines(self.z, slope, 1.15, color=color("muted"), linestyle=(0, (2, 3)), linewidth=1)
        below.plot(self.z, slope, "o", color=color("gradient"), markersize=8)
        below.set(xlim=(-6, 6), ylim=(-0.15, 1.15), yticks=[0, 0.5, 1])
        label_axes(below, "$z$", "$f'(z)$")
        return figure
