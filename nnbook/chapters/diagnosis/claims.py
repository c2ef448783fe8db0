"""What the chapter concludes of faults: of other starts, other images and other settings."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.claims import Claim
from nnbook.patients import Training
from nnlib._typing import FloatArray

Pair = tuple[int, int]
"""The seed of a start, and the images that it gets."""


def _pairs(seeds: int, offset: int) -> list[Pair]:
    return [(offset + n, offset + n) for n in range(seeds)]


def _set(patient: Training, setting: str) -> Training:
    """Give a patient before its first step other settings: its width, rate, epochs and batch."""
    width, rate, epochs, batch = setting.split()
    patient.net = nnlib.mlp((64, int(width), 10), patient.activation, rng=patient.rng)
    patient.lr = float(rate)
    patient.epochs, patient.batch = int(epochs), int(batch)
    return patient


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


# -- A rare class ----------------------------------------------------------------------------------


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


STARTS = {"seeds": 20, "offset": 5000}
"""Other starts and other images than those of the patients."""
TRAINING = STARTS | {"setting": "32 0.5 10 20"}
"""Hidden neurons, rate, epochs, batch."""
OTHER_TRAININGS = [
    "16 0.5 10 20", "144 0.5 10 20", "32 0.1 10 20", "32 0.9 10 20", "32 0.5 5 20",
    "32 0.5 45 20", "32 0.5 10 5", "32 0.5 10 50", "16 0.1 45 20", "144 0.9 5 50",
    "144 0.5 45 20", "16 0.5 10 5",
]  # fmt: skip

CLAIMS = {
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
}
