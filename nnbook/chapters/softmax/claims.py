"""What the chapter concludes: of modesty, of a border in a gap, and of sums that stay."""

from __future__ import annotations

from typing import Any

import numpy as np

import nnlib
from nnbook.chapters.multiple_outputs.flowers import BoolArray, trained
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
    "too quick": {"hidden": 16, "rate": 1},
    "slow and brief": {"rate": 0.02, "steps": 30},
    "narrow, slow and small": {"hidden": 4, "rate": 0.05, "scale": 0.3},
    "wide, slow and small": {"hidden": 36, "rate": 0.05, "scale": 0.3},
    "narrow, slow and smaller": {"hidden": 4, "rate": 0.05, "scale": 0.1},
}
"""Constants that interact, changed together."""


def modest(*, together: str, **setting: Any) -> FloatArray:
    """By how much the mean of the largest probabilities stays below the test accuracy."""
    return trained(loss="mse", **setting | TOGETHER[together]).modest


def border_decides(*, border: str, other: str, together: str, **setting: Any) -> FloatArray:
    """How far the probabilities of a start are from the mean on a border, minus elsewhere."""
    setting |= TOGETHER[together]
    away = _away(nnlib.softmax(asked(places=(border, other), **setting).raw))
    return away[:, 0] - away[:, 1]


def layer_remembers(*, gap: str, together: str, **setting: Any) -> FloatArray:
    """How far they are from the mean in the gap with a hidden layer, minus without."""
    setting |= TOGETHER[together]
    hidden = setting.pop("hidden")
    deep, flat = (
        _away(nnlib.softmax(asked(width, places=(gap,), **setting).raw)) for width in (hidden, 0)
    )
    return (deep - flat).ravel()


def held(*, flower: str, **setting: Any) -> FloatArray:
    """How far a raw output is from the mean, minus how far the difference that decides is."""
    raw = asked(places=(flower,), **setting).raw[:, 0]
    away = np.abs(raw - raw.mean(axis=0))[:, 1:].mean(axis=1)
    decides = raw[:, 2] - raw[:, 1]
    return away - np.abs(decides - decides.mean())


def _away(p: FloatArray) -> FloatArray:
    return np.abs(p - p.mean(axis=0)).max(axis=-1)


def adam_moves(
    *, rate: float, steps: int, width: int, moved: float, seeds: int, offset: int
) -> BoolArray:
    """Whether Adam moves a sum by more than so much, and momentum none."""
    return np.array(
        [
            _moved("adam", rate, steps, width, seed) > moved
            and _moved("momentum", rate, steps, width, seed) < 1e-9
            for seed in range(offset, offset + seeds)
        ]
    )


def _moved(optimizer: str, rate: float, steps: int, width: int, seed: int) -> float:
    iris = nnlib.datasets.iris()
    X, _ = nnlib.standardize(iris.X[:, [3, 1]])
    net = nnlib.mlp([2, width, 3], rng=seed)
    parameters, weight = net.parameters(), net.layers[-1].weight
    before = weight.value.sum(axis=1)
    adam, momentum = nnlib.Adam(parameters, lr=rate), nnlib.SGD(parameters, lr=rate, momentum=0.9)
    options: dict[str, Any] = {
        "loss": "cross_entropy_with_logits",
        "optimizer": adam if optimizer == "adam" else momentum,
        "evaluate_training": False,
    }
    nnlib.fit(net, X, iris.y, epochs=steps, **options)
    return float(np.abs(weight.value.sum(axis=1) - before).max())


STARTS: dict[str, Any] = {"rate": 0.2, "steps": 1000, "scale": 1, "seeds": 40, "offset": 1000}
OTHERS = {"rate": (0.05, 0.1, 0.5), "steps": (300, 3000), "scale": (0.3, 3)}
HIDDEN = {"hidden": (4, 16, 36)}
USUAL_WEIGHTS = OTHERS | HIDDEN | {"scale": (0.3, 0.4, 0.5, 0.7)}

CLAIMS = {
    "modest": Claim(
        judge=modest,
        usual={"hidden": 8, "rate": 0.2, "steps": 1000, "inputs": "widths"}
        | {"seeds": 20, "offset": 1000, "together": "nothing"},
        varied={
            "hidden": (0, 4, 16, 36),
            "rate": (0.02, 0.05, 0.1, 0.5),
            "steps": (300, 3000),
            "inputs": ("lengths", "petals", "flowers"),
            "together": ("narrow and slow", "wide and slow", "quick and long"),
        },
        least=0.2,
        beyond={
            "inputs": ("sepal width",),
            "together": ("wide and quick", "too quick", "slow and brief"),
        },
    ),
    "border_decides": Claim(
        judge=border_decides,
        usual=STARTS | {"hidden": 8, "border": "border", "other": "below", "together": "nothing"},
        varied=USUAL_WEIGHTS
        | {
            "border": ("border, middle", "border, right"),
            "other": (
                "lowest",
                "above",
                "highest",
                "flower",
                "flower 77",
                "flower 126",
                "flower 133",
            ),
            "together": (
                "narrow and slow",
                "narrow and long",
                "wide and slow",
                "wide and quick",
                "quick and long",
                "narrow, slow and small",
                "wide, slow and small",
            ),
        },
        beyond={
            "hidden": (0, 2),
            "rate": (0.02,),
            "scale": (0.1, 3),
            "together": ("wide and large", "narrow, slow and smaller"),
            "border": ("gap", "gap, right"),
        },
    ),
    "layer_remembers": Claim(
        judge=layer_remembers,
        usual=STARTS | {"hidden": 8, "gap": "gap", "together": "nothing"},
        varied=USUAL_WEIGHTS
        | {
            "gap": ("border", "border, right", "below", "above", "highest", "gap, right"),
            "together": (
                "narrow and slow",
                "narrow and long",
                "wide and slow",
                "wide and quick",
                "quick and long",
            ),
        },
        beyond={
            "rate": (0.02,),
            "scale": (0.1, 3),
            "hidden": (2,),
            "together": ("wide and large", "slow and large", "slow and short"),
        },
    ),
    "held": Claim(
        judge=held,
        usual=STARTS | {"hidden": 8, "flower": "flower"},
        varied=OTHERS | HIDDEN | {"flower": ("flower 77", "flower 126", "flower 133")},
    ),
    "adam_moves": Claim(
        judge=adam_moves,
        usual={"rate": 0.01, "steps": 300, "width": 8, "moved": 0.1, "seeds": 20, "offset": 0},
        varied={
            "rate": (0.003, 0.03),
            "steps": (100, 900),
            "width": (4, 16, 36),
            "moved": (0.03, 0.3),
        },
    ),
}
