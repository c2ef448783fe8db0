"""What the chapter concludes: of convolutions and pooling, over random splits of the digits."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.pictures.networks import read
from nnbook.claims import Claim
from nnlib._typing import FloatArray

SPLITS = range(5000, 5020)
"""Others than those by which rates were chosen and conclusions tried out."""
PAIR = "15/0.2"
"""Epochs and rate of the convolutions, changed at once."""


def share(kind: str, *moves: str, **settings: Any) -> FloatArray:
    """Return what a network reads in each split.

    What a setting calls `dense_rate` is the rate of the dense network only, and so on; what it
    calls `rate` is that of the others.
    """
    own = {name: value for name, value in settings.items() if not name.startswith("dense_")}
    pair = own.pop("epochs_rate", PAIR)
    if kind == "dense":
        own = {name[6:]: settings[name] for name in settings if name.startswith("dense_")}
        own |= {"copies": settings.get("copies", False)}
    elif pair != PAIR:
        epochs, rate = pair.split("/")
        own |= {"epochs": int(epochs), "rate": float(rate)}
    return read(SPLITS, kind, *moves, **own)


def lost(kind: str, move: str, **settings: Any) -> FloatArray:
    """What a move costs a network."""
    return share(kind, "none", **settings) - share(kind, move, **settings)


def loses_less(*, move: str, **settings: Any) -> FloatArray:
    """What a move costs the dense network, less what it costs the pooled convolutions."""
    return lost("dense", move, **settings) - lost("blocks", move, **settings)


def not_immune(*, move: str, **settings: Any) -> FloatArray:
    """What a move costs the pooled convolutions."""
    return lost("blocks", move, **settings)


def pooling(*, move: str, **settings: Any) -> FloatArray:
    """What pooling adds to what is read of moved digits, less what the convolutions add."""
    dense, flat, blocks = (share(kind, move, **settings) for kind in ("dense", "flat", "blocks"))
    return (blocks - flat) - (flat - dense)


def whole(*, move: str, **settings: Any) -> FloatArray:
    """What the largest of a whole map brings over the largest of each block."""
    return share("whole", move, **settings) - share("blocks", move, **settings)


def not_shown(*, move: str, **settings: Any) -> FloatArray:
    """With copies on both sides: what convolutions read more of a move that no copy had."""
    settings |= {"copies": True}
    return share("blocks", move, **settings) - share("dense", move, **settings)


def one_scale(*, move: str, scaled: str, **settings: Any) -> FloatArray:
    """What one scale for all pixels brings the pooled convolutions."""
    scales = (share("blocks", move, scaled=name, **settings) for name in ("divided by 16", scaled))
    return next(scales) - next(scales)


CONVOLUTIONS = {"rate": 0.2, "epochs": 15}
DENSE = {"dense_rate": 0.3, "dense_epochs": 30, "dense_scaled": "divided by 16"}
RATES: dict[str, tuple[Any, ...]] = {"rate": (0.1, 0.15, 0.25, 0.3)}
OTHERS = RATES | {"epochs": (8, 10, 12, 20)}
CROSSED: dict[str, tuple[Any, ...]] = {"epochs_rate": ("20/0.1", "10/0.25")}
OTHER_DENSE: dict[str, tuple[Any, ...]] = {
    "dense_rate": (0.1, 0.2, 0.5, 1.0),
    "dense_epochs": (10, 20, 60, 90),
    "dense_scaled": ("moved", "at least 1", "standardized"),
}
ALL = ("right", "up", "down")

CLAIMS = {
    "one_scale": Claim(
        judge=one_scale,
        usual=CONVOLUTIONS | {"move": "left", "scaled": "standardized"},
        varied=RATES | {"move": ("right",), "scaled": ("at least 1",)},
        least=0.05,
    ),
    "loses_less": Claim(
        judge=loses_less,
        usual=CONVOLUTIONS | DENSE | {"epochs_rate": PAIR, "move": "left"},
        varied=OTHERS | OTHER_DENSE | CROSSED | {"move": ALL},
        least=0.05,
    ),
    "not_immune": Claim(
        judge=not_immune,
        usual=CONVOLUTIONS | {"epochs_rate": PAIR, "move": "left"},
        varied=OTHERS | CROSSED | {"move": ALL},
        least=0.15,
    ),
    "pooling": Claim(
        judge=pooling,
        usual=CONVOLUTIONS | DENSE | {"move": "left"},
        varied=OTHERS | OTHER_DENSE | {"dense_scaled": ("moved", "at least 1"), "move": ("up",)},
        beyond={"dense_scaled": ("standardized",), "move": ("right", "down")},
    ),
    "whole": Claim(
        judge=whole,
        usual=CONVOLUTIONS | {"move": "left"},
        varied=RATES | {"move": ("right",)},
        least=0.1,
    ),
    "not_shown": Claim(
        judge=not_shown,
        usual={"rate": 0.2, "epochs": 30} | DENSE | {"dense_epochs": 150, "move": "slanted"},
        varied=RATES
        | {"dense_rate": (0.1, 0.2, 0.5, 1.0), "dense_epochs": (30, 60, 90, 300)}
        | {"dense_scaled": ("moved", "at least 1")}
        | {"move": ("slanted back", "slanted left", "slanted right", "far left", "far right")},
        least=0.05,
    ),
}
