"""What a network diagram is made of: circles, arrows, labels, and where they go.

Lengths are inches of the figure, so that circles and letters keep their proportion.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch

from nnlib._typing import FloatArray
from nnlib.activations import Activation
from nnlib.layers import Linear
from nnlib.networks import Sequential
from nnlib.plots.style import color

Point = tuple[float, float]


class Edge(NamedTuple):
    """The edge of one weight, from circle to circle."""

    layer: int
    source: int
    target: int
    start: Point
    stop: Point


def role_of(layer: int, depth: int) -> str:
    """Name the token of a column."""
    return {0: "input", depth - 1: "prediction"}.get(layer, "activation")


def edges_between(centers: list[dict[int, Point]], radius: float) -> Iterator[Edge]:
    """Join each unit to all of the next column."""
    for layer, (left, right) in enumerate(pairwise(centers)):
        for source, p in left.items():
            for target, q in right.items():
                along = np.subtract(q, p) / np.hypot(*np.subtract(q, p))
                start, stop = np.add(p, radius * along), np.subtract(q, radius * along)
                yield Edge(layer, source, target, (start[0], start[1]), (stop[0], stop[1]))


def draw_edges(
    ax: Axes, edges: list[Edge], model: Sequential | None, texts: dict[tuple[int, int, int], str]
) -> None:
    """Draw the edges: with texts, in gray; without, wide as a model's weights, dashed below 0."""
    linear = [one for one in model.layers if isinstance(one, Linear)] if model else []
    few = len(edges) <= 12
    for edge in edges:
        style: dict[str, Any] = {"color": color("muted"), "linewidth": 1.1}
        if linear and not texts:
            weight = linear[edge.layer].weight.value
            value, largest = weight[edge.source, edge.target], np.abs(weight).max()
            strength = float(abs(value) / largest) if largest else 0.0
            style.update(color=color("weight"), linestyle="-" if value >= 0 else (0, (5, 2)))
            style.update(linewidth=0.6 + 2.4 * strength, alpha=0.4 + 0.6 * strength)
        elif not few:
            style.update(linewidth=0.5, alpha=0.6)
        if few:
            draw_arrow(ax, edge.start, edge.stop, **style)
        else:
            ax.plot(*zip(edge.start, edge.stop, strict=True), solid_capstyle="butt", **style)
    if texts:
        for edge, place in zip(edges, _label_places(edges), strict=True):
            text = texts[edge.layer, edge.source, edge.target]
            write(ax, place, text, color("weight"), 14, boxed=True)


def draw_arrow(ax: Axes, start: Point, stop: Point, **style: Any) -> None:
    """Draw an arrow that ends exactly at `stop`."""
    arrow = FancyArrowPatch(
        start, stop, arrowstyle="-|>", mutation_scale=10, shrinkA=0, shrinkB=0, **style
    )
    ax.add_patch(arrow)


def _label_places(edges: list[Edge]) -> list[Point]:
    """Choose a place on each edge for its label, far from the other edges and labels."""
    parts = np.linspace(0.2, 0.8, 25)
    places: list[Point] = []
    for edge in edges:
        spots = np.outer(1 - parts, edge.start) + np.outer(parts, edge.stop)
        others = [_distances(spots, other) for other in edges if other is not edge]
        labels = [np.hypot(*(spots - place).T) / 2 for place in places]
        room = np.min([*others, *labels, np.full(len(parts), 0.3)], axis=0)
        # Rounded, so that equally good places stay equal on every machine; the middle one wins.
        best = np.argmax(np.round(room - 0.05 * np.abs(parts - 0.5), 4))
        places.append((spots[best, 0], spots[best, 1]))
    return places


def _distances(spots: FloatArray, edge: Edge) -> FloatArray:
    """Measure how far each spot is from an edge."""
    a, ab = np.array(edge.start), np.subtract(edge.stop, edge.start)
    part = np.clip((spots - a) @ ab / (ab @ ab), 0, 1)
    distances: FloatArray = np.hypot(*(spots - a - np.outer(part, ab)).T)
    return distances


def draw_unit(ax: Axes, center: Point, radius: float, shade: str) -> None:
    """Draw the circle of a unit."""
    face = Circle(center, radius, facecolor=shade, alpha=0.1, edgecolor="none", zorder=2)
    rim = Circle(center, radius, fill=False, edgecolor=shade, linewidth=1.8, zorder=2)
    ax.add_patch(face)
    ax.add_patch(rim)


def draw_curve(ax: Axes, center: Point, radius: float, activation: Activation) -> None:
    """Draw the activation's curve inside its unit, for z from -3 to 3."""
    z = np.linspace(-3, 3, 61)
    f = activation.function(z)
    reach = 0.58 * radius
    scale = 2 * reach / float(np.ptp(f))
    middle = float(f.max() + f.min()) / 2
    across, up = center[0] + z / 3 * reach, center[1] + (f - middle) * scale * 0.8
    zero = center[1] - middle * scale * 0.8
    ax.plot([across[0], across[-1]], [zero, zero], color=color("muted"), linewidth=0.6, zorder=2)
    ax.plot(across, up, color=color("activation"), linewidth=1.8, zorder=2)


def draw_bias(ax: Axes, center: Point, radius: float, text: str) -> None:
    """Let the bias enter its unit from below."""
    foot = (center[0], center[1] - radius - 0.24)
    draw_arrow(ax, foot, (center[0], center[1] - radius), color=color("bias"), linewidth=1.1)
    write(ax, (foot[0], foot[1] - 0.11), text, color("bias"), 14)


def write_shapes(ax: Axes, across: FloatArray, sizes: list[int]) -> None:
    """Write the shapes of the batch below the columns, of weights and biases between them."""
    for layer, size in enumerate(sizes):
        role = color(role_of(layer, len(sizes)))
        write(ax, (float(across[layer]), 0.25), f"$(n, {size})$", role, 13)
    for layer, (left, right) in enumerate(pairwise(across)):
        middle = float(left + right) / 2
        weight = f"$W^{{({layer + 1})}}\\!:({sizes[layer]}, {sizes[layer + 1]})$"
        bias = f"$b^{{({layer + 1})}}\\!:({sizes[layer + 1]}{{,}})$"
        write(ax, (middle, 0.36), weight, color("weight"), 12)
        write(ax, (middle, 0.14), bias, color("bias"), 12)


def write(
    ax: Axes, place: Point, text: str, shade: str, size: float, *, boxed: bool = False
) -> None:
    """Write a label; a boxed one interrupts the line that it is on."""
    box = {"boxstyle": "round,pad=0.12", "facecolor": color("background"), "edgecolor": "none"}
    ax.text(
        *place,
        text,
        color=shade,
        fontsize=size,
        ha="center",
        va="center",
        zorder=3,
        bbox=box if boxed else None,
    )
