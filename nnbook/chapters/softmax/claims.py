"""What the chapter concludes: what probabilities inherit from the start."""

from __future__ import annotations

from typing import Any

import numpy as np

import nnlib
from nnbook.chapters.softmax.starts import asked
from nnbook.claims import Claim
from nnlib._typing import FloatArray

TOGETHER: dict[str, dict[str, Any]] = {
    "nothing": {},
    "narrow and slow": {"hidden": 4, "rate": 0.05},
    "narrow and long": {"hidden": 4, "steps": 3000},
    "wide and slow": {"hidden": 36, "rate": 0.05},
    "wide and quick": {"hidden": 36, "rate": 0.5},
    "wide and large": {"hidden": 36, "scale": 3},
    "slow and large": {"rate": 0.05, "scale": 3},
    "quick and long": {"rate": 0.5, "steps": 3000},
    "slow and short": {"rate": 0.05, "steps": 300},
}
"""Constants that interact, changed together."""


def layer_remembers(*, gap: str, together: str, **setting: Any) -> FloatArray:
    """How far they are from the mean in the gap with a hidden layer, minus without."""
    setting |= TOGETHER[together]
    hidden = setting.pop("hidden")
    deep, flat = (
        _away(nnlib.softmax(asked(width, places=(gap,), **setting))) for width in (hidden, 0)
    )
    return (deep - flat).ravel()


def _away(p: FloatArray) -> FloatArray:
    return np.abs(p - p.mean(axis=0)).max(axis=-1)


CLAIMS = {
    "layer_remembers": Claim(
        judge=layer_remembers,
        usual={
            "hidden": 8,
            "gap": "gap",
            "rate": 0.2,
            "steps": 1000,
            "scale": 1,
            "seeds": 40,
            "offset": 1000,
            "together": "nothing",
        },
        varied={
            "hidden": (2, 4, 16, 36),
            "gap": ("border", "border, right", "below", "above", "highest", "gap, right"),
            "rate": (0.02, 0.05, 0.1, 0.5),
            "steps": (300, 3000),
            "scale": (0.1, 0.3, 0.5, 3),
            "together": tuple(TOGETHER)[1:],
        },
    ),
}
