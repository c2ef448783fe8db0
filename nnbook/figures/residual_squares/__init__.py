"""The sum of squared residuals as an area, beside it as a curve over the parameter that moves."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number, Numbers
from nnbook.fitted import FITTED
from nnlib._typing import FloatArray
from nnlib.activations import softplus
from nnlib.datasets import dosage
from nnlib.losses import mse, ssr
from nnlib.plots import label_ends, plot_residuals
from nnlib.plots.style import color, halo, label_axes

SQUIGGLE = {name: value for name, value in FITTED.items() if name != "b3"}
POINTS = np.column_stack([dosage().X, dosage().y]).tolist()


class ResidualSquares(InteractiveFigure):
    r"""Three points, a curve, and on each residual :math:`y_i - \hat y_i` a true square.

    The squares' areas add up to the SSR :math:`\sum_i (y_i - \hat y_i)^2`; the MSE is a third of
    it. The curve is a line, :math:`\hat y = w x + b`, or the dosage network's squiggle, of which
    only :math:`b_3` can be moved:

    .. math:: \hat y = w_3 f(w_1 x + b_1) + w_4 f(w_2 x + b_2) + b_3,
        \qquad f = \operatorname{softplus}

    Parameters
    ----------
    model : {"line", "squiggle"}
    points : array (3, 2)
        A row (x, y) for each point, from -0.5 to 1.5.
    w, b : float
        Of the line: slope from -1.5 to 1.5, intercept from -0.5 to 1.5.
    b3 : float
        Of the squiggle, from 1.9 to 3.3.
    parameter : {"b", "w"}
        Over which of the line's parameters the loss is drawn: the one that was moved last.
    language : str, such as "zh"
    """

    model = Choice(["line", "squiggle"])
    points = Numbers(POINTS, min=-0.5, max=1.5)
    w = Number(0.2, min=-1.5, max=1.5)
    b = Number(0.4, min=-0.5, max=1.5)
    b3 = Number(2.2, min=1.9, max=3.3)
    parameter = Choice(["b", "w"])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "line": {"model": "line", "points": POINTS, "w": 0.2, "b": 0.4},
        "constant": {"model": "line", "points": POINTS, "w": 0.0, "b": 1 / 3},
        "squiggle": {"model": "squiggle", "points": POINTS, "b3": FITTED["b3"]},
    }
    _extremes: ClassVar[dict[str, list[Any]]] = {
        "points": [[[-0.5, -0.5], [-0.5, 1.5], [-0.5, 0.5]], [[-0.5, -0.5], [1.5, 1.5], [0, 1]]]
    }

    def data(self) -> dict[str, Any]:
        return {"squiggle": list(SQUIGGLE.values())}

    def predict(self, x: ArrayLike, **changed: float) -> FloatArray:
        """Return the curve's height at x, at the present parameters or with some changed."""
        x = np.asarray(x, dtype=float)
        at = {"w": self.w, "b": self.b, "b3": self.b3, **changed}
        if self.model == "line":
            return at["w"] * x + at["b"]
        w1, b1, w2, b2, w3, w4 = SQUIGGLE.values()
        return w3 * softplus(w1 * x + b1) + w4 * softplus(w2 * x + b2) + at["b3"]

    def ssr(self, **changed: float) -> float:
        """Return the sum of squared residuals, at the present parameters or with some changed."""
        x, y = np.transpose(self.points)
        return ssr(self.predict(x, **changed), y)

    def mse(self, **changed: float) -> float:
        """Return the mean of the squared residuals."""
        x, y = np.transpose(self.points)
        return mse(self.predict(x, **changed), y)

    def best(self) -> dict[str, float]:
        """Return the parameters with the smallest SSR: of all lines, or of the squiggle's b3.

        Where all points have the same x, no line is best, and the answer is empty.
        """
        x, y = np.transpose(self.points)
        if self.model == "squiggle":
            return {"b3": float(np.mean(y - self.predict(x, b3=0.0)))}
        if np.ptp(x) < 1e-9:
            return {}
        w, b = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y, rcond=None)[0]
        return {"w": float(w), "b": float(b)}

    def _draw(self) -> Figure:
        figure, (squares, loss) = plt.subplots(1, 2, figsize=(8.2, 4), width_ratios=(5, 4))
        x, y = np.transpose(self.points)
        squares.set(ylim=(-0.8, 1.8), xticks=[-0.5, 0, 0.5, 1, 1.5], yticks=[-0.5, 0, 0.5, 1, 1.5])
        plot_residuals(x, y, self.predict, values=True, xlim=(-0.8, 1.8), ax=squares)
        name = "b3" if self.model == "squiggle" else self.parameter
        slider, now = self.class_traits()[name], getattr(self, name)
        grid = np.linspace(slider.min, slider.max, 201)
        ends = []
        for label, function, style in (("SSR", self.ssr, "-"), ("MSE", self.mse, "--")):
            values = [function(**{name: value}) for value in grid]
            loss.plot(grid, values, style, color=color("loss"))
            at = function()
            loss.plot([now, now], [0, at], ":", color=color("muted"), linewidth=1)
            loss.plot(now, at, "o", color=color("loss"))
            loss.annotate(
                f"${at:.3f}$", (now, at), (7, 6), textcoords="offset points", path_effects=halo()
            )
            ends.append((grid[-1], values[-1], rf"$\mathrm{{{label}}}$", color("loss")))
        loss.set(xlim=(slider.min, slider.max), ylim=(0, None))
        label_axes(loss, "$b_3$" if name == "b3" else f"${name}$", "$L$")
        label_ends(loss, ends)
        return figure
