"""What the chapter concludes from trainings, and the settings in which that is tried."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.losses.labels import few_wrong, many_wrong
from nnbook.chapters.losses.races import own_rates
from nnbook.chapters.losses.rates import few_or_all
from nnbook.chapters.losses.spread import spread_gain
from nnbook.claims import Claim

TRAINING = {"seeds": 24, "net": "tanh 8", "data": "moons", "goal": 0.95, "scale": 1.0}
LABELS: dict[str, Any] = {
    "seeds": 40,
    "which": "longest",
    "points": 75,
    "rate": 1.0,
    "steps": 1000,
}
LONG: dict[str, list[Any]] = {
    "points": [30, 50, 100, 120],
    "rate": [0.3, 3.0, 10.0],
    "steps": [300, 3000],
}

CLAIMS = {
    "rate_survives": Claim(
        judge=few_or_all,
        usual={"seeds": 100, "data": "petal length", "points": 15},
        varied={
            "data": ["sepal length", "sepal width", "petal width"],
            "points": [8, 10, 30, 75],
        },
        share=0.95,
    ),
    "spread": Claim(
        judge=spread_gain,
        usual={
            "seeds": 20,
            "data": "petals",
            "width": 0,
            "rate": 0.01,
            "steps": 1000,
            "points": 75,
        },
        varied={
            "data": ["growing"],
            "width": [2, 8, 16, 32],
            "rate": [0.004, 0.02, 0.04],
            "steps": [1500, 2000, 2500, 3000],
            "points": [50, 60, 100, 120],
        },
        beyond={"data": ["sepals", "level"], "steps": [500, 700]},
    ),
    "own_rates": Claim(
        judge=own_rates,
        usual=TRAINING | {"net": "tanh 36"},
        varied={
            "net": ["relu 36", "sigmoid 36"],
            "goal": [0.9, 0.92, 0.93, 0.94],
        },
        beyond={"net": ["relu 8"], "data": ["iris", "blobs"], "goal": [0.85, 0.97]},
    ),
    "scales": Claim(
        judge=own_rates,
        usual=TRAINING | {"scale": 30.0, "seeds": 60},
        varied={"scale": [1.0, 3.0, 10.0, 50.0]},
    ),
    "few_wrong": Claim(
        judge=few_wrong,
        usual=LABELS | {"share": 0.2},
        varied={"share": [0.04, 0.08, 0.12, 0.16, 0.24], **LONG},
        beyond={"which": ["shortest"], "share": [0.28, 0.32]},
    ),
    "many_wrong": Claim(
        judge=many_wrong,
        usual=LABELS | {"share": 0.4},
        varied={"share": [0.36, 0.38, 0.42, 0.45, 0.48], **LONG},
    ),
}
