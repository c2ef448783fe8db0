"""One neuron, trained twice from the same start: with the squared residual, with cross-entropy."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Number, Switch, Whole
from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, sigmoid_derivative
from nnlib.losses import binary_cross_entropy_with_logits_derivative, ssr_derivative
from nnlib.plots import label_ends
from nnlib.plots.style import color, halo, label_axes

X, Y = 1.0, 0.0
LAST = 300


class LossRace(InteractiveFigure):
    r"""The neuron :math:`p = \sigma(wx + b)` learns from one sample, x = 1 with the target y = 0.

    Twice, from the same start and with the same learning rate: once down the squared residual
    :math:`(y - p)^2` (or half of it), once down the cross-entropy. The steps follow the true
    gradients, with :math:`dL/dz = 2\,(p - y)\,p\,(1 - p)` and :math:`dL/dz = p - y`.

    Parameters
    ----------
    start_w, start_b : float
        From -4 to 4.
    rate : float
        Learning rate, from 0.01 to 10.
    half : bool
        Whether the squared residual is halved.
    step : int
        How far the race has come, from 0 to 300.
    language : str, such as "zh"
    """

    start_w = Number(2.0, min=-4, max=4, step=0.1)
    start_b = Number(2.0, min=-4, max=4, step=0.1)
    rate = Number(0.15, min=0.01, max=10, scale="log")
    half = Switch(False)
    step = Whole(50, min=0, max=LAST)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "race": {"start_w": 2.0, "start_b": 2.0, "rate": 0.15, "half": False, "step": 50},
        "fast": {"start_w": 2.0, "start_b": 2.0, "rate": 4.2, "half": False, "step": 50},
        "worse": {"start_w": 4.0, "start_b": 4.0, "rate": 0.15, "half": False, "step": 300},
        "undecided": {"start_w": 0.0, "start_b": 0.0, "rate": 0.15, "half": False, "step": 50},
    }

    def path(self, loss: str, steps: int = LAST) -> dict[str, FloatArray]:
        """Train with `"square"`, `"half_square"` or `"cross_entropy"`.

        Returns
        -------
        dict
            `w`, `b`, `z`, `p` and `slope` (in z), each after 0, 1, ..., `steps` steps.
        """
        w, b, rows = self.start_w, self.start_b, []
        for _ in range(steps + 1):
            z = w * X + b
            p = float(sigmoid(z))
            if loss == "cross_entropy":
                slope = float(binary_cross_entropy_with_logits_derivative([z], [Y])[0])
            else:
                part = 0.5 if loss == "half_square" else 1.0
                slope = part * float(ssr_derivative([p], [Y])[0] * sigmoid_derivative(z))
            rows.append([w, b, z, p, slope])
            w, b = w - self.rate * slope * X, b - self.rate * slope
        return dict(zip(("w", "b", "z", "p", "slope"), np.transpose(rows), strict=True))

    @property
    def square(self) -> str:
        """Which squared residual races: `"square"` or `"half_square"`."""
        return "half_square" if self.half else "square"

    def _draw(self) -> Figure:
        figure, axes = plt.subplots(2, 1, figsize=(6.4, 5.4), height_ratios=(3, 2), sharex=True)
        square = r"$\frac{1}{2} (y - p)^2$" if self.half else "$(y - p)^2$"
        racers = [(self.square, square, "--"), ("cross_entropy", r"$-\ln(1 - p)$", "-")]
        paths = [self.path(name) for name, _, _ in racers]
        for ax, key, shade in ((axes[0], "p", "prediction"), (axes[1], "slope", "gradient")):
            ends = []
            for (_, label, style), path in zip(racers, paths, strict=True):
                ax.plot(path[key], style, color=color(shade))
                now = path[key][int(self.step)]
                ax.plot(self.step, now, "o", color=color(shade))
                if key == "p":
                    ax.annotate(
                        f"${now:.3f}$",
                        (self.step, now),
                        (8, 5),
                        textcoords="offset points",
                        path_effects=halo(),
                    )
                ends.append((LAST, path[key][-1], label, color(shade)))
            ax.axvline(self.step, color=color("grid"), zorder=0)
            ax.set(xlim=(0, LAST), ylim=(-0.03, 1.03), yticks=[0, 0.5, 1])
            label_ends(ax, ends)
        label_axes(axes[0], "", "$p$")
        label_axes(axes[1], "$t$", "$dL/dz$")
        return figure
