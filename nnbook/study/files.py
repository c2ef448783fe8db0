"""From the files of a study to one table: a row for each answer of each reader.

The page for teachers writes this table as ``class_long.csv``; here it is made of the same files.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from nnbook.study.codes import FORMS, PHASES, form_of, group_of, is_code
from nnbook.study.faults import DOSE, OPTIONS, SURE, VERSION, fault_of, name_of, named
from nnlib._typing import FloatArray

KEYS, ITEMS = "nnlib-book-keys", 24
"""The kind of keys.json, and how many questions a form of the instrument has."""


@dataclass(frozen=True)
class Answer:
    """One answer: what was chosen is the place of an option."""

    code: str
    group: str
    phase: str
    form: str
    item: str
    answer: int
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
    """The table of a class. Who left a phase before its end is not counted in it.

    `items` is how many questions a form has.
    """

    rows: Sequence[Answer]
    items: int = ITEMS
    codes: list[str] = field(init=False, repr=False)
    """The readers of whom there is any answer."""
    pairs: list[str] = field(init=False, repr=False)
    """The items, named without their form."""
    of: dict[tuple[str, str], dict[str, Answer]] = field(init=False, repr=False)
    """Of each reader and phase the answers, by the pair of the item."""

    def __post_init__(self) -> None:
        found: dict[tuple[str, str], dict[str, Answer]] = {}
        for row in self.rows:
            own = found.setdefault((row.code, row.phase), {})
            if row.pair in own:
                raise ValueError(f"{row.item} stands twice in {name_of(row.code, row.phase)}")
            own[row.pair] = row
        pairs = sorted({pair for own in found.values() for pair in own})
        if len(pairs) > self.items:
            raise ValueError(
                f"items must be at least {len(pairs)}, got {self.items}: so many were asked"
            )
        kept = {key: own for key, own in sorted(found.items()) if len(own) == self.items}
        object.__setattr__(self, "of", kept)
        object.__setattr__(self, "codes", sorted({code for code, _ in found}))
        object.__setattr__(self, "pairs", pairs)

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
    one that goes furthest. A file that is damaged or was changed is named by the error.
    """
    if (keys.get("kind"), keys.get("v")) != (KEYS, VERSION):
        raise ValueError(f"keys must be of kind {KEYS!r} and v {VERSION}: the file keys.json")
    known = list(files)
    chosen: dict[tuple[str, str], Mapping[str, Any]] = {}
    for at, one in enumerate(known, 1):
        if fault := fault_of(one, keys["keys"]):
            raise ValueError(f"{named(one, at, len(known))}: {fault}")
    for file in sorted(known, key=lambda one: (one["started"], -len(one["items"]))):
        chosen.setdefault((file["code"], file["phase"]), file)
    order = sorted(chosen, key=lambda key: (key[0], PHASES.index(key[1])))
    lengths = Counter(item[0] for item in keys["keys"])
    if len({*lengths.values()}) != 1:
        raise ValueError(f"keys must have as many questions in each form, got {dict(lengths)}")
    rows = [row for key in order for row in _judged(chosen[key], keys["keys"])]
    return Answers(rows, lengths[FORMS[0]])


def _judged(file: Mapping[str, Any], keys: Mapping[str, Any]) -> Iterable[Answer]:
    for item in file["items"]:
        key, answer = keys[item["id"]], int(item["answer"])
        yield Answer(
            code=file["code"],
            group=group_of(file["code"]),
            phase=file["phase"],
            form=file["form"],
            item=item["id"],
            answer=answer,
            right=int(answer == key["key"]),
            misconception=key["misconceptions"][answer] or "",
            ms=int(item["ms"]),
            sure=item["sure"],
        )


def _cell(value: object) -> str:
    """Write a cell so that no spreadsheet takes it for a formula, as `written` in sums.js does."""
    text = str(value)
    harmless = re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", text, re.ASCII)
    return f"'{text}" if re.match(r"[=+\-@\t\r]", text) and not harmless else text


def write_table(answers: Answers) -> str:
    """Write ``class_long.csv``, as the page for teachers does."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(getattr(row, name)) for name in COLUMNS] for row in answers.rows)
    return "\ufeff" + text.getvalue()


def read_table(path: str | Path, items: int = ITEMS) -> Answers:
    """Read ``class_long.csv``; `items` is how many questions a form has."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path} must be class_long.csv; it has no column {missing[0]!r}")
        return Answers(
            [_row(values, f"{path}, row {at}") for at, values in enumerate(reader, 1)], items
        )


def doses(files: Iterable[Mapping[str, Any]], phase: str = "post") -> dict[str, dict[str, int]]:
    """Return what each reader had done in the book by a phase, as far as it is known."""
    return {
        f["code"]: {kind: int(f["dose"][kind]) for kind in DOSE}
        for f in files
        if f["phase"] == phase and f["dose"]
    }


def read_doses(path: str | Path, phase: str = "post") -> dict[str, dict[str, int]]:
    """Read the same from ``class_wide.csv``."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = [f"{phase}_{kind}" for kind in DOSE]
        missing = [name for name in ("code", *columns) if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path} must be class_wide.csv; it has no {missing[0]}")
        rows = {row["code"]: [row[name] or "" for name in columns] for row in reader}
    known = {code: own for code, own in rows.items() if any(own)}
    for code, own in known.items():
        if not is_code(code) or not all(re.fullmatch(r"\d+", one, re.ASCII) for one in own):
            raise ValueError(
                f"{path}, {code}: {', '.join(columns)} must be whole numbers, got {own}"
            )
    return {code: dict(zip(DOSE, map(int, own), strict=True)) for code, own in known.items()}


def _row(values: Mapping[str, str | None], where: str) -> Answer:
    """Check a row as the files are checked: somebody may have edited the table."""
    own = {name: values[name] or "" for name in COLUMNS}
    allowed = {
        "code": is_code(own["code"]),
        "group": own["group"] == group_of(own["code"]),
        "phase": own["phase"] in PHASES,
        "answer": re.fullmatch(f"[0-{OPTIONS - 1}]", own["answer"]),
        "right": own["right"] in ("0", "1"),
        "ms": re.fullmatch(r"\d+", own["ms"], re.ASCII),
        "sure": own["sure"] in SURE,
    }
    allowed["form"] = all(allowed.values()) and own["form"] == form_of(own["code"], own["phase"])
    allowed["item"] = own["item"].startswith(own["form"])
    for name, fits in allowed.items():
        if not fits:
            raise ValueError(f"{where}: {name} must not be {own[name]!r} of {own['code']!r}")
    numbers = {name: int(own[name]) for name in ("answer", "right", "ms")}
    return Answer(**(own | numbers))  # type: ignore[arg-type]
