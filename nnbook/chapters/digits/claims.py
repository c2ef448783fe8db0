"""What the chapter concludes: of networks that read digits, over random splits of the images."""

from __future__ import annotations

from typing import Any

import numpy as np

import nnlib
from nnbook.chapters.digits.splits import (
    BoolArray,
    accuracies,
    blocks_read,
    losses,
    nearest_accuracies,
    scores,
)
from nnbook.claims import Claim
from nnlib._typing import FloatArray

SPLITS = range(5000, 5020)
"""Others than those by which rates were chosen and conclusions tried out."""
MORE = range(5000, 5060)
"""For a difference so small that twenty splits do not show it."""

# -- Where nothing moves ---------------------------------------------------------------------------


def hidden_layer(*, regression_rate: float, **network: Any) -> FloatArray:
    """How much more the network reads than softmax regression."""
    regression = {"epochs": network["epochs"], "rate": regression_rate, "width": 0}
    return accuracies(SPLITS, **network) - accuracies(SPLITS, **regression)


def nearest_first(*, images: int, **network: Any) -> FloatArray:
    """How much more nearest neighbor reads than the network."""
    return nearest_accuracies(SPLITS, images=images) - accuracies(SPLITS, images=images, **network)


def wider(*, few: int, many: int, **network: Any) -> FloatArray:
    """How much more is read with many hidden neurons than with few."""
    narrow = accuracies(MORE, width=few, **network)
    return accuracies(MORE, width=many, **network) - narrow


def decayed(*, decay: float, **network: Any) -> FloatArray:
    """By how much the loss of new images is lower with weight decay."""
    return losses(SPLITS, **network) - losses(SPLITS, decay=decay, **network)


def known_hands(*, seeds: int, **network: Any) -> BoolArray:
    """Whether a block is read better by networks that know half of it, for each of the blocks."""
    unknown, known = blocks_read(seeds, **network)
    return known > unknown


# -- Moved by a pixel ------------------------------------------------------------------------------


def loses_more(*, move: str, **network: Any) -> FloatArray:
    """How much more accuracy a move costs the network than nearest neighbor."""
    lost = accuracies(SPLITS, **network) - accuracies(SPLITS, move, **network)
    return lost - (nearest_accuracies(SPLITS) - nearest_accuracies(SPLITS, move))


def surer(*, move: str, scaled: str, other: str, **network: Any) -> FloatArray:
    """How much surer of its mistakes on moved images one scaler makes a network than another."""
    return _sure(move, scaled=scaled, **network) - _sure(move, scaled=other, **network)


def _sure(move: str, **network: Any) -> FloatArray:
    """The mean of the largest probabilities on moved images that are misread."""
    found = []
    for split in SPLITS:
        z, y = scores(split, move, **network)
        found.append(nnlib.softmax(z).max(axis=1)[z.argmax(axis=1) != y].mean())
    return np.array(found)


def scaler_alone(*, move: str, **network: Any) -> FloatArray:
    """What a scaler that knows moved images brings a network that was trained on none."""
    own = accuracies(SPLITS, move, scaled="standardized", **network)
    return accuracies(SPLITS, move, scaled="moved", **network) - own


def copies_too(*, move: str, scaled: str, **network: Any) -> FloatArray:
    """What moved copies add if the scaler stays the same."""
    taught = accuracies(SPLITS, move, scaled=scaled, copies=True, **network)
    return taught - accuracies(SPLITS, move, scaled=scaled, **network)


def not_shown(*, move: str, shown: str, **network: Any) -> FloatArray:
    """How much worse a network reads a move that no copy had than one that copies had."""
    read = accuracies(SPLITS, shown, scaled="moved", copies=True, **network)
    return read - accuracies(SPLITS, move, scaled="moved", copies=True, **network)


NETWORK = {"width": 32, "rate": 0.3, "epochs": 30}
OTHERS: dict[str, tuple[Any, ...]] = {"width": (8, 128), "rate": (0.03, 0.1), "epochs": (5, 45)}

CLAIMS = {
    "hidden": Claim(
        judge=hidden_layer,
        usual=NETWORK | {"regression_rate": 0.3, "activation": "relu"},
        varied={
            "width": (16, 24, 64, 128),
            "rate": (0.1, 0.2, 0.4, 0.5),
            "regression_rate": (0.03, 0.1, 1.0),
            "epochs": (10, 90),
            "activation": ("tanh",),
        },
    ),
    "nearest": Claim(
        judge=nearest_first,
        usual=NETWORK | {"images": 1348, "activation": "relu"},
        varied=OTHERS | {"images": (84, 168, 337, 674), "activation": ("tanh",)},
    ),
    "wider": Claim(
        judge=wider,
        usual={"few": 32, "many": 128, "rate": 0.3, "epochs": 30},
        varied={
            "few": (8, 12, 16, 24),
            "many": (96, 112, 160, 192),
            "rate": (0.03, 0.1, 0.5),
            "epochs": (5, 45),
        },
    ),
    "decay": Claim(
        judge=decayed,
        usual=NETWORK | {"decay": 0.001},
        varied=OTHERS | {"decay": (0.0003, 0.003)},
    ),
    "hands": Claim(
        judge=known_hands,
        usual=NETWORK | {"seeds": 2},
        varied={"rate": OTHERS["rate"], "epochs": OTHERS["epochs"]},
        share=0.75,
    ),
    "loses_more": Claim(
        judge=loses_more,
        usual=NETWORK | {"move": "left", "scaled": "standardized", "decay": 0.0},
        varied=OTHERS
        | {
            "move": ("right", "up", "down"),
            "scaled": ("divided by 16", "at least 1"),
            "decay": (0.0003, 0.001, 0.003, 0.01),
        },
    ),
    "surer": Claim(
        judge=surer,
        usual=NETWORK | {"move": "left", "scaled": "standardized", "other": "moved"},
        varied=OTHERS | {"move": ("right",), "other": ("divided by 16", "at least 1")},
    ),
    "scaler": Claim(
        judge=scaler_alone,
        usual=NETWORK | {"move": "left"},
        varied=OTHERS | {"move": ("right",)},
        least=0.05,
    ),
    "copies": Claim(
        judge=copies_too,
        usual=NETWORK | {"move": "left", "scaled": "moved"},
        varied=OTHERS | {"move": ("right", "up", "down"), "scaled": ("divided by 16",)},
        least=0.2,
    ),
    "shown": Claim(
        judge=not_shown,
        usual=NETWORK | {"move": "slanted", "shown": "left"},
        varied=OTHERS
        | {"move": ("slanted back", "far right", "far left"), "shown": ("right", "up", "down")},
        least=0.2,
    ),
}
