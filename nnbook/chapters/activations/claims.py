"""What the chapter concludes: of small networks from many starts, of deep and of wide ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.chapters.activations.depths import errors
from nnbook.chapters.activations.starts import BoolArray, best_share, trained
from nnbook.claims import Claim
from nnlib._typing import FloatArray

# -- Small networks ------------------------------------------------------------------------------


def deaths(*, low: float, high: float, **setting: Any) -> FloatArray:
    """Whether a neuron dies at the high rate, minus whether one does at the low rate."""
    return _died(high, setting) - _died(low, setting)


def _died(rate: float, setting: dict[str, Any]) -> FloatArray:
    return trained(rate=rate, **setting)[1].astype(float)


def gain(*, activation: str, alpha: float, few: int, many: int, **setting: Any) -> FloatArray:
    """From which starts a network with many neurons fits and one with few does not."""
    shares = [
        best_share(activation, alpha=alpha, neurons=neurons, **setting).astype(float)
        for neurons in (few, many)
    ]
    return shares[1] - shares[0]


START = {"steps": 2000, "seeds": 60, "offset": 1000, "start": "mlp"}
"""Other starts than those that the text counts."""
OTHER_STARTS = {"steps": (500, 5000), "start": ("normal",)}
FIT = START | {"below": 0.01}
OTHER_FITS = OTHER_STARTS | {"below": (0.001, 0.1)}

# -- Deep networks -------------------------------------------------------------------------------


def mean_only(**setting: Any) -> BoolArray:
    """Whether a deep network of sigmoids, as drawn, has learned the mean, and no more."""
    return np.abs(errors("sigmoid", 1, **setting) - 1) < 0.05


def only_large(*, activation: str, small: float, large: float, **setting: Any) -> BoolArray:
    """Whether a network learns with the larger starting weights, and not with the smaller ones."""
    ends = [errors(activation, factor, **setting) for factor in (small, large)]
    return (ends[0] > 0.5) & (ends[1] < 0.5)


DEEP: dict[str, Any] = {
    "rate": 0.03,
    "hidden": 8,
    "width": 16,
    "steps": 600,
    "seeds": 20,
    "offset": 1000,
    "target": "sine",
}
OTHER_DEEP = {
    "rate": (0.01, 0.1),
    "hidden": (6, 7, 10, 12),
    "width": (8, 12, 24, 36),
    "target": ("square", "wave"),
}

# -- Wide layers ---------------------------------------------------------------------------------


def shrinks_then_grows(
    *, below: float, above: float, width: int, layers: int, seeds: int
) -> BoolArray:
    """Whether a random change shrinks with the one factor per layer, and grows with the other."""
    return np.array(
        [
            _length(below, width, layers, seed) < 1 < _length(above, width, layers, seed)
            for seed in range(seeds)
        ]
    )


def _length(factor: float, width: int, layers: int, seed: int) -> float:
    """By how much the layers lengthen a change, all sums being 0; the factor sets the spread."""
    rng = np.random.default_rng(seed)
    change = start = rng.normal(size=width)
    spread = 4 * factor / np.sqrt(width)
    for _ in range(layers):
        change = change @ rng.normal(0, spread, size=(width, width)) / 4
    return float(np.linalg.norm(change) / np.linalg.norm(start))


CLAIMS = {
    "deaths": Claim(
        judge=deaths,
        usual=START | {"low": 0.01, "high": 0.1, "neurons": 2, "inputs": "raw"},
        varied=OTHER_STARTS
        | {
            "low": (0.003, 0.03),
            "high": (0.05, 0.2, 0.5),
            "neurons": (4, 8, 18),
        },
        beyond={"inputs": ("centered",)},
    ),
    "more_neurons": Claim(
        judge=gain,
        usual=FIT | {"activation": "relu", "alpha": 0.1, "few": 2, "many": 8, "inputs": "raw"},
        varied=OTHER_FITS
        | {
            "activation": ("leaky_relu", "softplus"),
            "many": (3, 4, 6, 12),
            "inputs": ("centered",),
        },
    ),
    "mean_only": Claim(
        judge=mean_only,
        usual=DEEP,
        varied=OTHER_DEEP | {"rate": (0.01, 0.1, 0.3), "steps": (200, 2000)},
    ),
    "larger": Claim(
        judge=only_large,
        usual=DEEP | {"activation": "sigmoid", "small": 1, "large": 8},
        varied=OTHER_DEEP
        | {
            "target": (*OTHER_DEEP["target"], "corner"),
            "large": (4, 6, 12, 16),
        },
        beyond={"large": (2, 32, 64)},
        share=0.8,
    ),
    "smaller": Claim(
        judge=only_large,
        usual=DEEP | {"activation": "tanh", "small": 0.25, "large": 1},
        varied=OTHER_DEEP | {"activation": ("relu",), "small": (0.1, 0.15, 0.2, 0.3)},
        share=0.8,
    ),
    "spread": Claim(
        judge=shrinks_then_grows,
        usual={"below": 0.5, "above": 1.5, "width": 100, "layers": 10, "seeds": 20},
        varied={
            "below": (0.1, 0.3, 0.7, 0.8),
            "above": (1.2, 1.3, 2, 3),
            "width": (25, 50, 200, 400),
            "layers": (5, 20, 50),
        },
        share=0.95,
    ),
}
