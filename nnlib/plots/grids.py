"""Grids of cells: matrices, images, lamps; and bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, positive_int, real_array
from nnlib.plots.style import color, crisp, label_axes, new_axes

_SHADES = 16
"""Steps of gray between no ink and full ink: as many as the digits have."""


def plot_jacobian(
    matrix: ArrayLike,
    *,
    rows: str | Sequence[str] = "p",
    columns: str | Sequence[str] = "z",
    decimals: int = 2,
    limit: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    r"""Draw a matrix as tinted cells with their numbers: a Jacobian, weights, a confusion.

    Zero is neutral, positive and negative entries have a color each, the stronger the larger.

    Parameters
    ----------
    matrix : array (m, k)
    rows, columns : str, or sequence of str
        A symbol that gets an index for each row or column, such as `"p"` for
        :math:`p_1, p_2, \dots`; or all the labels.
    decimals : int
        Digits after the point; 0 for whole numbers.
    limit : float, optional
        The absolute value with the full color; by default the largest in the matrix.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, or the labels are not one per row or column.

    Examples
    --------
    >>> ax = plots.plot_jacobian(nnlib.softmax_jacobian([1.43, -0.40, 0.23]))
    """
    matrix = float_array("matrix", matrix, ndim=2, finite=True)
    row_labels, column_labels = (
        _cell_labels("rows", rows, matrix.shape[0]),
        _cell_labels("columns", columns, matrix.shape[1]),
    )
    full = float(np.abs(matrix).max()) if limit is None else float(limit)
    height, width = matrix.shape
    ax = new_axes(
        ax, figsize=(min(0.85, 5.6 / width) * width + 0.6, min(0.62, 4.4 / height) * height + 0.6)
    )
    for (i, j), value in np.ndenumerate(matrix):
        corner, shade = (j, i), color("positive" if value > 0 else "negative")
        ax.add_patch(Rectangle(corner, 1, 1, facecolor=color("zero"), edgecolor="none"))
        strength = 0.65 * min(1.0, abs(float(value)) / full) if full else 0.0
        ax.add_patch(Rectangle(corner, 1, 1, facecolor=shade, alpha=strength, edgecolor="none"))
        shade = color("ink" if value else "muted")
        text = f"${value:z.{decimals}f}$"  # z: no minus before a rounded zero
        ax.text(j + 0.5, i + 0.5, text, ha="center", va="center", fontsize=12, color=shade)
    for line in range(1, width):
        ax.axvline(line, color=color("background"), linewidth=2)
    for line in range(1, height):
        ax.axhline(line, color=color("background"), linewidth=2)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_xticks(np.arange(width) + 0.5, column_labels)
    ax.set_yticks(np.arange(height) + 0.5, row_labels)
    ax.tick_params(length=0, labelsize=14, labelcolor=color("ink"), top=False)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def plot_images(
    images: ArrayLike,
    *,
    labels: Sequence[object] = (),
    columns: int = 10,
    limit: float | None = None,
    signed: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw images side by side, each pixel a square: of ink, or of a sign's color.

    Parameters
    ----------
    images : array (n, height, width), or (height, width) for a single one
        No ink is 0.
    labels : sequence
        What to write below each image, such as its digit.
    columns : int
        Images in a row.
    limit : float, optional
        The value with full ink; by default the largest. Larger ones look like it.
    signed : bool
        For images of weights: positive and negative values have a color each, zero is neutral.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape, or a value negative without `signed`, or
        the labels are not one per image.

    Examples
    --------
    >>> digits = nnlib.datasets.digits()
    >>> ax = plots.plot_images(digits.X[:20].reshape(-1, 8, 8), labels=digits.y[:20])
    >>> layer = nnlib.Linear(64, 32, rng=0)
    >>> ax = plots.plot_images(layer.weight.value.T.reshape(-1, 8, 8), signed=True)
    """
    images = float_array("images", images, finite=True)
    images = images[np.newaxis] if images.ndim == 2 else images
    if images.ndim != 3 or (images.min() < 0 and not signed):
        raise ValueError(
            f"images must have shape (n, height, width) and, unless signed, no negative values, "
            f"got shape {images.shape} and minimum {images.min()}"
        )
    if len(labels) and len(labels) != len(images):
        raise ValueError(f"labels: expected one label per image ({len(images)}), got {len(labels)}")
    count, height, width = images.shape
    columns = min(positive_int("columns", columns), count)
    rows = -(-count // columns)
    full = (float(np.abs(images).max()) or 1) if limit is None else float(limit)
    gap = 0.18 * width
    across = columns * (width + gap) - gap
    side = min(6.4 / across, 1.6 / width)
    line = gap + (0.26 / side if len(labels) else 0)  # a line of text, whatever an image's size
    total = (across, rows * (height + line) - gap)
    ax = new_axes(ax, figsize=(side * total[0], side * total[1]))
    shades = np.rint(_SHADES * np.clip(images / full, -1, 1)).astype(int)
    for shade in range(-_SHADES, _SHADES + 1):
        squares = [
            ((k % columns) * (width + gap) + j, (k // columns) * (height + line) + i)
            for k, i, j in np.argwhere(shades == shade).tolist()
        ]
        if squares and shade:
            # One path a shade keeps the picture small.
            name = ("positive" if shade > 0 else "negative") if signed else "ink"
            ink = PathPatch(_squares(squares), facecolor=color(name), alpha=abs(shade) / _SHADES)
            ink.set_edgecolor("none")
            crisp(ink)
            ax.add_patch(ink)
    for k in range(count):
        left, top = (k % columns) * (width + gap), (k // columns) * (height + line)
        if signed:
            zero = Rectangle((left, top), width, height, facecolor=color("zero"), zorder=0.5)
            ax.add_patch(zero)  # below the pixels
        frame = Rectangle((left, top), width, height, fill=False, edgecolor=color("grid"))
        ax.add_patch(frame)
        if len(labels):
            middle = (left + width / 2, top + height + 0.06 / side)
            ax.text(*middle, f"${labels[k]}$", ha="center", va="top", fontsize=12)
    ax.set(xlim=(-0.1, total[0] + 0.1), ylim=(total[1] + 0.1, -0.1), aspect="equal")
    ax.axis("off")
    return ax


def plot_lamps(
    active: ArrayLike,
    *,
    nodes: Sequence[str] = (),
    samples: Sequence[str] = (),
    x: str = "$t$",
    ax: Axes | None = None,
) -> Axes:
    r"""Draw a lamp for each node and sample at each step: lit where the node is active.

    Where a node is dark for every sample it is dead: its column is tinted in the loss's color.

    Parameters
    ----------
    active : boolean array (steps, n, nodes)
        Whether the node's pre-activation was positive; step by step, sample by sample.
    nodes : sequence of str
        Symbols of the nodes; :math:`a_1, a_2, \dots` if left out.
    samples : sequence of str
        Symbols of the samples; :math:`x_1, x_2, \dots` if left out.
    x : str
        Symbol of the step.
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
    >>> X, path = nnlib.datasets.dosage().X, np.random.default_rng(0).normal(size=(10, 1, 2))
    >>> ax = plots.plot_lamps(np.array([X @ W > 0 for W in path]))
    """
    lit = real_array("active", active)
    if lit.dtype.kind != "b":
        raise TypeError(f"active must be an array of booleans, got dtype {lit.dtype}")
    if lit.ndim != 3:
        raise ValueError(f"active must have shape (steps, n, nodes), got {lit.shape}")
    steps, n, width = lit.shape
    node_labels = list(nodes) or [f"$a_{{{k + 1}}}$" for k in range(width)]
    sample_labels = list(samples) or [f"$x_{{{i + 1}}}$" for i in range(n)]
    for name, labels, count in (("nodes", node_labels, width), ("samples", sample_labels, n)):
        if len(labels) != count:
            raise ValueError(f"{name}: expected {count} labels, got {len(labels)}")
    row = np.arange(width)[:, np.newaxis] * (n + 0.7) + np.arange(n)  # (nodes, n), from the top
    ax = new_axes(ax, figsize=(5.6, 0.3 * (row[-1, -1] + 1) + 0.6))
    size = min(14.0, 260 / steps)
    for k in range(width):
        for t in np.flatnonzero(~lit[:, :, k].any(axis=1)):
            dead = Rectangle((t - 0.5, row[k, 0] - 0.5), 1, n, facecolor=color("loss"), alpha=0.16)
            dead.set_edgecolor("none")
            ax.add_patch(dead)
        for state, face in ((True, color("activation")), (False, color("background"))):
            step, sample = np.nonzero(lit[:, :, k] == state)
            lamps = ax.plot(step, row[k][sample], "o", markersize=size, markeredgewidth=1.1)[0]
            lamps.set(markerfacecolor=face, markeredgecolor=color("activation"))
        ax.annotate(
            node_labels[k],
            (0, float(row[k].mean())),
            xycoords=("axes fraction", "data"),
            xytext=(-42, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=15,
            color=color("activation"),
        )
    ax.set(xlim=(-0.6, steps - 0.4), ylim=(row[-1, -1] + 0.7, -0.7))
    ax.set_yticks(row.ravel(), sample_labels * width)
    ax.tick_params(axis="y", length=0, labelsize=12, labelcolor=color("input"))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.spines["left"].set_visible(False)
    return label_axes(ax, x)


def plot_bars(
    values: ArrayLike,
    labels: Sequence[str],
    *,
    log: bool = False,
    texts: Sequence[str] = (),
    shade: str = "prediction",
    ax: Axes | None = None,
) -> Axes:
    r"""Draw numbers as horizontal bars, each with its number at its end.

    Parameters
    ----------
    values : array (k,)
        Not negative; positive on a logarithmic scale.
    labels : sequence of str
        Symbols or names in code, one per bar.
    log : bool
        Whether lengths are logarithmic, starting at 1.
    texts : sequence of str
        The texts at the ends; by default the numbers themselves.
    shade : str
        Name for `color`.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, or the labels or texts are not one per bar.

    Examples
    --------
    >>> ax = plots.plot_bars([150_529_000, 1_792], ["$W$", r"$3 \times 3$"], log=True)
    """
    values = float_array("values", values, ndim=1, finite=True)
    if values.min() < 0 or (log and values.min() < 1):
        raise ValueError(f"values must be at least {int(log)}, got {values.min()}")
    ends = list(texts) or [_number(value) for value in values]
    for name, given in (("labels", labels), ("texts", ends)):
        if len(given) != len(values):
            raise ValueError(f"{name}: expected one per bar ({len(values)}), got {len(given)}")
    ax = new_axes(ax, figsize=(5.6, 0.4 * len(values) + 0.3))
    heights = np.arange(len(values))
    start = 1 if log else 0
    ax.barh(heights, values - start, left=start, height=0.55, color=color(shade))
    if log:
        ax.set_xscale("log")
    for height, value, text in zip(heights, values, ends, strict=True):
        ax.annotate(
            text,
            (value, height),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set_yticks(heights, labels)
    ax.set(ylim=(len(values) - 0.4, -0.6), xlim=(start, values.max() * (1.02 if not log else 1.1)))
    ax.tick_params(axis="y", length=0, labelsize=13, labelcolor=color("ink"))
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", bottom=False, which="both", labelbottom=False)
    return ax


def _number(value: float) -> str:
    if value == int(value):
        return "$" + f"{int(value):,}".replace(",", "{,}") + "$"
    return f"${value:.3g}$"


def _cell_labels(name: str, labels: str | Sequence[str], count: int) -> list[str]:
    if isinstance(labels, str):
        return [f"${labels}_{{{i + 1}}}$" for i in range(count)]
    if len(labels) != count:
        raise ValueError(f"{name}: expected {count} labels, got {len(labels)}")
    return list(labels)


def _squares(corners: list[tuple[float, float]]) -> Path:
    square: FloatArray = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], dtype=float)
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    points = np.array(corners)[:, np.newaxis] + square
    return Path(points.reshape(-1, 2), np.tile(codes, len(corners)))
