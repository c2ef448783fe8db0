"""What the chapter concludes: of networks that guess the next letter, over splits of the names."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.chapters.words.asking import answers
from nnbook.chapters.words.writers import counted_loss, test_loss
from nnbook.claims import Claim
from nnlib._typing import FloatArray

SPLITS = range(7000, 7020)
"""Others than those by which rates were chosen and conclusions tried out."""


def counting_wins(*, prior: float, **network: Any) -> FloatArray:
    """How much lower the loss of counting that falls back is than that of the network."""
    return np.array(
        [
            test_loss(split, kind="window", **network) - counted_loss(split, prior)
            for split in SPLITS
        ]
    )


def window_wins(*, other_rate: float, **network: Any) -> FloatArray:
    """How much lower the loss of the window is than that of the attention."""
    other = network | {"rate": other_rate}
    return np.array(
        [
            test_loss(split, kind="attention", **other) - test_loss(split, kind="window", **network)
            for split in SPLITS
        ]
    )


def attention_finds(*, other_rate: float, other_hidden: int, **task: Any) -> FloatArray:
    """How many more answers are right with attention than with a window."""
    window = task | {"rate": other_rate, "hidden": other_hidden}
    return np.array(
        [
            answers(seed, kind="attention", hidden=52, **task)
            - answers(seed, kind="window", **window)
            for seed in SPLITS
        ]
    )


WINDOW: dict[str, Any] = {"length": 3, "rate": 0.2, "epochs": 20, "batch": 64, "wide": 1.0}
TASK: dict[str, Any] = {"rows": 300, "length": 10, "rate": 0.2, "epochs": 60, "batch": 32}

RATES = (0.1, 0.15, 0.25, 0.3)
EPOCHS = (10, 15, 25, 30)
WIDTHS = (0.75, 1.25, 1.5, 2.0)

CLAIMS = {
    "counting": Claim(
        judge=counting_wins,
        usual=WINDOW | {"prior": 16},
        varied={"prior": (8, 12, 20, 30), "rate": RATES, "epochs": EPOCHS, "wide": WIDTHS},
    ),
    "window_wins": Claim(
        judge=window_wins,
        usual=WINDOW | {"other_rate": 0.3},
        varied={"other_rate": (0.05, 0.1, 0.2, 0.5), "rate": RATES, "epochs": EPOCHS},
        least=0.03,
    ),
    "finds": Claim(
        judge=attention_finds,
        usual=TASK | {"other_rate": 3.0, "other_hidden": 32},
        varied={
            "other_rate": (0.3, 1.0, 2.0, 2.5),
            "other_hidden": (16, 64, 128, 256),
            "rate": RATES,
            "epochs": (30, 40, 90, 120),
            "length": (9, 11, 12, 14),
        },
        beyond={"rows": (500,), "length": (5,)},
        least=0.1,
    ),
}
