"""The computational graph of a `Value`: a box for each number, an arrow for each use of it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from nnlib._typing import FloatArray
from nnlib._validation import one_of
from nnlib.autodiff import Value, topological_order
from nnlib.plots.diagram import Point, write
from nnlib.plots.style import code, color, new_axes

_BOX = (0.98, 0.62)  # inches, as all lengths here
_CONSTANT = (0.5, 0.28)
_GAP = {"right": (0.44, 0.16), "down": (0.44, 0.2)}
"""From column to column and from box to box in a column; in a graph that grows down, rows."""


class _Bend(NamedTuple):
    """Where an edge passes a column on its way to a later one."""

    source: Value
    target: Value
    column: int


_Node = Value | _Bend


def draw_graph(
    value: Value,
    *,
    gradients: bool = True,
    slopes: bool = False,
    direction: str = "right",
    ax: Axes | None = None,
) -> Axes:
    """Draw the computational graph of a value, from what it was computed from to itself.

    A box shows the label and the operation of a number, the number, and below it its `grad`.
    Constants (leaves without label and what was computed only from them) are numbers in gray,
    unless there is no label at all.

    Parameters
    ----------
    value : Value
        The result. Give the leaves labels, such as `Value(0.5, "$x$")`.
    gradients : bool
        Whether to show `grad`: the value after ``value.backward()``, 0 before.
    slopes : bool
        Whether to write on each edge its local derivative.
    direction : {"right", "down"}
        Where the result is; a graph of more than five columns reads better downward.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If `value` is not a Value, or there is no such direction.

    Examples
    --------
    >>> x, w = nnlib.Value(0.5, "$x$"), nnlib.Value(3.34, "$w$")
    >>> z = w * x
    >>> z.backward()
    >>> ax = plots.draw_graph(z)
    """
    order = topological_order(value)
    one_of("direction", direction, _GAP)
    constants = _constants(order)
    if value in constants:
        constants = set()  # nothing has a label: everything is shown
    nodes = [node for node in order if node not in constants or _uses(node, order, constants)]
    columns, edges = _columns(nodes, constants)
    sizes = {node: _size(node, constants, direction) for column in columns for node in column}
    centers, figsize = _places(columns, edges, sizes, direction, slopes)

    if ax is None:
        ax = plt.figure(figsize=figsize, layout="none").add_axes((0, 0, 1, 1))
    ax = new_axes(ax)
    ax.set(xlim=(0, figsize[0]), ylim=(0, figsize[1]), aspect="equal")
    ax.axis("off")
    for target in nodes:
        if target in constants:
            continue
        local: dict[Value, float] = {}
        for source, slope in target.edges:
            local[source] = local.get(source, 0.0) + slope  # x * x uses x twice
        for source, slope in local.items():
            middle = _draw_edge(ax, _route(source, target, edges), centers, sizes, direction)
            if slopes and source not in constants:
                write(ax, middle, f"${slope:z.2f}$", color("muted"), 11, boxed=True)
    for node in nodes:
        if node in constants:
            write(ax, centers[node], f"${node.data:zg}$", color("muted"), 12)
        else:
            _draw_box(ax, node, centers[node], "loss" if node is value else None, gradients)
    return ax


def _constants(order: list[Value]) -> set[Value]:
    """Find the leaves without label and what was computed only from such leaves."""
    constants: set[Value] = set()
    for node in order:
        if not node.label and all(source in constants for source, _ in node.edges):
            constants.add(node)
    return constants


def _uses(node: Value, order: list[Value], constants: set[Value]) -> bool:
    """Tell whether a value that is not constant was computed from this one."""
    others = (other for other in order if other not in constants)
    return any(source is node for other in others for source, _ in other.edges)


def _columns(
    nodes: list[Value], constants: set[Value]
) -> tuple[list[list[_Node]], list[tuple[_Node, _Node]]]:
    """Put every node after its inputs, and leaves right before their first use."""
    column: dict[Value, int] = {}
    for node in nodes:
        leaf = node in constants or not node.edges
        column[node] = 0 if leaf else 1 + max(column[source] for source, _ in node.edges)
    for node in nodes:
        if node in constants or not node.edges:
            uses = [
                column[other]
                for other in nodes
                if other not in constants and any(source is node for source, _ in other.edges)
            ]
            column[node] = min(uses, default=1) - 1
    columns: list[list[_Node]] = [[] for _ in range(1 + max(column.values()))]
    edges: list[tuple[_Node, _Node]] = []
    for node in nodes:
        columns[column[node]].append(node)
        sources = () if node in constants else dict.fromkeys(source for source, _ in node.edges)
        for source in sources:
            last: _Node = source
            for passed in range(column[source] + 1, column[node]):
                bend = _Bend(source, node, passed)
                columns[passed].append(bend)
                edges.append((last, bend))
                last = bend
            edges.append((last, node))
    return columns, edges


def _size(node: _Node, constants: set[Value], direction: str) -> Point:
    """Give the extent along the graph and across it."""
    box = _CONSTANT if node in constants else _BOX
    along, across = box if direction == "right" else box[::-1]
    return (along, 0.1) if isinstance(node, _Bend) else (along, across)


def _places(
    columns: list[list[_Node]],
    edges: list[tuple[_Node, _Node]],
    sizes: dict[_Node, Point],
    direction: str,
    slopes: bool,
) -> tuple[dict[_Node, Point], Point]:
    """Place the centers, each near the mean of its neighbors; also the size of the figure."""
    neighbors: dict[_Node, list[_Node]] = {node: [] for column in columns for node in column}
    for source, target in edges:
        neighbors[source].append(target)
        neighbors[target].append(source)
    gap_along, gap_across = _GAP[direction]
    across: dict[_Node, float] = {}
    for column in columns:
        across.update({node: float(k) for k, node in enumerate(column)})
    for sweep in range(40):
        for column in columns if sweep % 2 else columns[::-1]:
            wish = {
                node: float(np.mean([across[other] for other in neighbors[node]] or [0.0]))
                for node in column
            }
            column.sort(key=lambda node: round(wish[node], 4))
            room = [
                (sizes[one][1] + sizes[other][1]) / 2 + gap_across
                for one, other in pairwise(column)
            ]
            spread = _spread(np.array([wish[node] for node in column]), room)
            across.update(zip(column, map(float, spread), strict=True))

    margin, box = 0.06, _BOX if direction == "right" else _BOX[::-1]
    step = box[0] + gap_along + (0.2 if slopes and direction == "right" else 0)
    low = min(across[node] - sizes[node][1] / 2 for node in across) - margin
    high = max(across[node] + sizes[node][1] / 2 for node in across) + margin
    length, breadth = box[0] + step * (len(columns) - 1) + 2 * margin, high - low
    centers = {}
    for k, column in enumerate(columns):
        along = margin + box[0] / 2 + k * step
        for node in column:
            if direction == "right":
                centers[node] = (along, round(high - across[node], 2))
            else:
                centers[node] = (round(across[node] - low, 2), length - along)
    figsize = (length, breadth) if direction == "right" else (breadth, length)
    return centers, (round(figsize[0], 2), round(figsize[1], 2))


def _spread(wish: FloatArray, room: list[float]) -> FloatArray:
    """Find the places nearest to the wishes (least squares) in their order and with room between.

    Apart from the room required, the places may only increase: neighbors in the wrong order share
    their mean.
    """
    offset = np.concatenate([[0.0], np.cumsum(room)])
    blocks: list[tuple[float, int]] = []
    for one in wish - offset:
        mean, count = float(one), 1
        while blocks and blocks[-1][0] >= mean:
            other, size = blocks.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        blocks.append((mean, count))
    spread: FloatArray = np.concatenate([np.full(count, mean) for mean, count in blocks]) + offset
    return spread


def _route(source: Value, target: Value, edges: list[tuple[_Node, _Node]]) -> list[_Node]:
    """List the nodes that an edge passes, bends included."""
    bends = [one for one, _ in edges if isinstance(one, _Bend) and one[:2] == (source, target)]
    return [source, *bends, target]


def _draw_edge(
    ax: Axes,
    route: list[_Node],
    centers: dict[_Node, Point],
    sizes: dict[_Node, Point],
    direction: str,
) -> Point:
    """Draw an arrow from border to border, level at every node; return where it may be labelled."""
    axis, sign = (0, 1) if direction == "right" else (1, -1)
    path: list[FloatArray] = []
    codes: list[np.uint8] = []
    for source, target in pairwise(route):
        start, stop = np.array(centers[source]), np.array(centers[target])
        start[axis] += sign * sizes[source][0] / 2
        stop[axis] -= sign * sizes[target][0] / 2
        leaving, arriving = start.copy(), stop.copy()
        leaving[axis] = arriving[axis] = (start[axis] + stop[axis]) / 2
        path += [start, leaving, arriving, stop]
        codes += [Path.LINETO if path[4:] else Path.MOVETO, *[Path.CURVE4] * 3]
    arrow = FancyArrowPatch(path=Path(path, codes), arrowstyle="-|>", mutation_scale=10)
    arrow.set(color=color("muted"), linewidth=1.1, joinstyle="miter", capstyle="butt")
    ax.add_patch(arrow)
    middle = (path[-4] + path[-1]) / 2
    return float(middle[0]), float(middle[1])


def _draw_box(ax: Axes, node: Value, center: Point, shade: str | None, gradients: bool) -> None:
    """Draw a box: label and operation on top, then the number, then its gradient."""
    shade = color(shade or ("activation" if node.edges else "input"))
    x, y = center
    pad = 0.08
    width, height = _BOX[0] - 2 * pad, _BOX[1] - 2 * pad
    corner = (x - width / 2, y - height / 2)
    for part in ("face", "rim"):
        box = FancyBboxPatch(corner, width, height, boxstyle=f"round,pad={pad}", zorder=2)
        if part == "face":
            box.set(facecolor=shade, alpha=0.1, linewidth=0)
        else:
            box.set(fill=False, edgecolor=shade, linewidth=1.4)
        ax.add_patch(box)
    rows = (0.19, 0.01, -0.18) if gradients else (0.13, -0.12, 0.0)
    operation = _operation(node.operation)
    if node.label and operation:
        ax.text(x - 0.4, y + rows[0], node.label, color=shade, fontsize=13, va="center", zorder=3)
        right = ax.text(x + 0.42, y + rows[0], operation, color=color("muted"), zorder=3)
        right.set(fontsize=10, ha="right", va="center")
    else:
        write(ax, (x, y + rows[0]), node.label or operation, shade, 13 if node.label else 11)
    write(ax, (x, y + rows[1]), f"${node.data:z.3f}$", color("ink"), 11.5)
    if gradients:
        write(ax, (x, y + rows[2]), f"${node.grad:z.3f}$", color("gradient"), 11.5)


def _operation(name: str) -> str:
    """Write an operation of `Value` as a formula or as code."""
    if name.startswith("**"):
        return f"$u^{{{name[2:]}}}$"
    if name in ("+", "*"):
        return "$+$" if name == "+" else r"$\times$"
    return code(name) if name else ""
