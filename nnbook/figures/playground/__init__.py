"""A network that trains before the reader's eyes, on data and with settings of their choice."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.playground.run import (
    CLASSIFIER_LOSSES,
    Sets,
    Training,
    iris,
    sets_of,
    start_of,
    train,
)
from nnbook.figures.traits import Choice, Number, Rows, Switch, Whole
from nnlib._typing import FloatArray
from nnlib.activations import ACTIVATIONS
from nnlib.networks import Sequential
from nnlib.plots.network import draw_network
from nnlib.plots.regions import plot_decision_regions
from nnlib.plots.style import CLASS_COLORS, CLASS_MARKERS, LINE_STYLES, around, color, label_axes

_PLAIN: dict[str, Any] = {
    "dataset": "moons", "count": 300, "classes": 3, "noise": 0.15, "points": [], "hidden": [6, 4],
    "activation": "tanh", "loss": "cross_entropy_with_logits", "rate": 0.1, "batch_size": 16,
    "momentum": 0.0, "decay": 0.0, "standardized": True, "seed": 0, "start": 1.0, "step": 0,
}  # fmt: skip
_CORNERS = [[-1.0, -1.0, 0.0], [1.0, 1.0, 0.0], [-1.0, 1.0, 1.0], [1.0, -1.0, 1.0]]
_DEEP = [6, 6, 6, 6, 6, 6]


class Playground(InteractiveFigure):
    r"""A classifier of points in the plane, 2-hidden-classes, trained by SGD, step by step.

    A quarter of the points is for validation where there are 20 or more; `points` are for
    training. All that is random comes from generators of the figure's own, so that the same state
    is the same network on every page and in Python: `sets`, `network` and `run` compute it with
    `nnlib`.

    Parameters
    ----------
    dataset : {"moons", "spirals", "blobs", "iris", "none"}
        Of `nnlib.datasets`; of iris petal width and sepal width; "none": only `points`.
    count, classes, noise : int, int, float
        How many points are drawn, of how many classes (moons: two, iris: three), how noisy.
    points : list of [x1, x2, class]
        The reader's own, 500 at most, with classes from 0 to 4.
    hidden : list of int
        Width of each hidden layer: six layers at most, each of 1 to 8 units.
    activation : str
        A name in `nnlib.ACTIVATIONS`.
    loss : {"ssr", "mse", "huber", "cross_entropy_with_logits"}
        A name in `nnlib.LOSSES`; the first three compare the outputs with one-hot rows.
    rate, batch_size, momentum, decay : float, int, float, float
        Of SGD. A batch of all points or more is not shuffled.
    standardized : bool
        Whether the inputs are scaled to mean 0 and standard deviation 1.
    seed, start : int, float
        Of the first weights and the order of the samples; a factor on the first weights.
    step : int
        How many steps have been made.
    challenge : int
        Which of the twelve challenges is on, 0 for none.
    language : str, such as "zh"
    """

    dataset = Choice(["moons", "spirals", "blobs", "iris", "none"])
    count = Whole(_PLAIN["count"], min=20, max=500)
    classes = Whole(_PLAIN["classes"], min=2, max=5)
    noise = Number(_PLAIN["noise"], min=0, max=0.5, step=0.01)
    points = Rows([], min=-1e6, max=1e6, most=500, width=3)
    hidden = Rows(_PLAIN["hidden"], min=1, max=8, most=6)
    activation = Choice(list(ACTIVATIONS), _PLAIN["activation"])
    loss = Choice(CLASSIFIER_LOSSES, _PLAIN["loss"])
    rate = Number(_PLAIN["rate"], min=0.0001, max=10, step=0.001, scale="log")
    batch_size = Whole(_PLAIN["batch_size"], min=1, max=500, scale="log")
    momentum = Number(_PLAIN["momentum"], min=0, max=0.95, step=0.05)
    decay = Number(_PLAIN["decay"], min=0, max=0.1, step=0.001)
    standardized = Switch(True)
    seed = Whole(_PLAIN["seed"], min=0, max=99)
    start = Number(_PLAIN["start"], min=0, max=4, step=0.05)
    step = Whole(_PLAIN["step"], min=0, max=20_000)
    challenge = Whole(0, min=0, max=12)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "moons": _PLAIN,
        "spirals": _PLAIN
        | {"dataset": "spirals", "noise": 0.02, "hidden": [8, 8], "rate": 0.05, "momentum": 0.9},
        "corners": _PLAIN
        | {"dataset": "none", "points": _CORNERS, "hidden": [2], "batch_size": 4, "rate": 0.3},
        "flowers": _PLAIN | {"dataset": "iris", "hidden": [8], "activation": "relu"},
        "dies": _PLAIN | {"hidden": [4, 4], "activation": "relu", "rate": 8.0},
        "vanishes": _PLAIN | {"hidden": _DEEP, "activation": "sigmoid", "rate": 0.3},
        "diverges": _PLAIN | {"hidden": [6], "activation": "relu", "loss": "ssr", "rate": 0.03},
    }
    _extremes: ClassVar[dict[str, list[Any]]] = {
        "hidden": [[], [8] * 6],
        "challenge": [*range(1, 13)],
        "step": [0, 40],
    }

    @traitlets.validate("points")
    def _classes_are_whole(self, proposal: dict[str, Any]) -> list[list[float]]:
        points: list[list[float]] = proposal["value"]
        if any(label not in range(5) for _, _, label in points):
            raise traitlets.TraitError("points: the class of each point must be 0, 1, 2, 3 or 4")
        return points

    def data(self) -> dict[str, Any]:
        flowers, labels = iris()
        rows = [f"{x:g} {y:g} {k}" for (x, y), k in zip(flowers, labels, strict=True)]
        return {"iris": " ".join(rows)}

    def sets(self) -> Sets:
        """Return the points to train on and those for validation."""
        return sets_of(self.state())

    def network(self) -> Sequential:
        """Build the network at its start."""
        return start_of(self.state(), self.sets().classes)

    def run(self, steps: int | None = None, *, every: int = 1) -> Training:
        """Train for this many steps, by default to the one shown."""
        return train(self.state(), int(self.step) if steps is None else steps, every=every)

    def _draw(self) -> Figure:
        run = self.run(every=max(1, int(self.step) // 200))
        figure, axes = plt.subplot_mosaic("PN;PL", figsize=(7.4, 4.2), width_ratios=(5, 4))
        _draw_plane(axes["P"], run)
        finite = all(np.isfinite(p.value).all() for p in run.model.parameters())
        sizes = [2, *self.hidden, run.sets.classes]
        # Of a network whose numbers have overflowed, only the shape is shown.
        draw_network(run.model if finite else sizes, max_units=8, ax=axes["N"])
        loss = axes["L"]
        for values, style in zip((run.losses, run.validation_losses), LINE_STYLES, strict=False):
            loss.plot(run.steps, values, color=color("loss"), linestyle=style, linewidth=1.6)
            if run.steps and np.isfinite(values[-1]):
                loss.plot(run.steps[-1], values[-1], "o", color=color("loss"), clip_on=False)
        loss.set_xlim(0, max(1, int(self.step)))
        label_axes(loss, "$t$", "$L$")
        return figure


def _draw_plane(ax: Axes, run: Training) -> None:
    """Tint the plane by the answers; draw points to train on filled, the others hollow."""
    sets = run.sets

    def scores(points: FloatArray) -> FloatArray:
        with np.errstate(over="ignore", invalid="ignore"):
            return run.model.forward(sets.inputs(points))

    everything = np.vstack([sets.X, sets.X_val])
    if len(everything) == 0:
        ax.set(xlim=(-1.2, 1.2), ylim=(-1.2, 1.2))
        label_axes(ax, "$x_1$", "$x_2$")
        return
    limits: dict[str, Any] = {"xlim": around(everything[:, 0]), "ylim": around(everything[:, 1])}
    corners = np.array([[x, y] for x in limits["xlim"] for y in limits["ylim"]])
    if np.isfinite(scores(np.vstack([everything, corners]))).all():
        plot_decision_regions(scores, sets.X, sets.y, **limits, ax=ax)
    else:
        ax.set(**limits)
        label_axes(ax, "$x_1$", "$x_2$")
    for k in range(sets.classes):
        hollow: dict[str, Any] = {
            "color": CLASS_COLORS[k],
            "markerfacecolor": "none",
            "markersize": 4.5,
        }
        ax.plot(*sets.X_val[sets.y_val == k].T, CLASS_MARKERS[k], **hollow, zorder=1)
