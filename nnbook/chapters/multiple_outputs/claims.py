"""What the chapter concludes: who fails and why, and what a loss and a hidden layer bring."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.chapters.multiple_outputs.flowers import BoolArray, trained
from nnbook.claims import Claim
from nnlib._typing import FloatArray

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)
CHOOSING = {"seeds": 20, "offset": 5000}
"""The splits on which each network finds its best rate; others judge."""


def fewer_fail(*, below: float, hidden: int, **setting: Any) -> FloatArray:
    """Whether a run fails with squared residuals, minus whether it does with cross-entropy."""
    mse, ce = (_failed(hidden, loss, below, **setting) for loss in ("mse", "ce"))
    return mse - ce


def wider(*, below: float, few: int, many: int, **setting: Any) -> FloatArray:
    """Whether a run with few neurons fails, minus whether one with many does."""
    return _failed(few, "mse", below, **setting) - _failed(many, "mse", below, **setting)


def _failed(hidden: int, loss: str, below: float, **setting: Any) -> FloatArray:
    return (trained(hidden, loss, **setting).training < below).astype(float)


def dead_masks(*, below: float, **setting: Any) -> BoolArray:
    """Of the runs that end with one dead neuron of two: fails with squares, not with the other."""
    mse, ce = (trained(2, loss, **setting) for loss in ("mse", "ce"))
    return np.concatenate(
        [(mse.training < below)[mse.dead == 1], (ce.training >= below)[ce.dead == 1]]
    )


def masked(**setting: Any) -> FloatArray:
    """Test accuracy of three planes with the cross-entropy minus that with squared residuals."""
    return trained(0, "ce", **setting).test - trained(0, "mse", **setting).test


def at_best(hidden: int, loss: str, **setting: Any) -> FloatArray:
    """Return the test accuracies at the rate that is best on the splits for choosing."""
    choosing = setting | CHOOSING
    best = max(RATES, key=lambda rate: trained(hidden, loss, rate=rate, **choosing).test.mean())
    return trained(hidden, loss, rate=best, **setting).test


def squares_ahead(*, hidden: int, **setting: Any) -> FloatArray:
    """Test accuracy with squared residuals minus that with the cross-entropy, at best rates."""
    return at_best(hidden, "mse", **setting) - at_best(hidden, "ce", **setting)


def little_gain(*, gain: float, hidden: int, loss: str, **setting: Any) -> FloatArray:
    """By how much a hidden layer brings less than this gain over softmax regression."""
    return gain - (at_best(hidden, loss, **setting) - at_best(0, "ce", **setting))


RUNS: dict[str, Any] = {
    "rate": 0.2, "steps": 1000, "scale": 1, "inputs": "widths", "seeds": 40, "offset": 1000,
}  # fmt: skip
OTHER_RUNS = {"rate": (0.05, 0.1, 0.5, 1), "steps": (300, 3000), "scale": (0.3, 3)}
BEST: dict[str, Any] = {
    "hidden": 8, "steps": 1000, "scale": 1, "inputs": "widths", "seeds": 100, "offset": 1000,
}  # fmt: skip
OTHER_BEST = {
    "steps": (300, 3000),
    "scale": (0.3, 3),
    "inputs": ("lengths", "petals", "flowers"),
}

CLAIMS = {
    "wider": Claim(
        judge=wider,
        usual=RUNS | {"few": 2, "many": 8, "below": 0.9},
        varied=OTHER_RUNS
        | {
            "many": (3, 4, 16, 36),
            "below": (0.8, 0.85, 0.92, 0.94),
            "inputs": ("lengths", "petals", "flowers"),
        },
    ),
    "fewer_fail": Claim(
        judge=fewer_fail,
        usual=RUNS | {"hidden": 2, "below": 0.9},
        varied=OTHER_RUNS
        | {
            "rate": (0.02, 0.05, 0.1, 0.5, 1, 2),
            "below": (0.8, 0.85, 0.92, 0.94),
            "inputs": ("lengths", "petals", "flowers"),
        },
    ),
    "dead_masks": Claim(
        judge=dead_masks,
        usual=RUNS | {"below": 0.9, "seeds": 100},
        varied=OTHER_RUNS | {"below": (0.8, 0.85, 0.92, 0.94)},
        share=0.8,
    ),
    "masked": Claim(
        judge=masked,
        usual=RUNS | {"rate": 1},
        varied={
            "rate": (0.1, 0.2, 0.5),
            "steps": (300, 3000),
            "scale": (0.3, 3),
            "inputs": ("lengths", "petals", "flowers", "petal width", "petal length"),
        },
    ),
    "squares_ahead": Claim(judge=squares_ahead, usual=BEST, varied=OTHER_BEST),
    "little_gain": Claim(
        judge=little_gain,
        usual=BEST | {"gain": 0.01, "loss": "mse"},
        varied=OTHER_BEST | {"loss": ("ce",)},
    ),
}
