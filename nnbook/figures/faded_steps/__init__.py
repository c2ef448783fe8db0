"""A calculation of the text: an example, then the same with ever more of its lines left out."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import traitlets
from matplotlib.figure import Figure

from nnbook.figures._question import AskedFigure, Done
from nnbook.figures.traits import Choice, read_only
from nnbook.questions.bank import CALCULATIONS
from nnbook.questions.calculation import Calculation
from nnlib.plots.style import color

LINE = 0.5  # inches between the lines of the picture


class Tries(Done):
    """What a reader did, in order: [round, line, answer]; None is a value that was shown."""

    def validate(self, obj: Any, value: object) -> list[Any]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise traitlets.TraitError(f"{self.name} must be a list of tries, got {value!r}")
        return read_only([self._entry(obj.kind, entry) for entry in value])

    def _entry(self, calculation: Calculation, entry: object) -> list[Any]:
        if not isinstance(entry, Sequence) or isinstance(entry, str) or len(entry) != 3:
            raise traitlets.TraitError(
                f"{self.name} must hold [round, line, answer], got {entry!r}"
            )
        turn, line, answer = entry
        blanks = [
            [turn, at]
            for turn in range(len(calculation.rounds))
            for at, name in enumerate(calculation.steps)
            if name in calculation.left_out(turn)
        ]
        if [turn, line] not in blanks:
            raise traitlets.TraitError(
                f"{self.name} must name lines that are left out, [round, line] in {blanks}, "
                f"got {[turn, line]!r}"
            )
        if answer is None:
            return [turn, line, None]
        real = isinstance(answer, numbers.Real) and not isinstance(answer, bool)
        if not real or not math.isfinite(answer):
            raise traitlets.TraitError(
                f"{self.name}: an answer must be a finite number or None, got {answer!r}"
            )
        return [turn, line, float(answer)]


class FadedSteps(AskedFigure):
    """A worked example, then the same calculation with more and more of its last lines left out.

    Lines, numbers and the likely mistakes are those of `nnbook.questions`.

    Parameters
    ----------
    name : str
        The id of the calculation, such as ``"softmax-slopes"``.
    round : int
        Which one is shown: 0 is the example.
    tries : list of [int, int, float or None]
        What the reader answered: round, line and number, or None where the value was shown.
    language : str, such as "zh"
    """

    _questions = CALCULATIONS
    _words = "steps/"
    key = "steps"
    round = Choice((0, 1, 2, 3))
    tries = Tries()

    def _draw(self) -> Figure:
        """Draw the example in full and, beside it, the last round with lines to write on."""
        data = self.kind.describe()
        rows = len(data["steps"]) + 2
        figure, axes = plt.subplots(1, 2, figsize=(9.2, LINE * rows))
        for ax, drawn in zip(axes, (data["rounds"][0], data["rounds"][-1]), strict=True):
            ax.set(xlim=(0, 1), ylim=(rows, 0))
            ax.axis("off")
            half = (len(drawn["given"]) + 1) // 2
            for row, given in enumerate((drawn["given"][:half], drawn["given"][half:])):
                text = r",\quad ".join(given)
                ax.text(0, row + 0.5, f"${text}$", va="center", color=color("muted"))
            for row, (step, line) in enumerate(
                zip(data["steps"], drawn["lines"], strict=True), start=2
            ):
                left_out = "limits" in line
                parts = [step["symbol"]] if left_out else written_out(step, line)
                end = "$ = ........................" if left_out else "$"
                text = " = ".join(parts).replace(r"\frac", r"\dfrac")
                ax.text(0, row + 0.5, f"${text}{end}", va="center")
        return figure


def written_out(step: dict[str, str], line: dict[str, Any]) -> list[str]:
    """Return what a line says, from its symbol to its result."""
    parts = [step["symbol"], step["formula"], line["inserted"], line["answer"]]
    return [part for part in dict.fromkeys(parts) if part]
