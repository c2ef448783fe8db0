"""What a calculation is: lines that follow from each other, and rounds with numbers for them.

Its first round is a worked example; in each later one, with other numbers, more of the last lines
are left out. `nnlib` computes every line, and what the likely mistakes lead to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nnbook.questions.formats import MINUS
from nnbook.questions.kind import Kind
from nnbook.questions.number import Number
from nnlib._validation import one_of

Numbers = Mapping[str, float]
DIGITS = 8
"""Decimals that count: all numbers are so short that none is lost."""
TOLERANCE = 0.01
"""How far an answer may be off, in proportion: what a rounded product may need."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of a calculation.

    Attributes
    ----------
    symbol : str
        What it computes, in mini-TeX.
    formula : str
        How, in letters.
    inserted : str
        The same with the numbers in: each name in braces is one of them.
    mistakes : mapping
        Name -> function of the round's numbers that computes what this mistake leads to.
    """

    symbol: str
    formula: str
    inserted: str
    mistakes: Mapping[str, Callable[[Numbers], float]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Calculation(Kind):
    """A calculation with an example and rounds in which ever more of its last lines are left out.

    Attributes
    ----------
    numbers : function
        Computes every number of a round by its name from those that the round gives.
    given : sequence of str
        What a reader knows from the start, in mini-TeX with names in braces.
    steps : mapping
        Name of what a line computes -> the line, in their order.
    rounds : sequence of mapping
        The arguments of `numbers`, for the example and for each round after it.
    blanks : sequence of int
        How many lines each round after the example leaves out.
    """

    numbers: Callable[..., Numbers]
    given: Sequence[str]
    steps: Mapping[str, Step]
    rounds: Sequence[Mapping[str, Any]]
    blanks: Sequence[int]

    def __post_init__(self) -> None:
        if len(self.rounds) != len(self.blanks) + 1:
            raise ValueError(
                f"{len(self.rounds)} rounds need one number of blanks less, got {len(self.blanks)}"
            )

    @cached_property
    def computed(self) -> list[dict[str, float]]:
        """The numbers of each round; the noise of floating point is rounded away."""
        return [
            {name: round(float(value), DIGITS) for name, value in self.numbers(**given).items()}
            for given in self.rounds
        ]

    def left_out(self, turn: int) -> list[str]:
        """Return the names of the lines that a round leaves out; the example is round 0."""
        count = self.blanks[turn - 1] if turn else 0
        return list(self.steps)[len(self.steps) - count :]

    def blank(self, turn: int, name: str) -> Number:
        """Return what judges a line that a round leaves out.

        Raises
        ------
        ValueError
            If the round does not leave it out.
        """
        step = self.steps[one_of("name", name, self.left_out(turn))]
        numbers = self.computed[turn]
        return Number(
            symbol=step.symbol,
            answer=lambda: numbers[name],
            relative=TOLERANCE,
            mistakes={
                mistake: lambda wrong=wrong: round(wrong(numbers), DIGITS)  # type: ignore[misc]
                for mistake, wrong in step.mistakes.items()
            },
        )

    def line(self, turn: int, name: str) -> dict[str, Any]:
        """Return a line of a round: its numbers, its result and, where it is left out, limits."""
        numbers = self.computed[turn]
        line = {
            "inserted": insert(self.steps[name].inserted, numbers),
            "answer": written(numbers[name]),
        }
        if name not in self.left_out(turn):
            return line
        judged = self.blank(turn, name).describe()
        return line | {part: judged[part] for part in ("limits", "mistakes")}

    @property
    def words(self) -> Set[str]:
        """What each line does, a hint, and a sentence for each mistake."""
        keys = {f"{part}.{line}" for part in ("steps", "hints") for line in self.steps}
        named = ((line, name) for line, step in self.steps.items() for name in step.mistakes)
        return keys | {f"mistakes.{line}.{name}" for line, name in named}

    def describe(self) -> dict[str, Any]:
        """Return lines and rounds; no words."""
        return {
            "steps": [
                {"name": name, "symbol": step.symbol, "formula": step.formula}
                for name, step in self.steps.items()
            ],
            "rounds": [
                {
                    "given": [insert(one, numbers) for one in self.given],
                    "lines": [self.line(turn, name) for name in self.steps],
                }
                for turn, numbers in enumerate(self.computed)
            ],
        }


def written(number: float) -> str:
    """Write a number with all its digits."""
    return f"{number:.{DIGITS}f}".rstrip("0").rstrip(".").replace("-", MINUS)


def insert(template: str, numbers: Numbers) -> str:
    r"""Put numbers into mini-TeX; a negative one after a sign gets parentheses.

    Braces after a command, such as ``\hat{y}``, or a `^` are their own.
    """

    def put(place: re.Match[str]) -> str:
        text = written(numbers[place[1]])
        before = template[: place.start()].rstrip()
        bare = before == "" or before.endswith(("=", "(", ","))
        return text if bare or not text.startswith(MINUS) else f"({text})"

    return re.sub(r"(?<![a-z^])\{(\w+)\}", put, template)
