"""How long a page takes to read, counted from its notebook: each section's minutes and its layer.

A section belongs to the path, unless the cell of its heading has the tag `more`: then it is for a
second reading, with all that it holds. So is what folds away, such as a proof. Hints and solutions
are not counted, exercises apart, by their levels. Both editions take the minutes of the original.

The minutes are an estimate for a first reading, and limit nothing. What a formula, a line of code,
a prediction and a figure take is assumed, not measured: no reader has been timed yet. Readers
differ too, so a page shows a range.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nnbook.figures.myst import STATE_MIME
from nnbook.widgets import QUESTIONS

WORDS_PER_MINUTE = 200
FORMULA, LINE, FIGURE, QUESTION = 1.0, 0.1, 3.0, 2.0
EXERCISE = {1: (3, 6), 2: (6, 12), 3: (10, 20)}  # from how many to how many minutes, by level
LOOK = 0.25  # at what code printed or drew that is folded itself
RANGE = (0.9, 1.3)  # of the estimate; slow readers differ more from it than quick ones
MORE = "more"

HEADING = re.compile(r"(?:^\(([\w-]+)\)=\n+)?^(#{1,4}) (.+)$", re.MULTILINE)
DISPLAYED = re.compile(r"\$\$.*?\$\$", re.DOTALL)
INLINE = re.compile(r"\$[^$]+\$")
FOLDED = re.compile(r"^(:{3,})\{dropdown\} .*?^\1$", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"^(`{3,}).*?^\1$", re.DOTALL | re.MULTILINE)
ROLE = re.compile(r"\{[\w:+-]+\}`(?:([^`<]*?)\s*<[^`>]*>|([^`]*))`")
MARKUP = re.compile(r"^\(.*\)=$|^:{3,}.*$|^:\w+:.*$|\]\([^)]*\)|[*_`#|>\[\]]", re.MULTILINE)
WORD = re.compile(r"[^\W_][\w'’.,-]*")
TASK = re.compile(r"^:class: exercise\b.* level-(\d)", re.MULTILINE)
UNREAD_IDS = ("answer-", "solution-", "hint-")


@dataclass
class Section:
    """A section without those inside it."""

    label: str | None
    level: int
    title: str
    more: bool
    path_minutes: float = 0.0
    more_minutes: float = 0.0
    exercises: list[int] = field(default_factory=list)  # their levels
    texts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)  # their labels

    def add(self, minutes: float, *, folded: bool = False) -> None:
        """Count minutes for the section's layer; what is folded is for a second reading."""
        if self.more or folded:
            self.more_minutes += minutes
        else:
            self.path_minutes += minutes


def sections_after(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Section]]]:
    """Yield each cell of a notebook with the sections that have begun, as counted up to its end."""
    sections: list[Section] = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            tagged = MORE in cell["metadata"].get("tags", [])
            for label, heading, text in parts_of(source):
                if heading is not None:
                    level = len(heading[0])
                    above = next((one for one in reversed(sections) if one.level < level), None)
                    more = tagged or (above is not None and above.more)
                    sections.append(Section(label, level, heading[1], more))
                if sections and not unread(cell):
                    count_text(sections[-1], text)
        elif sections:
            sections[-1].codes.append(source)
            figure = cell["metadata"].get("mystnb", {}).get("figure", {})
            sections[-1].figures += [figure["name"]] if "name" in figure else []
            sections[-1].add(minutes_of_code(cell))
        yield cell, sections


def sections_of(notebook: dict[str, Any]) -> list[Section]:
    """Return the sections of a notebook in their order, each with its own minutes."""
    sections: list[Section] = []
    for _, sections in sections_after(notebook):  # noqa: B007 - the last are all
        pass
    return sections


def read(notebook: Path) -> list[Section]:
    """Return the sections of a notebook, from its file."""
    return sections_of(json.loads(notebook.read_text(encoding="utf-8")))


