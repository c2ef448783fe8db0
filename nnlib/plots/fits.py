"""Data and the curves that should go through them: fits and their residuals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray, IntArray
from nnlib._validation import float_array, positive, same_shape
from nnlib.plots.curves import Curve, check_range, evaluate
from nnlib.plots.style import (
    LINE_STYLES,
    LineEnd,
    around,
    color,
    halo,
    label_axes,
    label_ends,
    line_end,
    new_axes,
)


def plot_fit(
    x: ArrayLike,
    y: ArrayLike,
    *curves: Curve,
    labels: Sequence[str] = (),
    xlim: tuple[float, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    r"""Draw data points, and curves that should go through them.

    Parameters
    ----------
    x, y : array (n,) or (n, 1)
        The points.
    *curves : Sequential with one input and one output, or function of an array (m,)
    labels : sequence of str
        Symbols at the right ends of the curves; `r"$\hat y$"` for a single curve if left out.
    xlim : (float, float), optional
        From where to where; by default a little wider than the data.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape, or the labels are not one per curve.

    Examples
    --------
    >>> data = nnlib.datasets.dosage()
    >>> ax = plots.plot_fit(data.X, data.y, nnlib.mlp([1, 2, 1], rng=0))
    """
    x, y = check_points(x, y)
    low, high = around(x, 0.05) if xlim is None else check_range("xlim", xlim)
    names = list(labels) or ([r"$\hat y$"] if len(curves) == 1 else [""] * len(curves))
    if len(names) != len(curves):
        raise ValueError(f"labels: expected one label per curve ({len(curves)}), got {len(names)}")
    grid = np.linspace(low, high, 401)
    values = [evaluate(f"curves[{i}]", curve, grid) for i, curve in enumerate(curves)]
    ax = new_axes(ax)
    shades = [color("prediction"), *(color(f"class{k}") for k in (0, 3, 2, 4, 5, 6, 7, 8, 9))]
    ends: list[LineEnd] = []
    for i, curve_values in enumerate(values):
        style = LINE_STYLES[i % len(LINE_STYLES)]
        ax.plot(grid, curve_values, color=shades[i], linestyle=style, zorder=2)
        ends += line_end(grid, curve_values, names[i], shades[i])
    draw_points(ax, x, y)
    ax.set_xlim(low, high)
    label_axes(ax, "$x$", "$y$")
    label_ends(ax, ends)
    return ax


def plot_residuals(
    x: ArrayLike,
    y: ArrayLike,
    curve: Curve,
    *,
    squares: bool = True,
    values: bool = False,
    aspect: float = 1,
    xlim: tuple[float, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    r"""Draw each residual :math:`y_i - \hat y_i` as a segment, and its square as a square.

    Parameters
    ----------
    x, y : array (n,) or (n, 1)
        The points.
    curve : Sequential with one input and one output, or function of an array (m,)
    squares : bool
        Whether to draw the squares. Their areas add up to the SSR.
    values : bool
        Whether to write each residual (with its sign) beside its segment.
    aspect : float
        Length of one unit of y on the page, in units of x: the squares are squares for any aspect.
    xlim : (float, float), optional
        From where to where; by default a little wider than the data.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape.

    Examples
    --------
    >>> data = nnlib.datasets.dosage()
    >>> ax = plots.plot_residuals(data.X, data.y, lambda x: 0.4 + 0.2 * x, values=True)
    """
    aspect = positive("aspect", aspect)
    x, y = check_points(x, y)
    y_hat = evaluate("curve", curve, x)
    sides = np.abs(y - y_hat)
    directions = _square_directions(x, np.minimum(y, y_hat), sides, aspect)
    if xlim is None:
        edges = np.concatenate([x, x + directions * sides * aspect]) if squares else x
        margin = (0.14 if values else 0.05) * float(np.ptp(edges)) or 0.5
        xlim = float(edges.min()) - margin, float(edges.max()) + margin
    ax = plot_fit(x, y, curve, xlim=xlim, ax=ax)
    for i, direction in enumerate(directions):
        if squares:
            corner = (min(x[i], x[i] + direction * sides[i] * aspect), min(y[i], y_hat[i]))
            square = Rectangle(corner, sides[i] * aspect, sides[i], facecolor=color("loss"))
            square.set(edgecolor="none", alpha=0.2, zorder=1)
            ax.add_patch(square)
        ax.plot([x[i], x[i]], [y_hat[i], y[i]], color=color("loss"), linewidth=2, zorder=2.5)
        if values:
            ax.annotate(
                f"${y[i] - y_hat[i]:+z.2f}$",
                (x[i], (y[i] + y_hat[i]) / 2),
                xytext=(-7 * direction, 0),
                textcoords="offset points",
                ha="right" if direction == 1 else "left",
                va="center",
                color=color("loss"),
                path_effects=halo(),
            )
    ax.set_aspect(aspect)
    return ax


def _square_directions(
    x: FloatArray, bottom: FloatArray, sides: FloatArray, aspect: float
) -> IntArray:
    """Where each square goes from its segment, right (1) or left (-1): to the emptier side."""
    directions: list[int] = []
    drawn: list[tuple[float, float, float, float]] = []  # left, right, bottom, top
    for x_i, low, side in zip(x, bottom, sides, strict=True):
        right = (x_i, x_i + side * aspect, low, low + side)
        left = (x_i - side * aspect, x_i, low, low + side)
        excess = sum(_overlap(right, one) - _overlap(left, one) for one in drawn)
        # Rounded, so that equally empty sides are equal on every machine.
        directions.append(1 if round(excess, 9) <= 0 else -1)
        drawn.append(right if directions[-1] == 1 else left)
    return np.array(directions)


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    width, height = min(a[1], b[1]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[2], b[2])
    return max(0.0, width) * max(0.0, height)


def check_points(x: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Points as x (n,) and y (n,)."""
    x, y = float_array("x", x, finite=True), float_array("y", y, finite=True)
    same_shape("x", x, "y", y)
    if x.ndim > 2 or (x.ndim == 2 and x.shape[1] != 1) or x.ndim == 0:
        raise ValueError(f"x must have shape (n,) or (n, 1), got {x.shape}")
    return x.ravel(), y.ravel()


def draw_points(ax: Axes, x: FloatArray, y: FloatArray) -> None:
    """Targets are drawn in ink; a thin rim in the page's color separates them from the curves."""
    ax.plot(
        x,
        y,
        "o",
        color=color("target"),
        markersize=8,
        markeredgecolor=color("background"),
        markeredgewidth=1.2,
        zorder=3,
        clip_on=False,
    )
