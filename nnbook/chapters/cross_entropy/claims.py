"""What the chapter concludes: what squared residuals cost a network without a hidden layer."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.multiple_outputs.flowers import trained
from nnbook.claims import Claim
from nnlib._typing import FloatArray

TOGETHER: dict[str, dict[str, Any]] = {
    "nothing": {},
    "slow and short": {"rate": 0.05, "steps": 300},
    "too short": {"rate": 0.01, "steps": 300},
}
"""Constants that interact, changed together."""


def masked(*, together: str, **setting: Any) -> FloatArray:
    """Test accuracy of three planes with the cross-entropy minus that with squared residuals."""
    setting |= TOGETHER[together]
    return trained(0, "ce", **setting).test - trained(0, "mse", **setting).test


CLAIMS = {
    "masked": Claim(
        judge=masked,
        usual={
            "rate": 1,
            "steps": 1000,
            "scale": 1,
            "inputs": "widths",
            "seeds": 40,
            "offset": 1000,
            "together": "nothing",
        },
        varied={
            "rate": (0.1, 0.2, 0.5, 2),
            "steps": (300, 3000),
            "scale": (0.3, 3),
            "inputs": (
                *("lengths", "petals", "flowers", "sepals"),
                *("petal width", "petal length", "sepal length"),
            ),
            "together": ("slow and short",),
        },
        beyond={"inputs": ("sepal width",), "together": ("too short",)},
    ),
}
