"""The predictions of the chapter on networks that do not learn."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from nnbook.patients import Training, admit
from nnbook.predictions.formats import fixed
from nnbook.predictions.prediction import Choice, Number

CLASSES = 10


@cache
def _trained(name: str) -> Training:
    patient = admit(name)
    patient.run()
    return patient


# -- What do networks answer whose loss ends at ln 10? -------------------------------------------


def _answers() -> str:
    kinds = [
        len(np.unique(_trained(name).net.predict(_trained(name).X).argmax(1))) for name in "ADH"
    ]
    return "same" if kinds == [1, 1, 1] else "random"


# -- What is wrong with the data? ----------------------------------------------------------------


def _spoiled(name: str) -> set[str]:
    """Which parts of the data are not those of the healthy training."""
    patient, healthy = admit(name), admit("healthy")
    parts = ("X", "y", "X_val", "y_val")
    return {
        one for one in parts if not np.array_equal(getattr(patient, one), getattr(healthy, one))
    }


# -- Raw outputs of inputs 16 times as large -----------------------------------------------------


def _growth() -> float:
    raw, healthy = (patient.net.predict(patient.X) for patient in (admit("H"), admit("healthy")))
    return round(float(np.median(raw / healthy)), 6)


# -- Softmax twice: the smallest loss ------------------------------------------------------------


def _floor() -> float:
    return round(admit("B").loss(1000 * np.eye(CLASSES), np.arange(CLASSES))[0], 3)


# -- The fall of the loss, divided by what the slopes promise ------------------------------------


def _third() -> float:
    patient = admit("I")
    patient.lr = 1e-4
    for _ in range(3):
        before = patient.slopes(patient.X, patient.y)
        gradient = np.array(patient.net.gradient)
        patient.update()
    after = patient.loss(patient.net.predict(patient.X), patient.y)[0]
    return round((before - after) / (patient.lr * float(gradient @ gradient)), 2)


# -- Which parameters of a network of dead neurons still learn? ----------------------------------


def _learning() -> str:
    patient = admit("D")
    patient.slopes(patient.X, patient.y)
    moving = [bool(np.any(parameter.grad)) for parameter in patient.net.parameters()]
    if all(moving):
        return "all"
    if any(moving[:2]) or not moving[3]:
        return "none"
    return "outer" if moving[2] else "biases"


PREDICTIONS = {
    "constant": Choice(
        options=("random", "same", "mixed"),
        answer=_answers,
        values=lambda: {"guess": fixed(math.log(CLASSES))},
    ),
    "labels": Choice(
        again="diagnosis-record",
        options=("rate", "neurons", "overfitting", "labels"),
        answer=lambda: "labels" if _spoiled("C") == {"y"} else "rate",
    ),
    "leak": Choice(
        again="diagnosis-record",
        options=("better", "luck", "copies", "inside"),
        answer=lambda: "inside" if _spoiled("F") == {"X", "X_val"} else "better",
        values=lambda: {"images": str(len(admit("F").y_val))},
    ),
    "sixteen": Number(
        again="diagnosis-scaled",
        symbol="k",
        answer=_growth,
        relative=0.05,
        decimals=0,
        mistakes={"both_layers": lambda: 256.0, "root": lambda: 4.0, "unchanged": lambda: 1.0},
    ),
    "floor": Number(
        again="diagnosis-twice",
        symbol="L",
        answer=_floor,
        absolute=0.06,
        decimals=2,
        mistakes={"nothing": lambda: 0.0, "guessing": lambda: math.log(CLASSES)},
    ),
    "third": Number(
        symbol="r",
        answer=_third,
        absolute=0.03,
        decimals=2,
        mistakes={"halved": lambda: 0.25, "unchanged": lambda: 0.5, "three": lambda: 3.0},
    ),
    "learning": Choice(options=("all", "outer", "biases", "none"), answer=_learning),
    "steps": Number(
        again="gradient_descent-epochs",
        symbol="n",
        answer=lambda: float(_trained("G").steps),
        absolute=0.5,
        decimals=0,
        mistakes={
            "healthy": lambda: float(_trained("healthy").steps),
            "images": lambda: 5000.0,
            "one": lambda: 1.0,
        },
    ),
}
