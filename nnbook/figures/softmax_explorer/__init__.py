"""The softmax: raw outputs as probabilities, a point on the simplex, and all slopes."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number, Numbers, Whole
from nnlib._typing import FloatArray
from nnlib.activations import softmax, softmax_jacobian
from nnlib.plots.grids import plot_jacobian
from nnlib.plots.style import CLASS_COLORS, CLASS_MARKERS, color, label_axes

_FLOWER = [1.43, -0.40, 0.23]


class SoftmaxExplorer(InteractiveFigure):
    r"""The probabilities that the softmax makes of logits, and how each moves with each logit.

    .. math:: p_i = \frac{e^{u_i}}{\sum_j e^{u_j}}, \qquad u = \frac{z + c}{T}, \qquad
        \frac{\partial p}{\partial u} = \operatorname{diag}(p) - p\,p^{\mathsf T}

    Bars show p, and a fold has a point on the simplex and the Jacobian as a table. One of its
    columns appears as arrows beside the bars and on the simplex: where a small rise of that logit
    would move p.

    Parameters
    ----------
    z : list of float
        Two to five logits from -1000 to 1000; the sliders reach from -5 to 5.
    c : float
        Added to every logit, from -1000 to 1000.
    T : float
        Temperature, from 0.1 to 10.
    column : int
        The logit whose arrows are shown, from 1 to 5; with fewer logits the last one.
    formula : {"written", "shifted"}
        Computed as it is written, or with the largest logit subtracted first.
    language : str, such as "zh"
    """

    z = Numbers(_FLOWER, min=-1000, max=1000, any_length=True)
    c = Number(0.0, min=-1000, max=1000, step=1)
    T = Number(1.0, min=0.1, max=10, scale="log")
    column = Whole(1, min=1, max=5)
    formula = Choice(["written", "shifted"])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "flower": {"z": _FLOWER, "c": 0.0, "T": 1.0},
        "equal": {"z": [0.0, 0.0, 0.0], "c": 0.0, "T": 1.0},
        "plus": {"z": _FLOWER, "c": 1000.0, "T": 1.0},
        "far": {"z": [1000.0, 0.0, -1000.0], "c": 0.0, "T": 1.0},
    }
    _extremes: ClassVar[dict[str, list[Any]]] = {
        "z": [
            [5, -4, 3, 2, 1],
            [0, 0],
            [-1000, 1000, 0],
            [-10.0, -10, -9.99, -10, -9.5],
            [-744.0, -743.5, -743.4],  # where exponentials are the smallest numbers there are
        ]
    }

    @traitlets.validate("z")
    def _two_to_five(self, proposal: dict[str, Any]) -> list[float]:
        z: list[float] = proposal["value"]
        if not 2 <= len(z) <= 5:
            raise traitlets.TraitError(f"z must have 2 to 5 entries, got {len(z)}")
        return z

    def logits(self) -> FloatArray:
        """Return u = (z + c) / T, what the softmax reads."""
        return (np.array(self.z) + self.c) / self.T

    def probabilities(self) -> FloatArray:
        """Return p (K,)."""
        return softmax(self.logits())

    def jacobian(self) -> FloatArray:
        """Return the slopes of p in u (K, K)."""
        return softmax_jacobian(self.logits())

    def data(self) -> dict[str, Any]:
        """Return how far the sliders of the logits reach."""
        return {"reach": 5}

    def _draw(self) -> Figure:
        figure, axes = plt.subplots(1, 3, figsize=(7.6, 2.9), width_ratios=(4, 4, 5))
        p, slopes = self.probabilities(), self.jacobian()
        K = len(p)
        j = int(min(self.column, K)) - 1
        bars, simplex, table = axes
        for i in range(K):
            bars.bar(i + 1, p[i], color=CLASS_COLORS[i], width=0.55)
            bars.text(i + 1, p[i] + 0.03, f"${p[i]:.3f}$", ha="center")
            self._arrow(bars, (i + 1.4, p[i]), (i + 1.4, p[i] + slopes[i, j]))
        bars.set(ylim=(0, 1.1), xlim=(0.5, K + 0.7), yticks=[0, 0.5, 1])
        bars.set_xticks(range(1, K + 1), [f"$p_{i}$" for i in range(1, K + 1)])
        label_axes(bars, "", "$p$")
        angles = np.deg2rad(-90 - 180 / K + 360 / K * np.arange(K))
        corners: Any = np.column_stack([np.cos(angles), np.sin(angles)])
        for i in range(K):
            for k in range(i):
                simplex.plot(*corners[[i, k]].T, color=color("muted"), linewidth=0.8)
            simplex.plot(*corners[i], CLASS_MARKERS[i], color=CLASS_COLORS[i], markersize=9)
            simplex.text(*(1.25 * corners[i]), f"$p_{i + 1}$", ha="center", va="center")
        # From its corner at temperature 0 to the middle at temperature infinity.
        temperatures = self.T * np.geomspace(0.01, 100, 200)[:, np.newaxis]
        path = softmax((np.array(self.z) + self.c) / temperatures) @ corners
        simplex.plot(*path.T, color=color("muted"), linewidth=1.2, linestyle=(0, (2, 2)))
        self._arrow(simplex, p @ corners, (p + slopes[:, j]) @ corners)
        simplex.plot(*(p @ corners), "D", color=color("ink"), markersize=7)
        simplex.set(xlim=(-1.4, 1.4), ylim=(-1.2, 1.4), aspect="equal")
        simplex.axis("off")
        symbol = "z" if self.T == 1 else "u"
        plot_jacobian(slopes, columns=symbol, decimals=3 if K < 4 else 2, limit=0.25, ax=table)
        # Blue and orange are classes here: a slope has its own color, a negative one is hatched.
        for tint, slope in zip(table.patches[1::2], slopes.ravel(), strict=True):
            tint.set(facecolor=color("gradient"), edgecolor=color("background"))
            tint.set_hatch("///" if slope < 0 else None)
        return figure

    def _arrow(self, ax: Axes, start: Any, stop: Any) -> None:
        if np.hypot(*np.subtract(stop, start)) > 0.01:
            style = {"arrowstyle": "-|>", "color": color("gradient"), "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", stop, start, arrowprops=style, annotation_clip=False)
