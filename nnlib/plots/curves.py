"""Curves: activations, fits, residuals, losses, and functions of one variable in general."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import (
    float_array,
    one_of,
    positive,
    real_number,
    same_shape,
)
from nnlib.activations import ACTIVATIONS, Activation
from nnlib.networks import Sequential
from nnlib.plots.style import (
    CLASS_COLORS,
    LINE_STYLES,
    LineEnd,
    code,
    color,
    label_axes,
    label_ends,
    line_end,
    new_axes,
)
from nnlib.train import History

Curve = Sequential | Callable[[FloatArray], ArrayLike]
"""A model with one input and one output, or a function of an array (m,)."""


def plot_curves(
    curves: dict[str, Curve],
    xlim: tuple[float, float],
    *,
    colors: Sequence[str] | None = None,
    x: str = "$x$",
    y: str = "",
    ax: Axes | None = None,
) -> Axes:
    r"""Draw functions of one variable, each with its label at its right end.

    Parameters
    ----------
    curves : dict
        Label (a symbol such as `r"$\hat y$"`, or "" for none) -> function of an array (m,), or a
        Sequential with one input and one output.
    xlim : (float, float)
        From where to where.
    colors : sequence of str, optional
        Names for `color`, one per curve. By default the colors of the classes.
    x, y : str
        Symbols on the axes.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or shape, or no `color` has such a name.

    Examples
    --------
    >>> ax = plots.plot_curves({r"$-\ln p$": lambda p: -np.log(p)}, (0.01, 1), x="$p$", y="$L$")
    """
    low, high = check_range("xlim", xlim)
    if not curves:
        raise ValueError("curves must not be empty")
    shades = CLASS_COLORS if colors is None else [color(name) for name in colors]
    if len(shades) < len(curves):
        raise ValueError(f"colors: expected one color per curve ({len(curves)}), got {len(shades)}")
    grid = np.linspace(low, high, 401)
    values = [evaluate(f"curves[{label!r}]", curve, grid) for label, curve in curves.items()]
    ax = new_axes(ax)
    ends: list[LineEnd] = []
    for i, (label, curve_values) in enumerate(zip(curves, values, strict=True)):
        ax.plot(grid, curve_values, color=shades[i], linestyle=LINE_STYLES[i % len(LINE_STYLES)])
        ends += line_end(grid, curve_values, label, shades[i])
    ax.set_xlim(low, high)
    label_axes(ax, x, y)
    label_ends(ax, ends)
    return ax


def plot_activation(
    *activations: str | Activation,
    zlim: tuple[float, float] = (-6, 6),
    derivative: bool = True,
    saturation: float | None = 0.01,
    ax: Axes | None = None,
) -> Axes:
    """Draw activation functions; a single one with its derivative, and where it saturates.

    Parameters
    ----------
    *activations : str or Activation
        Names such as `"relu"`, or Activations. Several are drawn in one plot, by name, without
        derivatives.
    zlim : (float, float)
        From where to where.
    derivative : bool
        Whether to draw the derivative of a single activation (dashed). Where it jumps, a full dot
        marks its value and an empty one the limit from the other side.
    saturation : float or None
        Shade the ends of a single activation where its slope is smaller than this.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, or there is no such activation.

    Examples
    --------
    >>> ax = plots.plot_activation("sigmoid")
    >>> ax = plots.plot_activation("relu", "softplus", zlim=(-4, 4))
    """
    low, high = check_range("zlim", zlim)
    chosen = [_activation(activation) for activation in activations]
    if not chosen:
        raise ValueError("activations must not be empty")
    if saturation is not None:
        positive("saturation", saturation)
    if len(chosen) > 1:
        functions: dict[str, Curve] = {code(one.name): one.function for one in chosen}
        ax = plot_curves(functions, (low, high), x="$z$", y="$f(z)$", ax=ax)
        _zero_lines(ax)
        return ax
    ax = new_axes(ax)
    grid = np.union1d(np.linspace(low, high, 401), [0.0] if low < 0 < high else [])
    f, slope = chosen[0].function(grid), chosen[0].derivative(grid)
    ax.plot(grid, f, color=color("activation"))
    ends: list[LineEnd] = [(high, float(f[-1]), "$f$", color("activation"))]
    if derivative:
        _plot_with_jumps(ax, grid, slope)
        ends.append((high, float(slope[-1]), "$f'$", color("gradient")))
    ax.set_xlim(low, high)
    _zero_lines(ax)
    if saturation is not None:
        for start, stop in flat_ends(slope, saturation):
            ax.axvspan(grid[start], grid[stop], color=color("grid"), alpha=0.5, lw=0, zorder=0)
    label_axes(ax, "$z$", code(chosen[0].name))
    label_ends(ax, ends)
    return ax


def plot_loss(
    *losses: History | ArrayLike,
    labels: Sequence[str] = (),
    log: bool = False,
    x: str = "$t$",
    y: str = "$L$",
    ax: Axes | None = None,
) -> Axes:
    r"""Draw losses over the steps or epochs of a training.

    Parameters
    ----------
    *losses : History, or array (steps,)
        The first value is at step 0. A single History is drawn with its validation losses,
        if it has any. The losses of one without are those of its steps.
    labels : sequence of str
        Symbols or names of code at the right ends of the curves.
    log : bool
        Whether the scale of the loss is logarithmic; the loss must then be positive.
    x, y : str
        Symbols on the axes.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, or the labels are not one per curve, or a loss is not
        positive on a logarithmic scale.

    Examples
    --------
    >>> slow, fast = 0.9 ** np.arange(50), 0.5 ** np.arange(50)
    >>> ax = plots.plot_loss(slow, fast, labels=[r"$\eta = 0.01$", r"$\eta = 0.05$"], log=True)
    """
    series, names = [], list(labels)
    for i, one in enumerate(losses):
        values = one.losses or one.step_losses if isinstance(one, History) else one
        series.append(float_array(f"losses[{i}]", values, ndim=1))
    first = losses[0] if losses else None
    if len(losses) == 1 and isinstance(first, History) and first.losses and first.validation_losses:
        series.append(float_array("losses[0]", first.validation_losses, ndim=1))
        names = names or [code("losses"), code("validation_losses")]
    if not series:
        raise ValueError("losses must not be empty")
    if names and len(names) != len(series):
        raise ValueError(f"labels: expected one label per curve ({len(series)}), got {len(names)}")
    if log and not all((values > 0).all() for values in series):
        raise ValueError("losses must be positive on a logarithmic scale")
    ax = new_axes(ax)
    if log:
        ax.set_yscale("log")
    shades = [color("loss")] if len(series) == 1 else CLASS_COLORS
    ends: list[LineEnd] = []
    for i, values in enumerate(series):
        style = LINE_STYLES[i % len(LINE_STYLES)]
        line = ax.plot(np.arange(len(values)), values, color=shades[i], linestyle=style)[0]
        line.set_clip_on(False)
        if len(values) <= 30:
            line.set(marker="o", markersize=4.5)
        ends += line_end(np.arange(len(values)), values, names[i] if names else "", shades[i])
    if not log:
        ax.set_ylim(bottom=min([0.0, *(float(np.nanmin(values)) for values in series)]))
    ax.set_xlim(0, max(1, *(len(values) - 1 for values in series)))
    label_axes(ax, x, y)
    label_ends(ax, ends)
    return ax


def evaluate(name: str, curve: Curve, x: FloatArray) -> FloatArray:
    """Values (m,) of a curve at x (m,), whether it is a model or a function."""
    if isinstance(curve, Sequential):
        output = curve.predict(x[:, np.newaxis])
        if output.shape != (len(x), 1):
            raise ValueError(f"{name} must have one output, got {output.shape[1]}")
        return output[:, 0]
    if not callable(curve):
        raise TypeError(f"{name} must be a Sequential or a function, got {curve!r}")
    values = float_array(f"{name}(x)", curve(x))
    same_shape(f"{name}(x)", values, "x", x)
    return values


def check_range(name: str, limits: tuple[float, float]) -> tuple[float, float]:
    """A pair of finite numbers, the smaller first."""
    try:
        low, high = limits
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be a pair of numbers, got {limits!r}") from None
    low, high = real_number(f"{name}[0]", low), real_number(f"{name}[1]", high)
    if low >= high:
        raise ValueError(f"{name} must be increasing, got {limits!r}")
    return low, high


def _activation(activation: str | Activation) -> Activation:
    if isinstance(activation, Activation):
        return activation
    if not isinstance(activation, str):
        raise TypeError(f"activations must be names or Activations, got {activation!r}")
    return ACTIVATIONS[one_of("activations", activation, ACTIVATIONS)]


def _zero_lines(ax: Axes) -> None:
    ax.axhline(0, color=color("grid"), linewidth=0.8, zorder=0.5)
    ax.axvline(0, color=color("grid"), linewidth=0.8, zorder=0.5)


def _plot_with_jumps(ax: Axes, z: FloatArray, slope: FloatArray) -> None:
    """Draw the derivative dashed, broken where it jumps, with a full dot at its value there."""
    style: dict[str, Any] = {"color": color("gradient"), "linestyle": LINE_STYLES[1]}
    jumps = np.flatnonzero(np.abs(np.diff(slope)) > 0.5)
    for piece_z, piece in zip(np.split(z, jumps + 1), np.split(slope, jumps + 1), strict=True):
        ax.plot(piece_z, piece, **style)
    for jump in jumps:
        dot: dict[str, Any] = {"marker": "o", "markersize": 6, "markeredgecolor": style["color"]}
        ax.plot(z[jump], slope[jump], **dot, markerfacecolor=style["color"])
        ax.plot(z[jump], slope[jump + 1], **dot, markerfacecolor=color("background"))


def flat_ends(slope: FloatArray, saturation: float) -> list[tuple[int, int]]:
    """First and last index of each stretch with small slopes that reaches an end of the curve.

    A curve is level where it turns, too, but does not saturate there.
    """
    steep = np.flatnonzero(np.abs(slope) >= saturation)
    last = len(slope) - 1
    if len(steep) == 0:
        return [(0, last)]
    ends = [(0, int(steep[0]) - 1), (int(steep[-1]) + 1, last)]
    return [(start, stop) for start, stop in ends if start <= stop]
