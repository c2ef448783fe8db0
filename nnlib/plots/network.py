"""The diagram of a network: units in columns, an edge for each weight.

Lengths are inches of the figure, so that circles and letters keep their proportion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, one_of, positive_int
from nnlib.activations import ACTIVATIONS, Activation
from nnlib.layers import Elementwise, Linear, Sequential
from nnlib.plots.style import color, new_axes

Point = tuple[float, float]

_WIDTH = 6.4


def draw_network(
    network: Sequential | Sequence[int],
    *,
    labels: str | None = None,
    weights: Sequence[str] = (),
    biases: Sequence[str] = (),
    units: Sequence[Sequence[str]] = (),
    activation: str | None = None,
    x: ArrayLike | None = None,
    shapes: bool = False,
    max_units: int = 6,
    ax: Axes | None = None,
) -> Axes:
    r"""Draw a network: a column of units for each layer, an edge for each weight.

    Without labels, the edges of a Sequential show its weights: color for the sign, width for the
    size.

    Parameters
    ----------
    network : Sequential, or sequence of int
        The model, or only the widths of its layers, such as `(1, 2, 1)`.
    labels : {"symbols", "values", "both"}, optional
        Write on every edge and below every unit its parameter: :math:`w_1, w_2, \dots` and
        :math:`b_1, b_2, \dots`, numbered layer by layer in the order of the arrays; or the
        parameter's value; or both.
    weights, biases : sequence of str, optional
        Other texts in the same order, such as `[r"$w_{11}$", …]`.
    units : sequence of sequence of str, optional
        Texts on the units, layer by layer. By default :math:`x_1, x_2, \dots`, then
        :math:`a_1, a_2, \dots`, then :math:`\hat y` or :math:`z_1, z_2, \dots`.
    activation : str, optional
        Name of an activation whose curve to draw in each hidden unit; a Sequential has its own.
    x : array (d,), optional
        One sample: each unit of a Sequential shows its value for it.
    shapes : bool
        Whether to write the shapes of the batch below the columns, and those of weights and
        biases between them.
    max_units : int
        The largest column drawn whole; larger ones are cut by dots.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, the texts are not one a parameter or unit, or values
        are asked of mere widths.

    Examples
    --------
    >>> ax = plots.draw_network((1, 2, 1), labels="symbols", activation="softplus")
    >>> ax = plots.draw_network(model, labels="both")
    >>> ax = plots.draw_network((784, 128, 10), shapes=True)
    """
    model = network if isinstance(network, Sequential) else None
    sizes, curves = _structure(network, activation)
    if labels is not None:
        one_of("labels", labels, ("symbols", "values", "both"))
    if model is None and (x is not None or labels in ("values", "both")):
        raise ValueError("network must be a Sequential to show values, got only its sizes")
    edge_texts = _parameter_texts("w", labels, weights, model, [a * b for a, b in pairwise(sizes)])
    bias_texts = _parameter_texts("b", labels, biases, model, sizes[1:])
    unit_texts = _unit_texts(sizes, units)
    values = None if x is None or model is None else _unit_values(model, x)

    positive_int("max_units", max_units)
    slots = [_slots(size, max_units) for size in sizes]
    cut = [len(column) < size for column, size in zip(slots, sizes, strict=True)]
    rows = 1 + max(max(column.values()) for column in slots)
    labelled = any(edge_texts) or any(bias_texts)
    named = values is not None or any(curves)  # the names of the units stand above them
    roomy = labelled or values is not None or rows <= 3
    radius, step = (0.3, 1.5 if labelled else 1.1 if named else 0.9) if roomy else (0.2, 0.56)
    below = radius + (0.6 if any(bias_texts) else 0.15) + (0.45 if shapes or any(cut) else 0)
    height = below + (rows - 1) * step + radius + (0.4 if named and roomy else 0.15)
    across = np.linspace(0.6, _WIDTH - 0.6, len(sizes))
    centers = []
    for at, column in zip(across, slots, strict=True):
        top = below + (rows - 1 + max(column.values())) / 2 * step
        centers.append({unit: (float(at), top - slot * step) for unit, slot in column.items()})

    if ax is None:
        ax = plt.figure(figsize=(_WIDTH, height), layout="none").add_axes((0, 0, 1, 1))
    ax = new_axes(ax)
    ax.set(xlim=(0, _WIDTH), ylim=(0, height), aspect="equal")
    ax.axis("off")
    edges = list(_edges(centers, sizes, radius))
    _draw_edges(ax, edges, model, bool(labelled), edge_texts)
    for layer, places in enumerate(centers):
        shade = color(_role(layer, len(sizes)))
        for unit, center in places.items():
            text = unit_texts[layer][unit]
            _draw_unit(ax, center, radius, shade)
            if values is not None:
                _write(ax, center, f"${values[layer][unit]:z.2f}$", shade, 12)
            elif curves[layer] is not None:
                _draw_curve(ax, center, radius, curves[layer])
            if values is None and curves[layer] is None:
                _write(ax, center, text, shade, 15 if roomy else 11)
            elif roomy:
                _write(ax, (center[0], center[1] + radius + 0.17), text, shade, 15)
            if layer and bias_texts[layer - 1]:
                _draw_bias(ax, center, radius, bias_texts[layer - 1][unit])
        if cut[layer]:
            at, bottom = places[sizes[layer] - 1]
            _write(ax, (at, bottom + step), r"$\vdots$", color("muted"), 15)
    if shapes:
        _write_shapes(ax, across, sizes)
    else:
        for layer, size in enumerate(sizes):
            if cut[layer]:
                _write(ax, (float(across[layer]), 0.2), f"${size}$", color("muted"), 13)
    return ax


def _structure(
    network: Sequential | Sequence[int], activation: str | None
) -> tuple[list[int], list[Activation | None]]:
    """Width of each column, and the activation of its units."""
    if isinstance(network, Sequential):
        sizes: list[int] = []
        curves: list[Activation | None] = []
        for layer in network.layers:
            if isinstance(layer, Linear):
                weight = layer.weight.value
                sizes += [*([] if sizes else [len(weight)]), weight.shape[1]]
                curves += [None] * (len(sizes) - len(curves))
            elif isinstance(layer, Elementwise) and curves:
                curves[-1] = layer.activation
        if not sizes:
            raise ValueError(f"network must hold a Linear layer, got {network!r}")
        if activation is not None:
            raise ValueError("activation must be None for a Sequential, which has its own")
        return sizes, curves
    sizes = [positive_int("network", size) for size in network]
    if len(sizes) < 2:
        raise ValueError(f"network must name at least an input and an output, got {network!r}")
    hidden = (
        None if activation is None else ACTIVATIONS[one_of("activation", activation, ACTIVATIONS)]
    )
    return sizes, [None, *[hidden] * (len(sizes) - 2), None]


def _parameter_texts(
    symbol: str,
    labels: str | None,
    given: Sequence[str],
    model: Sequential | None,
    counts: Sequence[int],
) -> list[list[str]]:
    """Texts of the weights ("w") or of the biases ("b"), layer by layer; empty without labels."""
    total = sum(counts)
    if given:
        if len(given) != total:
            name = {"w": "weights", "b": "biases"}[symbol]
            raise ValueError(f"{name} must be {total} texts, got {len(given)}")
        texts = list(given)
    elif labels is None:
        return [[] for _ in counts]
    else:
        symbols = [f"{symbol}_{{{k + 1}}}" for k in range(total)]
        numbers = [""] * total
        if model is not None:
            linear = [layer for layer in model.layers if isinstance(layer, Linear)]
            arrays = [(one.weight if symbol == "w" else one.bias).value.ravel() for one in linear]
            numbers = [f"{value:z.2f}" for value in np.concatenate(arrays)]
        form = {"symbols": "${0}$", "values": "${1}$", "both": "${0} = {1}$"}[labels]
        texts = [form.format(*pair) for pair in zip(symbols, numbers, strict=True)]
    stops = np.cumsum(counts)
    return [texts[stop - count : stop] for stop, count in zip(stops, counts, strict=True)]


def _unit_texts(sizes: list[int], units: Sequence[Sequence[str]]) -> list[list[str]]:
    if units:
        if [len(texts) for texts in units] != sizes:
            raise ValueError(f"units must be texts for layers of {sizes} units")
        return [list(texts) for texts in units]
    single = {"input": "x", "activation": "a", "prediction": r"\hat y"}
    several = {"input": "x", "activation": "a", "prediction": "z"}
    hidden_layers = len(sizes) - 2
    texts = []
    for layer, size in enumerate(sizes):
        role = _role(layer, len(sizes))
        upper = f"^{{({layer})}}" if role == "activation" and hidden_layers > 1 else ""
        if size == 1 and role != "activation":
            texts.append([f"${single[role]}$"])
        else:
            texts.append([f"${several[role]}_{{{k + 1}}}{upper}$" for k in range(size)])
    return texts


def _unit_values(model: Sequential, x: ArrayLike) -> list[FloatArray]:
    """Value of each unit for one sample, column by column."""
    A = float_array("x", x, ndim=1, finite=True)[np.newaxis]
    values = [A[0]]
    for layer in model.layers:
        A = layer.forward(A)
        if isinstance(layer, Linear):
            values.append(A[0])
        else:
            values[-1] = A[0]
    return values


def _role(layer: int, depth: int) -> str:
    return {0: "input", depth - 1: "prediction"}.get(layer, "activation")


def _slots(size: int, limit: int) -> dict[int, int]:
    """Place of each unit that is drawn, from the top; in a cut column dots take one place."""
    if size <= limit:
        return {unit: unit for unit in range(size)}
    first = max(1, limit - 2)
    return {**{unit: unit for unit in range(first)}, size - 1: first + 1}


def _edges(
    centers: list[dict[int, Point]], sizes: list[int], radius: float
) -> Iterator[tuple[int, int, int, Point, Point]]:
    """(layer, source, target, start, stop) of each edge, from circle to circle."""
    for layer, (left, right) in enumerate(pairwise(centers)):
        for source, p in left.items():
            for target, q in right.items():
                along = np.subtract(q, p) / np.hypot(*np.subtract(q, p))
                start, stop = np.add(p, radius * along), np.subtract(q, radius * along)
                yield layer, source, target, (start[0], start[1]), (stop[0], stop[1])


def _draw_edges(
    ax: Axes,
    edges: list[tuple[int, int, int, Point, Point]],
    model: Sequential | None,
    labelled: bool,
    texts: list[list[str]],
) -> None:
    linear = [one for one in model.layers if isinstance(one, Linear)] if model else []
    places = _label_places([(start, stop) for *_, start, stop in edges])
    for (layer, source, target, start, stop), place in zip(edges, places, strict=True):
        style: dict[str, Any] = {"color": color("muted"), "linewidth": 1.1}
        if linear and not labelled:
            weight = linear[layer].weight.value
            value, largest = weight[source, target], np.abs(weight).max()
            strength = float(abs(value) / largest) if largest else 0.0
            style = {
                "color": color("positive" if value > 0 else "negative"),
                "linewidth": 0.6 + 2.4 * strength,
                "alpha": 0.4 + 0.6 * strength,
            }
        if len(edges) <= 12:
            arrow = FancyArrowPatch(
                start, stop, arrowstyle="-|>", mutation_scale=10, shrinkA=0, shrinkB=0, **style
            )
            ax.add_patch(arrow)
        else:
            if not linear:
                style.update(linewidth=0.5, alpha=0.6)
            ax.plot(*zip(start, stop, strict=True), solid_capstyle="butt", **style)
        if texts[layer]:
            width = len(texts[layer]) // _width_before(edges, layer)
            text = texts[layer][source * width + target]
            _write(ax, place, text, color("weight"), 14, boxed=True)


def _width_before(edges: list[tuple[int, int, int, Point, Point]], layer: int) -> int:
    """Number of sources of a layer (labelled layers are drawn whole)."""
    return 1 + max(edge[1] for edge in edges if edge[0] == layer)


def _label_places(segments: list[tuple[Point, Point]]) -> list[Point]:
    """A place on each edge for its label, far from the other edges and labels."""
    if len(segments) > 40:  # nobody could read that many
        return [segment[0] for segment in segments]
    parts = np.linspace(0.2, 0.8, 25)
    places: list[Point] = []
    for i, (start, stop) in enumerate(segments):
        spots = np.outer(1 - parts, start) + np.outer(parts, stop)
        others = [_distances(spots, *segments[j]) for j in range(len(segments)) if j != i]
        labels = [np.hypot(*(spots - place).T) / 2 for place in places]
        room = np.min([*others, *labels, np.full(len(parts), 0.3)], axis=0)
        # Rounded, so that equally good places stay equal on every machine; the middle one wins.
        best = np.argmax(np.round(room - 0.05 * np.abs(parts - 0.5), 4))
        places.append((spots[best, 0], spots[best, 1]))
    return places


def _distances(spots: FloatArray, start: Point, stop: Point) -> FloatArray:
    """Distance of each spot from a segment."""
    a, ab = np.array(start), np.subtract(stop, start)
    part = np.clip((spots - a) @ ab / (ab @ ab), 0, 1)
    distances: FloatArray = np.hypot(*(spots - a - np.outer(part, ab)).T)
    return distances


def _draw_unit(ax: Axes, center: Point, radius: float, shade: str) -> None:
    face = Circle(center, radius, facecolor=shade, alpha=0.1, edgecolor="none", zorder=2)
    rim = Circle(center, radius, fill=False, edgecolor=shade, linewidth=1.8, zorder=2)
    ax.add_patch(face)
    ax.add_patch(rim)


def _draw_curve(ax: Axes, center: Point, radius: float, activation: Activation | None) -> None:
    """The activation's curve inside its unit, for z from -3 to 3."""
    if activation is None:
        return
    z = np.linspace(-3, 3, 61)
    f = activation.function(z)
    reach = 0.58 * radius
    scale = 2 * reach / float(np.ptp(f))
    middle = float(f.max() + f.min()) / 2
    across, up = center[0] + z / 3 * reach, center[1] + (f - middle) * scale * 0.8
    zero = center[1] - middle * scale * 0.8
    ax.plot([across[0], across[-1]], [zero, zero], color=color("muted"), linewidth=0.6, zorder=2)
    ax.plot(across, up, color=color("activation"), linewidth=1.8, zorder=2)


