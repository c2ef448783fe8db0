"""The gradient of the cross-entropy: the terms that cancel, and what is left as forces."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Numbers
from nnlib._typing import FloatArray
from nnlib.activations import softmax, softmax_jacobian
from nnlib.losses import cross_entropy_with_logits, cross_entropy_with_logits_derivative
from nnlib.plots.style import CLASS_COLORS, color, label_axes

REACH = 6.0
"""How far the sliders go, to either side; a preset, and Python, go further."""


class CrossEntropyForces(InteractiveFigure):
    r"""Three raw outputs and a label: the gradient of the loss, derived and read as forces.

    The slopes :math:`-y_k / p_k` times the Jacobian of the softmax; only the row of the true class
    is left, and there :math:`p_c` cancels. What remains is :math:`p - y`. A step downhill goes
    along :math:`y - p`, drawn as arrows on bars of height :math:`p_k`.

    Parameters
    ----------
    z : list of 3 float
        The raw outputs, from -800 to 800; the sliders go from -6 to 6.
    label : {0, 1, 2}
        The true class.
    step : {"jacobian", "times", "cancelled"}
        How far the product is worked out.
    language : str, such as "zh"
    """

    z = Numbers([1.43, -0.40, 0.23], min=-800, max=800, step=0.01)
    label = Choice([0, 1, 2])
    step = Choice(["jacobian", "times", "cancelled"])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "flower_134": {"z": [-0.0283, 0.7743, 0.2457], "label": 2},
        "sure_wrong": {"z": [0.0, 6.0, 0.0], "label": 0},
        "equal": {"z": [0.0, 0.0, 0.0], "label": 0},
        "extreme": {"z": [0.0, 800.0, 0.0], "label": 0, "step": "times"},
    }
    _extremes: ClassVar[dict[str, list[Any]]] = {"z": [[-10, -10, 10], [800, -800, 0], [0, 0, 0]]}

    def data(self) -> dict[str, Any]:
        return {"reach": REACH}

    def probabilities(self) -> FloatArray:
        """Return the softmax of `z`, (3,)."""
        return softmax(np.array(self.z))

    def jacobian(self) -> FloatArray:
        """Return the slopes of every probability in every raw output, (3, 3)."""
        return softmax_jacobian(np.array(self.z))

    def loss(self) -> float:
        """Return the cross-entropy, from the raw outputs."""
        return cross_entropy_with_logits([self.z], [self.label])

    def forces(self) -> FloatArray:
        """Return y - p, (3,): minus the gradient in the raw outputs."""
        return -cross_entropy_with_logits_derivative([self.z], [self.label])[0]

    def _draw(self) -> Figure:
        figure, ax = plt.subplots(figsize=(5.6, 3.2))
        p, forces = self.probabilities(), self.forces()
        ax.bar(range(3), p, width=0.62, color=CLASS_COLORS[:3], alpha=0.3)
        tip = float(forces[self.label])
        _force(ax, 3.25, 0, tip)
        for k in range(3):
            y = float(k == self.label)
            ax.plot([k - 0.31, k + 0.31], [y, y], color=color("target"), linewidth=3, clip_on=False)
            ax.plot([k - 0.31, k + 0.31], [p[k], p[k]], color=CLASS_COLORS[k])
            _force(ax, k, p[k], y)
            ax.text(k + 0.07, (p[k] + y) / 2, f"${forces[k]:+.3f}$", va="center", fontsize=11)
            if k != self.label:
                _force(ax, 3.5, tip, tip + forces[k])
                tip += float(forces[k])
        ticks = [f"$p_{k + 1} = {p[k]:.3f}$" for k in range(3)]
        ax.set_xticks([0, 1, 2, 3.37], [*ticks, r"$\sum_k (y_k - p_k) = 0$"])
        ax.tick_params(axis="x", length=0, labelcolor=color("ink"))
        ax.set(xlim=(-0.5, 3.9), ylim=(0, 1.06))
        label_axes(ax, "", "$p \\to y$")
        return figure


def _force(ax: Axes, x: float, start: float, end: float) -> None:
    if abs(end - start) > 0.01:  # a shorter arrow would be nothing but head
        style = {"arrowstyle": "-|>", "color": color("gradient"), "lw": 2}
        style |= {"shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (x, end), (x, start), arrowprops=style, annotation_clip=False)
