"""What the chapter concludes: of overfitting, of what helps, and of how to judge."""

from __future__ import annotations

from typing import Any

from nnbook.chapters.generalization import flowers, noisy
from nnbook.claims import Claim

NOISY: dict[str, Any] = {
    "data": "moons",
    "points": 40,
    "noise": 0.3,
    "width": 32,
    "epochs": 200,
    "rate": 0.03,
    "batch": 20,
    "seeds": 20,
    "offset": 2000,
}
OVERLAPPING: dict[str, Any] = {
    "data": ("blobs",),
    "points": (20, 30, 50, 60),
    "noise": (0.35, 0.4, 0.5, 0.6),
    "width": (24, 40, 48, 64),
    "epochs": (250, 300, 350, 400),
    "rate": (0.04, 0.05, 0.07, 0.1),
    "batch": (8, 10, 14, 40),
}
IRIS: dict[str, Any] = {"rate": 0.3, "batch": 16, "epochs": 100, "seeds": 40, "offset": 2000}
OTHER_IRIS: dict[str, Any] = {
    "rate": (0.1, 0.2, 0.5, 1),
    "epochs": (70, 130, 150, 200),
}

CLAIMS = {
    "rises": Claim(judge=noisy.rises, usual=NOISY | {"early": 10}, varied=OVERLAPPING),
    "decay": Claim(
        judge=noisy.decay_gain,
        usual=NOISY | {"decay": 0.01},
        varied=OVERLAPPING | {"decay": (0.001, 0.003, 0.02, 0.03)},
    ),
    "too_sure": Claim(judge=noisy.too_sure, usual=NOISY, varied=OVERLAPPING),
    "more_data": Claim(
        judge=noisy.data_gain,
        usual=NOISY | {"decay": 0},
        varied={
            "data": ("blobs",),
            "points": (20, 30, 50, 60),
            "noise": (0.1, 0.2, 0.5, 0.9),
            "width": (24, 40, 48, 64),
            "decay": (0.001, 0.003, 0.01, 0.03),
        },
    ),
    "mostly_size": Claim(
        judge=noisy.temperature_gain,
        usual=NOISY,
        varied={name: OVERLAPPING[name] for name in ("data", "points", "noise", "width")},
    ),
    "features": Claim(
        judge=flowers.features_gain,
        usual=IRIS | {"few": "widths", "many": "flowers", "hidden": 0},
        varied=OTHER_IRIS | {"few": ("sepals",), "hidden": (4, 8, 16, 32)},
    ),
    "no_hidden": Claim(
        judge=flowers.no_hidden_layer,
        usual=IRIS | {"features": "flowers", "hidden": 16, "worth": 0.01},
        varied=OTHER_IRIS | {"features": ("petals",), "hidden": (4, 8, 24, 32)},
    ),
    "own_mean": Claim(
        judge=flowers.own_mean_loses,
        usual=IRIS | {"features": "widths", "hidden": 0, "species": 2, "seeds": 20},
        varied=OTHER_IRIS | {"features": ("petals", "flowers"), "hidden": (2, 4, 8, 16)},
    ),
    "noise": Claim(
        judge=flowers.noise_predicted,
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
