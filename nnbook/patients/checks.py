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

from nnbook.patients import signs
from nnbook.patients.signs import Numbers
from nnbook.patients.training import FULL, OneOutput, Training
from nnlib import ACTIVATIONS
from nnlib._typing import FloatArray

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
    return {"loss": round(loss, 2), "constant": round(patient.constant(), 2)}


def zeros(patient: Training) -> Numbers:
    """The loss at the end, as it is, and with all pixels zero."""
    blind = deepcopy(patient)
    blind.X[:], blind.X_val[:] = 0, 0
    most = 1.1 * patient.constant()
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


# -- All of them ----------------------------------------------------------------------------------


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
        Check("record", 0, record, signs.in_record),
        Check("look", 2, look, signs.in_look),
        Check("baseline", 3, baseline, signs.in_baseline),
        Check("start", 1, start, signs.in_start),
        Check("zeros", 5, zeros, signs.in_zeros),
        Check("heart", 4, heart, signs.in_heart),
        Check("tiny", 3, tiny, signs.in_tiny),
        Check("layers", 5, layers, signs.in_layers),
        Check("rates", 20, rates, signs.in_rates),
        Check("preparation", 4, preparation, signs.in_preparation),
        Check("split", 3, split, signs.in_split),
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
