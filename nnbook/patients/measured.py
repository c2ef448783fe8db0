"""What the tests measure of everybody in the ward, as the figure has it: `measured.json`.

`tools/ward.py` writes the file. A fault may show itself in several ways, as other starts and other
images show: these are all signs with which one has to reckon.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from nnbook.patients.checks import CHECKS, examine
from nnbook.patients.training import TYPICAL, OneOutput, Training
from nnbook.patients.ward import BEDS, FAULTS, Bed

STORED = Path(__file__).with_name("measured.json")

STARTS = ((TYPICAL, 0), *((20 + split, split) for split in range(1, 9)))
"""Seeds and images with which each fault was tried."""

Exam = dict[str, dict[str, Any]]


class Album:
    """Images, each a text with a letter for each pixel, and each only once."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def place(self, image: list[int]) -> int:
        """Return where an image is."""
        text = "".join(chr(ord("a") + pixel) for pixel in image)
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text)


def exam(patient: Training, album: Album) -> Exam:
    """Return what each test measures of a patient, and its signs."""
    found: Exam = {}
    for name, (numbers, signs) in examine(patient).items():
        if "images" in numbers:
            numbers["images"] = [album.place(image) for image in numbers["images"]]
        if "pairs" in numbers:
            numbers["pairs"] = [list(map(album.place, images)) for images in numbers["pairs"]]
        found[name] = numbers | {"signs": ",".join(signs)}
    return found


def ways(patients: list[Training], album: Album) -> dict[str, list[str]]:
    """Return of each test the signs that it finds in one of some patients or another."""
    exams = [exam(patient, album) for patient in patients]
    return {name: sorted({one[name]["signs"] for one in exams}) for name in CHECKS}


KINDS: dict[str, type[Training]] = {"ten": Training, "one": OneOutput}
"""What may be wrong shows itself in another way if a network has one output only."""

ONLY = {"softmax": "ten", "rare": "ten", "shapes": "one"}
"""One output has no softmax, and the eights are no class of it; ten outputs have no residuals."""


def kind_of(bed: Bed) -> str:
    """Return which kind of training a bed has."""
    return "one" if isinstance(bed.admit(), OneOutput) else "ten"


def with_fault(fault: str, start: tuple[int, int], kind: str) -> Training:
    """Return a patient of some kind; a wrong rate is wrong by the same factor in each."""
    patient = Bed((fault,), *start, KINDS[kind]).admit()
    if "lr" in vars(FAULTS[fault]):
        patient.lr *= KINDS[kind].lr / Training.lr
    return patient


def profiles(kind: str) -> dict[str, dict[str, list[str]]]:
    """Return how each fault shows itself in a kind of training, and how one does that has none."""
    album = Album()
    found = {}
    for fault in FAULTS:
        if ONLY.get(fault, kind) != kind:
            continue
        own = [bed for bed in BEDS.values() if bed.faults == (fault,) and kind_of(bed) == kind]
        patients = [with_fault(fault, start, kind) for start in STARTS]
        found[fault] = ways(patients + [bed.admit() for bed in own], album)
    well = [bed for bed in BEDS.values() if not bed.faults and kind_of(bed) == kind]
    starts = [Bed((), *start, KINDS[kind]) for start in STARTS]
    found["healthy"] = ways([bed.admit() for bed in starts + well], album)
    return found


def beds(names: tuple[str, ...] = tuple(BEDS)) -> dict[str, Any]:
    """Return everybody's exams, by the faults that are left."""
    album = Album()
    found: dict[str, Any] = {}
    for name in names:
        bed = BEDS[name]
        some = [c for n in range(1, len(bed.faults) + 1) for c in combinations(bed.faults, n)]
        exams = {
            "+".join(left): exam(bed.admit(*set(bed.faults) - set(left)), album)
            for left in some or [()]
        }
        found[name] = {"faults": list(bed.faults), "kind": kind_of(bed), "exams": exams}
    well = {name: exam(kind(), album) for name, kind in KINDS.items()}
    return {"beds": found, "well": well, "images": album.texts}


@cache
def measured() -> dict[str, Any]:
    """Return what is stored."""
    import json

    stored: dict[str, Any] = json.loads(STORED.read_text(encoding="utf-8"))
    return stored
