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


def _set(patient: Training, setting: str, rate: float | None = None) -> Training:
    """Give a patient before its first step other settings: its width, rate, epochs and batch."""
    width, own, epochs, batch = setting.split()
    patient.net = nnlib.mlp((64, int(width), 10), patient.activation, rng=patient.rng)
    patient.lr = float(own) if rate is None else rate
    patient.epochs, patient.batch = int(epochs), int(batch)
    return patient


# -- The loss before the first step --------------------------------------------------------------


def fair_start(*, seeds: int, offset: int, net: str, factor: float, activation: str) -> BoolArray:
    """Whether scaled pixels start between ln K and twice that, and unscaled ones above."""
    width, layers = map(int, net.split())
    found = []
    for pair in _pairs(seeds, offset):
        patient = Training(*pair)
        model = nnlib.mlp((64, *[width] * layers, 10), activation, rng=patient.rng)
        X, y, usual = patient.X, patient.y, patient.constant()
        fair, loud = (patient.loss(model.predict(A), y)[0] for A in (X, factor * X))
        found.append(usual < fair < 2 * usual < loud)
    return np.array(found)


# -- Wrong labels, another preparation -----------------------------------------------------------


def worse_than_one_answer(*, seeds: int, offset: int, shift: int, setting: str) -> FloatArray:
    """The accuracy of always giving the most frequent digit, minus that after shifted labels."""
    found = []
    for pair in _pairs(seeds, offset):
        patient = _set(Training(*pair), setting)
        patient.y = np.roll(patient.y, shift)
        often = np.bincount(patient.y_val).max() / len(patient.y_val)
        found.append(often - patient.run().validation_accuracies[-1])
    return np.array(found)


MOVES = {"left": (1, -1), "right": (1, 1), "up": (0, -1), "down": (0, 1)}


def moved(A: FloatArray, to: str, by: int) -> FloatArray:
    """Images moved by some pixels; what leaves at one rim is lost, and zeros come in."""
    axis, sign = MOVES[to]
    images = np.roll(A.reshape(-1, 8, 8), sign * by, axis=axis + 1)
    rows = slice(0, by) if sign > 0 else slice(8 - by, 8)
    images[(slice(None), rows) if axis == 0 else (slice(None), slice(None), rows)] = 0
    return images.reshape(-1, 64)


def lost_by_moving(*, seeds: int, offset: int, by: int, setting: str, reads: float) -> FloatArray:
    """The accuracy on the validation set, minus that on its images moved where it loses least.

    Of the first networks that read at least so much of the set.
    """
    found: list[float] = []
    for pair in _pairs(2 * seeds, offset):
        if len(found) == seeds:
            break
        patient = _set(Training(*pair), setting)
        kept = patient.run().validation_accuracies[-1]
        if kept >= reads:
            new = [patient.answers(moved(patient.X_val, to, by)) for to in MOVES]
            found.append(kept - max(np.mean(one == patient.y_val) for one in new))
    return np.array(found)


# -- A rare class, a layer that is not trained ---------------------------------------------------


def rarely_read(*, seeds: int, offset: int, digit: int, kept: int, setting: str) -> FloatArray:
    """The share read of the other digits in the validation set, minus that of the rare one."""
    found = []
    for pair in _pairs(seeds, offset):
        patient = _set(Training(*pair), setting)
        rows = np.delete(np.arange(len(patient.y)), np.flatnonzero(patient.y == digit)[kept:])
        patient.X, patient.y = patient.X[rows], patient.y[rows]
        patient.run()
        right, rare = patient.answers(patient.X_val) == patient.y_val, patient.y_val == digit
        found.append(np.mean(right[~rare]) - np.mean(right[rare]))
    return np.array(found)


def still_more_than_half(*, seeds: int, offset: int, setting: str) -> BoolArray:
    """Whether a network whose first layer never moves reads most of the validation set."""
    runs = [_set(FAULTS["layer"](*pair), setting).run() for pair in _pairs(seeds, offset)]
    return np.array([run.validation_accuracies[-1] > 0.5 for run in runs])


RATES = (0.05, 0.15, 0.5, 1.5, 4.5)


def _best(fault: str, pair: Pair, setting: str) -> Training:
    """The training with this fault, or with none, at the rate that ends lowest on its data."""
    tried = []
    for rate in RATES:
        patient = _set(FAULTS.get(fault, Training)(*pair), setting, rate)
        losses = patient.run().losses
        done = len(losses) == patient.epochs + 1
        tried.append((losses[-1] if done else np.inf, rate, patient))
    return min(tried, key=lambda one: one[:2])[2]


