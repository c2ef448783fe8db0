"""What the chapter concludes: of overfitting, of what helps, and of how to judge."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.generalization import noise, noisy
from nnbook.claims import Claim

NOISY: dict[str, Any] = {
    "data": "moons",
    "points": 40,
    "noise": 0.3,
    "run": "32/200/0.03",
    "batch": 20,
    "seeds": 20,
    "offset": 4000,
}
LARGER = ("64/200/0.03", "128/200/0.03", "16/400/0.03", "16/200/0.1", "64/400/0.05", "32/400/0.1")
SMALLER = ("32/200/0.02", "32/100/0.03", "16/200/0.03", "16/100/0.05", "8/200/0.03")
BARELY = ("32/200/0.01", "32/50/0.03", "4/200/0.03")
LARGE: dict[str, Any] = {
    "data": ("blobs",),
    "points": (20, 30, 60, 80),
    "noise": (0.32, 0.35, 0.4, 0.6),
    "run": LARGER,
    "batch": (5, 8, 10, 15),
}
MILDER: dict[str, Any] = {
    "points": (120, 240, 500),
    "noise": (0.15, 0.2, 0.25),
    "run": (*SMALLER, *BARELY),
    "batch": (40,),
}

CLAIMS = {
    "decay": Claim(
        judge=noisy.decay_gain,
        usual=NOISY | {"decay": 0.01},
        varied=LARGE | {"decay": (0.001, 0.003, 0.02, 0.03)},
        beyond=MILDER | {"decay": (0.1,)},
    ),
    "too_sure": Claim(judge=noisy.too_sure, usual=NOISY, varied=LARGE, beyond=MILDER),
    "noise": Claim(
        judge=noise.noise_predicted,
        usual={
            "samples": 80,
            "features": 500,
            "keep": 10,
            "rate": 0.5,
            "epochs": 50,
            "seeds": 40,
            "offset": 2000,
        },
        varied={
            "samples": (40, 60, 120, 200),
            "features": (100, 200, 1000, 2000),
            "keep": (5, 20, 30, 40),
            "rate": (0.1, 0.2, 1, 2),
            "epochs": (10, 20, 30, 100),
        },
    ),
}
