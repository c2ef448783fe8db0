"""What the chapter concludes: of networks that guess the next letter, over splits of the names."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.chapters.words.asking import answers
from nnbook.chapters.words.writers import (
    apart,
    counted_loss,
    names_of,
    test_loss,
    trained,
    written,
)
from nnbook.claims import Claim
from nnlib._typing import FloatArray

SPLITS = range(7000, 7020)
"""Others than those by which rates were chosen and conclusions tried out."""


def fewer_than_counting(*, added: float, **network: Any) -> FloatArray:
    """How much lower the network's loss is than that of counting, after two letters or three."""
    return np.array(
        [
            min(counted_loss(split, length, added) for length in (2, 3))
            - test_loss(split, kind="window", **network)
            for split in SPLITS
        ]
    )


def vectors_help(*, other_rate: float, **network: Any) -> FloatArray:
    """How much lower the loss is with vectors that are learned than with one-hot rows."""
    other = network | {"rate": other_rate}
    return _lower("window", network, "one-hot", other)


def window_wins(*, other_rate: float, **network: Any) -> FloatArray:
    """How much lower the loss of the window is than that of the attention."""
    other = network | {"rate": other_rate}
    return _lower("window", network, "attention", other)


def _lower(kind: str, network: dict[str, Any], other: str, how: dict[str, Any]) -> FloatArray:
    return np.array(
        [
            test_loss(split, kind=other, **how) - test_loss(split, kind=kind, **network)
            for split in SPLITS
        ]
    )


def attention_finds(*, other_rate: float, **task: Any) -> FloatArray:
    """How many more answers are right with attention than with a window."""
    return np.array(
        [
            answers(seed, kind="attention", **task)
            - answers(seed, kind="window", **task | {"rate": other_rate})
            for seed in SPLITS
        ]
    )


def colder_copies(*, cold: float, warm: float, words: int, **network: Any) -> FloatArray:
    """How much larger the share of training names is among what is written at the lower T."""
    found = []
    for split in SPLITS:
        model, known = trained(split, kind="window", **network), set(names_of(split)[0])
        shares = [
            np.mean([word in known for word in written(model, words, T, _drawn(split))])
            for T in (cold, warm)
        ]
        found.append(shares[0] - shares[1])
    return np.array(found)


def mostly_new(*, temperature: float, words: int, most: float, **network: Any) -> FloatArray:
    """Whether less than so large a share of the written names is in the training set."""
    found = []
    for split in SPLITS:
        model, known = trained(split, kind="window", **network), set(names_of(split)[0])
        lines = written(model, words, temperature, _drawn(split))
        found.append(np.mean([word in known for word in lines]) < most)
    return np.array(found)


def farther(*, temperature: float, words: int, **network: Any) -> FloatArray:
    """How much farther written names are from the training set than names of the test set are."""
    found = []
    for split in SPLITS:
        train, _, test = names_of(split)
        model = trained(split, kind="window", **network)
        lines = written(model, words, temperature, _drawn(split))
        found.append(apart(lines, train).mean() - apart(test[:words], train).mean())
    return np.array(found)


def _drawn(split: int) -> np.random.Generator:
    return np.random.default_rng(split + 1)


WINDOW: dict[str, Any] = {"length": 3, "rate": 0.2, "epochs": 20, "batch": 64, "wide": 1.0}
TASK: dict[str, Any] = {"rows": 500, "length": 10, "rate": 0.2, "epochs": 60, "batch": 32}

RATES = (0.1, 0.15, 0.25, 0.3)
EPOCHS = (10, 15, 25, 30)
WIDTHS = (0.75, 1.25, 1.5, 2.0)

CLAIMS = {
    "counting": Claim(
        judge=fewer_than_counting,
        usual=WINDOW | {"rate": 0.1, "added": 0.1},
        varied={
            "added": (0.01, 0.03, 0.3, 1.0),
            "epochs": (15, 25, 30, 35),
            "rate": (0.08, 0.12, 0.15, 0.2),
            "wide": WIDTHS,
        },
        beyond={"epochs": (10,), "wide": (0.33,)},
    ),
    "vectors": Claim(
        judge=vectors_help,
        usual=WINDOW | {"other_rate": 0.5},
        varied={"other_rate": (0.1, 0.3, 0.7, 1.0), "rate": RATES, "epochs": EPOCHS},
    ),
    "window_wins": Claim(
        judge=window_wins,
        usual=WINDOW | {"other_rate": 0.3},
        varied={"other_rate": (0.05, 0.1, 0.2, 0.5), "rate": RATES, "epochs": EPOCHS},
        least=0.03,
    ),
    "finds": Claim(
        judge=attention_finds,
        usual=TASK | {"other_rate": 3.0},
        varied={
            "other_rate": (0.3, 1.0, 2.0, 2.5),
            "rate": RATES,
            "rows": (200, 250, 300, 400),
            "length": (9, 11, 12, 14),
        },
        beyond={"length": (5, 7)},
    ),
    "colder": Claim(
        judge=colder_copies,
        usual=WINDOW | {"cold": 0.5, "warm": 1.0, "words": 200},
        varied={
            "cold": (0.3, 0.4, 0.6, 0.7),
            "warm": (1.2, 1.5, 2.0, 4.0),
            "epochs": EPOCHS,
            "wide": WIDTHS,
        },
    ),
    "new": Claim(
        judge=mostly_new,
        usual=WINDOW | {"temperature": 1.0, "words": 200, "most": 0.05},
        varied={"temperature": (0.7, 1.5, 2.0, 3.0), "epochs": EPOCHS, "wide": WIDTHS},
        beyond={"temperature": (0.3,)},
    ),
    "farther": Claim(
        judge=farther,
        usual=WINDOW | {"temperature": 1.0, "words": 40},
        varied={"temperature": (1.2, 1.5, 2.0, 3.0), "epochs": EPOCHS, "wide": WIDTHS},
        beyond={"temperature": (0.5,)},
    ),
}