def ahead(*, fault: str, seeds: int, offset: int, size: str) -> FloatArray:
    """The accuracy on the validation set without the fault, minus that with it."""
    width, epochs, batch = size.split()
    setting, found = f"{width} 0 {epochs} {batch}", []
    for pair in _pairs(seeds, offset):
        well, ill = (_best(kind, pair, setting) for kind in ("", fault))
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
TRAINING = STARTS | {"setting": "32 0.5 10 20"}
"""Hidden neurons, rate, epochs, batch."""
OTHER_TRAININGS = [
    "16 0.5 10 20", "144 0.5 10 20", "32 0.1 10 20", "32 0.9 10 20", "32 0.5 5 20",
    "32 0.5 45 20", "32 0.5 10 5", "32 0.5 10 50", "16 0.1 45 20", "144 0.9 5 50",
    "144 0.5 45 20", "16 0.5 10 5",
]  # fmt: skip
LONG_TRAININGS = [
    "64 0.5 10 20", "144 0.5 10 20", "288 0.5 10 20", "32 0.25 10 20", "32 1 10 20",
    "32 0.5 45 20", "32 0.5 10 5", "32 0.5 10 50", "32 0.25 10 50", "32 1 10 5", "144 0.25 10 50",
    "144 1 45 20", "288 0.25 10 50", "288 1 10 5", "288 1 45 50", "32 1 45 5", "32 0.25 45 50",
]  # fmt: skip
AT_BEST = STARTS | {"size": "32 10 20"}
"""Hidden neurons, epochs, batch."""
OTHER_SIZES = [
    "16 10 20", "144 10 20", "32 5 20", "32 10 5", "32 10 50", "144 5 50", "16 5 50", "16 10 5",
    "144 5 5", "144 10 50",
]  # fmt: skip
LONGER = ["32 45 20", "16 45 20", "144 45 20"]

CLAIMS = {
    "fair_start": Claim(
        judge=fair_start,
        usual=STARTS | {"net": "32 1", "factor": 16, "activation": "relu"},
        varied={
            "net": ("16 1", "144 1", "576 1", "32 2", "32 3", "32 5", "16 3", "16 5", "144 5"),
            "factor": (72, 255),
        },
        share=0.9,
        beyond={"net": ("4 1", "4 5"), "factor": (8,), "activation": ("tanh", "sigmoid")},
    ),
    "wrong_labels": Claim(
        judge=worse_than_one_answer,
        usual=TRAINING | {"shift": 1, "seeds": 100},
        varied={"setting": OTHER_TRAININGS, "shift": (2, 3, 10, 100)},
    ),
    "moved": Claim(
        judge=lost_by_moving,
        usual=TRAINING | {"by": 1, "reads": 0.7},
        varied={"setting": (*OTHER_TRAININGS, "32 0.1 5 20", "144 0.1 5 50", "16 0.1 10 20")},
        least=0.34,
    ),
    "rare": Claim(
        judge=rarely_read,
        usual=TRAINING | {"digit": 0, "kept": 2},
        varied={
            "setting": (*OTHER_TRAININGS, "144 0.9 45 20", "144 0.9 45 5"),
            "digit": (1, 2, 3, 4, 5, 6, 7, 8, 9),
        },
        least=0.1,
        beyond={"kept": (1, 3, 4, 5)},
    ),
    "unshuffled": Claim(
        judge=ahead,
        usual=AT_BEST | {"fault": "order"},
        varied={"size": OTHER_SIZES},
        beyond={"size": (*LONGER, "144 45 50", "144 5 250")},
    ),
    "still_layer": Claim(
        judge=still_more_than_half,
        usual=TRAINING,
        varied={"setting": LONG_TRAININGS},
        share=0.9,
        beyond={
            "setting": (
                "16 0.5 10 20",
                "16 0.1 5 50",
                "32 0.25 5 50",
                "32 0.02 10 20",
                "32 0.5 10 500",
            )
        },
    ),
    "first_layer": Claim(
        judge=ahead,
        usual=AT_BEST | {"fault": "layer"},
        varied={"size": OTHER_SIZES},
        beyond={"size": LONGER},
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
