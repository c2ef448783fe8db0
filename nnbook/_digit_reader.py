"""The network of the last chapter that reads drawn digits, as it was trained there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

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
    first, second = (
        Linear.from_arrays(np.array(layer["W"]) / 1000, np.array(layer["b"]) / 1000)
        for layer in stored_weights()
    )
    return Sequential(first, ReLU(), second)
