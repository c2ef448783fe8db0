"""A training of the book, played again: decision regions, loss and accuracy, epoch by epoch."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.training_replay.recording import (
    ALPHABET,
    RUNS,
    SAME_DATA,
    SURE,
    Recording,
    leads,
    recording,
)
from nnbook.figures.traits import Choice, Whole
from nnlib.networks import Sequential
from nnlib.plots.regions import plot_decision_regions
from nnlib.plots.style import CLASS_COLORS, CLASS_MARKERS, LINE_STYLES, color, label_axes


class TrainingReplay(InteractiveFigure):
    r"""A run of `nnlib.fit`, recorded: the regions of the network and the curves of its history.

    The plane is tinted by the class that the network answers, more strongly where the answer is
    at least nine times as probable as any other; where the largest outputs are equal, it stays
    blank. Training points are filled, new points hollow.
    Loss and accuracy are those that `fit` recorded, rounded to three digits, never computed again.

    Parameters
    ----------
    run : {"iris", "iris_narrow", "moons", "moons_decay"}
        "iris": two features, 2-8-3; "iris_narrow": the same flowers, 2-2-3; "moons": 40 noisy
        points of two half moons, 2-32-32-2; "moons_decay": the same with weight decay 0.01. A
        figure holds only the runs on the same data as the one it is made with.
    epoch : int
        From 0 to 200. The figure shows the last recorded moment up to it.
    language : str, such as "zh"

    Attributes
    ----------
    runs : tuple of str
        Those that can be chosen.

    Examples
    --------
    >>> replay = widgets.TrainingReplay(run="moons", epoch=200)
    """

    run = Choice(list(RUNS))
    epoch = Whole(0, min=0, max=200)
    presets: ClassVar[dict[str, dict[str, Any]]] = {}

    def __init__(self, **traits: Any) -> None:
        asked = traits.get("run", next(iter(RUNS)))
        # A run that does not exist is refused by its trait.
        self.runs = next((runs for runs in SAME_DATA if asked in runs), SAME_DATA[0])
        super().__init__(**traits)

    @traitlets.validate("run")
    def _one_of_these(self, proposal: dict[str, Any]) -> str:
        run: str = proposal["value"]
        if run not in self.runs:
            raise traitlets.TraitError(f"run must be one of {', '.join(self.runs)}, got {run!r}")
        return run

    def data(self) -> dict[str, Any]:
        runs = {name: recording(name).described for name in self.runs}
        return {"runs": runs, "alphabet": ALPHABET, "sure": SURE}

    def recording(self) -> Recording:
        """Return the run that is shown: its points, its history, its networks."""
        return recording(self.run)

    def moment(self) -> int:
        """Return the epoch that is shown: the last recorded one up to `epoch`."""
        return max(epoch for epoch in self.recording().networks if epoch <= self.epoch)

    def _draw(self) -> Figure:
        run, now = self.recording(), self.moment()
        figure, axes = plt.subplot_mosaic("RL;RA", figsize=(7.4, 3.7), width_ratios=(5, 4))
        ax, (xlim, ylim) = axes["R"], run.window
        plot_decision_regions(run.networks[now], run.X, run.y, xlim=xlim, ylim=ylim, ax=ax)
        _tint_where_sure(ax, run.networks[now])
        for k in np.unique(run.y_new):
            hollow = {"color": CLASS_COLORS[k], "markerfacecolor": "none", "markersize": 4.5}
            ax.plot(*run.X_new[run.y_new == k].T, CLASS_MARKERS[k], **hollow, zorder=1)
        ax.set_title(f"$t = {now}$", loc="right")
        h = run.history
        _curves(axes["L"], h.losses, h.validation_losses, now, "loss")
        low = h.validation_losses[run.best]
        axes["L"].plot(run.best, low, "D", color=color("loss"), markersize=5, clip_on=False)
        _curves(axes["A"], h.accuracies, h.validation_accuracies, now, "ink")
        axes["A"].set_ylim(0, 1)
        label_axes(axes["L"], "", "$L$")
        label_axes(axes["A"], "$t$", r"$\mathtt{accuracy}$")
        return figure


def _tint_where_sure(ax: Axes, network: Sequential) -> None:
    columns, rows = np.linspace(*ax.get_xlim(), 111), np.linspace(*ax.get_ylim(), 111)
    points = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    for k, lead in enumerate(leads(network, points).T):
        heights = lead.reshape(len(rows), -1)
        if lead.max() > np.log(SURE):
            limits = [np.log(SURE), np.inf]
            ax.contourf(
                columns, rows, heights, limits, colors=CLASS_COLORS[k], alpha=0.25, zorder=0
            )


def _curves(ax: Axes, train: list[float], new: list[float], now: int, quantity: str) -> None:
    shade = color(quantity)
    for values, style, fill in (
        (train, LINE_STYLES[0], shade),
        (new, LINE_STYLES[1], color("background")),
    ):
        ax.plot(values, color=shade, linestyle=style, linewidth=1.6, clip_on=False)
        ax.plot(now, values[now], "o", color=shade, markerfacecolor=fill, clip_on=False, zorder=3)
    ax.set(xlim=(0, len(train) - 1), ylim=(0, None))
