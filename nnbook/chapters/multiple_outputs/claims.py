"""What the chapter concludes: who fails and why, and whom squared residuals mask."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.multiple_outputs.flowers import BoolArray, trained
from nnbook.claims import Claim
from nnlib._typing import FloatArray

TOGETHER: dict[str, dict[str, Any]] = {
    "nothing": {},
    "slow and short": {"rate": 0.05, "steps": 300},
    "quick and large": {"rate": 0.5, "scale": 3},
    "slow and large": {"rate": 0.05, "scale": 3},
    "too short": {"rate": 0.01, "steps": 300},
}
"""Constants that interact, changed together."""


def fewer_fail(*, together: str, **setting: Any) -> FloatArray:
    """Whether a 2-2-3 run fails with squared residuals, minus whether with cross-entropy."""
    setting |= TOGETHER[together]
    return _failed(2, "mse", **setting) - _failed(2, "ce", **setting)


def _failed(hidden: int, loss: str, *, below: float, **setting: Any) -> FloatArray:
    return (trained(hidden, loss, **setting).training < below).astype(float)


def dead_fail(*, below: float, together: str, **setting: Any) -> BoolArray:
    """Of the runs that end with one dead neuron of two: whether they fail with squares."""
    runs = trained(2, "mse", **setting | TOGETHER[together])
    return (runs.training < below)[runs.dead == 1]


def masked(*, together: str, **setting: Any) -> FloatArray:
    """Test accuracy of three planes with the cross-entropy minus that with squared residuals."""
    setting |= TOGETHER[together]
    return trained(0, "ce", **setting).test - trained(0, "mse", **setting).test


RUNS: dict[str, Any] = {
    "rate": 0.2, "steps": 1000, "scale": 1, "inputs": "widths", "seeds": 40, "offset": 1000,
    "together": "nothing",
}  # fmt: skip
BELOW = (0.8, 0.85, 0.92, 0.94)
INPUTS = ("lengths", "petals", "flowers")

CLAIMS = {
    "fewer_fail": Claim(
        judge=fewer_fail,
        usual=RUNS | {"below": 0.9},
        varied={
            "rate": (0.02, 0.05, 0.1, 0.5, 1, 2),
            "steps": (300, 3000),
            "scale": (0.3, 3),
            "below": BELOW,
            "inputs": INPUTS,
            "together": ("slow and short", "quick and large", "slow and large"),
        },
        beyond={"inputs": ("sepals",)},
    ),
    "dead_fail": Claim(
        judge=dead_fail,
        usual=RUNS | {"below": 0.9, "seeds": 100},
        varied={
            "rate": (0.02, 0.05, 0.1, 0.5, 1),
            "steps": (300, 3000),
            "scale": (0.3, 3),
            "below": BELOW,
            "inputs": INPUTS,
            "together": ("slow and short", "quick and large"),
        },
        share=0.9,
    ),
    "masked": Claim(
        judge=masked,
        usual=RUNS | {"rate": 1},
        varied={
            "rate": (0.1, 0.2, 0.5, 2),
            "steps": (300, 3000),
            "scale": (0.3, 3),
            "inputs": (*INPUTS, "sepals", "petal width", "petal length", "sepal length"),
            "together": ("slow and short",),
        },
        beyond={"inputs": ("sepal width",), "together": ("too short",)},
    ),
}
