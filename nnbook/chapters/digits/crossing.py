"""Constants of a claim on digits that are changed two at a time."""

from __future__ import annotations

from typing import Any

PAIRS = {
    "width_rate": "32/0.3",
    "epochs_rate": "30/0.3",
    "activation_rate": "relu/0.3",
    "scaled_rate": "moved/0.3",
}
"""Two constants that are changed at once, as they are in the text."""


def crossed(network: dict[str, Any]) -> dict[str, Any]:
    """Change two constants at once: "8/0.03" as width_rate are 8 neurons at the rate 0.03."""
    settled = {name: value for name, value in network.items() if name not in PAIRS}
    for name in PAIRS.keys() & network.keys():
        if network[name] != PAIRS[name]:
            other = name.removesuffix("_rate")
            value, rate = network[name].split("/")
            settled |= {other: type(network[other])(value), "rate": float(rate)}
    return settled
