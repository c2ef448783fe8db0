"""Stochastic gradient descent: the gradients of single samples, their mean, and the path."""

from __future__ import annotations

import base64
import warnings
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number, Switch, Whole
from nnlib._typing import FloatArray
from nnlib.datasets import iris
from nnlib.layers import Linear
from nnlib.losses import mse
from nnlib.networks import Sequential
from nnlib.optim import SGD
from nnlib.plots.regions import plot_contour
from nnlib.plots.style import color, halo, label_axes, label_ends
from nnlib.preprocessing import standardize
from nnlib.train import DivergenceWarning, fit

EPOCHS = 10
SEEDS = [0, 1, 2, 3]
BATCH_SIZES = [1, 5, 15, 50, 150]
COMPARED = [150, 15, 1]
WINDOWS = {True: ((-0.5, 2.0), (-0.4, 2.1)), False: ((-0.3, 1.1), (-1.0, 0.4))}
ARROWS = {True: 0.25, False: 0.05}  # how long a gradient of 1 is drawn
FLOOR, CEILING = 1e-6, 1e12  # of the loss's axis
WINDOW = 75  # samples over which the curves for comparison are averaged


class _Recorder(SGD):
    """Plain SGD that keeps the parameters after each update."""

    def __init__(self, parameters: Any, *, lr: float) -> None:
        super().__init__(parameters, lr=lr)
        self.path = [self._now()]

    def _now(self) -> FloatArray:
        return np.concatenate([parameter.value.ravel() for parameter in self.parameters])

    def step(self) -> None:
        super().step()
        self.path.append(self._now())