def parts_of(source: str) -> Iterator[tuple[str | None, tuple[str, str] | None, str]]:
    """Split a text at its headings: (label, (marks, title), text below), first what is above."""
    plain = source
    for inner in (FOLDED, FENCED):  # a comment in code looks like a heading
        plain = inner.sub(lambda found: "\0" * len(found[0]), plain)
    found = list(HEADING.finditer(plain))
    ends = [*(heading.start() for heading in found), len(source)]
    if ends[0] > 0:
        yield None, None, source[: ends[0]]
    for heading, end in zip(found, ends[1:], strict=True):
        yield heading[1], (heading[2], heading[3]), source[heading.end() : end]


def unread(cell: dict[str, Any]) -> bool:
    """Whether a cell is the reader's work, or shown when the work is done."""
    return str(cell["id"]).startswith(UNREAD_IDS)


def count_text(section: Section, text: str) -> None:
    """Count a text, and apart from it what folds away."""
    section.texts.append(text)
    section.exercises += map(int, TASK.findall(text))
    folded = "\n".join(
        fold[0]
        for fold in FOLDED.finditer(text)
        if not re.search(r"^:class: .*(hint|solution)", fold[0], re.MULTILINE)
    )
    section.add(minutes_of_text(FOLDED.sub("", text)))
    section.add(minutes_of_text(folded), folded=True)


def minutes_of_text(text: str) -> float:
    """Return the minutes for a text with formulas."""
    formulas = len(DISPLAYED.findall(text))
    plain = INLINE.sub(" x ", DISPLAYED.sub(" ", text))
    plain = MARKUP.sub(" ", ROLE.sub(lambda role: role[1] or role[2] or "", plain))
    return len(WORD.findall(plain)) / WORDS_PER_MINUTE + formulas * FORMULA


def minutes_of_code(cell: dict[str, Any]) -> float:
    """Return the minutes for a cell of code with its output."""
    tags = cell["metadata"].get("tags", [])
    if unread(cell) or "hide-cell" in tags:
        return 0.0
    if name := figure_in(cell):
        return QUESTION if name in QUESTIONS else FIGURE
    if "hide-input" in tags:
        return LOOK
    return LINE * sum(1 for line in "".join(cell["source"]).splitlines() if line.strip())


def figure_in(cell: dict[str, Any]) -> str:
    """Return the class of the interactive figure that a cell of code shows, if it does."""
    for output in cell["outputs"]:
        data = output.get("data", {})
        if STATE_MIME in data:
            return "".join(data["text/plain"]).partition("(")[0]
    return ""


def spread(minutes: float) -> tuple[int, int]:
    """Return from how many to how many minutes readers take, rounded as one says it."""
    step = 5 if minutes >= 10 else 1
    low, high = (step * math.floor(factor * minutes / step + 0.5) for factor in RANGE)
    return max(low, 1), max(high, low + step, 2)


def spread_of_exercises(levels: list[int]) -> tuple[int, int]:
    """Return from how many to how many minutes exercises of these levels take, in fives."""
    low, high = (
        5 * math.floor(sum(EXERCISE[level][end] for level in levels) / 5 + 0.5) for end in (0, 1)
    )
    return max(low, 5), max(high, low + 5, 10)


def spread_of_page(minutes: float, levels: list[int]) -> tuple[int, int]:
    """Return from how many to how many minutes reading takes together with exercises."""
    low, high = spread(minutes)
    least, most = spread_of_exercises(levels) if levels else (0, 0)
    return low + least, high + most


def levels_on_path(sections: list[Section]) -> list[int]:
    """Return the levels of the exercises that are not for a second reading."""
    return [level for one in sections if not one.more for level in one.exercises]


def total(sections: list[Section], index: int) -> tuple[float, float]:
    """Return the minutes of a section with those inside it: on the path, for a second reading."""
    level = sections[index].level
    inside = [sections[index]]
    for section in sections[index + 1 :]:
        if section.level <= level:
            break
        inside.append(section)
    return sum(one.path_minutes for one in inside), sum(one.more_minutes for one in inside)
