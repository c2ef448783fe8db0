"""The tests that see a training from outside, in the order in which one makes them.

Each takes a patient before its first step, leaves it as it is, and returns numbers, rounded so that
every machine finds the same. `CHECKS` also has what each costs, and the signs of illness in its
numbers: a test finds a fault if the fault gives one.

>>> from nnbook.patients import admit, checks
>>> checks.start(admit("H"))["loss"] > 10
True
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnbook.patients.training import FULL, OneOutput, Training
from nnlib import ACTIVATIONS, mse
from nnlib._typing import FloatArray

Numbers = dict[str, Any]

SHOWN = 10
"""Images that a look shows."""

HEART, RATES_BY_HEART = 200, (1.5, 0.5, 0.15, 0.05, 0.015)
"""Steps and learning rates at which ten samples are learned."""

TINY = 1e-4
"""The rate of a tiny step."""

FACTORS = (1 / 9, 1 / 3, 1, 3)
"""By which the rate is changed."""


def short(loss: float) -> str:
    """Return a loss as tables show it: two decimals, or only its power of ten.

    >>> short(2.345), short(3.35e205)
    ('2.35', '3e+205')
    """
    return f"{loss:.2f}" if loss < 1000 else f"{loss:.0e}"


def capped(loss: float, most: float) -> str:
    """Return a loss with two decimals; beyond a limit it depends on the last bit of the numbers.

    >>> capped(0.123, 1), capped(3.21, 1)
    ('0.12', '>1.00')
    """
    return f"{loss:.2f}" if loss <= most else f">{most:.2f}"


def _run(patient: Training) -> tuple[Training, list[float]]:
    """Return a trained copy, and its losses."""
    copy = deepcopy(patient)
    return copy, copy.run().losses


def _share(truth: Any) -> float:
    return round(float(np.mean(truth)), 3)


# -- The tests ------------------------------------------------------------------------------------


def record(patient: Training) -> Numbers:
    """What its owner has seen: the loss after each epoch, and the share of fitted images read."""
    copy, losses = _run(patient)
    fitted = _share(copy.answers(copy.X) == copy.y)
    return {"losses": [short(loss) for loss in losses[1:]], "fitted": fitted}


def look(patient: Training) -> Numbers:
    """One batch, as the network and the loss get it: shapes, range of pixels, images, labels."""
    copy = deepcopy(patient)
    rows = copy.order()[: copy.batch]
    X, y = copy.X[rows], copy.y[rows]
    z = copy.net.predict(X)
    return {
        "inputs": list(X.shape),
        "labels": list(y.shape),
        "outputs": list(z.shape),
        "terms": list(copy.residual(z, y).shape if isinstance(copy, OneOutput) else y.shape),
        "most": float(X.max()),
        "kinds": len(np.unique(y)),
        "images": np.round(X[:SHOWN] / X.max() * FULL).astype(int).tolist(),
        "shown": y[:SHOWN].astype(int).tolist(),
    }


def baseline(patient: Training) -> Numbers:
    """Something simple on the same data: the label of the mean image that is nearest."""
    kinds = np.unique(patient.y)
    means = np.stack([patient.X[patient.y == kind].mean(axis=0) for kind in kinds])

    def read(X: FloatArray) -> Any:
        return kinds[np.sum((X[:, np.newaxis] - means) ** 2, axis=2).argmin(axis=1)]

    often = max(_share(patient.y_val == kind) for kind in kinds)
    return {
        "often": often,
        "fitted": _share(read(patient.X) == patient.y),
        "validated": _share(read(patient.X_val) == patient.y_val),
    }


def start(patient: Training) -> Numbers:
    """The loss before the first step, and the loss of the best constant answer: ln K."""
    loss = patient.loss(patient.net.predict(patient.X), patient.y)[0]
    return {"loss": round(loss, 2), "constant": round(_constant(patient), 2)}


def _constant(patient: Training) -> float:
    if isinstance(patient, OneOutput):
        return mse(np.full(len(patient.y), patient.y.mean()), patient.y)
    return float(np.log(10))


def zeros(patient: Training) -> Numbers:
    """The loss at the end, as it is, and with all pixels zero."""
    blind = deepcopy(patient)
    blind.X[:], blind.X_val[:] = 0, 0
    most = 1.1 * _constant(patient)
    end, without = (capped(_run(one)[1][-1], most) for one in (patient, blind))
    return {"end": end, "blind": without}


def heart(patient: Training) -> Numbers:
    """Ten samples by heart: the loss after 200 steps, at the best of five rates."""
    return {"loss": short(min(_by_heart(patient, lr) for lr in RATES_BY_HEART))}


def _by_heart(patient: Training, lr: float) -> float:
    copy = deepcopy(patient)
    copy.lr = lr
    X, y = copy.X[:10], copy.y[:10]
    with np.errstate(all="ignore"):
        for _ in range(HEART):
            before = copy.slopes(X, y)
            copy.update()
            z = copy.net.predict(X)
            if not (np.isfinite(z).all() and np.isfinite(copy.loss(z, y)[0])):
                return before
    return copy.loss(z, y)[0]


def tiny(patient: Training) -> Numbers:
    """What each of three tiny steps gains, divided by what the slopes promise."""
    copy, kept = deepcopy(patient), []
    copy.lr = TINY
    for _ in range(3):
        before = copy.slopes(copy.X, copy.y)
        gradient = np.array(copy.net.gradient)
        copy.update()
        after = copy.loss(copy.net.predict(copy.X), copy.y)[0]
        kept.append(round((before - after) / (TINY * float(gradient @ gradient)), 2))
    return {"kept": kept}


def layers(patient: Training) -> Numbers:
    """Flat neurons before the training, dead ones after it, the first step against the weights."""
    copy = deepcopy(patient)
    flat, dead = _flat(copy)
    rows = copy.order()[: copy.batch]
    before = [copy.net[layer].weight.value.copy() for layer in (0, 2)]
    copy.slopes(copy.X[rows], copy.y[rows])
    copy.update()
    steps = [
        float(np.sqrt(np.mean((copy.net[layer].weight.value - weight) ** 2) / np.mean(weight**2)))
        for layer, weight in zip((0, 2), before, strict=True)
    ]
    end = _flat(_run(patient)[0])[1]
    steps = [round(step, 4) for step in steps]
    return {"flat": round(flat, 2), "dead": round(dead, 2), "end": round(end, 2), "steps": steps}


def _flat(patient: Training) -> tuple[float, float]:
    """Share of neurons and samples where a hidden neuron has no slope, of neurons with none."""
    z = patient.net[0].predict(patient.X)
    flat = ~(np.abs(ACTIVATIONS[patient.activation].derivative(z)) >= 0.01)
    return float(flat.mean()), float(flat.all(axis=0).mean())


def rates(patient: Training) -> Numbers:
    """The loss at the end of a training at four rates, each three times the one before."""
    ends = []
    for factor in FACTORS:
        copy = deepcopy(patient)
        copy.lr *= factor
        ends.append(capped(copy.run().losses[-1], 1))
    return {"ends": ends, "lr": patient.lr}


def preparation(patient: Training) -> Numbers:
    """Fitted images through the code for new ones: what the trained network makes of both."""
    copy, _ = _run(patient)
    X, y, *_ = copy.parts()
    own, new = copy.prepare(X, y), copy.prepare_new(X, y)
    label = copy.labels(y)
    return {
        "own": _share(copy.answers(own) == label),
        "new": _share(copy.answers(new) == label),
        "pairs": [
            np.round(some[:4] / some.max() * FULL).astype(int).tolist() for some in (own, new)
        ],
    }


def split(patient: Training) -> Numbers:
    """The share read of the fitted images, of the others, and of these for each class."""
    copy, _ = _run(patient)
    right = copy.answers(copy.X_val) == copy.y_val
    each = [round(float(np.mean(right[copy.y_val == k])), 2) for k in np.unique(copy.y_val)]
    fitted = _share(copy.answers(copy.X) == copy.y)
    return {"fitted": fitted, "validated": _share(right), "classes": each}


# -- What they find -------------------------------------------------------------------------------


def _seen(patient: Training, n: Numbers) -> dict[str, bool]:
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


def _number(text: str) -> float:
    return float(text.lstrip(">"))


def _in_record(patient: Training, n: Numbers) -> dict[str, bool]:
    end = float(n["losses"][-1])
    return {
        "grows": end > 1.3 * _constant(patient),
        "constant": 0.98 * _constant(patient) < end <= 1.3 * _constant(patient),
        "slow": 0.4 * _constant(patient) < end <= 0.98 * _constant(patient),
    }


def _in_layers(patient: Training, n: Numbers) -> dict[str, bool]:
    first, second = n["steps"]
    return {
        "dead": n["dead"] > 0.5,
        "dies": n["end"] > 0.5 >= n["dead"],
        "saturated": n["flat"] > 0.8 >= n["dead"],
        "still": first == 0 < second,
        "long": first > 0.5,
        "short": max(first, second) < 0.004 and n["dead"] <= 0.5,
    }


def _in_rates(patient: Training, n: Numbers) -> dict[str, bool]:
    ends = [_number(end) for end in n["ends"]]
    best = min(ends)
    bad = best > 0.4 * _constant(patient)
    return {
        "none": bad,
        "smaller": not bad and best < min(ends[2:]) / 2,
        "larger": not bad and ends[3] < 0.7 * min(ends[:3]),
    }


def _in_split(patient: Training, n: Numbers) -> dict[str, bool]:
    fitted, validated = n["fitted"], n["validated"]
    return {
        "below": validated < 0.75 / len(n["classes"]),
        "perfect": validated > 0.99,
        "gap": fitted > 0.9 and fitted - validated > 0.3,
        "class": fitted > 0.85 and fitted - validated <= 0.3 and min(n["classes"]) < 0.25,
    }


@dataclass(frozen=True)
class Check:
    """A test: its name, what it costs in minutes, what it measures, which signs are in that."""

    name: str
    minutes: int
    measure: Callable[[Training], Numbers]
    signs: Callable[[Training, Numbers], dict[str, bool]]

    def found(self, patient: Training, numbers: Numbers) -> list[str]:
        """Return the names of the signs."""
        return [sign for sign, there in self.signs(patient, numbers).items() if there]


CHECKS = {
    check.name: check
    for check in (
        Check("record", 0, record, _in_record),
        Check("look", 2, look, _seen),
        Check(
            "baseline",
            3,
            baseline,
            lambda _, n: {
                "nothing": n["validated"] < 1.5 * n["often"] and n["fitted"] < 0.5,
                "easy": n["validated"] > 0.97,
                "gap": n["fitted"] - n["validated"] > 0.3,
            },
        ),
        Check(
            "start",
            1,
            start,
            lambda p, n: {"high": n["loss"] > 2 * n["constant"] and not isinstance(p, OneOutput)},
        ),
        Check("zeros", 5, zeros, lambda _, n: {"same": _number(n["end"]) > 0.98 * _number(n["blind"])}),
        Check(
            "heart",
            4,
            heart,
            lambda _, n: {"floor": float(n["loss"]) > 0.1},
        ),
        Check(
            "tiny",
            3,
            tiny,
            lambda _, n: {
                "minus": n["kept"][0] < -0.5,
                "stale": abs(n["kept"][0] - 1) < 0.05 and n["kept"][1] < 0.75,
                "part": 0 < n["kept"][0] < 0.9,
            },
        ),
        Check("layers", 5, layers, _in_layers),
        Check("rates", 20, rates, _in_rates),
        Check(
            "preparation", 4, preparation, lambda _, n: {"other": n["pairs"][0] != n["pairs"][1]}
        ),
        Check("split", 3, split, _in_split),
    )
}
"""In the order of the list; the record comes with the patient."""


def examine(patient: Training) -> dict[str, tuple[Numbers, list[str]]]:
    """Return of each test what it measures, and the signs that it finds."""
    found = {}
    for name, check in CHECKS.items():
        numbers = check.measure(patient)
        found[name] = numbers, check.found(patient, numbers)
    return found
