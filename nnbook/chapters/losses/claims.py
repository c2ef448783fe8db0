"""What the chapter concludes from trainings, and the settings in which that is tried."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.losses.labels import wrong_labels
from nnbook.chapters.losses.races import common_rate, confident_start, own_rates
from nnbook.chapters.losses.rates import few_or_all
from nnbook.chapters.losses.spread import spread_gain
from nnbook.claims import Claim

TRAINING = {
    "seeds": 24,
    "data": "moons",
    "goal": 0.95,
    "scale": 1.0,
    "width": 8,
    "activation": "tanh",
}
VARIED: dict[str, list[Any]] = {
    "data": ["iris", "blobs"],
    "goal": [0.85, 0.9, 0.93, 0.97],
    "width": [4, 16, 36],
    "activation": ["relu", "sigmoid"],
}
WRONG = [f"petals {wrong}" for wrong in (0, 1, 2, 5, 7, 9)] + [
    f"{data} {wrong}" for data in ("iris", "flowers", "moons", "blobs") for wrong in (3, 7)
]
AT_ONE_RATE = [
    f"{data} {activation} {rate}"
    for data in ("moons", "iris", "blobs")
    for activation in ("tanh", "relu")
    for rate in (0.5, 1, 2)
] + ["blobs tanh 8"]

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
            "data": ["growing", "sepals", "level"],
            "width": [2, 8, 16, 32],
            "rate": [0.004, 0.02, 0.04],
            "steps": [500, 700, 1500, 3000],
            "points": [50, 60, 100, 120],
        },
    ),
    "common_rate": Claim(
        judge=common_rate,
        usual={"seeds": 24, "run": "moons tanh 1", "goal": 0.95, "scale": 1.0, "width": 8},
        varied={"run": AT_ONE_RATE, "goal": VARIED["goal"], "width": VARIED["width"]},
    ),
    "own_rates": Claim(
        judge=own_rates,
        usual=TRAINING | {"times": 3.0},
        varied=VARIED | {"width": [2, 4, 16, 36]},
    ),
    "confident": Claim(
        judge=confident_start,
        usual=TRAINING | {"scale": 30.0, "seeds": 40},
        varied=VARIED | {"scale": [1.0, 3.0, 10.0, 50.0]},
    ),
    "wrong_labels": Claim(
        judge=wrong_labels,
        usual={
            "seeds": 40,
            "labels": "petals 3",
            "which": "farthest",
            "rate": 1.0,
            "steps": 1000,
        },
        varied={
            "labels": WRONG,
            "which": ["any"],
            "rate": [0.3, 3.0, 10.0],
            "steps": [300, 3000],
        },
    ),
}
