"""Neurons in a row: each factor w f'(z), and the running product on a logarithmic scale."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number, Switch, Whole
from nnlib._typing import FloatArray, IntArray
from nnlib.activations import ACTIVATIONS
from nnlib.plots.style import color, label_axes, label_ends


class VanishingGradient(InteractiveFigure):
    r"""What is left of a small change of the input after :math:`n` neurons in a row.

    With :math:`a_0 = x`, :math:`z_l = w a_{l-1} + b` and :math:`a_l = f(z_l)`,

    .. math::

        \frac{d a_n}{d x} = w f'(z_1) \cdot w f'(z_2) \cdots w f'(z_n).

    Parameters
    ----------
    function : {"sigmoid", "tanh", "relu", "softplus"}
    depth : int
        How many neurons, from 1 to 20.
    w : float
        The weight of each neuron, from -8 to 8.
    b : float
        The bias of each neuron, from -5 to 5.
    x : float
        The input, from -3 to 3.
    formats : bool
        Whether the figure also shows where float16 and float32 end.
    language : str, such as "zh"
    """

    function = Choice(["sigmoid", "tanh", "relu", "softplus"])
    depth = Whole(10, min=1, max=20)
    w = Number(1.0, min=-8, max=8, step=0.1)
    b = Number(0.0, min=-5, max=5, step=0.1)
    x = Number(0.5, min=-3, max=3, step=0.1)
    formats = Switch(False)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "vanishes": {"function": "sigmoid", "depth": 10, "w": 1, "b": 0, "x": 0.5},
        "stays": {"function": "sigmoid", "depth": 10, "w": 4, "b": -2, "x": 0.5},
        "grows": {"function": "sigmoid", "depth": 10, "w": 5, "b": -2.5, "x": 0.5},
        "tanh": {"function": "tanh", "depth": 10, "w": 1, "b": 0, "x": 0.5},
        "explodes": {"function": "relu", "depth": 10, "w": 4, "b": 0, "x": 0.5},
        "dead": {"function": "relu", "depth": 10, "w": 1, "b": -0.6, "x": 2},
    }

    def sums(self) -> FloatArray:
        """Return z_1, ..., z_n."""
        z, a = [], self.x
        for _ in range(int(self.depth)):
            z.append(self.w * a + self.b)
            a = float(ACTIVATIONS[self.function].function(z[-1]))
        return np.array(z)

    def factors(self) -> FloatArray:
        """Return w f'(z_1), ..., w f'(z_n)."""
        return self.w * ACTIVATIONS[self.function].derivative(self.sums())

    def products(self) -> FloatArray:
        """Return the product of the first 1, 2, ..., n factors."""
        return np.cumprod(self.factors())

    def _draw(self) -> Figure:
        figure = plt.figure(figsize=(7.2, 5.4))
        grid = figure.add_gridspec(2, 2, height_ratios=(2, 3), width_ratios=(2, 3))
        self._draw_slopes(figure.add_subplot(grid[0, 0]))
        self._draw_factors(figure.add_subplot(grid[0, 1]))
        self._draw_product(figure.add_subplot(grid[1, :]))
        return figure

    def _draw_slopes(self, ax: Axes) -> None:
        derivative = ACTIVATIONS[self.function].derivative
        z = np.linspace(-6, 6, 601)
        ax.plot(z, derivative(z), color=color("gradient"))
        dots = ax.plot(np.clip(self.sums(), -6, 6), derivative(self.sums()), "o", clip_on=False)[0]
        dots.set(color=color("activation"), markeredgecolor=color("background"), markersize=7)
        names = "$z_1$" if self.depth == 1 else rf"$z_1, \dots, z_{{{self.depth}}}$"
        ax.text(6, 0.5, names, color=color("activation"), ha="right", va="center", fontsize=13)
        ax.set(xlim=(-6, 6), ylim=(0, 1.1), xticks=[-5, 0, 5], yticks=[0, 0.5, 1])
        label_axes(ax, "$z$", "$f'(z)$")

    def _draw_factors(self, ax: Axes) -> None:
        factors = self.factors()
        ax.axhline(1, color=color("muted"), linestyle=(0, (1, 4)), linewidth=1)
        ax.axhline(0, color=color("muted"), linewidth=0.8)
        ax.bar(self._layers, factors, width=0.6, color=color("gradient"))
        low, high = 1.1 * min(0.0, factors.min()), 1.1 * max(1.09, factors.max())
        ax.set(xlim=(0.3, self.depth + 0.7), ylim=(min(-1.2, low) if self.w < 0 else 0, high))
        ax.set_xticks(self._layers[:: 1 + self.depth // 11])
        label_axes(ax, "$l$", "$w\\,f'(z_l)$")

    def _draw_product(self, ax: Axes) -> None:
        """Draw a staircase: on a logarithmic scale each factor is a step up or down."""
        signed = np.concatenate([[1.0], self.products()])
        level = np.abs(signed)
        low = min(1e-8, level[level > 0].min() / 100)
        ax.set_yscale("log")
        ax.axhline(1, color=color("muted"), linestyle=(0, (1, 4)), linewidth=1)
        arrow = {"arrowstyle": "-|>", "color": color("gradient"), "shrinkA": 0, "shrinkB": 0}
        for at in self._layers:
            if level[at - 1] > 0:
                ax.annotate("", (at, max(level[at], low)), (at, level[at - 1]), arrowprops=arrow)
        for at, product in enumerate(signed):
            if product != 0:
                dash = "-" if product > 0 else (0, (3, 2))
                shade = color("gradient" if at else "ink")
                ax.plot(
                    [at, at + 1], [abs(product)] * 2, color=shade, linestyle=dash, linewidth=1.4
                )
        ax.set(xlim=(0, self.depth + 1), ylim=(low, max(1e2, level.max() * 100)))
        ax.set_xticks(np.arange(0, self.depth + 1, 1 + self.depth // 11))
        ax.minorticks_off()
        if signed[-1] != 0:
            end = (self.depth + 1, float(level[-1]), _power(signed[-1]), color("gradient"))
            label_ends(ax, [end])
        label_axes(ax, "$l$", r"$w\,f'(z_1) \cdots w\,f'(z_l)$")

    @property
    def _layers(self) -> IntArray:
        return np.arange(1, int(self.depth) + 1)


def _power(value: float) -> str:
    """Write a number in two digits, a very small or large one with a power of ten."""
    mantissa, exponent = f"{value:.1e}".split("e")
    if -3 < int(exponent) < 4:
        return f"${value:.3g}$"
    return rf"${mantissa} \times 10^{{{int(exponent)}}}$"
