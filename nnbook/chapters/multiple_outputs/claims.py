"""What the chapter concludes: what a dead neuron costs a small network."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.multiple_outputs.flowers import BoolArray, trained
from nnbook.claims import Claim

TOGETHER: dict[str, dict[str, Any]] = {
    "nothing": {},
    "slow and short": {"rate": 0.05, "steps": 300},
    "quick and large": {"rate": 0.5, "scale": 3},
}
"""Constants that interact, changed together."""


def dead_fail(*, below: float, together: str, **setting: Any) -> BoolArray:
    """Of the runs that end with one dead neuron of two: whether they fail with squares."""
    runs = trained(2, "mse", **setting | TOGETHER[together])
    return (runs.training < below)[runs.dead == 1]


RUNS: dict[str, Any] = {
    "rate": 0.2, "steps": 1000, "scale": 1, "inputs": "widths", "seeds": 100, "offset": 1000,
    "together": "nothing", "below": 0.9,
}  # fmt: skip

CLAIMS = {
    "dead_fail": Claim(
        judge=dead_fail,
        usual=RUNS,
        varied={
            "rate": (0.02, 0.05, 0.1, 0.5, 1),
            "steps": (300, 3000),
            "scale": (0.1, 0.3, 3),
            "below": (0.8, 0.85, 0.92, 0.94),
            "inputs": ("lengths", "petals", "flowers"),
            "together": ("slow and short", "quick and large"),
        },
        share=0.9,
    ),
}
