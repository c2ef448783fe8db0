"""What convolutions and pooling are worth for digits that move, over twenty splits.

Four networks of about the same size: 64-32-10; two convolutions, whose maps are read pixel by pixel
(flat), are pooled in blocks (blocks), or leave their largest number only (whole). Pixels are
divided by 16. The training set, 1,348 images, trains and the test set, 449, judges. The rates, 0.2
for convolutions and 0.3 for the dense network, were among the best of 0.1, 0.2, 0.3 and 0.5 by the
validation sets of other splits. The dense network takes twice the steps of the others, so that its
training, too, is nearly finished. What is quoted is the mean over the splits and its standard
error.
"""

import numpy as np

from nnbook.chapters.pictures.networks import read

SPLITS = range(5000, 5020)
KINDS = ("dense", "flat", "blocks", "whole")
MOVES = ("none", "left", "right", "up", "down")
TRAINING = {"dense": {"rate": 0.3, "epochs": 30}} | {
    kind: {"rate": 0.2, "epochs": 15} for kind in KINDS[1:]
}


def mean(values: np.ndarray) -> str:
    """Return a mean over the splits and its standard error, as the text shows them."""
    return f"{values.mean():.2f} ± {values.std(ddof=1) / np.sqrt(len(values)):.2f}"


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return {
        f"{kind}_{move}": mean(read(SPLITS, kind, move, **TRAINING[kind]))
        for kind in KINDS
        for move in MOVES
    }
