"""Trainings that go wrong, each with one fault, and a healthy one.

`Training` is the healthy one: a class with a method for each thing that can go wrong. A patient is
the same training with one of them spoiled. The chapter "When nothing learns" finds the faults with
tests that see a training only from outside (`nnbook.patients.checks`).

>>> from nnbook import patients
>>> patients.admit("B").run().losses[-1] > 1.46
True
"""

from nnbook.patients.checks import short
from nnbook.patients.shown import show
from nnbook.patients.training import OneOutput, Training, digits_in_parts
from nnbook.patients.ward import FAULTS, PATIENTS, admit, typical

__all__ = [
    "FAULTS",
    "PATIENTS",
    "OneOutput",
    "Training",
    "admit",
    "digits_in_parts",
    "short",
    "show",
    "typical",
]
