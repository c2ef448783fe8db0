"""What the chapter concludes: of networks that read digits, over random splits of the images."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.digits.crossing import PAIRS, crossed
from nnbook.chapters.digits.splits import (
    HALF,
    BoolArray,
    accuracies,
    blocks_read,
)
from nnbook.claims import Claim
from nnlib._typing import FloatArray

SPLITS = range(5000, 5020)
"""Others than those by which rates were chosen and conclusions tried out."""


def known_hands(*, seeds: int, **network: Any) -> BoolArray:
    """Whether a block is read better by networks that know half of it, for each of the blocks."""
    unknown, known = blocks_read(seeds, **crossed(network))
    return known > unknown


def scaler_alone(*, move: str, **network: Any) -> FloatArray:
    """What a scaler that knows moved images brings a network that was trained on none."""
    network = crossed(network)
    own = accuracies(SPLITS, move, scaled="standardized", **network)
    return accuracies(SPLITS, move, scaled="moved", **network) - own


def copies_too(*, move: str, **network: Any) -> FloatArray:
    """What moved copies add if the scaler stays the same."""
    network = crossed(network)
    taught = accuracies(SPLITS, move, copies=True, **network)
    return taught - accuracies(SPLITS, move, **network)


def not_shown(*, move: str, shown: str, **network: Any) -> FloatArray:
    """How much worse a network reads a move that no copy had than one that copies had."""
    network = crossed(network) | {"copies": True}
    return accuracies(SPLITS, shown, **network) - accuracies(SPLITS, move, **network)


NETWORK = {
    "width": 32,
    "rate": 0.3,
    "epochs": 30,
    "width_rate": PAIRS["width_rate"],
    "epochs_rate": PAIRS["epochs_rate"],
}
RELU = NETWORK | {"activation": "relu", "activation_rate": PAIRS["activation_rate"]}
OTHERS: dict[str, tuple[Any, ...]] = {
    "width": (8, 128),
    "rate": (0.03, 0.1),
    "epochs": (5, 45),
    "width_rate": ("8/0.03", "8/0.5", "128/0.03", "128/0.5"),
    "epochs_rate": ("5/0.03", "5/0.5", "90/0.1"),
}
TANH: dict[str, tuple[Any, ...]] = {"activation": ("tanh",), "activation_rate": ("tanh/0.1",)}

CLAIMS = {
    "hands": Claim(
        judge=known_hands,
        usual=NETWORK | {"seeds": 2},
        varied=OTHERS,
        share=0.55,
    ),
    "scaler": Claim(
        judge=scaler_alone,
        usual=RELU | {"move": "left"},
        varied=OTHERS | TANH | {"move": ("right",)},
        least=0.05,
    ),
    "copies": Claim(
        judge=copies_too,
        usual=RELU | {"move": "left", "scaled": "moved", "scaled_rate": PAIRS["scaled_rate"]},
        varied=OTHERS
        | TANH
        | {
            "move": ("right", "up", "down"),
            "scaled": ("divided by 16", "at least 1"),
            "scaled_rate": ("divided by 16/0.1", "at least 1/0.1"),
        },
        beyond={"scaled": ("standardized",)},
        least=0.2,
    ),
    "shown": Claim(
        judge=not_shown,
        usual=RELU
        | {"move": "slanted", "shown": "left", "scaled": "moved"}
        | {"scaled_rate": PAIRS["scaled_rate"]},
        varied=OTHERS
        | TANH
        | {
            "move": ("slanted back", "slanted left", "slanted right", "far right", "far left"),
            "shown": ("right", "up", "down"),
            "scaled": ("divided by 16", "at least 1"),
            "scaled_rate": ("divided by 16/0.1", "at least 1/0.1"),
        },
        beyond={"move": (HALF,), "scaled": ("standardized",)},
        least=0.2,
    ),
}
