"""Pictures of the plane: contours of a loss, labelled points, and the regions of a classifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike

from nnlib._targets import class_labels
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import float_array, function, positive_int
from nnlib.networks import Sequential
from nnlib.plots.curves import check_range
from nnlib.plots.style import (
    CLASS_COLORS,
    around,
    code,
    color,
    label_axes,
    marker,
    new_axes,
)

Classifier = Sequential | Callable[[FloatArray], ArrayLike]
"""A model, or a function of points (m, 2); see `plot_decision_regions`."""

_POINT = {"markersize": 6.5, "markeredgecolor": color("background"), "markeredgewidth": 0.7}


def plot_contour(
    f: Callable[[FloatArray], float],
    xlim: tuple[float, float],
    ylim: tuple[float, float],
    *,
    path: ArrayLike | None = None,
    levels: int = 12,
    x: str = "$w$",
    y: str = "$b$",
    ax: Axes | None = None,
) -> Axes:
    """Draw the contours of a function of two variables, and a path over them.

    The levels are closer where the function is low: on a bowl, the rings are equally far apart.

    Parameters
    ----------
    f : function of a point (2,)
        Gives a number, such as the loss at (w, b).
    xlim, ylim : (float, float)
        From where to where.
    path : array (steps + 1, 2), optional
        Points to join by arrows, such as `Descent.points`; the first is drawn hollow.
    levels : int
        Number of contours.
    x, y : str
        Symbols on the axes.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape, or `f` gives no finite number somewhere.

    Examples
    --------
    >>> bowl = lambda theta: theta @ theta
    >>> descent = nnlib.gradient_descent(lambda theta: 2 * theta, [2.0, -1.0], lr=0.1)
    >>> ax = plots.plot_contour(bowl, (-3, 3), (-3, 3), path=descent.points)
    """
    function("f", f)
    xlim, ylim = check_range("xlim", xlim), check_range("ylim", ylim)
    levels = positive_int("levels", levels)
    columns, rows = np.linspace(*xlim, 81), np.linspace(*ylim, 81)
    values = [[f(np.array([column, row])) for column in columns] for row in rows]
    heights = float_array("f(point)", np.array(values, dtype=float), ndim=2, finite=True)
    points = None if path is None else float_array("path", path, ndim=2, finite=True)
    if points is not None and points.shape[1] != 2:
        raise ValueError(f"path must have shape (steps + 1, 2), got {points.shape}")
    ax = new_axes(ax, figsize=(4.8, 4.4))
    low, high = float(heights.min()), float(heights.max())
    if high > low:
        # The odd factor keeps the levels off the values at grid points, where the last digit of
        # the arithmetic would decide on which side a ring passes.
        rings = low + 0.9937 * (high - low) * np.linspace(0, 1, levels + 2)[1:-1] ** 2
        style: dict[str, Any] = {"colors": color("loss"), "linewidths": 0.9, "alpha": 0.5}
        _settle(ax.contour(columns, rows, heights, rings, **style))
    ax.set(xlim=xlim, ylim=ylim)
    if points is not None:
        _draw_path(ax, points)
    return label_axes(ax, x, y)


def plot_classes(
    X: ArrayLike,
    labels: ArrayLike,
    *,
    class_names: Sequence[str] = (),
    x: str = "$x_1$",
    y: str = "$x_2$",
    ax: Axes | None = None,
) -> Axes:
    """Draw points in the plane, with a color and a marker for each class.

    Parameters
    ----------
    X : array (n, 2)
    labels : integer array (n,)
        From 0 to 9.
    class_names : sequence of str
        Names for the key above the plot, such as `Dataset.class_names`; no key if left out.
    x, y : str
        Symbols on the axes.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape, or there are fewer names than classes.

    Examples
    --------
    >>> iris = nnlib.datasets.iris()
    >>> ax = plots.plot_classes(iris.X[:, [3, 1]], iris.y, class_names=iris.class_names)
    """
    X, labels = labelled_points(X, labels)
    num_classes = int(labels.max()) + 1
    if class_names and len(class_names) < num_classes:
        raise ValueError(
            f"class_names: expected one per class ({num_classes}), got {len(class_names)}"
        )
    ax = new_axes(ax, figsize=(5.6, 4.2))
    for k in range(max(num_classes, len(class_names))):
        ax.plot(*X[labels == k].T, **marker(k, **_POINT))
    if class_names:
        handles = [
            Line2D([], [], label=code(name), **marker(k, **_POINT))
            for k, name in enumerate(class_names)
        ]
        ax.legend(
            handles=handles,
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=len(handles),
            handletextpad=0.1,
            columnspacing=1.2,
            borderaxespad=0.2,
        )
    return label_axes(ax, x, y)


def plot_decision_regions(
    classifier: Classifier,
    X: ArrayLike,
    labels: ArrayLike,
    *,
    class_names: Sequence[str] = (),
    xlim: tuple[float, float] | None = None,
    ylim: tuple[float, float] | None = None,
    x: str = "$x_1$",
    y: str = "$x_2$",
    ax: Axes | None = None,
) -> Axes:
    """Tint the plane by what a classifier answers, and draw the points over it.

    Parameters
    ----------
    classifier : Sequential, or function of points (m, 2)
        Gives scores (m, K), of which the largest decides; or one score (m, 1) or (m,), such as a
        logit, whose sign decides between class 0 and class 1; or integer labels (m,).
    X : array (n, 2)
    labels : integer array (n,)
        From 0 to 9.
    class_names : sequence of str
        Names for the key above the plot, such as `Dataset.class_names`; no key if left out.
    xlim, ylim : (float, float), optional
        From where to where; by default a little wider than the points.
    x, y : str
        Symbols on the axes.
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
    >>> iris = nnlib.datasets.iris()
    >>> X, model = iris.X[:, [3, 1]], nnlib.mlp([2, 2, 3], rng=0)
    >>> ax = plots.plot_decision_regions(model, X, iris.y, class_names=iris.class_names)
    """
    X, labels = labelled_points(X, labels)
    xlim, ylim = limits(X, xlim, ylim)
    columns, rows = np.linspace(*xlim, 161), np.linspace(*ylim, 121)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1)
    leads = _leads(classifier, grid.reshape(-1, 2)).T.reshape(-1, *grid.shape[:2])
    ax = plot_classes(X, labels, class_names=class_names, x=x, y=y, ax=ax)
    for k, lead in enumerate(leads):
        if lead.max() > 0:
            ax.contourf(
                columns, rows, lead, [0, np.inf], colors=CLASS_COLORS[k], alpha=0.2, zorder=0
            )
        if lead.min() < 0 < lead.max():
            style: dict[str, Any] = {"colors": color("muted"), "linewidths": 0.8, "zorder": 0.5}
            _settle(ax.contour(columns, rows, lead, [0], **style))
    ax.set(xlim=xlim, ylim=ylim)
    return ax


def limits(
    X: FloatArray, xlim: tuple[float, float] | None, ylim: tuple[float, float] | None
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ranges to show: those that were asked for, or what surrounds the points."""
    return (
        around(X[:, 0]) if xlim is None else check_range("xlim", xlim),
        around(X[:, 1]) if ylim is None else check_range("ylim", ylim),
    )


