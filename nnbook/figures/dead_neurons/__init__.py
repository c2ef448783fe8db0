"""The dosage network in training: a lamp for each node and point, and nodes that go dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnbook.figures._dosage import in_order
from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number, Whole
from nnlib._typing import FloatArray
from nnlib.datasets import dosage
from nnlib.layers import Elementwise, LeakyReLU, Linear, ReLU, Softplus
from nnlib.losses import LOSSES
from nnlib.networks import Sequential
from nnlib.optim import SGD
from nnlib.plots.fits import plot_fit
from nnlib.plots.style import color, label_axes, stretches

PARAMETERS = ["w_1", "b_1", "w_2", "b_2", "w_3", "w_4", "b_3"]
OWNED = [(0, 1, 4), (2, 3, 5)]
"""Which parameters belong to node 1 and to node 2; b_3 belongs to neither."""


@dataclass
class Run:
    """What happened at every moment of a training: the start, and after each step."""

    theta: FloatArray  # (moments, 7), in the order of PARAMETERS
    gradient: FloatArray  # (moments, 7), of the SSR: what the next step is made with
    ssr: FloatArray  # (moments,)
    sums: FloatArray  # (moments, nodes, points)


class DeadNeurons(InteractiveFigure):
    r"""The 1-2-1 network :math:`\hat y = w_3 f(w_1 x + b_1) + w_4 f(w_2 x + b_2) + b_3`.

    It goes downhill on the sum of squared residuals over the three points of the dosage data, from
    :math:`w_1 = 1, b_1 = 0.1, w_2 = 1, w_3 = 1, w_4 = -1.5, b_3 = 0` and a :math:`b_2` of your
    choice. A lamp is lit where a node's sum is positive. A ReLU node whose lamps are all dark is
    dead: from then on its three gradients are exactly zero.

    Parameters
    ----------
    activation : {"relu", "leaky_relu", "softplus"}
    rate : float
        The learning rate, from 0.01 to 0.25.
    b2 : float
        Where :math:`b_2` starts, from -1.5 to 0.5.
    alpha : float
        The slope of leaky ReLU below zero, from 0.01 to 0.5.
    step : int
        The moment shown, from 0 (the start) to 2,000; softplus goes on to 5,000.
    language : str, such as "zh"
    """

    activation = Choice(["relu", "leaky_relu", "softplus"])
    rate = Number(0.1, min=0.01, max=0.25, step=0.01)
    b2 = Number(-0.2, min=-1.5, max=0.5, step=0.1)
    alpha = Number(0.01, min=0.01, max=0.5, step=0.01)
    step = Whole(0, min=0, max=5000)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "fits": {"activation": "relu", "rate": 0.05, "b2": -0.2, "step": 0},
        "one_dies": {"activation": "relu", "rate": 0.1, "b2": -0.2, "step": 0},
        "both_die": {"activation": "relu", "rate": 0.2, "b2": -0.2, "step": 0},
        "born_dead": {"activation": "relu", "rate": 0.05, "b2": -1.1, "step": 2000},
        "woken": {
            "activation": "leaky_relu",
            "rate": 0.05,
            "b2": -1.1,
            "alpha": 0.1,
            "step": 76,
        },
        "leaky": {
            "activation": "leaky_relu",
            "rate": 0.1,
            "b2": -0.2,
            "alpha": 0.01,
            "step": 2000,
        },
        "softplus": {"activation": "softplus", "rate": 0.01, "b2": -0.2, "step": 5000},
    }

    @property
    def last(self) -> int:
        """The last step of the run: softplus needs a smaller rate, and takes more steps."""
        return 5000 if self.activation == "softplus" else 2000

    @property
    def moment(self) -> int:
        """The step that is shown."""
        return min(int(self.step), self.last)

    def network(self) -> Sequential:
        """Build the network at its start."""
        layers: dict[str, Elementwise] = {
            "relu": ReLU(),
            "leaky_relu": LeakyReLU(self.alpha),
            "softplus": Softplus(),
        }
        hidden = Linear.from_arrays([[1, 1]], np.array([0.1, self.b2]))
        return Sequential(hidden, layers[self.activation], Linear.from_arrays([[1.0], [-1.5]], [0]))

    def run(self, steps: int | None = None) -> Run:
        """Train for this many steps, by default to the end; stop where the SSR is not finite."""
        data, loss, model = dosage(), LOSSES["ssr"], self.network()
        y = data.y.reshape(-1, 1)
        optimizer = SGD(model.parameters(), lr=self.rate)
        found: list[tuple[FloatArray, FloatArray, float, FloatArray]] = []
        with np.errstate(over="ignore", invalid="ignore"):
            for _ in range((self.last if steps is None else steps) + 1):
                ssr, slope = loss.value_and_gradient(model.forward(data.X), y)
                if not np.isfinite(ssr):
                    break
                optimizer.zero_grad()
                model.backward(slope)
                parameters = model.parameters()
                theta = in_order([p.value for p in parameters])
                gradient = in_order([p.grad for p in parameters if p.grad is not None])
                found.append((theta, gradient, ssr, model.layers[0].forward(data.X).T))
                optimizer.step()
        return Run(*(np.array(column) for column in zip(*found, strict=True)))

    def _draw(self) -> Figure:
        run = self.run()
        now = min(self.moment, len(run.ssr) - 1)
        figure = plt.figure(figsize=(7.2, 5.6))
        grid = figure.add_gridspec(3, 2, height_ratios=(5, 1.7, 3), width_ratios=(1, 1))
        fit, board = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
        loss = figure.add_subplot(grid[2, :])
        film = figure.add_subplot(grid[1, :], sharex=loss)
        self._draw_fit(fit, run, now)
        self._draw_board(board, run, now)
        self._draw_film(film, run.sums > 0)
        time = np.arange(len(run.ssr)) + 1  # 0 has no place on a logarithmic axis
        loss.loglog(time, np.maximum(run.ssr, 1e-300), color=color("loss"), clip_on=True)
        loss.axhline(2 / 3, color=color("muted"), linestyle=(0, (1, 3)), linewidth=1)
        loss.text(self.last, 0.85, "$2/3$", color=color("muted"), ha="right")
        loss.plot(
            now + 1, max(run.ssr[now], 1e-5), "o", color=color("loss"), clip_on=False, zorder=4
        )
        loss.set(xlim=(0.72, 1.3 * self.last), ylim=(1e-5, 20))
        ticks = [t for t in (0, 1, 3, 10, 30, 100, 300, 1000, 3000) if t <= self.last]
        loss.set_xticks([t + 1 for t in ticks], [f"${t}$" for t in ticks])
        loss.set_yticks([1e-4, 1e-2, 1], ["$10^{-4}$", "$10^{-2}$", "$1$"])
        loss.minorticks_off()
        label_axes(loss, "$t$", r"$\mathrm{SSR}$")
        for ax in (film, loss):
            ax.axvline(now + 1, color=color("ink"), linewidth=1, zorder=0)
        return figure

    def _draw_fit(self, ax: Axes, run: Run, now: int) -> None:
        data, model = dosage(), self.network()
        w1, b1, w2, b2, w3, w4, b3 = run.theta[now]
        for parameter, value in zip(
            model.parameters(), ([[w1, w2]], [b1, b2], [[w3], [w4]], [b3]), strict=True
        ):
            parameter.value[...] = value
        plot_fit(data.X, data.y, model, labels=[""], xlim=(-0.15, 1.15), ax=ax)
        ax.vlines(data.X.ravel(), data.y.ravel(), model.forward(data.X).ravel(),
                  color=color("loss"), linestyle=(0, (3, 3)), linewidth=1.4)  # fmt: skip
        ax.set(ylim=(-0.6, 1.6), xticks=[0, 0.5, 1], yticks=[0, 1])
        for x in np.arange(1.08, 0, -0.1):
            y = model.forward([[x]]).item()
            if abs(y - 0.5) < 0.95:
                ax.text(x + 0.02, y - 0.25, r"$\hat y$", color=color("prediction"), fontsize=14)
                break

    def _draw_board(self, ax: Axes, run: Run, now: int) -> None:
        """Lamps with their sums at the left, gradients at the right; a row for each node."""
        ax.set(xlim=(0, 7.4), ylim=(0, 7.2))
        ax.axis("off")
        xs = dosage().X.ravel()
        for i, x in enumerate(xs):
            ax.text(1.4 + i, 6.8, f"${x:g}$", color=color("input"), ha="center", va="center")
        ax.text(0.5, 6.8, "$x$", color=color("input"), ha="center", va="center", fontsize=14)
        ax.text(
            7.3, 6.8, r"$\partial\,\mathrm{SSR}\,/\,\partial\,\theta$",
            color=color("gradient"), ha="right", va="center", fontsize=13,
        )  # fmt: skip
        for k in (0, 1):
            top = 6.2 - 2.8 * k
            sums = run.sums[now, k]
            if not (sums > 0).any():
                shade = color("loss") if self.activation == "relu" else color("muted")
                ax.add_patch(Rectangle((0, top - 2.5), 7.4, 2.6, facecolor=shade, alpha=0.14))
            ax.text(
                0.5, top - 0.95, f"$z_{k + 1}$",
                color=color("activation"), ha="center", va="center", fontsize=16,
            )  # fmt: skip
            for i, z in enumerate(sums):
                face = color("activation") if z > 0 else color("background")
                ax.plot(
                    1.4 + i, top - 0.85, "o", markersize=17, markerfacecolor=face,
                    markeredgecolor=color("activation"), markeredgewidth=1.4,
                )  # fmt: skip
                ax.text(1.4 + i, top - 2.0, f"${z:.2f}$", ha="center", va="center", fontsize=10)
            for row, j in enumerate(OWNED[k]):
                _gradient_line(ax, top - 0.4 - 0.8 * row, j, run.gradient[now, j])
        _gradient_line(ax, 0.25, 6, run.gradient[now, 6])

    def _draw_film(self, ax: Axes, lit: Any) -> None:
        """Draw when each lamp was lit, from the start to the end."""
        for k in (0, 1):
            dark = ~lit[:, k].any(axis=1)
            for start, end in stretches(dark):
                shade = color("loss") if self.activation == "relu" else color("muted")
                span = Rectangle((start + 0.65, k * 3.6 - 0.5), end - start + 0.7, 3)
                span.set(facecolor=shade, alpha=0.14, edgecolor="none")
                ax.add_patch(span)
            for i in range(3):
                for start, end in stretches(lit[:, k, i]):
                    ax.plot(
                        [start + 0.75, end + 1.25], [k * 3.6 + i] * 2,
                        color=color("activation"), linewidth=4, solid_capstyle="butt",
                    )  # fmt: skip
            ax.annotate(
                f"$z_{k + 1}$", (0, k * 3.6 + 1), xycoords=("axes fraction", "data"),
                xytext=(-16, 0), textcoords="offset points", ha="center", va="center",
                fontsize=14, color=color("activation"),
            )  # fmt: skip
        ax.set(ylim=(6.4, -0.8))
        ax.axis("off")


def _gradient_line(ax: Axes, y: float, j: int, value: float) -> None:
    """Draw a parameter's symbol, a bar to the side of its sign, and the number."""
    shade = "muted" if value == 0 else "gradient"
    symbol = "weight" if j in (0, 2, 4, 5) else "bias"
    ax.text(4.55, y, f"${PARAMETERS[j]}$", color=color(symbol), ha="center", va="center")
    ax.plot([5.65, 5.65], [y - 0.36, y + 0.36], color=color("muted"), linewidth=0.8)
    length = 0.8 * value / (1 + abs(value))
    ax.add_patch(Rectangle((5.65, y - 0.2), length, 0.4, facecolor=color(shade)))
    text = "0" if value == 0 else f"{value:.2f}"
    ax.text(7.3, y, f"${text}$", color=color(shade), ha="right", va="center", fontsize=10.5)
