"""The picture of a question (`nnbook.questions.picture`), by matplotlib."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnbook.questions.picture import Layer, Panel
from nnlib.plots.style import CLASS_MARKERS, LINE_STYLES, color

WIDE, HIGH, ROW = 2.9, 2.1, 2
"""Of a panel in inches, and how many stand side by side."""


def draw(panels: Sequence[Panel]) -> Figure:
    """Draw the panels, two in a row."""
    columns = min(ROW, len(panels))
    rows = -(-len(panels) // columns)
    size = (5.6, 3.2) if len(panels) == 1 else (WIDE * columns, HIGH * rows)
    figure, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    for ax in axes.ravel()[len(panels) :]:
        ax.axis("off")
    for panel, ax in zip(panels, axes.ravel(), strict=False):
        _draw_panel(panel, ax)
    return figure


def _draw_panel(panel: Panel, ax: Axes) -> None:
    x, y = panel.x, panel.y
    ax.set(xscale="log" if x.log else "linear", yscale="log" if y.log else "linear")
    ax.set(xlim=(x.low, x.high), ylim=(y.low, y.high), title=panel.name)
    if panel.bare:
        ax.set_aspect("equal")
        ax.axis("off")
    for label, axis in ((ax.set_xlabel, x), (ax.set_ylabel, y)):
        label(f"${axis.symbol}$" if axis.symbol else "")
    if x.ticks:
        ax.set_xticks(list(x.ticks))
    if y.ticks:
        ax.set_yticks(list(y.ticks))
    count: dict[str, int] = {}
    for layer in panel.layers:
        nth = count[layer.form] = count.get(layer.form, -1) + 1
        _FORMS[layer.form](ax, layer, nth)
        if layer.name:
            inside = [one for one in layer.at if y.low <= one[1] <= y.high] or layer.at
            shift: dict[str, Any] = {"xytext": (5, 0), "textcoords": "offset points"}
            ax.annotate(f"${layer.name}$", inside[-1], color=color(layer.color), **shift)


def _curve(ax: Axes, layer: Layer, nth: int) -> None:
    style = LINE_STYLES[nth % len(LINE_STYLES)]
    ax.plot(*zip(*layer.at, strict=True), color=color(layer.color), linestyle=style)


def _points(ax: Axes, layer: Layer, nth: int) -> None:
    marker = CLASS_MARKERS[nth % len(CLASS_MARKERS)]
    ax.plot(*zip(*layer.at, strict=True), marker, color=color(layer.color), markersize=6)


def _bars(ax: Axes, layer: Layer, nth: int) -> None:
    places, heights = zip(*layer.at, strict=True)
    ax.bar(places, heights, width=0.7, color=color(layer.color))


def _walk(ax: Axes, layer: Layer, nth: int) -> None:
    look = {"arrowstyle": "-|>", "color": color(layer.color), "shrinkA": 0, "shrinkB": 0}
    for place, then in zip(layer.at, layer.at[1:], strict=False):
        ax.annotate("", then, place, arrowprops=look)
    ax.plot(*zip(*layer.at, strict=True), "o", color=color(layer.color), markersize=3)
    ax.plot(*layer.at[0], "o", color=color(layer.color), markersize=7)


def _cells(ax: Axes, layer: Layer, nth: int) -> None:
    for x, y in layer.at:
        corner = (x - 0.5, y - 0.5)
        ax.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor=color("grid")))
    _texts(ax, layer, nth)


def _texts(ax: Axes, layer: Layer, nth: int) -> None:
    for place, text in zip(layer.at, layer.texts, strict=True):
        ax.text(*place, f"${text}$", ha="center", va="center", color=color(layer.color))


_FORMS: dict[str, Callable[[Axes, Layer, int], None]] = {
    "curve": _curve,
    "points": _points,
    "bars": _bars,
    "walk": _walk,
    "cells": _cells,
    "texts": _texts,
}
