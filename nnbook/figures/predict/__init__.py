"""A question of the text: the reader answers, then reads on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets
from matplotlib.figure import Figure

from nnbook.figures._question import AskedFigure, Done
from nnbook.figures.predict.picture import draw
from nnbook.figures.traits import ReadOnly, Switch
from nnbook.questions.bank import PREDICTIONS


class Answers(Done):
    """What a reader answered, in order: numbers, or names of options."""

    def validate(self, obj: Any, value: object) -> list[Any]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise traitlets.TraitError(f"{self.name} must be a list of answers, got {value!r}")
        try:
            for answer in value:
                obj.kind.judge(answer)
        except (TypeError, ValueError) as error:
            raise traitlets.TraitError(f"{self.name}: {error}") from None
        return ReadOnly(answer if isinstance(answer, str) else float(answer) for answer in value)


class Predict(AskedFigure):
    """The answer to a question above it in the text.

    The number or the choices, the right answer and the likely mistakes are those of
    `nnbook.questions`.

    Parameters
    ----------
    name : str
        The id of the prediction, such as ``"losses-constant"``.
    tries : list of float or of str
        What the reader answered: numbers, or names of options.
    shown : bool
        Whether the reader has revealed the answer.
    language : str, such as "zh"
    """

    _questions = PREDICTIONS
    key = "predict"
    tries = Answers()
    shown = Switch()

    def _draw(self) -> Figure:
        return draw(self.kind.panels) if self.kind.panels else super()._draw()

    def _pictures(self) -> dict[str, Any]:
        """Without a kernel and without a page there is only the question, and what it shows."""
        return super()._pictures() if self.kind.panels else {}
