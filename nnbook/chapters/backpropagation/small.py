"""What the chapter concludes from trainings."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnbook.chapters.backpropagation.starts import predict, trained
from nnbook.claims import Claim

BoolArray: TypeAlias = NDArray[np.bool_]


def apart(*, below: float, x: float, by: float, **setting: Any) -> BoolArray:
    """Which pairs of fitting networks differ at x by more than this."""
    theta, losses = trained(**setting)
    said = predict(theta, x)[losses < below]
    one, other = np.triu_indices(len(said), 1)
    return np.abs(said[one] - said[other]) > by


def ends_lower(*, width: int, scale: float, seeds: int, top: float, **setting: Any) -> BoolArray:
    """Whether the SSR is lower after steps that take the slope of the bend at the wrong place."""
    drawn = {"width": width, "scale": scale, "seeds": seeds, "top": top}
    before = trained(**drawn, rate=1.0, flow=0)[1]
    return trained(**drawn, **setting, at_output=True)[1] < before


STARTS = {"width": 2, "rate": 0.02, "seeds": 100, "scale": 1.0, "top": 1.0}
RATES = (0.01, 0.015, 0.025, 0.03)
FLOWS = (160, 240, 480, 640)
SPREADS = (0.3, 0.5, 2.0, 3.0)
TOPS = (0.3, 0.5, 2.0, 3.0)

CLAIMS = {
    "apart": Claim(
        judge=apart,
        usual=STARTS | {"x": 0.25, "by": 0.02, "flow": 320, "below": 0.001},
        varied={
            "rate": RATES,
            "flow": FLOWS,
            "width": (3, 4, 5, 6),
            "scale": SPREADS,
            "below": (0.0001, 0.01),
        },
        share=0.5,
    ),
    "wrong_falls": Claim(
        judge=ends_lower,
        usual=STARTS | {"flow": 160},
        varied={
            "rate": (0.005, 0.01, 0.015, 0.03),
            "flow": (1, 10, 40, 320),
            "width": (1, 4, 8, 18),
            "scale": SPREADS,
            "top": TOPS,
        },
        share=0.9,
    ),
}
