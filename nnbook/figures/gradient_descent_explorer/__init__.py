"""Gradient descent in one parameter: the loss curve, the tangents, and what stops the walk."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Number, Whole
from nnbook.fitted import FITTED
from nnlib._typing import FloatArray
from nnlib.activations import softplus
from nnlib.datasets import dosage
from nnlib.optim import Descent, gradient_descent
from nnlib.plots.style import color, halo, label_axes

*FIXED, _ = FITTED.values()  # all but b3
WIDTH = 3.15  # of the picture to either side of the minimum, doubled as often as a walk needs it
TANGENTS = 8


def _preset(rate: float, steps: int, **more: Any) -> dict[str, Any]:
    return {"start": 0.0, "rate": rate, "tolerance": 1e-6, "max_steps": 1000, "step": steps} | more


class GradientDescentExplorer(InteractiveFigure):
    r"""The dosage network's SSR in :math:`b_3`, and a gradient descent on it, step by step.

    The six other parameters are fixed, so the loss is a parabola with the second derivative 6, and
    each step multiplies the error by :math:`1 - 6\eta`:

    .. math:: b_3 \leftarrow b_3 - \eta\,\frac{d\,\mathrm{SSR}}{d b_3}

    Parameters
    ----------
    start : float
        The first :math:`b_3`, from -0.5 to 5.7.
    rate : float
        The learning rate :math:`\eta`, from 0.001 to 1.
    tolerance : float
        A step shorter than this is the last one; from 1e-9 to 0.1.
    max_steps : int
        From 1 to 1000.
    step : int
        How many steps are shown, from 0 to 1000; a path that ends earlier is shown to its end.
    language : str, such as "zh"
    """

    start = Number(0.0, min=-0.5, max=5.7, step=0.05)
    rate = Number(0.1, min=0.001, max=1, scale="log")
    tolerance = Number(1e-6, min=1e-9, max=0.1, scale="log")
    max_steps = Whole(1000, min=1, max=1000, scale="log")
    step = Whole(3, min=0, max=1000)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "slow": _preset(0.01, 195),
        "steady": _preset(0.1, 17),
        "one_step": _preset(1 / 6, 2),
        "swings": _preset(0.3, 70),
        "forever": _preset(1 / 3, 1000),
        "diverges": _preset(0.34, 12),
        "overflow": _preset(1.0, 440),
    }

    def data(self) -> dict[str, Any]:
        return {"fixed": FIXED}

    def loss(self, b3: ArrayLike) -> FloatArray:
        """Return the SSR at each b3."""
        return np.sum(
            (self._missing() - np.asarray(b3, dtype=float)[..., np.newaxis]) ** 2, axis=-1
        )

    def slope(self, b3: ArrayLike) -> FloatArray:
        """Return the slope of the SSR at each b3."""
        rest = self._missing() - np.asarray(b3, dtype=float)[..., np.newaxis]
        return np.asarray(-2 * np.sum(rest, axis=-1))

    def best(self) -> float:
        """Return the b3 of the smallest SSR."""
        return float(np.mean(self._missing()))

    def descent(self) -> Descent:
        """Return the whole walk, as `nnlib.gradient_descent` records it."""
        return gradient_descent(
            self.slope,
            self.start,
            lr=self.rate,
            tolerance=self.tolerance,
            max_steps=int(self.max_steps),
        )

    @staticmethod
    def _missing() -> FloatArray:
        """What b3 has to make up for at each of the three points."""
        data = dosage()
        x, y = data.X.ravel(), data.y.ravel()
        w1, b1, w2, b2, w3, w4 = FIXED
        return y - w3 * softplus(w1 * x + b1) - w4 * softplus(w2 * x + b2)

    def _draw(self) -> Figure:
        points = self.descent().points[: int(self.step) + 1, 0]
        best = self.best()
        figure, (curve, walk) = plt.subplots(1, 2, figsize=(6.4, 3.3))
        reach = min(float(np.abs(points - best).max()), 1e3)
        width = WIDTH * 2 ** max(0.0, np.ceil(np.log2(reach * 1.02 / WIDTH)))
        grid = np.linspace(best - width, best + width, 241)
        curve.plot(grid, self.loss(grid), color=color("loss"), alpha=0.45)
        seen = points[np.abs(points - best) <= width]
        for at in seen[-TANGENTS:]:
            ends = at + 0.2 * width * np.array([-1, 1])
            line = self.loss(at) + self.slope(at) * (ends - at)
            curve.plot(ends, line, "--", color=color("gradient"), linewidth=1.3)
        curve.plot(seen, self.loss(seen), color=color("ink"), linewidth=0.8)
        curve.plot(seen, self.loss(seen), "o", color=color("bias"), markersize=5)
        curve.set(xlim=(best - width, best + width), ylim=(0, float(self.loss(best + width))))
        label_axes(curve, "$b_3$", "$L$")
        walk.axhline(best, color=color("muted"), linewidth=0.8, linestyle=":")
        walk.plot(points, color=color("bias"), marker="o" if len(points) < 50 else "", markersize=5)
        if len(points) <= 8:
            for t, value in enumerate(points):
                walk.annotate(
                    f"{value:.4f}",
                    (t, value),
                    xytext=(4, -13),
                    textcoords="offset points",
                    fontsize=9,
                    path_effects=halo(),
                )
            walk.set_xlim(-0.3, len(points) - 0.2)
        walk.set_ylim(best - width, best + width)
        walk.xaxis.get_major_locator().set_params(integer=True)
        label_axes(walk, "$t$", "$b_3$")
        return figure
