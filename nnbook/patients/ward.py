"""Who is in the ward: the patients of the chapter under their letters, and unknown ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnbook.patients import faults
from nnbook.patients.training import TYPICAL, OneOutput, Training
from nnlib._validation import one_of

FAULTS: dict[str, type[Training]] = {
    "rate": faults.LongSteps,
    "softmax": faults.SoftmaxTwice,
    "labels": faults.ShiftedLabels,
    "shapes": faults.ColumnMinusRow,
    "preparation": faults.OtherPreparation,
    "leak": faults.LabelInside,
    "steps": faults.FewSteps,
    "scale": faults.Unscaled,
    "reset": faults.NeverReset,
    "order": faults.Unshuffled,
    "layer": faults.ForgottenLayer,
    "rare": faults.RareClass,
    "dead": faults.BornDead,
    "uphill": faults.Uphill,
    "saturated": faults.Saturated,
    "slow": faults.ShortSteps,
    "detached": faults.Detached,
}
"""All faults by their names; the first twelve are those of the chapter, in its order."""


@dataclass(frozen=True)
class Bed:
    """Who lies in a bed: the faults, the training without them, its seed and its images."""

    faults: tuple[str, ...]
    seed: int = TYPICAL
    split: int = 0
    well: type[Training] = Training

    def admit(self, *mended: str) -> Training:
        """Return the patient before its first step, without the faults that are mended."""
        classes = [FAULTS[fault] for fault in self.faults if fault not in mended]
        kind = type("Patient", (*classes, self.well), {})
        patient: Training = kind(self.seed, self.split)
        return patient


KNOWN = dict(zip("ABCDEFGHIJKL", (Bed((fault,)) for fault in FAULTS), strict=False))
"""The patients of the chapter, one fault each."""

UNKNOWN = {
    "1": Bed(("dead",), 21, 1),
    "2": Bed(("labels", "reset"), 23, 3),
    "3": Bed((), 24, 4, faults.NoisyImages),
    "4": Bed(("detached",), 24, 4),
    "5": Bed(("softmax", "preparation"), 25, 5),
    "6": Bed(("uphill",), 26, 6),
    "7": Bed((), 9, 0),
    "8": Bed(("rate", "rare"), 27, 7),
    "9": Bed(("slow",), 28, 8),
    "10": Bed(("order", "leak"), 22, 2),
    "11": Bed(("saturated",), 21, 1),
    "12": Bed((), 24, 4, faults.FewImages),
    "13": Bed(("scale", "preparation"), 26, 6),
    "14": Bed((), 25, 5, OneOutput),
    "15": Bed(("steps", "softmax"), 28, 8),
    "16": Bed(("shapes",), 23, 3),
}
"""Others, in an order that tells nothing: one fault, two, or none though they look ill."""

BEDS = KNOWN | UNKNOWN

PATIENTS: dict[str, type[Training]] = {
    "healthy": Training,
    **dict(zip(KNOWN, FAULTS.values(), strict=False)),
}
"""In the order of the chapter's table, which tells nothing."""


def admit(name: str) -> Training:
    """Return a patient before its first step: a letter from A to L, or ``"healthy"``."""
    return PATIENTS[one_of("name", name, tuple(PATIENTS))]()


def typical(seeds: int = 21) -> int:
    """Return which start of the healthy training is in the middle, by its validation accuracy."""
    reached = [Training(seed).run().validation_accuracies[-1] for seed in range(seeds)]
    return int(np.argsort(reached, kind="stable")[seeds // 2])