class StochasticGradient(InteractiveFigure):
    r"""A straight line fitted by SGD: a path through the contours of its MSE.

    The line :math:`\hat y = w x + b` goes from the length of the 150 iris petals to their width.
    An update moves :math:`(w, b)` by :math:`-\eta` times the mean of the gradients of a batch;
    10 epochs are shown, shuffled as `nnlib.fit` does it.

    Parameters
    ----------
    batch_size : {1, 5, 15, 50, 150}
    rate : float
        The learning rate :math:`\eta`, from 0.001 to 2.
    seed : {0, 1, 2, 3}
        Of the generator that shuffles the samples.
    step : int
        Number of updates shown, from 0 to 1500; a run that ends earlier is shown to its end.
    standardized : bool
        Whether x is the standardized length or the length in cm.
    axis : {"samples", "updates"}
        What the loss is drawn against.
    language : str, such as "zh"
    """

    batch_size = Choice(BATCH_SIZES, 15)
    rate = Number(0.05, min=0.001, max=2, scale="log")
    seed = Choice(SEEDS)
    step = Whole(4, min=0, max=150 * EPOCHS)
    standardized = Switch(True)
    axis = Choice(["samples", "updates"])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "full": {"batch_size": 150, "rate": 0.05, "standardized": True, "step": 10},
        "mini": {"batch_size": 15, "rate": 0.05, "standardized": True, "step": 100},
        "single": {"batch_size": 1, "rate": 0.05, "standardized": True, "step": 1500},
        "valley": {"batch_size": 150, "rate": 0.045, "standardized": False, "step": 10},
        "diverges": {"batch_size": 150, "rate": 1.1, "standardized": True, "step": 10},
    }

    def data(self) -> dict[str, Any]:
        """Return the flowers, and for each seed the orders of ten epochs as bytes in base64."""
        flowers = iris()
        orders = {}
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            epochs = [rng.permutation(len(flowers.X)) for _ in range(EPOCHS)]
            orders[str(seed)] = base64.b64encode(np.array(epochs, dtype=np.uint8).tobytes())
        return {
            "x": flowers.X[:, 2].tolist(),
            "y": flowers.X[:, 3].tolist(),
            "orders": {seed: text.decode() for seed, text in orders.items()},
        }

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """Return the design matrix with rows (x, 1), and y."""
        flowers = iris()
        x = flowers.X[:, 2:3]
        if self.standardized:
            x = standardize(x)[0]
        return np.hstack([x, np.ones_like(x)]), flowers.X[:, 3]

    def path(self, batch_size: int | None = None) -> FloatArray:
        """Return (w, b) after each update that `nnlib.fit` makes, the start included."""
        A, y = self.samples()
        model = Sequential(Linear.from_arrays([[0]], [0]))
        recorder = _Recorder(model.parameters(), lr=self.rate)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DivergenceWarning)  # the picture shows it
            fit(
                model,
                A[:, :1],
                y[:, np.newaxis],
                loss="mse",
                optimizer=recorder,
                epochs=EPOCHS,
                batch_size=self.batch_size if batch_size is None else batch_size,
                rng=np.random.default_rng(self.seed),
            )
        path = np.array(recorder.path)
        return path[np.isfinite(path).all(axis=1)]

    def batch(self) -> list[int]:
        """Return the samples of the next update; after the last one, of the last."""
        orders = np.frombuffer(base64.b64decode(self.data()["orders"][str(self.seed)]), np.uint8)
        n = len(orders) // EPOCHS
        step = min(self.step, len(self.path()) - 1, n // self.batch_size * EPOCHS - 1)
        if self.batch_size == n:
            return list(range(n))
        return orders[step * self.batch_size :][: self.batch_size].tolist()

    def excess(self, path: FloatArray) -> FloatArray:
        """Return the MSE less its smallest value at each point of a path."""
        A, y = self.samples()
        best = np.linalg.solve(A.T @ A, A.T @ y)
        with np.errstate(over="ignore"):
            return np.mean(((path - best) @ A.T) ** 2, axis=1)

    def _draw(self) -> Figure:
        A, y = self.samples()
        path = self.path()[: self.step + 1]
        figure, (plane, curve) = plt.subplots(1, 2, figsize=(6.6, 3.4))
        window = WINDOWS[self.standardized]
        plot_contour(lambda v: mse(A @ v, y), *window, levels=10, ax=plane)
        self._draw_gradients(plane, A, y, path[-1])
        plane.plot(*path.T, color=color("weight"), linewidth=1, marker="o", markersize=2.5)
        plane.plot(*path[0], "o", color=color("weight"), markerfacecolor=color("background"))
        plane.plot(*path[-1], "o", color=color("weight"), markersize=7)
        plane.plot(*np.linalg.solve(A.T @ A, A.T @ y), "+", color=color("ink"), markersize=10)
        plane.set(xlim=window[0], ylim=window[1], aspect="equal")
        ends = []
        styles = dict(zip(COMPARED, ["--", "-.", ":"], strict=True))
        for size in COMPARED:
            run = _smoothed(self.excess(self.path(size)), WINDOW // size // 2)
            scale = size if self.axis == "samples" else 1
            run, at = np.clip(run, FLOOR, CEILING), np.arange(len(run)) * scale
            curve.semilogy(at, run, styles[size], color=color("muted"), linewidth=1.2)
            ends.append((float(at[-1]), float(run[-1]), f"$B = {size}$", color("muted")))
        at = np.arange(len(path)) * (self.batch_size if self.axis == "samples" else 1)
        shown = np.clip(self.excess(path), FLOOR, CEILING)
        curve.semilogy(at, shown, color=color("loss"))
        curve.semilogy(at[-1], shown[-1], "o", color=color("loss"), markersize=7)
        last = 1500 if self.axis == "samples" else 1500 // min(self.batch_size, 15)
        curve.set(xlim=(0, last), ylim=(FLOOR, max(10, float(shown.max()))))
        label_axes(curve, r"$B\,t$" if self.axis == "samples" else "$t$", r"$L - L_{\min}$")
        label_ends(curve, [end for end in ends if end[0] <= last])
        return figure

    def _draw_gradients(self, ax: Axes, A: FloatArray, y: FloatArray, theta: FloatArray) -> None:
        batch = self.batch()
        scale = ARROWS[self.standardized]
        downhill = -2 * (A @ theta - y)[:, np.newaxis] * A * scale
        style: dict[str, Any] = {"angles": "xy", "scale_units": "xy", "scale": 1}
        starts = np.tile(theta, (len(batch), 1)).T
        shade: dict[str, Any] = {"color": color("input"), "alpha": max(0.3, 1 - len(batch) / 30)}
        ax.quiver(*starts, *downhill[batch].T, width=0.005, **shade, **style)
        whole = {"arrowstyle": "-|>", "linestyle": "--", "color": color("ink"), "shrinkA": 0}
        tip = tuple(theta + downhill.mean(axis=0))
        ax.annotate("", tip, tuple(theta), arrowprops=whole | {"shrinkB": 0})
        mean = downhill[batch].mean(axis=0)
        ax.quiver(*theta, *mean, color=color("gradient"), width=0.012, zorder=4, **style)
        ax.annotate(
            r"$-g_S$",
            tuple(theta + mean),
            xytext=(5, 0),
            textcoords="offset points",
            color=color("gradient"),
            path_effects=halo(),
            annotation_clip=True,
        )


def _smoothed(values: FloatArray, most: int) -> FloatArray:
    """Means over as many neighbors on either side; fewer toward the ends."""
    if not np.isfinite(values.sum()):
        return values
    n = len(values)
    reach = np.minimum(most, np.minimum(np.arange(n), np.arange(n)[::-1]))
    return np.array([values[i - r : i + r + 1].mean() for i, r in enumerate(reach)])
