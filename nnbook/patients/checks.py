"""The tests that see a training from outside, in the order in which one makes them.

Each takes a patient before its first step, leaves it as it is, and returns what `nnbook.ten_tests`
measures, rounded so that every machine finds the same. `CHECKS` also has what each costs, and the
signs of illness in its numbers: a test finds a fault if the fault gives one.

>>> from nnbook.patients import admit, checks
>>> checks.start(admit("H"))["loss"] > 10
True
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from nnbook import ten_tests
from nnbook.patients import signs
from nnbook.patients.signs import Numbers
from nnbook.patients.training import FULL, Labels, OneOutput, Training
from nnlib import ACTIVATIONS
from nnlib._typing import FloatArray

SHOWN = 10
"""Images that a look shows."""

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


class Own:
    """A patient as the ten tests see a program."""

    def __init__(self, patient: Training) -> None:
        self.patient = deepcopy(patient)

    @property
    def lr(self) -> float:
        """The learning rate."""
        return self.patient.lr

    @lr.setter
    def lr(self, rate: float) -> None:
        self.patient.lr = rate

    def predict(self, X: FloatArray) -> FloatArray:
        """The raw outputs."""
        return self.patient.net.predict(X)

    def answers(self, X: FloatArray) -> Labels:
        """The label of each image."""
        return self.patient.answers(X)

    def parameters(self) -> list[FloatArray]:
        """All of them, whether a step moves them or not."""
        return [parameter.value for parameter in self.patient.net.parameters()]

    def gradients(self) -> list[FloatArray | None]:
        """Their slopes, with their fault."""
        return [parameter.grad for parameter in self.patient.net.parameters()]

    def loss(self, X: FloatArray, y: Labels) -> float:
        """The loss, with its fault."""
        return self.patient.loss(self.predict(X), y)[0]

    def step(self, X: FloatArray, y: Labels) -> None:
        """A step, with its fault."""
        self.patient.slopes(X, y)
        self.patient.update()

    def train(self, X: FloatArray, y: Labels) -> None:
        """The training, with its fault."""
        self.patient.X, self.patient.y = X, y
        self.patient.run()


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
    own = Own(patient)
    rows = own.patient.order()[: own.patient.batch]
    X, y = own.patient.X[rows], own.patient.y[rows]
    found = ten_tests.look(own, X, y)
    inputs, outputs, labels = map(list, found["shapes"])
    z = own.predict(X)
    return {
        "inputs": inputs,
        "labels": labels,
        "outputs": outputs,
        "terms": list(patient.residual(z, y).shape if isinstance(patient, OneOutput) else y.shape),
        "most": float(found["range"][1]),
        "kinds": found["kinds"],
        "images": np.round(X[:SHOWN] / X.max() * FULL).astype(int).tolist(),
        "shown": y[:SHOWN].astype(int).tolist(),
    }


def baseline(patient: Training) -> Numbers:
    """Something simple on the same data: the label of the mean image that is nearest."""
    found = ten_tests.baseline(patient.X, patient.y, patient.X_val, patient.y_val)
    often = max(_share(patient.y_val == kind) for kind in np.unique(patient.y))
    return {"often": often, "fitted": _share(found[0]), "validated": _share(found[1])}


def start(patient: Training) -> Numbers:
    """The loss before the first step, and the loss of the best constant answer: ln K."""
    loss, _ = ten_tests.start(Own(patient), patient.X, patient.y)
    return {"loss": round(float(loss), 2), "constant": round(patient.constant(), 2)}


def zeros(patient: Training) -> Numbers:
    """The loss at the end, as it is, and with all pixels zero."""
    most = 1.1 * patient.constant()
    with np.errstate(all="ignore"):
        ends = ten_tests.zeros(Own(patient), patient.X, patient.y)
    end, without = (capped(loss, most) for loss in ends)
    return {"end": end, "blind": without}


def heart(patient: Training) -> Numbers:
    """Ten samples by heart: the loss after 200 steps, at the best of five rates."""
    with np.errstate(all="ignore"):
        return {"loss": short(ten_tests.heart(Own(patient), patient.X, patient.y))}


def tiny(patient: Training) -> Numbers:
    """What each of three tiny steps gains, divided by what the slopes promise."""
    kept = ten_tests.tiny(Own(patient), patient.X, patient.y)
    return {"kept": [round(float(one), 2) for one in kept]}


def layers(patient: Training) -> Numbers:
    """Flat neurons before the training, dead ones after it, the first step against the weights."""
    own = Own(patient)
    flat, dead = _flat(own.patient)
    rows = own.patient.order()[: own.patient.batch]
    steps = ten_tests.layers(own, own.patient.X[rows], own.patient.y[rows])
    steps = [round(float(step), 4) for step in steps]
    end = _flat(_run(patient)[0])[1]
    return {"flat": round(flat, 2), "dead": round(dead, 2), "end": round(end, 2), "steps": steps}


def _flat(patient: Training) -> tuple[float, float]:
    """Share of neurons and samples where a hidden neuron has no slope, of neurons with none."""
    z = patient.net[0].predict(patient.X)
    flat, dead = ten_tests.flat(ACTIVATIONS[patient.activation].derivative(z))
    return float(flat), float(dead)


def rates(patient: Training) -> Numbers:
    """The loss at the end of a training at four rates, each three times the one before."""
    with np.errstate(all="ignore"):
        ends = ten_tests.rates(Own(patient), patient.X, patient.y, FACTORS)
    return {"ends": [capped(loss, 1) for loss in ends], "lr": patient.lr}


def preparation(patient: Training) -> Numbers:
    """Fitted images through the code for new ones: what the trained network makes of both."""
    copy, _ = _run(patient)
    X, y, *_ = copy.parts()
    both = copy.prepare(X, y), copy.prepare_new(X, y)
    ways = [partial(copy.prepare, y=y), partial(copy.prepare_new, y=y)]
    own, new = ten_tests.preparation(Own(copy), X, copy.labels(y), *ways)
    return {
        "own": _share(own),
        "new": _share(new),
        "pairs": [np.round(some[:4] / some.max() * FULL).astype(int).tolist() for some in both],
    }


def split(patient: Training) -> Numbers:
    """The share read of the fitted images, of the others, and of these for each class."""
    own = Own(_run(patient)[0])
    fitted, _ = ten_tests.classes(own, own.patient.X, own.patient.y)
    validated, each = ten_tests.classes(own, own.patient.X_val, own.patient.y_val)
    shares = [round(float(share), 2) for share in each]
    return {"fitted": _share(fitted), "validated": _share(validated), "classes": shares}


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
