"""The network of a chapter that reads drawn digits, and a convolution taught by the same images."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib._validation import float_array
from nnlib.convolution import Conv2d, MaxPool2d
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential

WEIGHTS = Path(__file__).with_name("digit_reader.json")
"""In thousandths; `tools/digit_reader.py` writes them."""
CONVOLUTION = WEIGHTS.with_name("digit_convolution.json")
"""The same of the convolution."""


@cache
def stored_weights(path: Path = WEIGHTS) -> list[dict[str, Any]]:
    """Return `W` and `b` of all layers that have them as lists of whole numbers: thousandths."""
    layers: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return layers


def thousandths(model: Sequential) -> list[dict[str, Any]]:
    """Return what is stored of a network."""
    values = [np.rint(1000 * parameter.value).astype(int) for parameter in model.parameters()]
    return [
        {"W": W.tolist(), "b": b.tolist()} for W, b in zip(values[::2], values[1::2], strict=True)
    ]


def digit_reader() -> Sequential:
    """Return the network, 64-128-10; its inputs are counts of ink divided by 16."""
    return network_of(stored_weights())


def network_of(layers: list[dict[str, Any]]) -> Sequential:
    """Return the network with these weights, in thousandths."""
    first, second = (
        Linear.from_arrays(np.array(layer["W"]) / 1000, np.array(layer["b"]) / 1000)
        for layer in layers
    )
    return Sequential(first, ReLU(), second)


def untrained_convolution(rng: np.random.Generator) -> Sequential:
    """Return two convolutions of 8 and of 20 kernels, each followed by ReLU and pooling."""
    return Sequential(
        Conv2d((8, 8, 1), 8, rng=rng),
        ReLU(),
        MaxPool2d((8, 8, 8)),
        Conv2d((4, 4, 8), 20, rng=rng),
        ReLU(),
        MaxPool2d((4, 4, 20)),
        Linear(80, 10, rng=rng),
    )


def digit_convolution() -> Sequential:
    """Return the convolution as it is stored; its inputs are counts of ink divided by 16."""
    model = untrained_convolution(np.random.default_rng(0))
    stored = [part for layer in stored_weights(CONVOLUTION) for part in (layer["W"], layer["b"])]
    for parameter, value in zip(model.parameters(), stored, strict=True):
        parameter.value[:] = np.array(value) / 1000
    return model


def weights_of(params: Sequence[ArrayLike]) -> list[dict[str, Any]]:
    """Return the parameters ``[W1, b1, W2, b2]`` of a 64-h-10 network as whole thousandths.

    Raises
    ------
    TypeError, ValueError
        If it is no such network, or its numbers are not finite.
    """
    if not isinstance(params, list | tuple) or len(params) != 4:
        got = (
            f"{len(params)} entries" if isinstance(params, list | tuple) else type(params).__name__
        )
        raise TypeError(f"network must be a list of four arrays, W1, b1, W2 and b2, got {got}")
    names = ("W1", "b1", "W2", "b2")
    W1, b1, W2, b2 = (
        float_array(f"{name} of network", p, finite=True)
        for name, p in zip(names, params, strict=True)
    )
    if W1.ndim != 2 or len(W1) != 64:
        raise ValueError(f"W1 of network must have shape (64, h), got {W1.shape}")
    hidden = W1.shape[1]
    shapes = ((hidden,), (hidden, 10), (10,))
    for name, p, shape in zip(names[1:], (b1, W2, b2), shapes, strict=True):
        if p.shape != shape:
            raise ValueError(f"{name} of network must have shape {shape}, got {p.shape}")
    return [
        {"W": np.rint(1000 * W).astype(int).tolist(), "b": np.rint(1000 * b).astype(int).tolist()}
        for W, b in ((W1, b1), (W2, b2))
    ]
