"""The diagram of a network: units in columns, an edge for each weight."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, one_of, positive_int
from nnlib.activations import ACTIVATIONS, Activation
from nnlib.layers import Elementwise, Linear
from nnlib.networks import Sequential
from nnlib.plots.diagram import (
    draw_bias,
    draw_curve,
    draw_edges,
    draw_unit,
    edges_between,
    role_of,
    write,
    write_shapes,
)
from nnlib.plots.style import color, new_axes

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

    Without labels, the edges of a Sequential show its weights: the wider the larger, a negative
    one dashed.

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
        If an argument is of the wrong kind, the texts are not one per parameter or unit, or values
        are asked of mere widths.

    Examples
    --------
    >>> ax = plots.draw_network((1, 2, 1), labels="symbols", activation="softplus")
    >>> ax = plots.draw_network(nnlib.mlp([2, 2, 3], rng=0), labels="both")
    >>> ax = plots.draw_network((784, 128, 10), shapes=True)
    """
    model = network if isinstance(network, Sequential) else None
    sizes, curves = _structure(network, activation)
    if labels is not None:
        one_of("labels", labels, ("symbols", "values", "both"))
    if model is None and (x is not None or labels in ("values", "both")):
        raise ValueError("network must be a Sequential to show values, got only its sizes")
    weight_texts = _parameter_texts(
        "w", labels, weights, model, [a * b for a, b in pairwise(sizes)]
    )
    edge_texts = {
        (layer, *divmod(k, sizes[layer + 1])): text
        for layer, texts in enumerate(weight_texts)
        for k, text in enumerate(texts)
    }
    bias_texts = _parameter_texts("b", labels, biases, model, sizes[1:])
    unit_texts = _unit_texts(sizes, units)
    values = None if x is None or model is None else _unit_values(model, x)

    max_units = positive_int("max_units", max_units)
    slots = [_slots(size, max_units) for size in sizes]
    cut = [len(column) < size for column, size in zip(slots, sizes, strict=True)]
    rows = 1 + max(max(column.values()) for column in slots)
    labelled = bool(edge_texts) or any(bias_texts)
    if labelled and any(cut):
        raise ValueError(
            f"labels need at most {max_units} units per layer (max_units), got {sizes}"
        )
    named = values is not None or any(curves)  # the names of the units are above them
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
    draw_edges(ax, list(edges_between(centers, radius)), model, edge_texts)
    for layer, places in enumerate(centers):
        shade, curve = color(role_of(layer, len(sizes))), curves[layer]
        for unit, center in places.items():
            text = unit_texts[layer][unit]
            draw_unit(ax, center, radius, shade)
            if values is not None:
                write(ax, center, f"${values[layer][unit]:z.2f}$", shade, 12)
            elif curve is not None:
                draw_curve(ax, center, radius, curve)
            if values is None and curve is None:
                write(ax, center, text, shade, 15 if roomy else 11)
            elif roomy:
                write(ax, (center[0], center[1] + radius + 0.17), text, shade, 15)
            if layer and bias_texts[layer - 1]:
                draw_bias(ax, center, radius, bias_texts[layer - 1][unit])
        if cut[layer]:
            at, bottom = places[sizes[layer] - 1]
            write(ax, (at, bottom + step), r"$\vdots$", color("muted"), 15)
    if shapes:
        write_shapes(ax, across, sizes)
    else:
        for layer, size in enumerate(sizes):
            if cut[layer]:
                write(ax, (float(across[layer]), 0.2), f"${size}$", color("muted"), 13)
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
    if not isinstance(network, Sequence) or isinstance(network, str):
        raise TypeError(f"network must be a Sequential or a sequence of sizes, got {network!r}")
    sizes = [positive_int("network", size) for size in network]
    if len(sizes) < 2:
        raise ValueError(f"network must contain at least an input and an output, got {network!r}")
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
            raise ValueError(f"{name}: expected {total} texts, got {len(given)}")
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
            raise ValueError(
                f"units: expected one text per unit, {sizes}, got {[len(texts) for texts in units]}"
            )
        return [list(texts) for texts in units]
    single = {"input": "x", "activation": "a", "prediction": r"\hat y"}
    several = {"input": "x", "activation": "a", "prediction": "z"}
    hidden_layers = len(sizes) - 2
    texts = []
    for layer, size in enumerate(sizes):
        role = role_of(layer, len(sizes))
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
        A = layer.predict(A)
        if isinstance(layer, Linear):
            values.append(A[0])
        else:
            values[-1] = A[0]
    return values


def _slots(size: int, limit: int) -> dict[int, int]:
    """Place of each unit that is drawn, from the top; in a cut column dots take one place."""
    if size <= limit:
        return {unit: unit for unit in range(size)}
    first = max(1, limit - 2)
    return {**{unit: unit for unit in range(first)}, size - 1: first + 1}
