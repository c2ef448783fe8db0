"""The outputs of a ReLU network with two inputs: surfaces of flat pieces, folded along lines.

Inside a piece no hidden neuron switches, so each output is a plane there. All that is drawn here
is cut out of a rectangle by straight lines: exact, and a handful of polygons.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import integer, positive
from nnlib.layers import LeakyReLU, Linear, ReLU
from nnlib.networks import Sequential
from nnlib.plots.regions import labelled_points, limits
from nnlib.plots.style import CLASS_COLORS, color, crisp, halo, label_axes, marker, new_axes

_TURN, _TILT = np.deg2rad([-32, 24])
"""From where a surface is seen: turned about the vertical, and from above."""

_POINT = {"markersize": 4, "markeredgewidth": 0.8, "zorder": 3}


def plot_output(
    model: Sequential,
    output: int,
    X: ArrayLike,
    labels: ArrayLike,
    *,
    xlim: tuple[float, float] | None = None,
    ylim: tuple[float, float] | None = None,
    step: float = 0.2,
    x: str = "$x_1$",
    y: str = "$x_2$",
    ax: Axes | None = None,
) -> Axes:
    """Map one output of a network with two inputs: height lines, and dashed folds.

    Height lines are at odd multiples of half a step: at 0.1, 0.3, 0.5, ... for a step of 0.2.
    The tint grows with the height; there is none below the first of these lines.

    Parameters
    ----------
    model : Sequential
        Linear, ReLU or LeakyReLU, Linear.
    output : int
        Which output, counting from 0; it decides the color.
    X : array (n, 2)
    labels : integer array (n,)
        From 0 to 9. Samples of class `output` are drawn full, the others hollow.
    xlim, ylim : (float, float), optional
        From where to where; by default a little wider than the points.
    step : float
        Difference in height from one line to the next.
    x, y : str
        Symbols on the axes.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape, or the model of another form.

    Examples
    --------
    >>> iris = nnlib.datasets.iris()
    >>> X, model = iris.X[:, [3, 1]], nnlib.mlp([2, 2, 3], rng=0)
    >>> ax = plots.plot_output(model, 1, X, iris.y)
    """
    X, labels = labelled_points(X, labels)
    xlim, ylim = limits(X, xlim, ylim)
    pieces = flat_pieces(model, output, xlim, ylim)
    step = positive("step", step)
    ax = new_axes(ax, figsize=(4.8, 4.0))
    ax.set(xlim=xlim, ylim=ylim)
    top = max(float(height.max()) for _, height in pieces)
    lines: dict[int, list[FloatArray]] = {}
    for corners, height in pieces:
        surface = np.column_stack([corners, height])
        first, last = np.floor(np.array([height.min(), height.max()]) / step - 0.5).astype(int)
        for band in range(first, last + 1):
            level = (band + 0.5) * step
            part, line = cut(surface, surface[:, 2] - level)
            part, _ = cut(part, level + step - part[:, 2])
            if band >= 0 and len(part) > 2:
                strength = 0.6 * min(1, (level + step / 2) / top)
                tint = Polygon(part[:, :2], facecolor=CLASS_COLORS[output], alpha=strength)
                tint.set(edgecolor="none", zorder=0)
                crisp(tint)
                ax.add_patch(tint)
            if len(line) == 2:
                ax.plot(*line[:, :2].T, color=color("muted"), linewidth=0.9, zorder=1)
                lines.setdefault(band, []).append(line[:, :2])
    for fold in folds(model, xlim, ylim):
        ax.plot(*fold.T, color=color("ink"), linewidth=1.4, linestyle=(0, (5, 2)), zorder=1.5)
    for k in np.unique(labels):
        face = CLASS_COLORS[k] if k == output else color("background")
        ax.plot(*X[labels == k].T, **marker(k, **_POINT, markerfacecolor=face))
    for band, segments in lines.items():
        # Near the upper end of the longest segment, above most points; rounded, so that no last
        # digit decides.
        longest = max(segments, key=lambda ends: round(float(np.ptp(ends, axis=0).sum()), 6))
        lower, upper = longest[np.argsort(longest[:, 1])]
        place = lower + 0.87 * (upper - lower)
        ax.text(
            float(place[0]),
            float(place[1]),
            f"${(band + 0.5) * step:z.3g}$",
            ha="center",
            va="center",
            fontsize=9,
            path_effects=halo(),
        )
    return label_axes(ax, x, y)


def plot_surface(
    model: Sequential,
    output: int,
    X: ArrayLike,
    labels: ArrayLike,
    *,
    xlim: tuple[float, float] | None = None,
    ylim: tuple[float, float] | None = None,
    x: str = "$x_1$",
    y: str = "$x_2$",
    z: str = "$z$",
    ax: Axes | None = None,
) -> Axes:
    """Draw one output of a network with two inputs as a surface in space, seen from above.

    The samples are drawn where they should end: at height 1 those of class `output`, which are
    full, at height 0 the others, which are hollow.

    Parameters
    ----------
    model : Sequential
        Linear, ReLU or LeakyReLU, Linear.
    output : int
        Which output, counting from 0; it decides the color.
    X : array (n, 2)
    labels : integer array (n,)
        From 0 to 9.
    xlim, ylim : (float, float), optional
        From where to where; by default a little wider than the points.
    x, y, z : str
        Symbols on the axes.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape, or the model of another form.

    Examples
    --------
    >>> iris = nnlib.datasets.iris()
    >>> X, model = iris.X[:, [3, 1]], nnlib.mlp([2, 2, 3], rng=0)
    >>> ax = plots.plot_surface(model, 1, X, iris.y)
    """
    X, labels = labelled_points(X, labels)
    xlim, ylim = limits(X, xlim, ylim)
    pieces = flat_pieces(model, output, xlim, ylim)
    ax = new_axes(ax, figsize=(4.4, 3.6))

    def see(points: FloatArray) -> FloatArray:
        return seen(points, xlim, ylim)

    _draw_box(ax, see, xlim, ylim, (x, y, z))
    shade = CLASS_COLORS[output]
    mesh = [(0, value) for value in np.linspace(*xlim, 9)[1:-1]]
    mesh += [(1, value) for value in np.linspace(*ylim, 9)[1:-1]]
    for corners, height in pieces:
        surface = np.column_stack([corners, height])
        ax.add_patch(Polygon(see(surface), facecolor=shade, alpha=0.2, edgecolor="none", zorder=1))
        ax.add_patch(Polygon(see(surface), fill=False, edgecolor=shade, linewidth=1.4, zorder=2))
        for column, value in mesh:
            line = cut(surface, surface[:, column] - value)[1]
            if len(line) == 2:
                ax.plot(*see(line).T, color=shade, linewidth=0.6, alpha=0.6, zorder=1)
    for k in np.unique(labels):
        points = X[labels == k]
        face = CLASS_COLORS[k] if k == output else color("background")
        target = np.full(len(points), float(k == output))
        ax.plot(
            *see(np.column_stack([points, target])).T, **marker(k, **_POINT, markerfacecolor=face)
        )
    # The same view for every output of the model, so that they can be compared.
    box = np.array([(a, b) for a in xlim for b in ylim])
    heights = np.concatenate([[0, 1], *(model.predict(piece).ravel() for piece, _ in pieces)])
    lowest, highest = float(heights.min()), float(heights.max())
    ends = np.concatenate([see(np.column_stack([box, [level] * 4])) for level in (lowest, highest)])
    ax.set(xlim=(ends[:, 0].min(), ends[:, 0].max()), ylim=(ends[:, 1].min(), ends[:, 1].max()))
    ax.axis("off")
    ax.set_aspect("equal")
    return ax


def seen(points: FloatArray, xlim: tuple[float, float], ylim: tuple[float, float]) -> FloatArray:
    """Points (m, 3) of the box, on the paper (m, 2)."""
    across = (points[:, 0] - xlim[0]) / (xlim[1] - xlim[0])
    away = (points[:, 1] - ylim[0]) / (ylim[1] - ylim[0])
    sideways = across * np.cos(_TURN) - away * np.sin(_TURN)
    depth = across * np.sin(_TURN) + away * np.cos(_TURN)
    return np.column_stack([sideways, depth * np.sin(_TILT) + 0.7 * points[:, 2] * np.cos(_TILT)])


def _draw_box(
    ax: Axes,
    see: Callable[[FloatArray], FloatArray],
    xlim: tuple[float, float],
    ylim: tuple[float, float],
    symbols: tuple[str, str, str],
) -> None:
    """The floor at height 0, and an upright axis up to height 1."""
    (left, right), (front, back) = xlim, ylim
    floor = [(left, front, 0), (right, front, 0), (right, back, 0), (left, back, 0)]
    upright = see(np.array([(left, back, 0), (left, back, 1)]))
    ax.add_patch(Polygon(see(np.array(floor)), facecolor=color("grid"), alpha=0.4, zorder=0))
    ax.plot(*upright.T, color=color("muted"), linewidth=0.8, zorder=0)
    middle = np.array([((left + right) / 2, front, 0), (right, (front + back) / 2, 0)])
    places = [*see(middle), upright[1], *upright]
    offsets = [(-6, -14), (12, -12), (0, 10), (-7, 0), (-7, 0)]
    for place, offset, text in zip(places, offsets, [*symbols, "$0$", "$1$"], strict=True):
        shade, size = (color("ink"), 13) if text in symbols else (color("muted"), 10)
        ax.annotate(
            text,
            (float(place[0]), float(place[1])),
            xytext=offset,
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=size,
            color=shade,
        )


def _hidden(model: Sequential) -> Linear:
    """The hidden layer, if the model is one of those whose outputs are surfaces of flat pieces."""
    layers = model.layers if isinstance(model, Sequential) else ()
    kinds = ((Linear,), (ReLU, LeakyReLU), (Linear,))
    if len(layers) == 3 and all(map(isinstance, layers, kinds)):
        hidden = layers[0]
        if isinstance(hidden, Linear) and len(hidden.weight.value) == 2:
            return hidden
    raise ValueError(f"model must be Linear with two inputs, ReLU, Linear, got {model!r}")


def flat_pieces(
    model: Sequential, output: int, xlim: tuple[float, float], ylim: tuple[float, float]
) -> list[tuple[FloatArray, FloatArray]]:
    """The flat pieces: corners (m, 2) and the heights there (m,)."""
    hidden = _hidden(model)
    rectangle = [(xlim[0], ylim[0]), (xlim[1], ylim[0]), (xlim[1], ylim[1]), (xlim[0], ylim[1])]
    pieces = [np.array(rectangle)]
    for weight, bias in zip(hidden.weight.value.T, hidden.bias.value, strict=True):
        sides = [sign * (piece @ weight + bias) for piece in pieces for sign in (1, -1)]
        doubled = [piece for piece in pieces for _ in (1, -1)]
        halves = [cut(piece, side)[0] for piece, side in zip(doubled, sides, strict=True)]
        pieces = [half for half in halves if len(half) > 2]
    outputs = model.predict(pieces[0]).shape[1]
    if integer("output", output) not in range(min(outputs, len(CLASS_COLORS))):
        raise ValueError(f"output must be from 0 to {outputs - 1}, got {output}")
    return [(piece, model.predict(piece)[:, output]) for piece in pieces]


def folds(
    model: Sequential, xlim: tuple[float, float], ylim: tuple[float, float]
) -> list[FloatArray]:
    """Where each hidden neuron switches inside the rectangle: segments (2, 2)."""
    rectangle = np.array(
        [(xlim[0], ylim[0]), (xlim[1], ylim[0]), (xlim[1], ylim[1]), (xlim[0], ylim[1])]
    )
    hidden = _hidden(model)
    pairs = zip(hidden.weight.value.T, hidden.bias.value, strict=True)
    found = [cut(rectangle, rectangle @ weight + bias)[1] for weight, bias in pairs]
    return [fold for fold in found if len(fold) == 2]


def cut(polygon: FloatArray, side: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The part of a convex polygon (m, d) where `side` (m,) is positive, and the line of the cut.

    `side` is a linear function of the points, given at the corners. Both results are empty where
    there is nothing; a touch is no cut.
    """
    part, line = [], []
    side = np.where(np.abs(side) < 1e-9, 0.0, side)
    for i in range(len(polygon)):
        here, there = side[i - 1], side[i]
        if here * there < 0:
            crossing = polygon[i - 1] + here / (here - there) * (polygon[i] - polygon[i - 1])
            part.append(crossing)
            line.append(crossing)
        if there >= 0:
            part.append(polygon[i])
        if there == 0:
            line.append(polygon[i])
    d = polygon.shape[1]
    inside = len(side) > 0 and side.max() > 0
    through = inside and side.min() < 0
    return (
        np.array(part if inside else []).reshape(-1, d),
        np.array(line if through else []).reshape(-1, d),
    )
