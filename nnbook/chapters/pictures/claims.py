"""What the chapter concludes: of convolutions and pooling, over random splits of the digits."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.pictures.networks import read
from nnbook.claims import Claim
from nnlib._typing import FloatArray

SPLITS = range(5000, 5020)
"""Others than those by which rates were chosen and conclusions tried out."""
MOVES = ("left", "right", "up", "down")


def share(kind: str, *moves: str, **settings: Any) -> FloatArray:
    """Return what a network reads in each split, the mean over moves.

    What a setting calls `dense_rate` is the rate of the dense network only, and so on; what it
    calls `rate` is that of the others.
    """
    own = {name: value for name, value in settings.items() if not name.startswith("dense_")}
    if kind == "dense":
        own = {name[6:]: settings[name] for name in settings if name.startswith("dense_")}
    return read(SPLITS, kind, *moves, **own)


def lost(kind: str, move: str, **settings: Any) -> FloatArray:
    """What a move costs a network."""
    return share(kind, "none", **settings) - share(kind, move, **settings)


def loses_less(*, move: str, **settings: Any) -> FloatArray:
    """What a move costs the dense network, less what it costs the pooled convolutions."""
    return lost("dense", move, **settings) - lost("blocks", move, **settings)


def pooling(**settings: Any) -> FloatArray:
    """What pooling adds to what is read of moved digits, less what the convolutions add."""
    dense, flat, blocks = (share(kind, *MOVES, **settings) for kind in ("dense", "flat", "blocks"))
    return (blocks - flat) - (flat - dense)


def whole(*, move: str, **settings: Any) -> FloatArray:
    """What the largest of a whole map brings over the largest of each block."""
    return share("whole", move, **settings) - share("blocks", move, **settings)


CONVOLUTIONS = {"rate": 0.2, "epochs": 15}
DENSE = {"dense_rate": 0.3, "dense_epochs": 30, "dense_scaled": "divided by 16"}
OTHERS: dict[str, tuple[Any, ...]] = {"rate": (0.1, 0.15, 0.25, 0.3), "epochs": (8, 10, 12, 20)}
OTHER_DENSE: dict[str, tuple[Any, ...]] = {
    "dense_rate": (0.1, 0.2, 0.5, 1.0),
    "dense_epochs": (10, 20, 60, 90),
    "dense_scaled": ("moved", "at least 1", "standardized"),
}

CLAIMS = {
    "loses_less": Claim(
        judge=loses_less,
        usual=CONVOLUTIONS | DENSE | {"move": "left"},
        varied=OTHERS | OTHER_DENSE | {"move": MOVES},
        least=0.05,
    ),
    "pooling": Claim(
        judge=pooling,
        usual=CONVOLUTIONS | DENSE,
        varied=OTHERS | OTHER_DENSE,
    ),
    "whole": Claim(
        judge=whole,
        usual=CONVOLUTIONS | {"move": "left"},
        varied={"rate": OTHERS["rate"], "move": ("right",)},
        least=0.1,
    ),
}
