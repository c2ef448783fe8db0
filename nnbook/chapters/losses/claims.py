"""What the chapter concludes from trainings, and the settings in which that is tried."""

from __future__ import annotations

from nnbook.chapters.losses.labels import few_wrong, many_wrong
from nnbook.chapters.losses.races import common_rate, own_rates
from nnbook.chapters.losses.rates import few_or_all
from nnbook.chapters.losses.spread import spread_gain
from nnbook.claims import Claim

TRAINING = {"seeds": 24, "net": "tanh 8", "data": "moons", "goal": 0.95, "scale": 1.0}
AT_ONE_RATE = [
    f"{data} {activation} 8 {finish}"
    for data in ("moons", "iris", "blobs")
    for activation in ("tanh", "relu", "sigmoid")
    for finish in ("0.85 0.5", "0.85 1", "0.95 1")
]
FEW = [f"longest {wrong} {rate}" for wrong in (1, 3, 5, 7) for rate in (0.3, 1, 10)]
MANY = [f"longest {wrong}" for wrong in ("9 0.3", "9 1", "9 10", "12 1", "10 0.3", "10 10")]

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
    "common_rate": Claim(
        judge=common_rate,
        usual={"seeds": 20, "run": "moons tanh 8 0.95 1", "scale": 1.0},
        varied={"run": AT_ONE_RATE},
        beyond={
            "run": ["blobs tanh 8 0.95 8", "blobs sigmoid 36 0.85 0.1", "blobs sigmoid 36 0.85 1"]
        },
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
    "confident": Claim(
        judge=own_rates,
        usual=TRAINING | {"scale": 30.0, "seeds": 30},
        varied={
            "net": ["tanh 4", "tanh 16", "tanh 36", "relu 8", "sigmoid 8"],
            "data": ["iris", "blobs"],
            "goal": [0.85, 0.9, 0.93, 0.97],
        },
        beyond={"net": ["relu 4"]},
    ),
    "scales": Claim(
        judge=own_rates,
        usual=TRAINING | {"scale": 30.0, "seeds": 60},
        varied={"scale": [1.0, 3.0, 10.0, 50.0]},
    ),
    "few_wrong": Claim(
        judge=few_wrong,
        usual={"seeds": 40, "labels": "longest 3 1", "steps": 1000},
        varied={"labels": FEW, "steps": [300, 3000]},
        beyond={"labels": [f"shortest {wrong} 1" for wrong in (3, 5, 7)]},
    ),
    "many_wrong": Claim(
        judge=many_wrong,
        usual={"seeds": 40, "labels": "longest 10 1", "steps": 1000},
        varied={"labels": MANY, "steps": [300, 3000]},
    ),
}
