"""The differences of two trainings on many splits, their mean, and how far to trust it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Whole
from nnlib._typing import FloatArray
from nnlib.plots.style import color, label_axes

COUNTS = Path(__file__).parents[2] / "differences.json"
"""`tools/differences.py` writes it."""
TEST = 38
"""So many flowers are in each test set."""
MOST = 20
"""So often one can draw splits, if there are enough that were not drawn before."""


@cache
def counts() -> dict[str, list[int]]:
    """How many more flowers of each test set the first network gets right, by comparison."""
    found: dict[str, list[int]] = json.loads(COUNTS.read_text("utf-8"))
    return found


class ErrorOfDifference(InteractiveFigure):
    r"""Two ways to train, compared on n random splits: a mean difference and its error.

    Each split gives a difference :math:`d_i` of two accuracies on the same test set. Their mean
    :math:`\bar d` has the standard error :math:`s / \sqrt{n}`, with the standard deviation
    :math:`s` of the differences. The splits are drawn again and again, from 1,000 that were trained
    in advance and without taking one twice; the mean of all of them is the vertical line.

    Parameters
    ----------
    comparison : {"loss", "layer", "width"}
        The 2-8-3 network with squared residuals against the same with the cross-entropy, against
        softmax regression, or against 2-2-3 with squared residuals.
    splits : int
        How many are drawn each time, n, from 5 to 100.
    drawn : int
        How often they were drawn, from 1 to 20.
    language : str, such as "zh"
    """

    comparison = Choice(["loss", "layer", "width"])
    splits = Whole(20, min=5, max=100)
    drawn = Whole(1, min=1, max=MOST)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "few": {"comparison": "loss", "splits": 20, "drawn": 1},
        "many": {"comparison": "loss", "splits": 100, "drawn": 1},
        "again": {"comparison": "loss", "splits": 20, "drawn": 20},
    }

    def data(self) -> dict[str, Any]:
        # A text for each comparison: a notebook would store a list with a line for each number.
        texts = {name: " ".join(map(str, found)) for name, found in counts().items()}
        return {"counts": texts, "test": TEST}

    @property
    def times(self) -> int:
        """How often the splits were drawn: no more often than there are fresh ones."""
        return min(int(self.drawn), len(counts()[self.comparison]) // int(self.splits))

    def differences(self, time: int | None = None) -> FloatArray:
        """Return the n differences of one time, counted from 1; by default of the last."""
        time = self.times if time is None else time
        n = int(self.splits)
        return np.array(counts()[self.comparison][(time - 1) * n : time * n]) / TEST

    def estimate(self, time: int | None = None) -> tuple[float, float]:
        """Return their mean and its standard error."""
        d = self.differences(time)
        return float(d.mean()), float(d.std(ddof=1) / np.sqrt(len(d)))

    def _draw(self) -> Figure:
        figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 5.2), height_ratios=(3, 4))
        self._draw_differences(above)
        self._draw_intervals(below)
        return figure

    def _draw_differences(self, ax: Axes) -> None:
        values, sizes = np.unique(self.differences(), return_counts=True)
        for value, size in zip(values, sizes, strict=True):
            ax.plot([value] * size, np.arange(size) + 1, "o", color=color("prediction"))
        ax.axvline(0, color=color("muted"), linewidth=1)
        mean, error = self.estimate()
        ax.axvline(mean, color=color("prediction"))
        ax.axvspan(mean - 2 * error, mean + 2 * error, color=color("prediction"), alpha=0.2)
        ax.set(ylim=(0, max(10, sizes.max() + 1)), yticks=[])
        label_axes(ax, "$d$", "")

    def _draw_intervals(self, ax: Axes) -> None:
        truth = float(np.mean(counts()[self.comparison])) / TEST
        ax.axvline(0, color=color("muted"), linewidth=1)
        ax.axvline(truth, color=color("target"), linestyle="--", linewidth=1)
        for time in range(1, self.times + 1):
            mean, error = self.estimate(time)
            shade = color("prediction" if abs(mean - truth) <= 2 * error else "loss")
            ax.plot([mean - 2 * error, mean + 2 * error], [time, time], color=shade)
            ax.plot(mean, time, "o", color=shade, markersize=4)
        ax.set(ylim=(MOST + 1, 0), yticks=[])
        label_axes(ax, r"$\overline{d}$", "")
