"""The signs of illness in what a test measures: name -> whether it is there.

Where a sign begins is a convention, wide enough for healthy trainings from all starts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.patients.training import FULL, OneOutput, Training

Numbers = dict[str, Any]
Signs = dict[str, bool]


def in_look(patient: Training, n: Numbers) -> Signs:
    """What an eye sees in the images, found by comparing them with the stored ones."""
    stored, digit, *_ = Training.parts(patient)
    shown, y = np.array(n["images"]), np.array(n["shown"])
    nearest = np.sum((shown[:, np.newaxis] - stored) ** 2, axis=2).argmin(axis=1)
    rim = np.abs(shown - stored[nearest]).reshape(-1, 8, 8)[:, :, [0, 7]]
    return {
        "labels": bool(np.mean(y != patient.labels(digit)[nearest]) > 0.5),
        "mark": bool(np.all(rim.max(axis=(1, 2)) > FULL / 2)),
        "range": n["most"] > 2,
        "whole": n["inputs"][0] == len(patient.X),
        "sorted": n["kinds"] == 1,
        "shapes": int(np.prod(n["terms"])) > n["inputs"][0],
    }


def number(text: str) -> float:
    """Read a loss, such as 0.05 or >1.00."""
    return float(text.lstrip(">"))


def in_record(patient: Training, n: Numbers) -> Signs:
    """Where the loss ends: above that of a constant answer, there, or on its way."""
    end = float(n["losses"][-1]) if n["losses"] else np.inf  # not finite after an epoch
    return {
        "grows": end > 1.3 * patient.constant(),
        "constant": 0.98 * patient.constant() < end <= 1.3 * patient.constant(),
        "slow": 0.4 * patient.constant() < end <= 0.98 * patient.constant(),
    }


def in_layers(patient: Training, n: Numbers) -> Signs:
    """Neurons without a slope, and layers that move too far, too little, or not at all."""
    first, second = n["steps"]
    return {
        "dead": n["dead"] > 0.5,
        "dies": n["end"] > 0.5 >= n["dead"],
        "saturated": n["flat"] > 0.8 >= n["dead"],
        "still": first == 0 < second,
        "long": first > 0.5,
        "short": max(first, second) < 0.004 and n["dead"] <= 0.5,
    }


def in_rates(patient: Training, n: Numbers) -> Signs:
    """No rate is good, or another one is much better."""
    ends = [number(end) for end in n["ends"]]
    best = min(ends)
    bad = best > 0.4 * patient.constant()
    return {
        "none": bad,
        "smaller": not bad and best < min(ends[2:]) / 2,
        "larger": not bad and ends[3] < 0.7 * min(ends[:3]),
    }


def in_split(patient: Training, n: Numbers) -> Signs:
    """Less than a guess, too good, far less than on the training set, or one class not at all."""
    fitted, validated = n["fitted"], n["validated"]
    return {
        "below": validated < 0.75 / len(n["classes"]),
        "perfect": validated > 0.99,
        "gap": fitted > 0.9 and fitted - validated > 0.3,
        "class": fitted > 0.85 and fitted - validated <= 0.3 and min(n["classes"]) < 0.25,
    }


def in_baseline(patient: Training, n: Numbers) -> Signs:
    """Nothing to be learned, too easy, or another task on the validation set."""
    return {
        "nothing": n["validated"] < 1.5 * n["often"] and n["fitted"] < 0.5,
        "easy": n["validated"] > 0.97,
        "gap": n["fitted"] - n["validated"] > 0.3,
    }


def in_start(patient: Training, n: Numbers) -> Signs:
    """A loss far above ln K; for one output no such number is known beforehand."""
    return {"high": n["loss"] > 2 * n["constant"] and not isinstance(patient, OneOutput)}


def in_zeros(patient: Training, n: Numbers) -> Signs:
    """Zeros are as good as the images."""
    return {"same": number(n["end"]) > 0.98 * number(n["blind"])}


def in_heart(patient: Training, n: Numbers) -> Signs:
    """A floor at which the loss stays."""
    return {"floor": float(n["loss"]) > 0.1}


def in_tiny(patient: Training, n: Numbers) -> Signs:
    """Uphill, ever less of the promise, or a part of it."""
    first, second, _ = n["kept"]
    return {
        "minus": first < -0.5,
        "stale": abs(first - 1) < 0.05 and second < 0.75,
        "part": 0 < first < 0.9,
    }


def in_preparation(patient: Training, n: Numbers) -> Signs:
    """The same images come out as others."""
    return {"other": n["pairs"][0] != n["pairs"][1]}
