"""From the files of a study to one table: a row for each answer of each reader.

The page for teachers writes this table as ``class_long.csv``; here it is made of the same files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from nnlib._typing import FloatArray

STUDY, KEYS, VERSION = "nnlib-book-study", "nnlib-book-keys", 1
PHASES = ("pre", "post", "delayed")
SURE = ("sure", "rather", "guess")
DOSE = ("minutes", "predictions", "exercises", "review")
"""What a reader has done in the book, as the study file counts it."""


@dataclass(frozen=True)
class Answer:
    """One answer: what was chosen is the place of an option, None where nothing was."""

    code: str
    group: str
    phase: str
    form: str
    item: str
    answer: int | None
    right: int
    misconception: str
    ms: int
    sure: str

    @property
    def pair(self) -> str:
        """What the item has in common with that of the other form."""
        return self.item.removeprefix(self.form)


COLUMNS = tuple(one.name for one in fields(Answer))


@dataclass(frozen=True)
class Answers:
    """The table of a class. Who left a phase before its end is not counted in it."""

    rows: Sequence[Answer]
    codes: list[str] = field(init=False, repr=False)
    """The readers of whom there is any answer."""
    pairs: list[str] = field(init=False, repr=False)
    """The items, named without their form."""
    of: dict[tuple[str, str], dict[str, Answer]] = field(init=False, repr=False)
    """Of each reader and phase the answers, by the pair of the item."""

    def __post_init__(self) -> None:
        found: dict[tuple[str, str], dict[str, Answer]] = {}
        for row in self.rows:
            found.setdefault((row.code, row.phase), {})[row.pair] = row
        whole = max(map(len, found.values()), default=0)
        kept = {key: own for key, own in sorted(found.items()) if len(own) == whole}
        object.__setattr__(self, "of", kept)
        object.__setattr__(self, "codes", sorted({code for code, _ in found}))
        object.__setattr__(self, "pairs", sorted({pair for own in found.values() for pair in own}))

    def who(self, *phases: str) -> list[str]:
        """Name the readers who finished all these phases."""
        return [code for code in self.codes if all((code, phase) in self.of for phase in phases)]

    def right(self, phase: str, codes: Iterable[str] | None = None) -> FloatArray:
        """Return 1 or 0 for each reader and each pair of items."""
        chosen = self.who(phase) if codes is None else codes
        return np.array([[self.of[c, phase][p].right for p in self.pairs] for c in chosen], float)

    def scores(self, phase: str, codes: Iterable[str] | None = None) -> FloatArray:
        """Return the points of each reader."""
        return self.right(phase, codes).sum(axis=1)

    def form(self, phase: str, codes: Iterable[str]) -> list[str]:
        """Return which form each reader had."""
        return [next(iter(self.of[code, phase].values())).form for code in codes]

    def sure_and_wrong(self, phase: str, codes: Iterable[str]) -> tuple[int, int]:
        """Return how many answers were sure, and how many of these were wrong."""
        sure = [a for c in codes for a in self.of[c, phase].values() if a.sure == "sure"]
        return len(sure), sum(not one.right for one in sure)


def joined(files: Iterable[Mapping[str, Any]], keys: Mapping[str, Any]) -> Answers:
    """Judge study files by the keys of their forms.

    If a reader handed in a phase twice, the file that was begun first counts, and of its copies the
    one that goes furthest.
    """
    if (keys.get("kind"), keys.get("v")) != (KEYS, VERSION):
        raise ValueError(f"keys must be of kind {KEYS!r} and v {VERSION}: the file keys.json")
    chosen: dict[tuple[str, str], Mapping[str, Any]] = {}
    for file in sorted(files, key=lambda one: (one.get("started", ""), -len(one.get("items", "")))):
        if (file.get("kind"), file.get("v")) != (STUDY, VERSION):
            raise ValueError(f"each file must be of kind {STUDY!r} and v {VERSION}")
        if file["phase"] not in PHASES:
            raise ValueError(f"phase must be one of {PHASES}, got {file['phase']!r}")
        chosen.setdefault((file["code"], file["phase"]), file)
    order = sorted(chosen, key=lambda key: (key[0], PHASES.index(key[1])))
    return Answers([row for key in order for row in _judged(chosen[key], keys["keys"])])


def _judged(file: Mapping[str, Any], keys: Mapping[str, Any]) -> Iterable[Answer]:
    for item in file["items"]:
        if item["id"] not in keys:
            raise ValueError(f"{item['id']} of {file['code']} has no key: these are other forms")
        key, answer = keys[item["id"]], item["answer"]
        yield Answer(
            code=file["code"],
            group=group_of(file["code"]),
            phase=file["phase"],
            form=file["form"],
            item=item["id"],
            answer=answer,
            right=int(answer == key["key"]),
            misconception=(None if answer is None else key["misconceptions"][answer]) or "",
            ms=item["ms"],
            sure=item["sure"] or "",
        )


def group_of(code: str) -> str:
    """Return the sheet that a code is from, ``K7`` of ``K7-PM2``: a group has one of its own."""
    return code.partition("-")[0]


def write_table(answers: Answers) -> str:
    """Write ``class_long.csv``, as the page for teachers does."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, name) for name in COLUMNS] for row in answers.rows)
    return "\ufeff" + text.getvalue()


def read_table(path: str | Path) -> Answers:
    """Read ``class_long.csv``."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path} must be class_long.csv; it has no column {missing[0]!r}")
        return Answers([_row(values) for values in reader])


def doses(files: Iterable[Mapping[str, Any]], phase: str = "post") -> dict[str, dict[str, int]]:
    """Return what each reader had done in the book by a phase, as far as it is known."""
    return {f["code"]: dict(f["dose"]) for f in files if f["phase"] == phase and f["dose"]}


def read_doses(path: str | Path, phase: str = "post") -> dict[str, dict[str, int]]:
    """Read the same from ``class_wide.csv``."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if f"{phase}_{DOSE[0]}" not in (reader.fieldnames or ()):
            raise ValueError(f"{path} must be class_wide.csv; it has no {phase}_{DOSE[0]}")
        rows = {row["code"]: [row[f"{phase}_{kind}"] for kind in DOSE] for row in reader}
    return {
        code: dict(zip(DOSE, map(int, own), strict=True)) for code, own in rows.items() if all(own)
    }


def _row(values: Mapping[str, str]) -> Answer:
    numbers: dict[str, Any] = {name: int(values[name]) for name in ("right", "ms")}
    numbers["answer"] = int(values["answer"]) if values["answer"] else None
    return Answer(**{name: values[name] for name in COLUMNS} | numbers)
