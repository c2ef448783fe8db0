"""Attention by hand: products of a query with keys, their softmax, and a weighted mean."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Letters, Numbers
from nnlib._typing import FloatArray
from nnlib.activations import softmax
from nnlib.plots.grids import plot_bars
from nnlib.plots.style import CLASS_COLORS, CLASS_MARKERS, color

REACH = 3.0
_KEYS = [[1.0, 0.5], [-0.5, 1.5], [1.5, -1.0]]
_VALUES = [[2.0, 1.0], [-2.0, 1.5], [0.5, -2.0]]


class AttentionExplorer(InteractiveFigure):
    r"""One head of attention over three letters, in the plane.

    Each letter has a key :math:`k_t` and a value :math:`v_t`; the query is :math:`q`.

    .. math:: z_t = \frac{k_t \cdot q}{\sqrt 2}, \qquad
        w_t = \frac{e^{z_t}}{\sum_j e^{z_j}}, \qquad a = \sum_t w_t v_t

    The weights are positive and add up to 1, so the output :math:`a` lies in the triangle of the
    values.

    Parameters
    ----------
    letters : str
        Three small letters.
    k, v : list of [x, y]
        The keys and the values, a row per letter, from -3 to 3.
    q : [x, y]
        The query, from -3 to 3.
    language : str, such as "zh"

    Examples
    --------
    >>> explorer = widgets.AttentionExplorer(q=[0.0, 0.0])
    >>> explorer.weights().round(3).tolist()
    [0.333, 0.333, 0.333]
    """

    letters = Letters("sau", least=3, most=3)
    k = Numbers(_KEYS, min=-REACH, max=REACH, step=0.1)
    q = Numbers([2.0, 1.0], min=-REACH, max=REACH, step=0.1)
    v = Numbers(_VALUES, min=-REACH, max=REACH, step=0.1)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "start": {"k": _KEYS, "q": [2.0, 1.0], "v": _VALUES},
        "mean": {"k": _KEYS, "q": [0.0, 0.0], "v": _VALUES},
        "sharp": {"k": _KEYS, "q": [-1.5, 3.0], "v": _VALUES},
        "same": {"k": [_KEYS[0]] * 3, "q": [2.0, 1.0], "v": _VALUES},
    }
    _extremes: ClassVar[dict[str, list[Any]]] = {
        "q": [[-REACH, -REACH], [-2.9, -2.8]],
        "k": [[[-REACH, -REACH]] * 3],
        "v": [[[-REACH, -2.9]] * 3],
    }

    def scores(self) -> FloatArray:
        """Return the products of the query with the keys, divided by the root of 2 (3,)."""
        found: FloatArray = np.array(self.k) @ np.array(self.q) / np.sqrt(2)
        return found

    def weights(self) -> FloatArray:
        """Return the softmax of the scores (3,)."""
        return softmax(self.scores())

    def output(self) -> FloatArray:
        """Return the mean of the values with these weights (2,)."""
        found: FloatArray = self.weights() @ np.array(self.v)
        return found

    def _draw(self) -> Figure:
        figure, (left, middle, right) = plt.subplots(
            1, 3, figsize=(7.6, 2.7), width_ratios=(4, 3, 4)
        )
        self._draw_plane(left, self.k, "k", arrows=True)
        self._draw_plane(right, self.v, "v", arrows=False)
        _arrow(left, self.q, "ink")
        left.text(*np.array(self.q), "  $q$", va="center")
        corners = [*self.v, self.v[0]]
        right.plot(*np.transpose(corners), color=color("muted"), linewidth=0.8, zorder=0)
        a = self.output()
        right.plot(*a, "D", color=color("prediction"), markersize=8, zorder=4)
        right.annotate("$a$", a, (7, 5), textcoords="offset points")
        w = self.weights()
        names = [f"$w_{t + 1}$" for t in range(3)]
        plot_bars(w, names, texts=[f"${weight:.2f}$" for weight in w], shade="weight", ax=middle)
        return figure

    def _draw_plane(self, ax: Axes, points: list[list[float]], name: str, *, arrows: bool) -> None:
        for t, point in enumerate(points):
            if arrows:
                _arrow(ax, point, f"class{t}")
            ax.plot(*point, CLASS_MARKERS[t], color=CLASS_COLORS[t], markersize=8)
            text = rf"${name}_{t + 1}$ {self.letters[t]}"
            ax.annotate(text, (point[0], point[1]), (7, 5), textcoords="offset points")
        limits = (-REACH - 0.2, REACH + 0.2)
        ticks = [-2, 0, 2]
        ax.set(xlim=limits, ylim=limits, aspect="equal", xticks=ticks, yticks=ticks)


def _arrow(ax: Axes, tip: Any, shade: str) -> None:
    style = {"arrowstyle": "-|>", "color": color(shade), "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", tip, (0, 0), arrowprops=style)
