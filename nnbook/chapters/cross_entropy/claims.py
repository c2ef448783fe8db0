"""What the chapter concludes: which small classifiers stand still."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.cross_entropy.flowers import fails_less, recovers
from nnbook.claims import Claim

RUN: dict[str, Any] = {"features": "widths", "batch": 16, "below": 0.8, "offset": 5000}
BELOW = (0.75, 0.78, 0.82, 0.85)
ELSEWHERE: dict[str, Any] = {"features": ("petals", "flowers"), "batch": (8, 32, 112)}

CLAIMS = {
    "few_fail": Claim(
        judge=fails_less,
        usual=RUN | {"few": 2, "run": "8/50/0.1", "seeds": 100},
        varied={
            "below": BELOW,
            "run": (
                "4/50/0.1",
                "32/50/0.1",
                "8/50/0.03",
                "8/20/0.1",
                "8/100/0.1",
                "8/200/0.03",
                "4/50/0.03",
                "32/50/0.03",
                "8/50/0.01",
                "4/50/0.01",
                "32/50/0.01",
            ),
        },
        beyond=ELSEWHERE
        | {"run": ("8/50/0.0001", "8/50/0.001", "8/50/0.3", "8/50/1", "8/300/0.1")},
    ),
    "recover": Claim(
        judge=recovers,
        usual=RUN | {"run": "2/50/0.1", "later": 1000, "low": 20, "seeds": 1000},
        varied={
            "below": BELOW,
            "run": (
                "2/50/0.01",
                "2/50/0.03",
                "2/20/0.1",
                "2/100/0.1",
                "2/200/0.03",
            ),
        },
        share=0.6,
        beyond=ELSEWHERE | {"run": ("2/50/0.0003", "2/50/0.001", "2/50/0.3", "2/50/1")},
    ),
}
