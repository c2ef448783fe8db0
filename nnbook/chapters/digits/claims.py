"""What the chapter concludes: of networks that read digits, over random splits of the images."""

from __future__ import annotations

from typing import Any

import numpy as np

import nnlib
from nnbook.chapters.digits.crossing import PAIRS, STANDARD, crossed
from nnbook.chapters.digits.splits import (
    HALF,
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


def hidden_layer(*, regression: float, **network: Any) -> FloatArray:
    """How much more the network reads than softmax regression, which has a rate of its own."""
    network = crossed(network)
    same = {name: network[name] for name in ("images", "epochs")}
    return accuracies(SPLITS, **network) - accuracies(SPLITS, width=0, rate=regression, **same)


def nearest_first(*, images: int, **network: Any) -> FloatArray:
    """How much more nearest neighbor reads than the network."""
    read = accuracies(SPLITS, images=images, **crossed(network))
    return nearest_accuracies(SPLITS, images=images) - read


def wider(**network: Any) -> FloatArray:
    """How much more is read with many hidden neurons than with few."""
    network = crossed(network)
    few, many = network.pop("few"), network.pop("many")
    return accuracies(MORE, width=many, **network) - accuracies(MORE, width=few, **network)


def decayed(**network: Any) -> FloatArray:
    """By how much the loss of new images is lower with weight decay."""
    network = crossed(network)
    return losses(SPLITS, **network | {"decay": 0.0}) - losses(SPLITS, **network)


def known_hands(*, seeds: int, **network: Any) -> BoolArray:
    """Whether a block is read better by networks that know half of it, for each of the blocks."""
    unknown, known = blocks_read(seeds, **crossed(network))
    return known > unknown


# -- Moved by a pixel ------------------------------------------------------------------------------


def loses_more(*, move: str, **network: Any) -> FloatArray:
    """How much more accuracy a move costs the network than nearest neighbor."""
    network = crossed(network)
    lost = accuracies(SPLITS, **network) - accuracies(SPLITS, move, **network)
    return lost - (nearest_accuracies(SPLITS) - nearest_accuracies(SPLITS, move))


def surer(*, move: str, scaled: str, other: str, **network: Any) -> FloatArray:
    """How much surer of its mistakes on moved images one scaler makes a network than another."""
    network = crossed(network)
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
    "hidden": Claim(
        judge=hidden_layer,
        usual=RELU | {"regression": 0.3, "images": 1348},
        varied={
            "width": (48, 64, 96, 128),
            "rate": (0.2, 0.25, 0.4, 0.5),
            "epochs": (36, 45, 60, 90),
            "regression": (0.03, 0.1, 1.0),
            "activation": ("tanh",),
            "width_rate": ("128/0.2", "128/0.5"),
            "epochs_rate": ("90/0.2", "90/0.5"),
            "activation_rate": ("tanh/0.2", "tanh/0.5"),
        },
        beyond={"width": (8,), "images": (84, 168), "epochs_rate": ("10/0.1",)},
    ),
    "nearest": Claim(
        judge=nearest_first,
        usual=RELU | {"images": 1348, "decay": 0.0},
        varied=OTHERS
        | TANH
        | {"images": (84, 168, 337, 674), "decay": (0.0003, 0.001, 0.003, 0.01)},
    ),
    "wider": Claim(
        judge=wider,
        usual={"few": 32, "many": 128, "rate": 0.3, "epochs": 30}
        | {
            "activation": "relu",
            "many_rate": PAIRS["many_rate"],
            "epochs_rate": PAIRS["epochs_rate"],
        },
        varied={
            "few": (8, 12, 16, 24),
            "many": (96, 112, 160, 192),
            "rate": (0.03, 0.1, 0.5),
            "epochs": (5, 45),
            "many_rate": ("96/0.03", "96/0.5", "192/0.1"),
            "epochs_rate": ("5/0.1", "45/0.5"),
        },
        beyond={"activation": ("tanh",)},
    ),
    "decay": Claim(
        judge=decayed,
        usual=RELU | {"decay": 0.001, "decay_rate": PAIRS["decay_rate"]},
        varied={
            "decay": (0.0003, 0.0004, 0.0005, 0.0007),
            "width": (8, 128),
            "rate": (0.1, 0.2, 0.4, 0.5),
            "epochs": (36, 45, 60, 90),
            "width_rate": ("8/0.1", "8/0.5", "128/0.1", "128/0.5"),
            "epochs_rate": ("90/0.1", "45/0.5"),
            "decay_rate": ("0.0003/0.1", "0.0003/0.5"),
        },
        beyond={
            "rate": (0.03, 1.0),
            "epochs_rate": ("5/0.1",),
            "activation_rate": ("tanh/0.1",),
        },
    ),
    "hands": Claim(
        judge=known_hands,
        usual=NETWORK | {"seeds": 2},
        varied=OTHERS,
        share=0.55,
    ),
    "loses_more": Claim(
        judge=loses_more,
        usual=RELU
        | {"move": "left", "scaled": "standardized", "scaled_rate": STANDARD, "decay": 0.0},
        varied=OTHERS
        | TANH
        | {
            "move": ("right", "up", "down"),
            "scaled": ("divided by 16", "at least 1"),
            "scaled_rate": ("divided by 16/0.03", "divided by 16/0.5", "at least 1/0.03"),
            "decay": (0.0003, 0.001, 0.003, 0.01),
        },
    ),
    "surer": Claim(
        judge=surer,
        usual=RELU | {"move": "left", "scaled": "standardized", "other": "moved"},
        varied={
            "width": (48, 64, 96, 128),
            "rate": (0.03, 0.1),
            "epochs": (5, 45),
            "width_rate": ("128/0.03", "128/0.5"),
            "epochs_rate": ("5/0.03", "5/0.5"),
            "move": ("right",),
            "other": ("divided by 16", "at least 1"),
        },
        beyond={"width": (8,)} | TANH,
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
        varied=TANH
        | {
            "width": (8, 128),
            "rate": (0.1, 0.2, 0.4, 0.5),
            "epochs": (36, 45, 60, 90),
            "width_rate": ("8/0.1", "8/0.5", "128/0.1", "128/0.5"),
            "epochs_rate": ("90/0.1", "45/0.5"),
            "move": ("right", "up", "down"),
            "scaled": ("divided by 16", "at least 1"),
            "scaled_rate": ("divided by 16/0.1", "at least 1/0.1"),
        },
        beyond={"scaled": ("standardized",), "epochs_rate": ("5/0.03",)},
        least=0.2,
    ),
    "shown": Claim(
        judge=not_shown,
        usual=RELU
        | {"move": "slanted", "shown": "left", "scaled": "moved"}
        | {"scaled_rate": PAIRS["scaled_rate"]},
        varied=TANH
        | {
            "width": (8, 128),
            "rate": (0.1, 0.2, 0.4, 0.5),
            "epochs": (36, 45, 60, 90),
            "width_rate": ("8/0.1", "8/0.5", "128/0.1", "128/0.5"),
            "epochs_rate": ("90/0.1", "45/0.5"),
            "move": ("slanted back", "slanted left", "slanted right", "far right", "far left"),
            "shown": ("right", "up", "down"),
            "scaled": ("divided by 16", "at least 1"),
            "scaled_rate": ("divided by 16/0.1", "at least 1/0.1"),
        },
        beyond={
            "rate": (0.03,),
            "epochs": (5,),
            "width_rate": ("8/0.03",),
            "epochs_rate": ("5/0.03",),
            "move": (HALF,),
            "scaled": ("standardized",),
        },
        least=0.2,
    ),
}
