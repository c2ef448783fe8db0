"""What the page is told of a network that reads letters: its layers, in thousandths."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from nnlib.layers import ACTIVATION_LAYERS, Elementwise, Layer, Linear
from nnlib.networks import Sequential
from nnlib.sequences import LETTERS, Attention, Embedding, Places


def rounded(network: Sequential) -> Sequential:
    """Return a copy whose parameters are whole thousandths, as the page has them.

    Raises
    ------
    TypeError, ValueError
        If it is no network that takes the numbers of the last letters and gives 27 raw outputs,
        or a number of it is not finite.
    """
    if not isinstance(network, Sequential):
        raise TypeError(f"network must be a Sequential, got {type(network).__name__}")
    length = network.in_features
    if length is None:
        raise ValueError(
            "network must say how many letters it takes: use nnlib.Embedding(27, size, length=3)"
        )
    made = copy.deepcopy(network)
    for name, parameter in made.named_parameters().items():
        if not np.all(np.isfinite(parameter.value)):
            raise ValueError(f"the numbers of network must be finite, got others in {name}")
        parameter.value = np.rint(1000 * parameter.value) / 1000
    outputs = made.predict([[0] * length])
    if outputs.shape != (1, len(LETTERS)):
        raise ValueError(f"network must give {len(LETTERS)} raw outputs, got {outputs.shape[1]}")
    return made


def flat(network: Sequential) -> list[Layer]:
    """Return the layers of a network, also those of networks in it."""
    found: list[Layer] = []
    for layer in network:
        found += flat(layer) if isinstance(layer, Sequential) else [layer]
    return found


def described(network: Sequential) -> list[dict[str, Any]]:
    """Return each layer of a rounded network: its kind, and its parameters in whole thousandths."""
    return [_described(layer) for layer in flat(network)]


def _described(layer: Layer) -> dict[str, Any]:
    if isinstance(layer, Embedding):
        return {"kind": "embedding", "W": _thousandths(layer.weight.value)}
    if isinstance(layer, Places):
        return {"kind": "places", "b": _thousandths(layer.bias.value)}
    if isinstance(layer, Attention):
        parts = {"Q": layer.query, "K": layer.key, "V": layer.value}
        weights = {name: _thousandths(part.value) for name, part in parts.items()}
        return {"kind": "attention", "length": layer.length} | weights
    if isinstance(layer, Linear):
        W, b = _thousandths(layer.weight.value), _thousandths(layer.bias.value)
        return {"kind": "linear", "W": W, "b": b}
    if isinstance(layer, Elementwise):
        name = layer.activation.name
        if repr(ACTIVATION_LAYERS.get(name, Layer)()) == repr(layer):
            return {"kind": "elementwise", "activation": name}
    known = "Embedding, Places, Attention, Linear and the activations of nnlib"
    raise TypeError(f"network may have the layers {known}, got {layer!r}")


def _thousandths(values: Any) -> Any:
    return np.rint(1000 * values).astype(int).tolist()