def _draw_bias(ax: Axes, center: Point, radius: float, text: str) -> None:
    """The bias enters its unit from below."""
    foot = (center[0], center[1] - radius - 0.24)
    arrow = FancyArrowPatch(
        foot,
        (center[0], center[1] - radius),
        arrowstyle="-|>",
        mutation_scale=8,
        shrinkA=0,
        shrinkB=0,
        color=color("bias"),
        linewidth=1.1,
    )
    ax.add_patch(arrow)
    _write(ax, (foot[0], foot[1] - 0.11), text, color("bias"), 14)


def _write_shapes(ax: Axes, across: FloatArray, sizes: list[int]) -> None:
    """Shapes of the batch below the columns; of weights and biases between them."""
    for layer, size in enumerate(sizes):
        role = color(_role(layer, len(sizes)))
        _write(ax, (float(across[layer]), 0.25), f"$(n, {size})$", role, 13)
    for layer, (left, right) in enumerate(pairwise(across)):
        middle = float(left + right) / 2
        weight = f"$W_{{{layer + 1}}}\\!:({sizes[layer]}, {sizes[layer + 1]})$"
        bias = f"$b_{{{layer + 1}}}\\!:({sizes[layer + 1]}{{,}})$"
        _write(ax, (middle, 0.36), weight, color("weight"), 12)
        _write(ax, (middle, 0.14), bias, color("bias"), 12)


def _write(
    ax: Axes, place: Point, text: str, shade: str, size: float, *, boxed: bool = False
) -> None:
    """Write a label; a boxed one interrupts the line that it stands on."""
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
