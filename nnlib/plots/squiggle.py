"""How a network with one input bends activation curves into one curve, in four panels."""

from __future__ import annotations

from typing import cast

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from nnlib.layers import Elementwise, Linear
from nnlib.networks import Sequential
from nnlib.plots.curves import check_range
from nnlib.plots.fits import check_points, draw_points
from nnlib.plots.style import CLASS_COLORS, LINE_STYLES, color, label_axes, label_ends


def plot_squiggle(
    model: Sequential,
    x: ArrayLike | None = None,
    y: ArrayLike | None = None,
    *,
    xlim: tuple[float, float] = (0, 1),
) -> Axes:
    r"""Draw a 1-H-1 network step by step: pre-activations, activations, weighted, and their sum.

    Parameters
    ----------
    model : Sequential
        Of three layers: Linear(1, H), an activation, Linear(H, 1), with H up to 10.
    x, y : array (n,) or (n, 1), optional
        Points to draw over the sum.
    xlim : (float, float)
        From where to where.

    Returns
    -------
    Axes
        That of the sum, the last of the four in `ax.figure.axes`.

    Raises
    ------
    TypeError, ValueError
        If the model is not of that form, or the points are of the wrong kind or shape.

    Examples
    --------
    >>> data, model = nnlib.datasets.dosage(), nnlib.mlp([1, 2, 1], "softplus", rng=0)
    >>> ax = plots.plot_squiggle(model, data.X, data.y)
    """
    first, activation, last = _check_form(model)
    low, high = check_range("xlim", xlim)
    points = None if x is None or y is None else check_points(x, y)
    grid = np.linspace(low, high, 401)
    Z = first.predict(grid[:, np.newaxis])
    A = activation.predict(Z)
    weights, bias = last.weight.value[:, 0], last.bias.value[0]
    y_hat = A @ weights + bias
    hidden = len(weights)

    axes = plt.subplots(
        2,
        2,
        figsize=(6.4, 5),
        sharex=True,
        layout="constrained",
        gridspec_kw={"wspace": 0.1, "hspace": 0.1},
    )[1]
    panels = [
        (axes[0, 0], Z, "z", r"$z_j = w_j\,x + b_j$"),
        (axes[0, 1], A, "a", r"$a_j = f(z_j)$"),
        (axes[1, 0], A * weights, "w a", rf"$w_{{j+{hidden}}}\,a_j$"),
    ]
    for ax, curves, symbol, title in panels:
        ax.axhline(0, color=color("grid"), linewidth=0.8, zorder=0.5)
        ends = []
        for j in range(hidden):
            ax.plot(grid, curves[:, j], color=CLASS_COLORS[j], linestyle=LINE_STYLES[j % 5])
            text = f"${symbol}_{{{j + 1}}}$"
            if symbol == "w a":
                text = f"$w_{{{j + 1 + hidden}}}\\,a_{{{j + 1}}}$"
            ends.append((high, float(curves[-1, j]), text, CLASS_COLORS[j]))
        ax.set_xlim(low, high)
        label_axes(ax, y=title)
        label_ends(ax, ends)
    ax = axes[1, 1]
    ax.axhline(0, color=color("grid"), linewidth=0.8, zorder=0.5)
    ax.plot(grid, y_hat, color=color("prediction"))
    if points is not None:
        draw_points(ax, *points)
    ax.set_xlim(low, high)
    terms = " + ".join(f"w_{{{j + 1 + hidden}}} a_{{{j + 1}}}" for j in range(hidden))
    terms = terms if hidden <= 2 else rf"\sum_j w_{{j+{hidden}}} a_j"
    label_axes(ax, y=rf"$\hat y = {terms} + b_{{{hidden + 1}}}$")
    label_ends(ax, [(high, float(y_hat[-1]), r"$\hat y$", color("prediction"))])
    for lower in axes[1]:
        lower.set_xlabel("$x$", loc="right")
    return cast(Axes, axes[1, 1])


def _check_form(model: Sequential) -> tuple[Linear, Elementwise, Linear]:
    if not isinstance(model, Sequential):
        raise TypeError(f"model must be a Sequential, got {model!r}")
    match model.layers:
        case (Linear() as first, Elementwise() as activation, Linear() as last):
            shapes = first.weight.value.shape, last.weight.value.shape
            if shapes[0][0] == 1 and shapes[1][1] == 1 and shapes[0][1] == shapes[1][0] <= 10:
                return first, activation, last
    raise ValueError(
        f"model must be Linear(1, H), an activation, Linear(H, 1) with H up to 10, got {model!r}"
    )
