"""What convolutions, pooling and moved copies are worth for digits that move, over twenty splits.

Four networks of about the same size: 64-32-10; two convolutions, whose maps are read pixel by pixel
(flat), are pooled in blocks (blocks), or leave their largest number only (whole). Pixels are
divided by 16. The training set, 1,348 images, trains and the test set, 449, judges. The rates, 0.2
for convolutions and 0.3 for the dense network, were among the best of 0.1, 0.2, 0.3 and 0.5 by the
validation sets of other splits. The dense network takes twice the steps of the others, and with
moved copies five times their steps, so that its training, too, is nearly finished. What is
quoted is the median over the splits.
"""

import numpy as np

from nnbook.chapters.pictures.networks import read

SPLITS = range(5000, 5020)
KINDS = ("dense", "flat", "blocks", "whole")
MOVES = ("none", "left", "right", "up", "down")
SLANTED = ("slanted", "slanted back", "slanted left", "slanted right")
PLAIN = {"dense": {"rate": 0.3, "epochs": 30}} | {
    kind: {"rate": 0.2, "epochs": 15} for kind in KINDS[1:]
}
WITH_COPIES = {
    "dense": {"rate": 0.3, "epochs": 150, "copies": True},
    "blocks": {"rate": 0.2, "epochs": 30, "copies": True},
}


def median(name: str, values: np.ndarray) -> dict[str, str]:
    """Return a median as the text shows it: the loss of a convolution jumps now and then."""
    return {name: f"{np.median(values):.2f}"}


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    found: dict[str, str] = {}
    for kind in KINDS:
        for move in MOVES:
            found |= median(f"{kind}_{move}", read(SPLITS, kind, move, **PLAIN[kind]))
    for kind, training in WITH_COPIES.items():
        found |= median(f"{kind}_slanted", read(SPLITS, kind, *SLANTED, **PLAIN[kind]))
        found |= median(f"{kind}_copies", read(SPLITS, kind, "none", **training))
        found |= median(f"{kind}_copies_moved", read(SPLITS, kind, *MOVES[1:], **training))
        found |= median(f"{kind}_copies_slanted", read(SPLITS, kind, *SLANTED, **training))
    return found
