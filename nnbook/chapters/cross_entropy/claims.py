"""What the chapter concludes: which small classifiers stand still."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.cross_entropy.flowers import fails_less, recovers
from nnbook.claims import Claim

RUN: dict[str, Any] = {
    "features": "widths",
    "rate": 0.1,
    "batch": 16,
    "epochs": 50,
    "offset": 3000,
}
OTHER_RUNS: dict[str, Any] = {
    "features": ("petals", "flowers"),
    "rate": (0.03, 0.3),
    "batch": (8, 12, 24, 32),
    "epochs": (30, 40, 70, 100),
}

CLAIMS = {
    "few_fail": Claim(
        judge=fails_less,
        usual=RUN | {"few": 2, "many": 8, "below": 0.8, "seeds": 100},
        varied=OTHER_RUNS | {"many": (4, 6, 16, 32), "below": (0.75, 0.85, 0.88, 0.9)},
    ),
    "recover": Claim(
        judge=recovers,
        usual=RUN | {"width": 2, "below": 0.8, "later": 1000, "seeds": 60},
        varied=OTHER_RUNS | {"below": (0.75, 0.78, 0.82, 0.85)},
        share=0.6,
    ),
}