def _leads(classifier: Classifier, points: FloatArray) -> FloatArray:
    """By how much each class (m, K) is ahead of the best of the others: positive where it wins."""
    if isinstance(classifier, Sequential):
        scores: Any = classifier.predict(points)
    else:
        function("classifier", classifier)
        scores = np.asarray(classifier(points))
    m = len(points)
    if scores.dtype.kind in "iu" and scores.shape == (m,):
        scores = np.eye(int(scores.max()) + 1)[scores]
    scores = float_array("classifier(points)", scores, finite=True)
    if scores.shape in ((m,), (m, 1)):
        scores = np.column_stack([-scores.ravel(), scores.ravel()])
    if scores.ndim != 2 or len(scores) != m or scores.shape[1] > len(CLASS_COLORS):
        raise ValueError(
            f"classifier must give scores ({m}, K) with K up to {len(CLASS_COLORS)}, ({m}, 1) or "
            f"labels ({m},) for {m} points, got {scores.shape}"
        )
    best = np.sort(scores, axis=1)[:, -2:]
    others = np.where(scores == best[:, 1:], best[:, :1], best[:, 1:])
    # Rounded, so that a lead of exactly zero is zero on every machine.
    leads: FloatArray = np.round(scores - others, 9)
    return leads


def _settle(contours: QuadContourSet) -> None:
    """Draw every ring as a plain line of all its points.

    Whether matplotlib marks a ring as closed, and so whether it leaves out points, hangs on the
    last digit of its first and last point.
    """
    paths = []
    for path in contours.get_paths():
        codes = None if path.codes is None else np.minimum(path.codes, Path.LINETO)
        paths.append(Path(path.vertices, codes))
        paths[-1].should_simplify = False
    contours.set_paths(paths)


def labelled_points(X: ArrayLike, labels: ArrayLike) -> tuple[FloatArray, IntArray]:
    """Check points of the plane and their classes."""
    X = float_array("X", X, ndim=2, finite=True)
    if X.shape[1] != 2:
        raise ValueError(f"X must have shape (n, 2), got {X.shape}")
    labels = class_labels("labels", labels, len(CLASS_COLORS))
    if len(labels) != len(X):
        raise ValueError(f"labels must have shape ({len(X)},), got {labels.shape}")
    return X, labels


def _draw_path(ax: Axes, path: FloatArray) -> None:
    """Join the points, with arrowheads while there are few; the start is hollow."""
    shade = color("gradient")
    ax.plot(*path.T, color=shade, linewidth=1.4, zorder=2.5)
    reach = np.array([np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())])
    if len(path) <= 31:
        ax.plot(*path[1:-1].T, "o", color=shade, markersize=3.5, zorder=2.5)
        for start, stop in pairwise(path):
            if np.hypot(*((stop - start) / reach)) > 0.04:  # else the head would hide the step
                arrow = FancyArrowPatch(
                    (start[0], start[1]),
                    (stop[0], stop[1]),
                    arrowstyle="-|>",
                    mutation_scale=11,
                    shrinkA=0,
                    shrinkB=0,
                )
                arrow.set(color=shade, linewidth=0, zorder=2.5)
                ax.add_patch(arrow)
    first = ax.plot(*path[0], "o", markersize=8, markeredgewidth=1.8, zorder=3)[0]
    first.set(markerfacecolor=color("background"), markeredgecolor=shade)
    ax.plot(*path[-1], "o", markersize=8, color=shade, zorder=3)
