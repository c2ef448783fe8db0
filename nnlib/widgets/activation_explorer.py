"""The curve of an activation function, its slope, and the tangent at one point."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib.activations import ACTIVATIONS, leaky_relu, leaky_relu_derivative
from nnlib.activations import sigmoid as _sigmoid
from nnlib.activations import softplus as _softplus
from nnlib.plots.style import color, label_axes
from nnlib.widgets._figure import InteractiveFigure
from nnlib.widgets.traits import Choice, Number


class ActivationExplorer(InteractiveFigure):
    r"""An activation f, its slope f', and the tangent at a point that the reader drags.

    Softplus has a sharpness :math:`\beta`: :math:`\ln(1 + e^{\beta z}) / \beta` turns into ReLU as
    it grows, and its slope is :math:`\sigma(\beta z)`. Leaky ReLU has a slope
    :math:`\alpha` below zero.

    Parameters
    ----------
    function : {"relu", "leaky_relu", "softplus", "sigmoid", "tanh"}
    z : float
        Where the tangent touches, from -6 to 6.
    beta : float
        From 0.5 to 20.
    alpha : float
        From 0.01 to 1.
    language : {"en", "zh"}
    """

    function = Choice(list(ACTIVATIONS))
    z = Number(1.0, min=-6, max=6, step=0.05)
    beta = Number(1.0, min=0.5, max=20, step=0.5)
    alpha = Number(0.1, min=0.01, max=1, step=0.01)
    presets: ClassVar[dict[str, dict[str, Any]]] = {}

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
        figure, (above, below) = plt.subplots(2, 1, figsize=(5.6, 5), height_ratios=(3, 2))
        grid = np.linspace(-6, 6, 601)
        f, slope = float(self.value(self.z)), float(self.slope(self.z))
        above.plot(grid, self.value(grid), color=color("activation"))
        above.plot(grid, f + slope * (grid - self.z), "--", color=color("gradient"), linewidth=1.5)
        above.plot(self.z, f, "o", color=color("activation"))
        above.set(
            xlim=(-6, 6), ylim=(-1.4, 1.4) if self.function in ("sigmoid", "tanh") else (-1.5, 6)
        )
        label_axes(above, "$z$", "$f(z)$")
        below.plot(grid, self.slope(grid), color=color("gradient"))
        below.plot(self.z, slope, "o", color=color("gradient"))
        below.set(xlim=(-6, 6), ylim=(-0.1, 1.15))
        label_axes(below, "$z$", "$f'(z)$")
        return figure
