"""The network of the last chapter that reads drawn digits, as it was trained there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib._validation import float_array
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential

WEIGHTS = Path(__file__).with_name("digit_reader.json")
"""In thousandths; `tools/digit_reader.py` writes them."""


@cache
def stored_weights() -> list[dict[str, Any]]:
    """Return `W` and `b` of both layers as lists of whole numbers: thousandths."""
    layers: list[dict[str, Any]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return layers


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
