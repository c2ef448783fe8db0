"""What the chapter concludes of faults: of other starts, other images and other settings."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import nnlib
from nnbook.claims import Claim
from nnbook.patients import FAULTS, Training
from nnlib._typing import FloatArray

BoolArray = NDArray[np.bool_]

Pair = tuple[int, int]
"""The seed of a start, and the images that it gets."""


def _pairs(seeds: int, offset: int) -> list[Pair]:
    return [(offset + n, offset + n) for n in range(seeds)]


def _set(patient: Training, *, width: int, rate: float, epochs: int, batch: int) -> Training:
    """Give a patient before its first step other settings."""
    patient.net = nnlib.mlp((64, width, 10), patient.activation, rng=patient.rng)
    patient.lr, patient.epochs, patient.batch = rate, epochs, batch
    return patient


# -- The loss before the first step --------------------------------------------------------------


def fair_start(*, seeds: int, offset: int, width: int, factor: float, layers: int) -> BoolArray:
    """Whether scaled pixels start between ln K and twice that, and unscaled ones above."""
    found = []
    for pair in _pairs(seeds, offset):
        patient = Training(*pair)
        net = nnlib.mlp((64, *[width] * layers, 10), "relu", rng=patient.rng)
        X, y, usual = patient.X, patient.y, patient.constant()
        fair, loud = (patient.loss(net.predict(A), y)[0] for A in (X, factor * X))
        found.append(usual < fair < 2 * usual < loud)
    return np.array(found)


# -- Wrong labels, another preparation -----------------------------------------------------------


def no_better_than_a_guess(*, seeds: int, offset: int, shift: int, **setting: Any) -> BoolArray:
    """Whether shifted labels are learned a little, and new images read like a guess."""
    found = []
    for pair in _pairs(seeds, offset):
        patient = _set(Training(*pair), **setting)
        patient.y = np.roll(patient.y, shift)
        run = patient.run()
        found.append(run.losses[-1] < run.losses[0] and run.validation_accuracies[-1] < 0.2)
    return np.array(found)


MOVES = {"left": (1, -1), "right": (1, 1), "up": (0, -1), "down": (0, 1)}


def moved(A: FloatArray, to: str, by: int) -> FloatArray:
    """Images moved by some pixels; what leaves at one rim is lost, and zeros come in."""
    axis, sign = MOVES[to]
    images = np.roll(A.reshape(-1, 8, 8), sign * by, axis=axis + 1)
    rows = slice(0, by) if sign > 0 else slice(8 - by, 8)
    images[(slice(None), rows) if axis == 0 else (slice(None), slice(None), rows)] = 0
    return images.reshape(-1, 64)


def lost_by_moving(*, seeds: int, offset: int, to: str, by: int, **setting: Any) -> FloatArray:
    """The accuracy on the validation set, minus that on the same images, moved."""
    found = []
    for pair in _pairs(seeds, offset):
        patient = _set(Training(*pair), **setting)
        kept = patient.run().validation_accuracies[-1]
        new = patient.answers(moved(patient.X_val, to, by))
        found.append(kept - np.mean(new == patient.y_val))
    return np.array(found)


# -- A rare class, a layer that is not trained ---------------------------------------------------


def rarely_read(*, seeds: int, offset: int, digit: int, kept: int, **setting: Any) -> FloatArray:
    """The share read of the other digits in the validation set, minus that of the rare one."""
    found = []
    for pair in _pairs(seeds, offset):
        patient = _set(Training(*pair), **setting)
        rows = np.delete(np.arange(len(patient.y)), np.flatnonzero(patient.y == digit)[kept:])
        patient.X, patient.y = patient.X[rows], patient.y[rows]
        patient.run()
        right, rare = patient.answers(patient.X_val) == patient.y_val, patient.y_val == digit
        found.append(np.mean(right[~rare]) - np.mean(right[rare]))
    return np.array(found)


def still_more_than_half(*, seeds: int, offset: int, **setting: Any) -> BoolArray:
    """Whether a network whose first layer never moves reads most of the validation set."""
    runs = [_set(FAULTS["layer"](*pair), **setting).run() for pair in _pairs(seeds, offset)]
    return np.array([run.validation_accuracies[-1] > 0.5 for run in runs])


RATES = (0.05, 0.15, 0.5, 1.5, 4.5)


def _best(fault: str, pair: Pair, **setting: Any) -> Training:
    """The training with this fault, or with none, at the rate that ends lowest on its data."""
    tried = []
    for rate in RATES:
        patient = _set(FAULTS.get(fault, Training)(*pair), rate=rate, **setting)
        losses = patient.run().losses
        done = len(losses) == patient.epochs + 1
        tried.append((losses[-1] if done else np.inf, rate, patient))
    return min(tried, key=lambda one: one[:2])[2]


def ahead(*, fault: str, seeds: int, offset: int, **setting: Any) -> FloatArray:
    """The accuracy on the validation set without the fault, minus that with it."""
    found = []
    for pair in _pairs(seeds, offset):
        well, ill = (_best(kind, pair, **setting) for kind in ("", fault))
        both = (np.mean(one.answers(one.X_val) == one.y_val) for one in (well, ill))
        found.append(next(both) - next(both))
    return np.array(found)


# -- Inputs selected -----------------------------------------------------------------------------


def selected(
    seed: int, known: int, *, inputs: int, samples: int, chosen: int, rate: float
) -> float:
    """The accuracy on the second half of noise, with inputs selected on the first samples."""
    rng, half = np.random.default_rng(seed), samples // 2
    X, y = rng.normal(size=(samples, inputs)), np.arange(samples) % 2
    some, label = X[:known], y[:known]
    gap = some[label == 1].mean(axis=0) - some[label == 0].mean(axis=0)
    A = X[:, np.argsort(np.abs(gap))[-chosen:]]
    net = nnlib.mlp((chosen, 2), rng=0)
    sgd = nnlib.SGD(net.parameters(), lr=rate)
    nnlib.fit(net, A[:half], y[:half], loss="cross_entropy_with_logits", optimizer=sgd, epochs=30)
    return nnlib.accuracy(net.predict(A[half:]), y[half:])


def gained_by_selecting(*, seeds: int, offset: int, samples: int, **setting: Any) -> FloatArray:
    """The accuracy with inputs selected on all samples, minus that on the first half."""
    seen = range(offset, offset + seeds)
    parts = (samples, samples // 2)
    found = [[selected(s, n, samples=samples, **setting) for s in seen] for n in parts]
    return np.subtract(*np.array(found))


STARTS = {"seeds": 20, "offset": 5000}
"""Other starts and other images than those of the patients."""
TRAINING = STARTS | {"width": 32, "rate": 0.5, "epochs": 10, "batch": 20}
OTHER_TRAININGS = {"width": (16, 144), "rate": (0.1, 0.9), "epochs": (5, 45), "batch": (5, 50)}
AT_BEST = {name: value for name, value in TRAINING.items() if name != "rate"}
OTHERS_AT_BEST = {"width": (16, 144), "epochs": (5, 45), "batch": (5, 50)}

CLAIMS = {
    "fair_start": Claim(
        judge=fair_start,
        usual=STARTS | {"width": 32, "factor": 16, "layers": 1},
        varied={"width": (16, 144), "factor": (8, 72, 255), "layers": (2, 3, 4, 5)},
        share=0.9,
    ),
    "wrong_labels": Claim(
        judge=no_better_than_a_guess,
        usual=TRAINING | {"shift": 1},
        varied=OTHER_TRAININGS | {"shift": (2, 3, 10, 100)},
        share=0.9,
    ),
    "moved": Claim(
        judge=lost_by_moving,
        usual=TRAINING | {"to": "right", "by": 1},
        varied=OTHER_TRAININGS | {"to": ("left", "up", "down")},
        least=0.4,
    ),
    "rare": Claim(
        judge=rarely_read,
        usual=TRAINING | {"digit": 8, "kept": 2},
        varied=OTHER_TRAININGS | {"digit": (0, 1, 2, 3, 4, 5, 6, 7, 9), "kept": (1, 3, 4, 5)},
        least=0.4,
    ),
    "unshuffled": Claim(
        judge=ahead,
        usual=AT_BEST | {"fault": "order"},
        varied=OTHERS_AT_BEST,
    ),
    "still_layer": Claim(
        judge=still_more_than_half,
        usual=TRAINING,
        varied=OTHER_TRAININGS,
        share=0.9,
    ),
    "first_layer": Claim(
        judge=ahead,
        usual=AT_BEST | {"fault": "layer"},
        varied=OTHERS_AT_BEST,
    ),
    "selected": Claim(
        judge=gained_by_selecting,
        usual=STARTS | {"inputs": 5000, "samples": 100, "chosen": 20, "rate": 0.3},
        varied={
            "inputs": (1000, 10_000),
            "samples": (50, 200, 450),
            "chosen": (5, 50),
            "rate": (0.1, 0.9),
        },
        least=0.1,
    ),
}
